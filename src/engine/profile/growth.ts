/** Where the space comes from: how many values each component takes, and which of them were still growing at the end. */
import type { Value } from '../../model.ts'
import { textLength } from '../../value/canonical.ts'
import type { ComponentResult } from '../result.ts'
import type { Search } from '../search.ts'

/** The share of the search, counted from its end, in which a new largest value means that a component keeps growing. */
const LATE = 0.25

/** That the last of so few values is the largest says nothing of a component. */
const FEW = 6

/** Reads the values of a component off the table above its leaf: linear in that table, not in the number of states. */
export function componentResults(search: Search): ComponentResult[] {
  return search.model.components.map(({ name }, component) => {
    const values = valuesSeen(search, component)
    return {
      name,
      distinctValues: values.length,
      largestText: values.reduce<number>((largest, value) => Math.max(largest, textLength(value)), 0),
      stillGrowing: values.length > FEW && keepsGrowing(values.map(magnitude)),
    }
  })
}

/** The values that a component took, in the order in which they were first seen by anything. */
export function valuesSeen({ store, values }: Search, component: number): readonly Value[] {
  const { tree, tables } = store
  const leaf = store.cellOf(component)
  const parent = tree.parent[leaf]!
  const isLeft = tree.left[parent] === leaf
  const ids = parent === 1 ? store.idsOfHalf(isLeft) : new Set<number>()
  if (parent !== 1) {
    const { pairs, size } = tables[parent]!
    for (let i = 0; i < size; i++) if (pairs[2 * i]! >= 0) ids.add(pairs[2 * i + (isLeft ? 0 : 1)]!)
  }
  return [...ids].sort((a, b) => a - b).map((id) => values.valueOf(component, id))
}

/** Whether a new largest size turned up late; `sizes` are in the order in which they were seen. */
export function keepsGrowing(sizes: readonly number[]): boolean {
  let largest = -1
  let grewAt = 0
  for (const [rank, size] of sizes.entries()) {
    if (size <= largest) continue
    largest = size
    grewAt = rank
  }
  return grewAt > 2 && grewAt >= sizes.length * (1 - LATE)
}

/** Grows with every element, every character and every unit that a value holds. */
export function magnitude(value: Value): number {
  if (typeof value === 'number') return 1 + Math.abs(value)
  if (typeof value === 'string') return 1 + value.length
  if (typeof value !== 'object' || value === null) return 1
  const parts: Iterable<Value> = value instanceof Set || Array.isArray(value) ? value : Object.values(value)
  let sum = 1
  for (const part of parts) sum += magnitude(part)
  return sum
}
