/**
 * The store of visited states: tree compression (Laarman, van de Pol, Weber, "Parallel Recursive State Compression for
 * Free", 2011).
 *
 * A state is a vector of value ids. It is folded up a binary tree: each inner node has a table that gives every pair of
 * ids below it an id of its own, and the root's table is the set of visited states. States share almost everything, so
 * the inner tables stay small and a state costs one pair in the root's table. A step that changes two components looks
 * up only the tables on their paths.
 *
 * The tree is laid out as a heap: node 1 is the root, the children of i are 2i and 2i + 1, component c is leaf k + c of k
 * components. `cells` holds the tree of the state at hand, then (from `next`) that of the state being made.
 */
import { PairTable } from './pair-table.ts'

export class StateStore {
  /** Cells of the current state at 0 .. 2k-1, of the next at 2k .. 4k-1. */
  readonly cells: Int32Array
  /** Components, padded to at least two. */
  readonly width: number
  /** Where the next state's cells begin. */
  readonly next: number
  /** By inner node; the root's is the visited set. */
  readonly tables: readonly PairTable[]
  readonly root: PairTable

  constructor(components: number) {
    this.width = Math.max(components, 2)
    this.next = 2 * this.width
    this.cells = new Int32Array(4 * this.width)
    this.tables = Array.from({ length: this.width }, () => new PairTable())
    this.root = this.tables[1]!
  }

  /** The cell of a component in the current state; add `next` for the next state. */
  cellOf(component: number): number {
    return this.width + component
  }

  get size(): number {
    return this.root.size
  }

  get bytes(): number {
    return this.tables.reduce((sum, table) => sum + table.bytes, 0)
  }

  /** Makes a stored state the current one, and the next one equal to it. */
  load(state: number): void {
    const { cells, tables, width } = this
    cells[1] = state
    for (let node = 1; node < width; node++) {
      const { pairs } = tables[node]!
      const at = cells[node]! << 1
      cells[2 * node] = pairs[at]!
      cells[2 * node + 1] = pairs[at + 1]!
    }
    cells.copyWithin(this.next, 0, this.next)
  }

  /** Stores the state whose components stand in the next cells, whatever the inner cells say. Returns its id. */
  storeNext(): number {
    for (let node = this.width - 1; node >= 1; node--) this.foldNext(node)
    return this.cells[this.next + 1]!
  }

  /** Gives an inner node of the next state its id, from those of its children. */
  foldNext(node: number): void {
    const { cells, next } = this
    cells[next + node] = this.tables[node]!.intern(cells[next + 2 * node]!, cells[next + 2 * node + 1]!)
  }

  /** The inner nodes above some components, children before parents, the root last. */
  pathsAbove(components: readonly number[]): number[] {
    const nodes = new Set<number>()
    for (const component of components) {
      for (let node = this.cellOf(component) >> 1; node >= 1; node >>= 1) nodes.add(node)
    }
    return [...nodes].sort((a, b) => b - a)
  }
}
