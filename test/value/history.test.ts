/** The normal form of histories: what says nothing about time is not kept, and nothing else is lost. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Operation, operationsOf } from '../../src/history/operation.ts'
import { type HistoryEvent, type Recorded, withEvent } from '../../src/value/history.ts'

const PROCESSES = ['a', 'b', 'c']

/** Events as processes record them, each doing one thing at a time. */
const recordings: fc.Arbitrary<readonly Recorded[]> = fc
  .array(fc.tuple(fc.constantFrom(...PROCESSES), fc.nat(9)), { maxLength: 14 })
  .map((script) => {
    const pending = new Set<string>()
    let made = 0
    return script.map(([process, draw]): Recorded => {
      if (draw === 9) {
        pending.delete(process)
        return { type: 'crash', process }
      }
      if (!pending.has(process)) {
        pending.add(process)
        return { type: 'invoke', process, operation: 'op', argument: made++ }
      }
      pending.delete(process)
      if (draw === 0) return { type: 'fail', process, operation: 'op' }
      if (draw === 1) return { type: 'unknown', process, operation: 'op' }
      return { type: 'return', process, operation: 'op', result: null }
    })
  })

const recorded = (events: readonly Recorded[]): readonly HistoryEvent[] =>
  events.reduce<readonly HistoryEvent[]>(withEvent, [])

/** What a history says: the operations by their argument, what became of each, and which returned before which began. */
function meaningOf(operations: readonly Operation[]) {
  const told = operations.map(({ argument, process, outcome }) => `${argument} ${process} ${outcome}`).sort()
  const order = operations.flatMap((a) =>
    operations
      .filter((b) => a.outcome === 'returned' && a.endedAt < b.invokedAt)
      .map((b) => `${a.argument} before ${b.argument}`),
  )
  return { told, order: order.sort() }
}

/** The same as they were recorded; a crash gives the pending operation up. */
function meaningAsRecorded(events: readonly Recorded[]) {
  const pending = new Set<string>()
  const plain = events.flatMap((event): HistoryEvent[] => {
    if (event.type === 'invoke') pending.add(event.process)
    const wasPending = event.type !== 'invoke' && pending.delete(event.process)
    if (event.type !== 'crash') return [event]
    return wasPending ? [{ type: 'unknown', process: event.process, operation: 'op' }] : []
  })
  return meaningOf(operationsOf(plain))
}

it('says what was recorded, no more and no less', () => {
  fc.assert(
    fc.property(recordings, (events) => {
      expect(meaningOf(operationsOf(recorded(events)))).toEqual(meaningAsRecorded(events))
    }),
    { numRuns: 2000 },
  )
})

it('is the same for two neighbours of different processes in either order, unless one returns before the other begins', () => {
  fc.assert(
    fc.property(recordings, fc.nat(), (events, draw) => {
      fc.pre(events.length > 1)
      const at = draw % (events.length - 1)
      const [a, b] = [events[at]!, events[at + 1]!]
      const isOrdered = [a, b].some(({ type }) => type === 'return') && [a, b].some(({ type }) => type === 'invoke')
      fc.pre(a.process !== b.process && !isOrdered)
      expect(recorded(events.with(at, b).with(at + 1, a))).toEqual(recorded(events))
    }),
    { numRuns: 2000 },
  )
})

it('differs where the order of operations differs', () => {
  fc.assert(
    fc.property(recordings, recordings, (one, other) => {
      const isSame = JSON.stringify(meaningAsRecorded(one)) === JSON.stringify(meaningAsRecorded(other))
      expect(JSON.stringify(recorded(one)) === JSON.stringify(recorded(other))).toBe(isSame)
    }),
    { numRuns: 2000 },
  )
})

describe('an event that does not fit what came before', () => {
  const invoke = (process: string, operation = 'read'): Recorded => ({ type: 'invoke', process, operation })

  it.each<[readonly Recorded[], string]>([
    [
      [invoke('a'), invoke('a', 'write')],
      'a invokes write, but its read is still pending; let it end first: call returns, failed or unknown',
    ],
    [
      [{ type: 'fail', process: 'a', operation: 'read' }],
      'a fails read, but it has no operation pending; call invoke first (a crash leaves an operation behind, its outcome unknown)',
    ],
    [
      [invoke('a'), { type: 'crash', process: 'a' }, { type: 'unknown', process: 'a', operation: 'read' }],
      'a gives up read, but it has no operation pending; call invoke first (a crash leaves an operation behind, its outcome unknown)',
    ],
    [
      [invoke('a'), { type: 'return', process: 'a', operation: 'write', result: 1 }],
      'a returns from write, but the operation it has pending is read; name that one',
    ],
  ])('%j', (events, message) => expect(() => recorded(events)).toThrow(message))
})
