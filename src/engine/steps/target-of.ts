/** Where a step leads. */
import type { Leaf } from '../memo/leaves.ts'
import type { Updates } from '../memo/updates.ts'
import type { StateStore } from '../store/state-store.ts'

/** The state at hand, and what updates make of its values. */
export interface Ground {
  readonly store: StateStore
  readonly updates: Updates
}

/** The halves of the state that a leaf leads to from the store's current one, which becomes the next. */
export function halvesAfter(ground: Ground, leaf: Leaf): [left: number, right: number] {
  takeStep(ground, leaf)
  return ground.store.halvesOfNext()
}

/** Makes the state that a leaf leads to from the store's current one the next. */
export function takeStep({ store, updates }: Ground, { changes }: Leaf): void {
  const { cells, next, width } = store
  cells.copyWithin(next + width, width, 2 * width)
  for (let i = 0; i < changes.length; i += 2) {
    const cell = store.cellOf(changes[i]!)
    cells[next + cell] = updates.apply(changes[i + 1]!, cells[cell]!)
  }
}

/** Whether a leaf leads from the store's current state to this one. */
export function leadsTo(ground: Ground, leaf: Leaf, state: number): boolean {
  return ground.store.hasHalves(state, halvesAfter(ground, leaf))
}
