/** The checks against the oracle, on random histories of every ready object. */
import fc from 'fast-check'
import { casRegister, counter, kv, mutex, queue, register, set, stack } from 'splitbrain'
import { expect } from 'vitest'
import { CONSISTENCIES, type Consistency } from '../../src/history/consistencies.ts'
import { operationsOf } from '../../src/history/operation.ts'
import type { SequentialObject } from '../../src/history/sequential-object.ts'
import type { Value } from '../../src/model.ts'
import type { HistoryEvent } from '../../src/value/history.ts'
import { isConvergent, isLinearizable, isSequentiallyConsistent, keepsBruteForce } from './brute-force.ts'
import { type Call, type Calls, histories } from './random-history.ts'

const write = (argument: number) => ({ operation: 'write', argument })
const numbers = [0, 1, 2]

export const CALLS: Readonly<Record<string, Calls>> = {
  register: { object: register({ initial: 0 }), calls: [{ operation: 'read' }, write(1), write(2)], results: numbers },
  'cas-register': {
    object: casRegister({ initial: 0 }),
    calls: [
      { operation: 'read' },
      write(1),
      { operation: 'cas', argument: [0, 2] },
      { operation: 'cas', argument: [1, 0] },
    ],
    results: [0, 1, 2, true, false],
  },
  counter: {
    object: counter(),
    calls: [{ operation: 'read' }, { operation: 'increment' }, { operation: 'addAndGet', argument: 2 }],
    results: [0, 1, 2, 3],
  },
  set: {
    object: set(),
    calls: [{ operation: 'read' }, { operation: 'add', argument: 1 }, { operation: 'add', argument: 2 }],
    results: [[], [1], [2], [2, 1]],
  },
  queue: {
    object: queue(),
    calls: [{ operation: 'dequeue' }, { operation: 'enqueue', argument: 1 }, { operation: 'enqueue', argument: 2 }],
    results: [null, 1, 2],
  },
  stack: {
    object: stack(),
    calls: [{ operation: 'pop' }, { operation: 'push', argument: 1 }, { operation: 'push', argument: 2 }],
    results: [null, 1, 2],
  },
  mutex: { object: mutex(), calls: [{ operation: 'acquire' }, { operation: 'release' }], results: [null] },
  kv: {
    object: kv(),
    calls: ['a', 'b'].flatMap((key) => [
      { operation: 'get', argument: key },
      { operation: 'put', argument: [key, 1] },
      { operation: 'append', argument: [key, 'x'] },
    ]),
    results: [null, 1, 'x', '1x'],
  },
  'kv that gives "" where there is nothing': {
    object: kv({ absent: '' }),
    calls: ['a', 'b'].flatMap((key) => [
      { operation: 'get', argument: key },
      { operation: 'append', argument: [key, 'x'] },
      { operation: 'delete', argument: key },
    ]),
    results: [null, '', 'x', 'xx'],
  },
  'kv that is only put into': {
    object: kv(),
    calls: ['a', 'b'].flatMap((key) => [
      { operation: 'get', argument: key },
      { operation: 'put', argument: [key, 1] },
      { operation: 'put', argument: [key, 2] },
    ]),
    results: [null, 1, 2],
  },
}

type Oracle = (object: SequentialObject, operations: ReturnType<typeof operationsOf>) => boolean

export const ORACLES: Readonly<Record<Consistency, Oracle>> = {
  linearizable: isLinearizable,
  sequentiallyConsistent: isSequentiallyConsistent,
  readYourWrites: keepsBruteForce('readYourWrites'),
  monotonicReads: keepsBruteForce('monotonicReads'),
  monotonicWrites: keepsBruteForce('monotonicWrites'),
  convergent: isConvergent,
}

/** The query that two more processes end a history with, where convergence is asked. */
const LAST: Readonly<Record<string, Call>> = {
  register: { operation: 'read' },
  'cas-register': { operation: 'read' },
  counter: { operation: 'read' },
  set: { operation: 'read' },
  queue: { operation: 'peek' },
  stack: { operation: 'peek' },
  kv: { operation: 'get', argument: 'a' },
  'kv that gives "" where there is nothing': { operation: 'get', argument: 'a' },
  'kv that is only put into': { operation: 'get', argument: 'a' },
}

/** What was pending is given up; then two processes ask, and get any results. */
function ended(events: readonly HistoryEvent[], call: Call, results: readonly Value[]): readonly HistoryEvent[] {
  const pending = operationsOf(events).filter(({ outcome }) => outcome === 'pending')
  return [
    ...events,
    ...pending.map(({ process, name }) => ({ type: 'unknown', process, operation: name }) as const),
    ...results.flatMap((result, i) => [
      { type: 'invoke', process: `d${i}`, ...call } as const,
      { type: 'return', process: `d${i}`, operation: call.operation, result } as const,
    ]),
  ]
}

/** The objects that a consistency can be asked of: a mutex tells nobody how it is. */
export const objectsFor = (consistency: Consistency): readonly string[] =>
  Object.keys(CALLS).filter((name) => consistency !== 'convergent' || name in LAST)

/** Of so many random histories, each is what trying everything finds; some hold, and some do not. */
export function assertAgreement(consistency: Consistency, name: string, runs: number): void {
  const calls = CALLS[name]!
  const last = LAST[name]!
  const ticks = consistency === 'linearizable' || consistency === 'sequentiallyConsistent' ? 13 : 11
  const seen = { holds: 0, violated: 0 }
  const result = fc.constantFrom(...calls.results)
  fc.assert(
    fc.property(histories(calls, 3, ticks), fc.tuple(result, result), (events, results) => {
      const operations = operationsOf(consistency === 'convergent' ? ended(events, last, results) : events)
      const { verdict } = CONSISTENCIES[consistency](calls.object, operations)
      expect(verdict).toBe(ORACLES[consistency](calls.object, operations) ? 'holds' : 'violated')
      seen[verdict as 'holds']++
    }),
    { numRuns: runs, ...(runs < 1000 && { seed: 1 }) }, // few random histories may happen to be all alike
  )
  expect(Math.min(seen.holds, seen.violated)).toBeGreaterThan(runs / 50)
}
