/** Prefixes of a history, and the first of them that cannot be explained. */
import type { Operation } from './operation.ts'
import { untilOutOfBudget } from './outcome.ts'

/** The operations as they were just before event `end`. */
export function prefixOf(operations: readonly Operation[], end: number): readonly Operation[] {
  return operations.flatMap((operation): Operation[] => {
    if (operation.invokedAt >= end) return []
    if (operation.endedAt < end || operation.outcome === 'failed') return [operation]
    return [{ ...operation, outcome: 'pending', result: undefined, endedAt: Number.POSITIVE_INFINITY }]
  })
}

export interface Break<T> {
  readonly blocked: Operation
  readonly explained: T
}

/**
 * The return up to which `explain` has an answer, and with which it has none; for a history that it cannot explain. Where
 * later events can mend what earlier ones broke, there may be several such returns; this is one of them. `nothing`: what
 * explains a history in which nothing returned. `start`: a break whose prefix is known to be explained; the search begins
 * there, and first looks near by. Where the budget runs out over it, the narrowest that is known: `start`, or a return
 * with which there is no answer.
 */
export function firstBreak<T extends object>(
  operations: readonly Operation[],
  explain: (prefix: readonly Operation[]) => T | undefined,
  nothing: T,
  start?: Break<T>,
): Break<T> {
  const returned = operations.filter(({ outcome }) => outcome === 'returned')
  const byReturn = returned.sort((a, b) => a.endedAt - b.endedAt)
  const explainFirst = (returns: number) => explain(prefixOf(operations, byReturn[returns]!.endedAt))
  let low = start === undefined ? 0 : byReturn.indexOf(start.blocked) // the first so many returns can be explained
  let high = byReturn.length // so many cannot
  let explained = start?.explained ?? nothing // before the first return there is nothing to explain
  untilOutOfBudget(() => {
    for (let stride = 1; high - low > 1; stride *= 2) {
      const middle = Math.min(low + stride, (low + high) >> 1)
      const answer = explainFirst(middle)
      if (answer === undefined) high = middle
      else [low, explained] = [middle, answer]
    }
  })
  return { blocked: byReturn[start === undefined ? high - 1 : low]!, explained }
}
