/** Long histories, as a client library under test gives them: thousands of operations of several clients. */
import { casRegister, kv, register } from 'splitbrain'
import { describe, expect, it } from 'vitest'
import { CONSISTENCIES } from '../../src/history/consistencies.ts'
import { linearize } from '../../src/history/linearize.ts'
import { operationsOf } from '../../src/history/operation.ts'
import { keeps } from '../../src/history/session.ts'
import type { Value } from '../../src/model.ts'
import type { HistoryEvent } from '../../src/value/history.ts'
import { longHistory, type Work } from './long-history.ts'

const cell = register({ initial: 0 })

const work: Work = {
  object: cell,
  clients: 10,
  operations: 5000,
  next: (draw) => (draw(2) === 0 ? { operation: 'read' } : { operation: 'write', argument: draw(5) }),
}

/** The first return of a read from `from` on gives something else. */
function tampered(events: readonly HistoryEvent[], from: number, result: (was: Value) => Value) {
  const at = events.findIndex((event, i) => i >= from && event.type === 'return' && event.operation === 'read')
  const event = events[at] as Extract<HistoryEvent, { type: 'return' }>
  return { at, events: events.with(at, { ...event, result: result(event.result) }) }
}

describe('linearizability of 5,000 operations of 10 clients', () => {
  const events = longHistory(work)

  it('holds of what a register answered', () => {
    expect(linearize(cell, operationsOf(events)).verdict).toBe('holds')
  })

  it('holds where operations are given up now and then', () => {
    const lost = longHistory({ ...work, operations: 2000, lostOneIn: 100 })
    expect(lost.filter(({ type }) => type === 'unknown').length).toBeGreaterThan(20)
    expect(linearize(cell, operationsOf(lost)).verdict).toBe('holds')
  })

  it('finds the one read that is of nothing, however late', () => {
    const { at, events: wrong } = tampered(events, 8000, () => 77)
    const outcome = linearize(cell, operationsOf(wrong))
    expect(outcome).toMatchObject({ verdict: 'violated', evidence: { blocked: { endedAt: at, result: 77 } } })
  })

  it('holds of a register that compares and sets', () => {
    const next: Work['next'] = (draw) => {
      const argument = draw(5)
      return [
        { operation: 'read' },
        { operation: 'write', argument },
        { operation: 'cas', argument: [argument, draw(5)] },
      ][draw(3)]!
    }
    const object = casRegister({ initial: 0 })
    expect(linearize(object, operationsOf(longHistory({ ...work, object, next }))).verdict).toBe('holds')
  })

  it('is asked key by key of a map', () => {
    const next: Work['next'] = (draw) => {
      const key = `k${draw(10)}`
      const text = String(draw(9))
      return [
        { operation: 'get', argument: key },
        { operation: 'append', argument: [key, text] },
      ][draw(2)]!
    }
    const map = longHistory({ ...work, object: kv(), next })
    expect(linearize(kv(), operationsOf(map)).verdict).toBe('holds')
    const wrong = map.map((event, i) =>
      i > 9000 && event.type === 'return' && event.operation === 'get' ? { ...event, result: '' } : event,
    )
    expect(linearize(kv(), operationsOf(wrong))).toMatchObject({
      verdict: 'violated',
      evidence: { part: expect.stringMatching(/^k\d$/) },
    })
  })
})

describe('session guarantees of 3,000 operations of 10 clients', () => {
  let written = 0
  const events = longHistory({
    ...work,
    operations: 3000,
    next: (draw) => (draw(2) === 0 ? { operation: 'read' } : { operation: 'write', argument: ++written }),
  })

  it.each(['readYourWrites', 'monotonicReads'] as const)(
    '%s holds of what a register answered',
    { tags: 'slow' },
    (guarantee) => {
      expect(keeps(guarantee)(cell, operationsOf(events)).verdict).toBe('holds')
    },
  )

  it.each(['readYourWrites', 'monotonicReads'] as const)('%s finds the one read that is of long ago', (guarantee) => {
    const { at, events: wrong } = tampered(events, 5000, () => 3)
    expect(keeps(guarantee)(cell, operationsOf(wrong))).toMatchObject({
      verdict: 'violated',
      evidence: { blocked: { endedAt: at } },
    })
  })
})

it('says that the budget ran out, and never more', () => {
  const outcome = linearize(cell, operationsOf(longHistory(work)), { configurations: 100, isOver: () => false })
  expect(outcome).toEqual({ verdict: 'unknown', configurations: 101, ranOut: 'configurations' })
  const hurried = linearize(cell, operationsOf(longHistory(work)), { configurations: Infinity, isOver: () => true })
  expect(hurried).toEqual({ verdict: 'unknown', configurations: 0, ranOut: 'time' })
})

it('goes from key to key in turns: one that cannot be explained ends it, however hard another is', () => {
  const many = Array.from({ length: 40 }, (_, i) => i)
  const invoked = many.map((i): HistoryEvent => {
    return { type: 'invoke', process: `p${i}`, operation: 'append', argument: ['hard', `${i},`] }
  })
  const returned = many.map(
    (i): HistoryEvent => ({ type: 'return', process: `p${i}`, operation: 'append', result: null }),
  )
  const get = (key: string, result: Value): HistoryEvent[] => [
    { type: 'invoke', process: `q-${key}`, operation: 'get', argument: key },
    { type: 'return', process: `q-${key}`, operation: 'get', result },
  ]
  const hard = [...invoked, ...returned, ...get('hard', 'nothing of it')]
  const budget = { configurations: 20_000, isOver: () => false }
  expect(linearize(kv(), operationsOf(hard), budget)).toMatchObject({ verdict: 'unknown', ranOut: 'configurations' })
  expect(linearize(kv(), operationsOf([...hard, ...get('easy', 7)]), budget)).toMatchObject({
    verdict: 'violated',
    evidence: { part: 'easy', because: "q-easy's get(easy) returned 7, which no order of the operations explains" },
  })
})

it.each(['linearizable', 'sequentiallyConsistent'] as const)('%s asks the clock before it begins', (consistency) => {
  let now = 0
  const budget = { configurations: Number.POSITIVE_INFINITY, isOver: () => ++now > 10, now: () => now }
  const outcome = CONSISTENCIES[consistency](cell, operationsOf(longHistory(work)), budget)
  expect(outcome).toEqual({ verdict: 'unknown', configurations: 0, ranOut: 'time' })
})

it('asks the clock while it goes through updates and results, not only while it searches', () => {
  const operations = operationsOf(manyEvents())
  let now = 0
  const budget = { configurations: Number.POSITIVE_INFINITY, isOver: () => ++now > 10, now: () => now }
  for (const guarantee of ['readYourWrites', 'monotonicReads'] as const) {
    now = 0
    expect(keeps(guarantee)(cell, operations, budget)).toMatchObject({ verdict: 'unknown', ranOut: 'time' })
    expect(now).toBeLessThan(20)
  }
})

function manyEvents(): HistoryEvent[] {
  let written = 0
  return longHistory({
    ...work,
    operations: 20_000,
    next: (draw) => (draw(2) === 0 ? { operation: 'read' } : { operation: 'write', argument: ++written }),
  })
}

it('takes memory by what it meets: 30,000 distinct values', () => {
  let written = 0
  const next: Work['next'] = () => ({ operation: 'write', argument: ++written })
  const operations = operationsOf(longHistory({ ...work, operations: 30_000, next }))
  expect(linearize(cell, operations).verdict).toBe('holds') // states times operations would be 3.6 GB
})
