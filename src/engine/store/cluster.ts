/**
 * A cluster: a subtree whose values are few enough that everything about each can be remembered - the values of its
 * components (`rows`), and what it becomes under an operation. Which nodes are clusters is decided anew as the search
 * grows (plan.ts).
 *
 * An operation is what one step does to the components of one cluster. Its results stand in pages of a few ids each,
 * since one operation meets few of a cluster's values; a result costs two array reads.
 */
import type { Tree } from './tree.ts'

const PAGE_BITS = 5
const PAGE = 1 << PAGE_BITS

/** What `resultOf` says of a pair that has not turned up before. */
export const UNKNOWN = -1

/** Reads the pair of an inner node's id. */
export type Unfold = (node: number, id: number, into: Int32Array) => void

export class Cluster {
  /** The cells of its components. */
  readonly cells: Int32Array
  /** The component cells of value id i, from `i * cells.length` on. Replaced as it grows: call `rowOf` before reading. */
  rows: Int32Array

  constructor(
    readonly tree: Tree,
    readonly node: number,
    readonly unfold: Unfold,
  ) {
    this.cells = Int32Array.from(tree.leavesUnder(node))
    this.rows = new Int32Array(this.cells.length << PAGE_BITS).fill(UNKNOWN)
  }

  /** Where the row of a value begins. */
  rowOf(id: number): number {
    const at = id * this.cells.length
    if (at >= this.rows.length || this.rows[at] === UNKNOWN) this.#learn(id, at)
    return at
  }

  /** Of this value alone: those with smaller ids may still be in the making, by other threads. */
  #learn(id: number, at: number): void {
    const { length } = this.cells
    if (at >= this.rows.length) {
      const longer = new Int32Array(2 * (id + 1) * length).fill(UNKNOWN)
      longer.set(this.rows)
      this.rows = longer
    }
    this.unfold(this.node, id, this.rows.subarray(at, at + length))
  }
}

/** Results of operations on values of clusters. */
export class Results {
  /** By operation, then by page of ids: where in `pool` the page begins, or 0. */
  #directories: Int32Array[] = []
  pool = new Int32Array(1 << 12)
  #end = PAGE

  add(): number {
    return this.#directories.push(new Int32Array(4)) - 1
  }

  get(operation: number, id: number): number {
    const directory = this.#directories[operation]!
    const page = id >> PAGE_BITS
    const start = page < directory.length ? directory[page]! : 0
    return start === 0 ? UNKNOWN : this.pool[start + (id & (PAGE - 1))]!
  }

  set(operation: number, id: number, result: number): void {
    const page = this.#pageOf(operation, id >> PAGE_BITS) // it may replace the pool
    this.pool[page + (id & (PAGE - 1))] = result
  }

  clear(): void {
    this.#directories = []
    this.pool = new Int32Array(1 << 12)
    this.#end = PAGE
  }

  get bytes(): number {
    return this.#directories.reduce((sum, directory) => sum + directory.byteLength, this.pool.byteLength)
  }

  #pageOf(operation: number, page: number): number {
    let directory = this.#directories[operation]!
    if (page >= directory.length) {
      const longer = new Int32Array(2 * (page + 1))
      longer.set(directory)
      this.#directories[operation] = longer
      directory = longer
    }
    if (directory[page] === 0) directory[page] = this.#addPage()
    return directory[page]!
  }

  #addPage(): number {
    const start = this.#end
    this.#end += PAGE
    if (this.#end > this.pool.length) {
      const longer = new Int32Array(2 * this.pool.length)
      longer.set(this.pool)
      this.pool = longer
    }
    this.pool.fill(UNKNOWN, start, this.#end)
    return start
  }
}
