/** The states of a batch (batch.ts) that are expanded, read for all of them at once. */
import type { StateStore } from '../store/state-store.ts'

export class ParentStates {
  /** The id of the first; those of the others follow it. */
  first = 0
  count = 0
  /** By node, then by state: the live nodes, which are the clusters and those above them. */
  readonly values: readonly Int32Array[]
  /** The state that the store's cells show. */
  #loaded = -1

  /** @param most how many there are, at most */
  constructor(
    readonly store: StateStore,
    readonly most: number,
  ) {
    this.values = Array.from({ length: 2 * store.width }, () => new Int32Array(most))
  }

  /** Reads so many states, or as many of them as there is room for. */
  read(first: number, states: number): void {
    const { store, values, most } = this
    const { tables, top, visited } = store
    const { left, right } = store.tree
    this.first = first
    this.count = Math.min(states, most)
    this.#loaded = -1
    visited.read(first, this.count, values[store.leftHalf]!, values[store.rightHalf]!)
    for (let n = 0; n < top.length; n++) {
      const node = top[n]!
      unfold(tables[node]!.pairs, values[node]!, values[left[node]!]!, values[right[node]!]!, this.count)
    }
  }

  /** The id of one. */
  idOf(i: number): number {
    return this.first + i
  }

  /** Makes a state the store's current one. */
  load(i: number): void {
    if (this.#loaded === i) return
    this.store.load(this.first + i)
    this.#loaded = i
  }

  /** Leaves out what comes after a state. */
  cutAfter(i: number): void {
    this.count = Math.min(i + 1, this.count)
  }
}

function unfold(pairs: Int32Array, at: Int32Array, left: Int32Array, right: Int32Array, states: number): void {
  for (let i = 0; i < states; i++) {
    const pair = at[i]! << 1
    left[i] = pairs[pair]!
    right[i] = pairs[pair + 1]!
  }
}
