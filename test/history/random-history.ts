/** Random short histories: some consistent, some not, since a real object answers now and then as it should. */
import fc from 'fast-check'
import type { SequentialObject } from '../../src/history/sequential-object.ts'
import type { Value } from '../../src/model.ts'
import type { HistoryEvent } from '../../src/value/history.ts'

export interface Call {
  readonly operation: string
  readonly argument?: Value
}

export interface Calls {
  readonly object: SequentialObject
  readonly calls: readonly Call[]
  /** What may be answered besides what a real object would. */
  readonly results: readonly Value[]
}

/** Each tick says which process goes on, and what it draws: a call to invoke, or how the pending one ends. */
type Tick = readonly [process: number, call: number, ending: number, result: number]

export const histories = (calls: Calls, processes: number, ticks: number): fc.Arbitrary<readonly HistoryEvent[]> =>
  fc
    .array(fc.tuple(fc.nat(processes - 1), fc.nat(99), fc.nat(99), fc.nat(99)), { minLength: 6, maxLength: ticks })
    .map((script) => historyOf(calls, script))

function historyOf({ object, calls, results }: Calls, script: readonly Tick[]): readonly HistoryEvent[] {
  const events: HistoryEvent[] = []
  const pending = new Map<number, Call>()
  let state = object.initial
  for (const [number, call, ending, result] of script) {
    const process = `c${number + 1}`
    const open = pending.get(number)
    if (open === undefined) {
      const chosen = calls[call % calls.length]!
      pending.set(number, chosen)
      events.push({ type: 'invoke', process, ...chosen })
      continue
    }
    pending.delete(number)
    const { operation } = open
    if (ending < 12) {
      events.push({ type: ending < 6 ? 'fail' : 'unknown', process, operation })
      continue
    }
    const update = object.apply(state, operation, open.argument ?? null)
    const isHonest = ending < 80 && update !== undefined
    if (isHonest) state = update.state
    events.push({
      type: 'return',
      process,
      operation,
      result: isHonest ? (update.result ?? null) : results[result % results.length]!,
    })
  }
  return events
}
