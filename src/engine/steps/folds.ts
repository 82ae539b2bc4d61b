/**
 * What steps make of the tree above the clusters. Of a node that must be folded anew there are the two values below it,
 * and which entry of the node above it waits for the result; below the root, that entry is the step.
 */
import type { Memory } from '../store/memory.ts'
import type { StateStore } from '../store/state-store.ts'
import { grown } from '../values/grown.ts'
import type { Gathered } from './gathered.ts'

const FIRST_ROOM = 1 << 10

class Fold {
  left = new Int32Array(FIRST_ROOM)
  right = new Int32Array(FIRST_ROOM)
  above = new Int32Array(FIRST_ROOM)
  count = 0

  add(left: number, right: number, above: number): void {
    if (this.count === this.left.length) this.#grow(2 * this.count)
    const entry = this.count++
    this.left[entry] = left
    this.right[entry] = right
    this.above[entry] = above
  }

  #grow(room: number): void {
    this.left = grown(this.left, room)
    this.right = grown(this.right, room)
    this.above = grown(this.above, room)
  }
}

export class Folds {
  /** By inner node but the root. */
  readonly #of: readonly Fold[]

  /** @param values by node, the values of the states that the steps lead from */
  constructor(
    readonly store: StateStore,
    readonly steps: Gathered,
    readonly values: readonly Int32Array[],
  ) {
    this.#of = Array.from({ length: store.width }, () => new Fold())
  }

  clear(): void {
    for (const fold of this.#of) fold.count = 0
  }

  /** A step from state i changes something below a node. To be told of parents before their children. */
  refold(node: number, i: number, step: number): void {
    const { left, right, parent } = this.store.tree
    const above = parent[node]!
    const waiting = above === 1 ? step : this.#of[above]!.count - 1
    this.#of[node]!.add(this.values[left[node]!]![i]!, this.values[right[node]!]![i]!, waiting)
  }

  /** The step last told of makes `value` of a node. */
  put(node: number, value: number, step: number): void {
    const { left, parent } = this.store.tree
    const above = parent[node]!
    const to = above === 1 ? this.steps : this.#of[above]!
    const side = left[above] === node ? to.left : to.right
    side[above === 1 ? step : to.count - 1] = value
  }

  /** Makes room in the tables. False, and nothing is stored, where memory does not allow it. */
  makeRoom(memory: Memory): boolean {
    const { top, tables } = this.store
    return top.every((node) => tables[node]!.makeRoom(this.#of[node]!.count, memory))
  }

  /** Folds, children before parents. Then the steps have the halves that they lead to. */
  fold(): void {
    const { store, steps } = this
    const { top, tables } = store
    const { left, parent } = store.tree
    for (let n = top.length - 1; n >= 0; n--) {
      const node = top[n]!
      const fold = this.#of[node]!
      const above = parent[node]!
      const waiting = above === 1 ? steps : this.#of[above]!
      const table = tables[node]!
      const side = left[above] === node ? waiting.left : waiting.right
      for (let e = 0; e < fold.count; e++) side[fold.above[e]!] = table.intern(fold.left[e]!, fold.right[e]!)
      fold.count = 0
    }
  }
}
