/** Traces that were edited and given a checksum that fits: whatever they claim, the judge decides. */
import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { checkFit } from '../../src/judge/check-fit.ts'
import { endingOf, propertyNamed } from '../../src/judge/ending.ts'
import { record } from '../../src/judge/record.ts'
import { replay } from '../../src/judge/replay.ts'
import type { Model } from '../../src/model.ts'
import { renderTrace } from '../../src/report/inspect.ts'
import type { Trace } from '../../src/trace/trace.ts'
import { parseTrace, traceText } from '../../src/trace/trace-file.ts'
import { SplitbrainError } from '../../src/value/splitbrain-error.ts'
import { ballotProtocol } from './ballot.ts'
import { shift } from './shift.ts'
import { shortestPath, stepBy } from './shortest-path.ts'

type Json = null | boolean | number | string | Json[] | { [key: string]: Json }

/** The text of a trace with its content edited and a checksum that fits. */
function resealed(trace: Trace, edit: (content: { [key: string]: Json }) => void): string {
  const { format, version: _, checksum: __, ...content } = JSON.parse(traceText(trace)) as { [key: string]: Json }
  edit(content)
  const checksum = `sha256:${createHash('sha256').update(JSON.stringify(content)).digest('hex')}`
  return JSON.stringify({ format, version: 2, ...content, checksum })
}

/** What becomes of a file: how its replay comes out, or how it is refused. It must be possible to draw it as well. */
function outcomeOf(model: Model, text: string): string {
  try {
    const trace = parseTrace(text, 'it')
    if (trace.bugs.join() !== model.bugs.join()) return 'bad-parameter: there are no such bugs' // as `instantiate` says
    checkFit(model, trace)
    renderTrace(model, trace)
    return replay(model, trace).outcome
  } catch (thrown) {
    if (thrown instanceof SplitbrainError && thrown.code !== 'internal') return `${thrown.code}: ${thrown.message}`
    throw thrown
  }
}

const ballot = ballotProtocol.instantiate({ voters: 2 }, ['twoVotes'])
const traceOf = (model: Model, name: string): Trace => {
  const property = propertyNamed(model, name)
  return record(
    model,
    property,
    shortestPath(model, (states) => endingOf(model, property, states).verdict !== undefined),
  )
}
const modest = traceOf(ballot, 'modest')
const aWinner = traceOf(ballot, 'aWinner')
const workers = shift('never')
const crash = stepBy('worker1', 'crash')
const work = stepBy('worker2', 'work')
const canFinish = record(workers, propertyNamed(workers, 'canFinish'), { initial: {}, steps: [crash] })
const finishes = record(workers, propertyNamed(workers, 'finishes'), { initial: {}, steps: [crash, work], loop: 2 })

const refused = (problem: string, protocol: string) =>
  `bad-trace: the trace does not fit ${protocol}: ${problem}; check the protocol again and save a new trace`

describe('a trace that claims what its property cannot show', () => {
  const cases: readonly (readonly [string, Model, Trace, { readonly [key: string]: Json }, string])[] = [
    [
      'a loop of an `always`',
      ballot,
      modest,
      { loop: 1 },
      refused('it has a loop, and modest (always) is not about whole executions', 'ballot'),
    ],
    [
      'a witness of an `always`',
      ballot,
      modest,
      { verdict: 'witnessed' },
      refused('its verdict is witnessed, and modest (always) can only be violated', 'ballot'),
    ],
    [
      'a violation of a `sometimes`',
      ballot,
      aWinner,
      { verdict: 'violated' },
      refused('its verdict is violated, and aWinner (sometimes) can only be witnessed', 'ballot'),
    ],
    [
      'a proof of an `always`',
      ballot,
      modest,
      { proof: { states: 3, by: 'judge' } },
      refused('it has a proof, and modest (always) takes none', 'ballot'),
    ],
    [
      'a loop of a `canAlways`',
      workers,
      canFinish,
      { loop: 1 },
      refused('it has a loop, and canFinish (canAlways) is not about whole executions', 'shift'),
    ],
    [
      'an error that was witnessed',
      ballot,
      modest,
      { property: { name: 'runs', claim: '' }, verdict: 'witnessed' },
      refused('its verdict is witnessed, and a body or predicate that throws can only be violated', 'ballot'),
    ],
    [
      'another loop',
      workers,
      finishes,
      { loop: 1 },
      'bad-trace: it is not a trace that can be replayed: its loop does',
    ],
    ['a shorter past', ballot, modest, { tidied: { shortenedFrom: 1 } }, 'bad-trace: it is not a trace that can be'],
  ]
  it.each(cases)('%s', (_, model, trace, edit, expected) => {
    expect(outcomeOf(model, traceText(trace))).toBe('reproduced')
    expect(
      outcomeOf(
        model,
        resealed(trace, (content) => Object.assign(content, edit)),
      ).slice(0, expected.length),
    ).toBe(expected)
  })

  it('or leaves out what it needs', () => {
    const text = resealed(finishes, (content) => delete content.loop)
    expect(outcomeOf(workers, text)).toBe(
      refused('finishes (eventually) is about whole executions, and it has no loop', 'shift'),
    )
  })
})

/** Every place in a file's content. */
function* placesIn(json: Json, path: readonly string[] = []): Generator<readonly string[]> {
  if (path.length > 0) yield path
  if (typeof json !== 'object' || json === null) return
  for (const [key, field] of Object.entries(json)) yield* placesIn(field, [...path, key])
}

const WRONG: readonly (Json | undefined)[] = [
  undefined,
  null,
  true,
  -1,
  0.5,
  1e9,
  '',
  'n1',
  [],
  [[]],
  {},
  { type: 'X' },
]

/** What replay does not rest on: where the file came from, words, what was seen when it was saved, and defaults. */
const FREE = /^(spec|because|property\.claim|proof(\..*)?|tidied(\..*)?)$/

describe('each field, changed to each wrong kind', () => {
  it('of a trace is refused, or found out by the judge, and never reproduced', () => assertFoundOut(ballot, modest))

  it.each([
    ['sometimes', ballot, aWinner],
    ['canAlways', workers, canFinish],
    ['eventually', workers, finishes],
  ] as const)('of a trace of %s, too', { tags: 'slow' }, (_, model, trace) => assertFoundOut(model, trace))

  function assertFoundOut(model: Model, trace: Trace): void {
    const census: Record<string, number> = {}
    const believed: string[] = []
    const content = JSON.parse(traceText(trace)) as { [key: string]: Json }
    for (const path of placesIn(content)) {
      if (['format', 'version', 'checksum'].includes(path[0]!)) continue
      for (const wrong of WRONG) {
        const text = resealed(trace, (edited) => put(edited, path, wrong))
        const outcome = text === resealed(trace, () => {}) ? 'same' : outcomeOf(model, text).replace(/:.*/s, '')
        census[outcome] = (census[outcome] ?? 0) + 1
        const isLeftOut =
          path[0] === 'parameters' && (wrong === undefined || (path.length === 1 && JSON.stringify(wrong) === '{}'))
        const isBelieved = outcome === 'reproduced' && !isLeftOut && !FREE.test(path.join('.'))
        if (isBelieved) believed.push(`${path.join('.')} as ${JSON.stringify(wrong)}`)
      }
    }
    expect(believed).toEqual([])
    expect(Object.keys(census).sort()).toEqual(expect.arrayContaining(['bad-trace', 'diverged']))
  }
})

/** Replaces the field at a path, or takes it away. */
function put(content: { [key: string]: Json }, path: readonly string[], value: Json | undefined): void {
  const holder = path.slice(0, -1).reduce<Json>((at, key) => (at as { [key: string]: Json })[key]!, content)
  const last = path.at(-1)!
  if (value !== undefined) (holder as { [key: string]: Json })[last] = value
  else if (Array.isArray(holder)) holder.splice(Number(last), 1)
  else delete (holder as { [key: string]: Json })[last]
}
