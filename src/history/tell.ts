/** Why an operation has no place, in one line. */
import type { Value } from '../model.ts'
import { show } from '../value/show.ts'
import { callOf, type Operation } from './operation.ts'
import type { Placed } from './outcome.ts'
import type { SequentialObject } from './sequential-object.ts'

/** `c2's read returned 0`, `c1's write(1)`. */
export function tellOperation(object: SequentialObject, operation: Operation): string {
  const { process, name, argument, outcome, result = null } = operation
  const call = argument === undefined || argument === null ? name : callOf({ name, argument })
  const hasResult = outcome === 'returned' && (object.isQuery(name) || result !== null)
  return `${process}'s ${call}${hasResult ? ` returned ${show(result)}` : ''}`
}

const callBy = (operation: Operation): string => `${operation.process}'s ${callOf(operation)}`

/**
 * `order` explains all that returned before `blocked` did. Named is the operation of that order which made the blocked
 * one impossible where it stands: in other orders others may have.
 */
export function tellBlocked(object: SequentialObject, order: readonly Placed[], blocked: Operation): string {
  const told = tellOperation(object, blocked)
  const states = [object.initial, ...order.map(({ state }) => state)]
  const fitsIn = (state: Value) => fits(object, state, blocked)
  const lastFit = states.findLastIndex(fitsIn)
  if (lastFit < 0) return `${told}, which no order of the operations explains`
  const culprit = order[lastFit]!.operation
  return culprit.endedAt < blocked.invokedAt
    ? `${told} after ${callBy(culprit)} had returned`
    : `${told}, which no order of the operations explains: in the longest, ${callBy(culprit)} comes before it`
}

function fits(object: SequentialObject, state: Value, { name, argument = null, result = null }: Operation): boolean {
  const update = object.apply(state, name, argument)
  if (update === undefined) return false
  return update.result === undefined || object.matches(update.result, result)
}

/** What the operation would have returned in this state, `undefined` where it could not have happened. */
export function expectedIn(object: SequentialObject, state: Value, operation: Operation): Value | undefined {
  return object.apply(state, operation.name, operation.argument ?? null)?.result
}
