import { describe, expect, it } from 'vitest'
import type { SearchResult, StopReason } from '../../src/engine/result.ts'
import { conclusion, whyStopped } from '../../src/report/conclusion.ts'
import { JsonReport, jsonReport } from '../../src/report/json-report.ts'
import { eventfulModel } from './eventful-trace.ts'
import { checked, pathOf, property, resultOf } from './search-result.ts'

const budget = { maxStates: 1_000_000, maxDepth: 20, timeoutMs: 30_000, maxMemoryBytes: 2 ** 31 }

describe('the closing sentence', () => {
  it('says what holds, and of how much', () => {
    expect(conclusion(resultOf(), budget)).toBe(
      'Holds: the property holds in 1,234,567 distinct states, every one that can be reached at these parameters.',
    )
  })

  it('says what is violated, and that the way is shortest', () => {
    const properties = [checked('safety', 'violated', { path: pathOf(9) }), checked('other', 'unknown')]
    const result = resultOf({ verdict: 'violated', stop: { reason: 'violation', elapsedMs: 1 }, properties })
    expect(conclusion(result, budget)).toBe('Violated: safety after 9 steps. No shorter way exists.')
    expect(conclusion({ ...result, order: 'dfs' }, budget)).toBe(
      'Violated: safety after 9 steps. Depth first: a shorter way may exist, and --bfs finds it.',
    )
  })

  it('says of random walks what they are, and never that anything holds', () => {
    const simulation = { seed: 7, walks: 1_000, maxDepth: 100 }
    const result = resultOf({
      verdict: 'unknown',
      stop: { reason: 'walks', elapsedMs: 1 },
      order: 'random',
      simulation,
      properties: [checked('safety', 'unknown')],
    })
    const open =
      'no violation was met in 1,000 random walks of at most 100 steps (seed 7). What they did not meet is not known; ' +
      'a search without --simulate may find it, or prove that there is nothing.'
    expect(conclusion(result, {})).toBe(`Unknown: ${open}`)
    expect(conclusion({ ...result, stop: { reason: 'timeout', elapsedMs: 9_000 } }, budget)).toBe(
      `Unknown: the simulation stopped after 9.0 s (--timeout); ${open}`,
    )
    const properties = [checked('safety', 'violated', { path: pathOf(9) })]
    expect(conclusion({ ...result, verdict: 'violated', properties }, {})).toBe(
      'Violated: safety after 9 steps. Met within 1,000 random walks of at most 100 steps (seed 7): a shorter way may ' +
        'exist, and a search without --simulate finds it.',
    )
  })

  it('says that a witness is missing', () => {
    const properties = [checked('aLeader', 'violated', { property: property('aLeader', 'sometimes') })]
    expect(conclusion(resultOf({ verdict: 'violated', properties }), budget)).toBe(
      'Violated: aLeader (none of the 1,234,567 distinct states is a witness).',
    )
  })

  it('says that a search which went on after a violation was cut short', () => {
    const result = resultOf({
      verdict: 'violated',
      stop: { reason: 'max-states', elapsedMs: 1 },
      frontier: 7,
      properties: [checked('safety', 'violated', { path: pathOf(1) }), checked('other', 'unknown')],
    })
    expect(conclusion(result, budget)).toBe(
      'Violated: safety after 1 step. No shorter way exists. The search stopped at 1,234,567 distinct states ' +
        '(--max-states). 7 distinct states were found and not explored further. What lies beyond is not known.',
    )
  })

  it.each([
    [
      { of: 'heap', limitBytes: 2 ** 32 },
      'when nine tenths of the 4 GB that Node gives to values were used ' +
        '(NODE_OPTIONS=--max-old-space-size=8192 gives twice as much)',
    ],
    [{ of: 'system' }, 'where the system had no memory left for a larger table'],
    [{ of: 'budget' }, 'at 2 GB of memory (--max-memory)'],
  ] as const)('says what memory ran short: %j', (shortage, why) => {
    expect(whyStopped({ stop: { reason: 'max-memory', elapsedMs: 1, shortage }, distinct: 1 }, budget)).toBe(why)
  })

  it('says which run was under way when time was up', () => {
    const overrun = { what: 'property safe', ms: 4_900 }
    const stop = { reason: 'timeout', elapsedMs: 5_100, overrun } as const
    const result = resultOf({ verdict: 'unknown', stop, properties: [checked('safety', 'unknown')] })
    expect(whyStopped(result, budget)).toBe('after 5.1 s (--timeout; one run of property safe took 4.9 s)')
    expect(conclusion(result, budget)).toContain('Unknown: the search stopped after 5.1 s (--timeout; one run of ')
    expect(JsonReport.parse(jsonReport(eventfulModel(), result, [])).stop).toEqual(stop)
  })

  it('says how much the audit left out', () => {
    const cut = (unrepeated: number) => resultOf({ stop: { reason: 'exhausted', elapsedMs: 1, unrepeated } })
    const sentence = conclusion(resultOf(), budget)
    expect(conclusion(cut(1), budget)).toBe(
      `${sentence} There was no time to repeat every run: 1 run of the protocol's code was not confirmed to be pure by a ` +
        'second one at the end.',
    )
    expect(conclusion(cut(2000), budget)).toContain("2,000 runs of the protocol's code were not confirmed")
  })

  it.each([
    ['max-states', 'at 1,234,567 distinct states (--max-states)'],
    ['max-depth', 'at depth 20 (--max-depth)'],
    ['timeout', 'after 6.2 s (--timeout)'],
    ['max-memory', 'at 2 GB of memory (--max-memory)'],
    ['interrupted', 'by an interrupt after 6.2 s'],
  ] as const)('calls a search that %s stopped unknown', (reason: StopReason, why) => {
    const result = resultOf({
      verdict: 'unknown',
      stop: { reason, elapsedMs: 6_210 },
      frontier: 1,
      properties: [checked('safety', 'unknown')],
    })
    expect(conclusion(result, budget)).toBe(
      `Unknown: the search stopped ${why}. 1 distinct state was found and not explored further. ` +
        `No violation within ${reason === 'max-depth' ? 41 : 40} steps. What lies beyond is not known.`,
    )
  })

  const compact = { bytes: 2 ** 29, hashes: 8, fill: 0.0123, expectedMissed: 0.00123, chanceOfNoneMissed: 0.99877 }
  const collisions = { verdict: 'unknown', stop: { reason: 'collisions', elapsedMs: 1 }, compact } as const

  it('says of a compact store that all holds up to hash collisions, and how likely they were', () => {
    expect(conclusion(resultOf(collisions), budget)).toBe(
      'Unknown: the property holds up to hash collisions, in 1,234,567 distinct states. In 512 MB of bits, 1 % of them ' +
        'set (--compact), a state may be taken for one that is known, and missed with all that is reached only through ' +
        'it: 0.0012 of those met are expected to be, and none with a probability of 99.87 %. A search without ' +
        '--compact is exact.',
    )
  })

  it('says of a compact store that missed states no more than that nothing was found', () => {
    const tiny = { bytes: 1024, hashes: 8, fill: 0.98, expectedMissed: 7_012.4, chanceOfNoneMissed: 0 }
    const missed =
      'In 1 kB of bits, 98 % of them set (--compact), a state may be taken for one that is known, and missed with all ' +
      'that is reached only through it: 7,012 of those met are expected to be, and none with a probability of less ' +
      'than 1 %.'
    expect(conclusion(resultOf({ ...collisions, distinct: 700, compact: tiny }), budget)).toBe(
      `Unknown: no violation was found in 700 distinct states, but states were missed. ${missed} ` +
        'A larger array misses fewer.',
    )
    const stopped = { verdict: 'unknown', stop: { reason: 'max-depth', elapsedMs: 1 }, compact: tiny } as const
    expect(conclusion(resultOf(stopped), budget)).toBe(
      `Unknown: the search stopped at depth 20 (--max-depth). What lies beyond is not known. ${missed}`,
    )
  })

  it('does not call a way shortest that a compact store found', () => {
    const properties = [checked('safety', 'violated', { path: pathOf(9) })]
    const result = resultOf({ verdict: 'violated', stop: { reason: 'violation', elapsedMs: 1 }, properties, compact })
    expect(conclusion(result, budget)).toBe(
      'Violated: safety after 9 steps. A shorter way may lead through a state that --compact missed.',
    )
  })

  it('names what was still growing, the largest first', () => {
    const growing = (name: string, largestText: number) => ({
      name,
      distinctValues: 9,
      largestText,
      stillGrowing: true,
    })
    const components = [
      { name: 'n1', distinctValues: 900, largestText: 900, stillGrowing: false },
      ...[growing('a', 10), growing('b', 40), growing('c', 30), growing('d', 20)],
    ]
    const stop = { reason: 'timeout', elapsedMs: 30_000 } as const
    const text = conclusion(resultOf({ verdict: 'unknown', stop, components }), budget)
    expect(text).toBe(
      'Unknown: the search stopped after 30 s (--timeout). No violation within 40 steps. What lies beyond is not known. ' +
        'Larger values turned up until the end: ' +
        'b (9 values, the largest 40 characters), c (9 values, the largest 30 characters), ' +
        'd (9 values, the largest 20 characters), 1 more. ' +
        'If the protocol bounds them, a larger budget may see them all; if nothing does, none will.',
    )
  })

  it.each<[string, Partial<SearchResult>, string | undefined]>([
    ['the levels before the last', { depth: 5 }, 'No violation within 4 steps.'],
    [
      'one step less where a deadlock is asked after',
      { depth: 5, properties: [open('deadlock')] },
      'No violation within 3 steps.',
    ],
    [
      'all but whole executions',
      { depth: 5, properties: [open('canAlways')] },
      'No violation within 4 steps; of whole executions nothing is known.',
    ],
    ['nothing of the first step', { depth: 1 }, undefined],
    ['nothing depth first', { depth: 5, order: 'dfs' }, undefined],
  ])('tells what an unknown search has seen whole: %s', (_, differences, known) => {
    const cut = resultOf({ verdict: 'unknown', stop: { reason: 'max-states', elapsedMs: 1 }, ...differences })
    const [, said] = /\(--max-states\)\. (?:(.*) )?What lies beyond is not known\./.exec(conclusion(cut, budget))!
    expect(said).toBe(known)
  })
})

const open = (kind: 'deadlock' | 'canAlways') => ({ ...checked('open', 'unknown'), property: property('open', kind) })
