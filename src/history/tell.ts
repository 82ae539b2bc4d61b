/** Why an operation has no place, in one line. */
import type { Value } from '../model.ts'
import { show } from '../value/show.ts'
import { callOf, type Operation } from './operation.ts'
import type { Placed } from './outcome.ts'
import type { SequentialObject } from './sequential-object.ts'

/** `c2's read returned 0`, `c1's write(1)`. */
export function tellOperation(object: SequentialObject, operation: Operation): string {
  const { process, name, argument } = operation
  const call = argument === undefined || argument === null ? name : callOf({ name, argument })
  const result = resultOf(object, operation)
  return `${process}'s ${call}${result === '' ? '' : ` returned${result}`}`
}

/** ` 1`; nothing where an update returned nothing of its own. */
function resultOf(object: SequentialObject, operation: Operation): string {
  const { outcome, result = null } = operation
  const isResult = outcome === 'returned' && (object.isQuery(operation.name) || result !== null)
  return isResult && tellsResult(object, operation) ? ` ${show(result)}` : ''
}

/** Whether the object says what an operation returns: whatever was recorded of the others is no result. */
export const tellsResult = (object: SequentialObject, { name, argument = null }: Operation): boolean =>
  object.isQuery(name) || object.apply(object.initial, name, argument)?.result !== undefined

const callBy = (operation: Operation): string => `${operation.process}'s ${callOf(operation)}`

/** When an operation comes before another whatever the order, and how that is said. */
export interface Precedence {
  readonly isBefore: (earlier: Operation, blocked: Operation) => boolean
  readonly tell: (object: SequentialObject, earlier: Operation) => string
}

export const IN_REAL_TIME: Precedence = {
  isBefore: (earlier, blocked) => earlier.endedAt < blocked.invokedAt,
  tell: (object, earlier) => `${callBy(earlier)} had returned${resultOf(object, earlier)}`,
}

export const IN_ITS_PROCESS: Precedence = {
  isBefore: (earlier, blocked) => earlier.process === blocked.process,
  tell: (object, earlier) => {
    const result = resultOf(object, earlier)
    return `its own ${callOf(earlier)}${result === '' ? '' : ` had returned${result}`}`
  },
}

/**
 * `order` explains all that returned before `blocked` did. Named is the operation of that order which made the blocked
 * one impossible where it stands, or one that saw it: in other orders others may have.
 */
export function tellBlocked(
  object: SequentialObject,
  order: readonly Placed[],
  blocked: Operation,
  { isBefore, tell }: Precedence,
): string {
  const told = tellOperation(object, blocked)
  const states = [object.initial, ...order.map(({ state }) => state)]
  const lastFit = states.findLastIndex((state) => fits(object, state, blocked))
  const culprit = order[lastFit]?.operation
  if (lastFit < 0 || culprit === undefined) return `${told}, which no order of the operations explains`
  const witness = order.slice(lastFit).find(({ operation }) => isBefore(operation, blocked))
  if (witness !== undefined) return `${told} after ${tell(object, witness.operation)}`
  return `${told}, which no order of the operations explains: in the longest, ${callBy(culprit)} comes before it`
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
