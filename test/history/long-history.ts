/** Long histories that a real object gave to clients at work at the same time; deterministic. */
import type { SequentialObject } from '../../src/history/sequential-object.ts'
import type { Value } from '../../src/model.ts'
import type { HistoryEvent } from '../../src/value/history.ts'
import { draws } from '../draws.ts'

export interface Work {
  readonly object: SequentialObject
  readonly clients: number
  readonly operations: number
  /** What a client does next; `draw(n)` is below n. */
  readonly next: (draw: (below: number) => number) => { readonly operation: string; readonly argument?: Value }
  /** One in so many operations is given up, having taken effect or not. */
  readonly lostOneIn?: number
}

interface Pending {
  readonly operation: string
  readonly argument?: Value
  result?: Value
  hasHappened: boolean
}

export function longHistory({ object, clients, operations, next, lostOneIn }: Work, seed = 1): HistoryEvent[] {
  const draw = draws(seed)
  const events: HistoryEvent[] = []
  const pending = new Map<string, Pending>()
  let state = object.initial
  let invoked = 0
  while (invoked < operations || pending.size > 0) {
    const process = `c${draw(clients) + 1}`
    const open = pending.get(process)
    if (open === undefined) {
      if (invoked === operations) continue
      invoked++
      const call = next(draw)
      pending.set(process, { ...call, hasHappened: false })
      events.push({ type: 'invoke', process, ...call })
    } else if (!open.hasHappened && (lostOneIn === undefined || draw(lostOneIn) > 0)) {
      const update = object.apply(state, open.operation, open.argument ?? null)
      if (update === undefined) continue
      state = update.state
      open.result = update.result ?? null
      open.hasHappened = true
    } else {
      const isLost = !open.hasHappened || (lostOneIn !== undefined && draw(lostOneIn) === 0)
      const { operation } = open
      events.push(
        isLost ? { type: 'unknown', process, operation } : { type: 'return', process, operation, result: open.result! },
      )
      pending.delete(process)
    }
  }
  return events
}
