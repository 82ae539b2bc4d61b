/** The states that a trace goes through, whole; the trace itself keeps the changes between them. */
import type { Model, State } from '../model.ts'
import type { Trace } from '../trace/trace.ts'
import { SplitbrainError } from '../value/splitbrain-error.ts'
import { walk } from './walk.ts'

/**
 * The initial state first.
 * @throws SplitbrainError `bad-trace` where the protocol of today does not go the way of the trace
 */
export function statesOf(model: Model, { initial, steps }: Trace): readonly State[] {
  const { states, stop } = walk(model, { initial: initial.choices, steps })
  if (stop === undefined) return states
  throw new SplitbrainError(
    'bad-trace',
    `the trace no longer fits the protocol: step ${stop.step}: ${stop.reason}; the format holds whole states, which only the protocol that it was made with gives`,
  )
}
