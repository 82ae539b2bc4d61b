/** Where the space comes from: how many values each component takes, and which of them were still growing at the end. */
import type { Value } from '../model.ts'
import { textOf } from '../value/canonical.ts'
import type { ComponentResult } from './result.ts'
import type { Search } from './search.ts'

/** The share of the search, counted from its end, in which a new largest value means that a component keeps growing. */
const LATE = 0.25

/** Reads the values of a component off the table above its leaf: linear in that table, not in the number of states. */
export function componentResults(search: Search): ComponentResult[] {
  return search.model.components.map(({ name }, component) => {
    const seen = idsOf(search, component)
    let largest = -1
    let largestText = 0
    let grewAt = 0
    for (const [rank, id] of seen.entries()) {
      const value = search.values.valueOf(component, id)
      largestText = Math.max(largestText, textOf(value).length)
      const size = magnitude(value)
      if (size <= largest) continue
      largest = size
      grewAt = rank
    }
    return {
      name,
      distinctValues: seen.length,
      largestText,
      stillGrowing: grewAt > 2 && grewAt >= seen.length * (1 - LATE),
    }
  })
}

/** The ids a component took, in the order in which they were first seen by anything. */
function idsOf({ store }: Search, component: number): readonly number[] {
  const leaf = store.cellOf(component)
  const { pairs, size } = store.tables[leaf >> 1]!
  const ids = new Set<number>()
  for (let i = 0; i < size; i++) ids.add(pairs[2 * i + (leaf & 1)]!)
  return [...ids].sort((a, b) => a - b)
}

/** Grows with every element, every character and every unit that a value holds. */
function magnitude(value: Value): number {
  if (typeof value === 'number') return 1 + Math.abs(value)
  if (typeof value === 'string') return 1 + value.length
  if (typeof value !== 'object' || value === null) return 1
  const parts: Iterable<Value> = value instanceof Set || Array.isArray(value) ? value : Object.values(value)
  let sum = 1
  for (const part of parts) sum += magnitude(part)
  return sum
}
