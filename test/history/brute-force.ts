/**
 * The oracle of the consistency checks: every permutation of every subset, tried one after the other, with the
 * definitions written down as they are. For histories of a few operations.
 */
import type { Operation } from '../../src/history/operation.ts'
import type { SequentialObject } from '../../src/history/sequential-object.ts'
import type { Guarantee } from '../../src/history/views.ts'
import type { Value } from '../../src/model.ts'

type Before = (a: Operation, b: Operation) => boolean

const inRealTime: Before = (a, b) => a.endedAt < b.invokedAt

/** A process does what follows an operation of unknown outcome without waiting for it. */
const inProgramOrder: Before = (a, b) => a.process === b.process && a.outcome === 'returned' && a.endedAt < b.invokedAt

/** In program order a later operation of unknown outcome still comes after what its process did before it. */
export const isLinearizable = (object: SequentialObject, operations: readonly Operation[]): boolean =>
  hasOrder(object, operations, inRealTime)

export const isSequentiallyConsistent = (object: SequentialObject, operations: readonly Operation[]): boolean =>
  hasOrder(object, operations, inProgramOrder)

function hasOrder(object: SequentialObject, operations: readonly Operation[], before: Before): boolean {
  const must = operations.filter(({ outcome }) => outcome === 'returned')
  const may = operations.filter(({ outcome }) => outcome === 'pending' || outcome === 'unknown')
  return subsets(may).some((some) => orders([...must, ...some], before).some((order) => isLegal(object, order)))
}

/** Whether each operation, one after the other, gives the result that it had. */
function isLegal(object: SequentialObject, order: readonly Operation[]): boolean {
  let state: Value | undefined = object.initial
  for (const operation of order) {
    state = stateAfter(object, state, operation, operation.outcome === 'returned')
    if (state === undefined) return false
  }
  return true
}

function stateAfter(object: SequentialObject, state: Value, operation: Operation, isChecked: boolean) {
  const { name, argument = null, result = null } = operation
  const update = object.apply(state, name, argument)
  if (update === undefined) return undefined
  if (isChecked && update.result !== undefined && !object.matches(update.result, result)) return undefined
  return update.state
}

/** One order of the updates, and for every result a view: the updates of a subset, in that order. */
export function keepsBruteForce(guarantee: Guarantee) {
  return (object: SequentialObject, operations: readonly Operation[]): boolean => {
    const updates = operations.filter(({ name, outcome }) => outcome !== 'failed' && !object.isQuery(name))
    return [...new Set(operations.map(({ process }) => process))].every((process) => {
      const results = operations.filter((each) => each.process === process && each.outcome === 'returned')
      const groups = guarantee === 'monotonicReads' ? [results] : results.map((result) => [result])
      return groups.every((group) =>
        orders(updates, inRealTime).some((order) => hasViews(object, order, group, guarantee)),
      )
    })
  }
}

function hasViews(
  object: SequentialObject,
  order: readonly Operation[],
  [result, ...rest]: readonly Operation[],
  guarantee: Guarantee,
  atLeast: readonly Operation[] = [],
): boolean {
  if (result === undefined) return true
  const inTime = order.filter((update) => update !== result && update.invokedAt < result.endedAt)
  return subsets(inTime).some((view) => {
    if (!atLeast.every((update) => view.includes(update))) return false
    if (guarantee === 'readYourWrites' && !ownBefore(order, result).every((update) => view.includes(update)))
      return false
    if (guarantee === 'monotonicWrites' && !isClosed(view, order)) return false
    return (
      explains(object, view, result) &&
      hasViews(object, order, rest, guarantee, guarantee === 'monotonicReads' ? view : [])
    )
  })
}

const ownBefore = (updates: readonly Operation[], result: Operation) =>
  updates.filter((update) => inProgramOrder(update, result))

/** Whether a view that has an update in it has the earlier ones of its process. */
const isClosed = (view: readonly Operation[], updates: readonly Operation[]) =>
  view.every((update) => ownBefore(updates, update).every((earlier) => view.includes(earlier)))

function explains(object: SequentialObject, view: readonly Operation[], result: Operation): boolean {
  let state: Value | undefined = object.initial
  for (const update of view) {
    state = stateAfter(object, state, update, false)
    if (state === undefined) return false
  }
  return stateAfter(object, state, result, true) !== undefined
}

/** Some order of all updates (and of some whose outcome is unknown) leaves the object as each process sees it last. */
export function isConvergent(object: SequentialObject, operations: readonly Operation[]): boolean {
  const updates = operations.filter(({ name }) => !object.isQuery(name))
  if (updates.some(({ outcome }) => outcome === 'pending')) return true
  const must = updates.filter(({ outcome }) => outcome === 'returned')
  const may = updates.filter(({ outcome }) => outcome === 'unknown')
  const isAfter = (query: Operation) =>
    must.every(({ endedAt }) => endedAt < query.invokedAt) && may.every(({ invokedAt }) => invokedAt < query.invokedAt)
  const told = operations.filter((each) => object.isQuery(each.name) && each.outcome === 'returned' && isAfter(each))
  const isAsked = (a: Operation, b: Operation) =>
    a.process === b.process && a.name === b.name && JSON.stringify(a.argument) === JSON.stringify(b.argument)
  const last = told.filter((each) => !told.some((later) => later.invokedAt > each.invokedAt && isAsked(each, later)))
  return subsets(may).some((some) =>
    orders([...must, ...some], () => false).some((order) => last.every((query) => explains(object, order, query))),
  )
}

function subsets<T>([first, ...rest]: readonly T[]): readonly (readonly T[])[] {
  if (first === undefined) return [[]]
  return subsets(rest).flatMap((some) => [some, [first, ...some]])
}

/** Every permutation that keeps `before`. */
function orders(operations: readonly Operation[], before: Before): readonly (readonly Operation[])[] {
  if (operations.length === 0) return [[]]
  const first = operations.filter((each) => !operations.some((other) => other !== each && before(other, each)))
  return first.flatMap((each) => {
    const rest = operations.filter((other) => other !== each)
    return orders(rest, before).map((order) => [each, ...order])
  })
}
