/** Where a step leads. */
import type { Leaf } from './rule-memo.ts'
import type { StateStore } from './state-store.ts'
import type { Updates } from './updates.ts'

/** The state that a leaf leads to from the store's current one; stored, where it was not. */
export function targetOf(
  { store, updates }: { readonly store: StateStore; readonly updates: Updates },
  { changes, path }: Leaf,
): number {
  const { cells, next } = store
  for (let i = 0; i < changes.length; i += 2) {
    cells[next + changes[i]!] = updates.apply(changes[i + 1]!, cells[changes[i]!]!)
  }
  for (const node of path) store.foldNext(node)
  store.foldNext(1)
  const target = cells[next + 1]!
  for (let i = 0; i < changes.length; i += 2) cells[next + changes[i]!] = cells[changes[i]!]!
  for (const node of path) cells[next + node] = cells[node]!
  cells[next + 1] = cells[1]!
  return target
}
