/** The search for explanations against the plainest one there is: every step that may be, all at once, level by level. */
import fc from 'fast-check'
import { expect } from 'vitest'
import { conform } from '../../src/conform/conform.ts'
import { initialOutcomes, plainReader, stepsFrom } from '../../src/judge/plain-run.ts'
import type { Model, State, Step } from '../../src/model.ts'
import { textOf } from '../../src/value/canonical.ts'
import mailbox, { mailboxMap } from './mailbox.ts'

interface Line {
  readonly at: 's' | 'r'
  readonly do: 'post' | 'got' | 'last' | 'left' | 'either'
  readonly n: number
  readonly from: number
  readonly to: number
}

interface Place {
  readonly state: State
  readonly positions: readonly number[]
  readonly isBroken: boolean
}

/** Whether the line may be behind a step, or be of a state: the map's meaning, written down once more. */
const isBehind = ({ do: what, n }: Line, { action, arguments: { message } }: Step): boolean => {
  const isItem = (message as { n?: number } | undefined)?.n === n && (action === 'receive' || action === 'duplicate')
  return (
    (what === 'post' && action === 'post') ||
    (what === 'got' && isItem) ||
    (what === 'either' && (isItem || action === 'lose'))
  )
}

const isSeen = (line: Line, [sender, receiver]: State): boolean =>
  line.do === 'last'
    ? (receiver as { last: number }).last === line.n
    : line.do === 'left' && (sender as { note: string }).note === 'left'

const isSilent = (silent: readonly string[], { action, process, arguments: { message } }: Step): boolean =>
  silent.includes(action) ||
  silent.includes(
    action === 'receive'
      ? `receiver.${(message as { type: string }).type}`
      : `${process === 's1' ? 'sender' : 'receiver'}.${action}`,
  )

/** Which lines were before which: those of a node in order, those that were over before the others can have been, and so on. */
function order(feeds: readonly (readonly Line[])[], isTimed: boolean): (one: Line, other: Line) => boolean {
  const all = feeds.flat()
  const before = new Map(all.map((line) => [line, new Set<Line>()]))
  for (const feed of feeds) for (const [i, line] of feed.entries()) if (i > 0) before.get(line)!.add(feed[i - 1]!)
  if (isTimed) for (const one of all) for (const other of all) if (one.to < other.from) before.get(other)!.add(one)
  for (const via of all)
    for (const line of all)
      if (before.get(line)!.has(via)) for (const first of before.get(via)!) before.get(line)!.add(first)
  return (one, other) => before.get(other)!.has(one)
}

function explained(model: Model, feeds: readonly (readonly Line[])[], silent: readonly string[], isTimed: boolean) {
  const isBefore = order(feeds, isTimed)
  const inOrder = model.properties.find(({ name }) => name === 'inOrder')!
  const isBroken = (before: State, after: State) =>
    inOrder.kind === 'step' && !inOrder.judge(plainReader(model, before), plainReader(model, after)).holds
  const isEnd = (positions: readonly number[]) => positions.every((at, i) => at === feeds[i]!.length) // what comes after is no part of the log
  const met = new Map<string, Place>()
  const todo: Place[] = []
  const meet = (place: Place) => {
    const key = `${place.positions.join()} ${place.isBroken} ${place.state.map(textOf).join()}`
    if (met.has(key)) return
    met.set(key, place)
    todo.push(place)
  }
  for (const { state } of initialOutcomes(model)) meet({ state, positions: feeds.map(() => 0), isBroken: false })
  for (const { state, positions, isBroken: was } of todo) {
    const steps = [...stepsFrom(model, state)]
    for (const [feed, position] of positions.entries()) {
      const line = feeds[feed]![position]
      const isOpen = (one: Line) => feeds.some((lines, i) => lines.indexOf(one) >= positions[i]!)
      if (line === undefined || feeds.flat().some((one) => isOpen(one) && isBefore(one, line))) continue
      const read = positions.map((at, i) => (i === feed ? at + 1 : at))
      if (isSeen(line, state)) meet({ state, positions: read, isBroken: was })
      for (const { step, state: after } of steps) {
        if (isBehind(line, step)) meet({ state: after, positions: read, isBroken: was || isBroken(state, after) })
      }
    }
    for (const { step, state: after } of steps) {
      if (!isEnd(positions) && isSilent(silent, step))
        meet({ state: after, positions, isBroken: was || isBroken(state, after) })
    }
  }
  const ends = [...met.values()].filter(({ positions }) => isEnd(positions))
  const deepest = Math.max(...[...met.values()].map(({ positions }) => positions.reduce((a, b) => a + b, 0)))
  const kinds = new Set(ends.map(({ isBroken }) => isBroken))
  return { conforms: ends.length > 0, must: !kinds.has(false) && kinds.has(true), may: kinds.has(true), deepest }
}

const events = fc.array(
  fc.oneof(
    { weight: 3, arbitrary: fc.constant({ at: 's', do: 'post', n: 0 } as const) },
    {
      weight: 4,
      arbitrary: fc.record({
        at: fc.constant('r' as const),
        do: fc.constantFrom('got' as const, 'last' as const, 'either' as const),
        n: fc.integer({ min: 0, max: 3 }),
      }),
    },
    { weight: 1, arbitrary: fc.constant({ at: 's', do: 'left', n: 0 } as const) },
  ),
  { minLength: 1, maxLength: 7 }, // one without events is refused
)

type Event = Omit<Line, 'from' | 'to'>
const post: Event = { at: 's', do: 'post', n: 0 }
const got = (n: number): Event => ({ at: 'r', do: 'got', n })

/** Some of them begin with an item that overtakes another. */
const logs = fc.oneof(
  { weight: 6, arbitrary: events },
  { weight: 1, arbitrary: events.map((log) => [post, post, got(2), got(1), ...log.slice(4)]) },
)

const times = fc.array(fc.tuple(fc.integer({ min: 0, max: 9 }), fc.integer({ min: 0, max: 9 })), {
  minLength: 12,
  maxLength: 12,
})

/** Whatever the times are, a node's clock does not go back. */
function timed(log: readonly Event[], intervals: readonly (readonly [number, number])[]): readonly Line[] {
  const latest = { s: 0, r: 0 }
  return log.map((event, i) => {
    const [from, width] = intervals[i]!
    latest[event.at] = Math.max(latest[event.at], from)
    return { ...event, from, to: Math.max(from + width, latest[event.at]) }
  })
}

/** Holds so many random logs against the mailbox both ways; each kind of answer must come up. */
export async function compare(numRuns: number, seed: number): Promise<void> {
  const verdicts = new Map<string, number>()
  await fc.assert(
    fc.asyncProperty(
      logs,
      fc.subarray(['lose', 'duplicate', 'sender.leave', 'sender.post', 'receiver.Item']),
      fc.boolean(),
      fc.integer({ min: 0, max: 1 }),
      fc.option(times, { nil: undefined }),
      async (chosen, silent, byNode, duplicates, intervals) => {
        const isTimed = byNode && intervals !== undefined
        const log = timed(chosen, intervals ?? chosen.map(() => [0, 0]))
        const model = mailbox.instantiate({ duplicates })
        const map = mailboxMap({ silent, byNode, timed: isTimed })
        const texts = log.map(({ n, ...line }) => JSON.stringify(line.do === 'post' ? line : { ...line, n }))
        const found = await conform(model, map, [{ name: 'log', lines: texts }], { may: true })
        const feeds = byNode ? [log.filter(({ at }) => at === 's'), log.filter(({ at }) => at === 'r')] : [log]
        const expected = explained(model, feeds, silent, isTimed)
        const what = expected.must ? 'must' : expected.may ? 'may' : expected.conforms ? 'conforms' : 'does not'
        verdicts.set(what, (verdicts.get(what) ?? 0) + 1)
        if (found.verdict !== 'conforms') {
          expect({ conforms: false, explained: found.verdict === 'unknown' ? -1 : found.explained }).toEqual({
            conforms: expected.conforms,
            explained: expected.deepest,
          })
        } else {
          const breaks = {
            must: found.breach !== undefined,
            may: found.breach !== undefined || found.mayBreak !== 'nothing',
          }
          expect({ conforms: true, ...breaks }).toEqual({
            conforms: expected.conforms,
            must: expected.must,
            may: expected.may,
          })
        }
      },
    ),
    { numRuns, seed },
  )
  for (const what of ['must', 'may', 'conforms', 'does not'])
    expect(verdicts.get(what), what).toBeGreaterThan(numRuns / 100)
}
