/** What a search that ends early says of questions about executions. */
import { always, alwaysEventually, canAlways, eventually, leadsTo, protocol, z } from 'splitbrain'
import { describe, expect, it } from 'vitest'
import { explore } from '../../../src/engine/explore.ts'
import type { SearchOptions } from '../../../src/engine/search-options.ts'

/** Processes that each go round in a circle of four: 4^n states, all of them in one component. */
const wheels = (count: number) =>
  protocol({ name: 'wheels', roles: { wheel: { volatile: { at: z.int().default(0) } } } }, () => ({
    population: { wheel: count },
    actions: {
      wheel: {
        turn(me) {
          me.at = (me.at + 1) % 4
        },
      },
    },
    properties: {
      inside: always('wheels stay inside', ({ wheel }) => wheel.every(({ at }) => at < 4)),
      twos: always('not all are at 2', ({ wheel }) => !wheel.every(({ at }) => at === 2)),
      can: canAlways('all can get to 2', ({ wheel }) => wheel.every(({ at }) => at === 2)),
      all: alwaysEventually('all are at 2', ({ wheel }) => wheel.every(({ at }) => at === 2), { weak: ['wheel'] }),
      one: eventually('the first is at 2', ({ wheel }) => wheel[0]!.at === 2, { weak: ['wheel'] }),
      some: leadsTo(
        '1, then 2',
        ({ wheel }) => wheel[0]!.at === 1,
        ({ wheel }) => wheel[0]!.at === 2,
      ),
    },
  })).instantiate()

const SAFE = ['inside', 'can', 'all', 'one', 'some']

async function told(count: number, options: SearchOptions) {
  const { verdict, stop, properties } = await explore(wheels(count), options)
  return { verdict, reason: stop.reason, verdicts: properties.slice(1).map((each) => each.verdict) }
}

it('a search of the whole space decides everything', async () => {
  expect(await told(3, { properties: SAFE })).toEqual({
    verdict: 'violated',
    reason: 'exhausted',
    verdicts: ['holds', 'holds', 'violated', 'holds', 'violated'],
  })
})

describe('where it ends early, what it did not see is unknown', () => {
  const unknown = ['unknown', 'unknown', 'unknown', 'unknown', 'unknown']

  it.each([
    [{ maxStates: 12 }, 'max-states'],
    [{ maxDepth: 0 }, 'max-depth'],
    [{ maxDepth: 3 }, 'max-depth'],
    [{ timeoutMs: 0 }, 'timeout'],
  ] as const)('%j', async (budget, reason) => {
    expect(await told(4, { properties: SAFE, budget })).toEqual({ verdict: 'unknown', reason, verdicts: unknown })
  })

  it('and what it saw is a violation all the same', async () => {
    const budget = { maxDepth: 5 } // a wheel can turn round within it, and one more be turned before
    const { properties, ...result } = await explore(wheels(4), { properties: ['all', 'some', 'one', 'can'], budget })
    expect(result).toMatchObject({ verdict: 'violated', stop: { reason: 'max-depth' } })
    expect(
      properties.map(({ property, verdict, path, cures }) => [
        property.name,
        verdict,
        path?.loop,
        path?.steps.length,
        cures,
      ]),
    ).toEqual([
      ['types', 'unknown', undefined, undefined, undefined],
      ['can', 'unknown', undefined, undefined, undefined],
      ['all', 'violated', 0, 16, undefined], // one wheel after the other
      ['one', 'unknown', undefined, undefined, undefined],
      ['some', 'violated', 1, 5, undefined],
    ])
  })

  it('an invariant was violated first', async () => {
    const found = await told(3, {})
    expect(found).toMatchObject({ verdict: 'violated', reason: 'violation' })
    expect(found.verdicts).toEqual(['unknown', 'violated', 'unknown', 'unknown', 'unknown', 'unknown'])
  })

  it('unless it goes on after the violation', async () => {
    const found = await told(3, { keepGoing: true })
    expect(found.verdicts).toEqual(['holds', 'violated', 'holds', 'violated', 'holds', 'violated'])
  })
})

it('an interrupt is heard while they are decided: invariants are proven, and what was decided stays', async () => {
  const controller = new AbortController()
  const seen: (string | undefined)[] = []
  const found = await told(6, {
    properties: SAFE,
    signal: controller.signal,
    onProgress({ deciding }) {
      seen.push(deciding)
      if (deciding !== undefined) controller.abort()
    },
  })
  expect(found.reason).toBe('interrupted')
  expect(seen.filter((deciding) => deciding !== undefined)).toHaveLength(1)
  expect(found.verdicts[0]).toBe('holds')
  expect(found.verdicts.at(-1)).toBe('unknown')
})
