/**
 * The store of visited states: tree compression (Laarman, van de Pol, Weber, "Parallel Recursive State Compression for
 * Free", 2011).
 *
 * A state is a vector of value ids. It is folded up a binary tree (tree.ts): each inner node has a table that gives every
 * pair of ids below it an id of its own, and the pairs at the root are the set of visited states. States share almost
 * everything, so the inner tables stay small and a state costs one pair at the root.
 *
 * `cells` holds the components of the state at hand, then (from `next`) those of the state being made.
 *
 * Its place among the rooms of the engine: docs/architecture.md.
 */
import type { Component } from '../../model.ts'
import { Cluster } from './cluster.ts'
import { CompactStates } from './compact-states.ts'
import type { Memory } from './memory.ts'
import { PairTable } from './pair-table.ts'
import type { TableLoad } from './table-load.ts'
import { Tree } from './tree.ts'
import type { Visited } from './visited.ts'

/** A table of pairs, by id and by hash: this thread's own, or one that workers share (parallel/). */
export interface Pairs {
  readonly pairs: Int32Array
  readonly size: number
  readonly bytes: number
  readonly load: number
  /** Of these bytes: of what is free because a table has just grown. */
  readonly airBytes: number
  intern(left: number, right: number): number
  makeRoom(pairs: number, memory: Memory): boolean
}

/** The tables of a store: by inner node, and the visited states. */
export interface Tables {
  readonly inner: readonly Pairs[]
  readonly visited: Visited
}

/** Of a subtree with more values there are to be more states to each: to learn what they do takes longer than it saves. */
const MANY_VALUES = 1 << 15

interface Storing {
  /** Keeps the visited states in an array of so many bytes of bits: not exact (compact-states.ts). */
  readonly compactBytes?: number | undefined
  /** Tables that others work on too; without them, it makes its own. */
  readonly tables?: Tables | undefined
}

export class StateStore {
  readonly tree: Tree
  /** The current state's components from `width` on; those of the next state from `next + width` on. */
  readonly cells: Int32Array
  /** The current state's id. */
  current = 0
  /** Components, padded to at least two. */
  readonly width: number
  /** Where the next state's cells begin. */
  readonly next: number
  /** The nodes below the root. */
  readonly leftHalf: number
  readonly rightHalf: number
  /** By inner node below the root. */
  tables: readonly Pairs[]
  clusters: readonly Cluster[] = []
  /** The inner nodes above the clusters without the root, parents before children. */
  top: Int32Array = new Int32Array(0)
  visited: Visited
  /** The visited states where some may be missed. */
  readonly compact: CompactStates | undefined
  /** By node: its value in the state being loaded. */
  readonly #values: Int32Array

  constructor(components: readonly Component[], { compactBytes, tables }: Storing) {
    this.tree = Tree.of(components)
    this.width = this.tree.width
    this.leftHalf = this.tree.left[1]!
    this.rightHalf = this.tree.right[1]!
    this.next = 2 * this.width
    this.cells = new Int32Array(4 * this.width)
    this.#values = new Int32Array(2 * this.width)
    this.tables = tables?.inner ?? Array.from({ length: this.width }, () => new PairTable())
    if (compactBytes !== undefined) this.compact = new CompactStates(compactBytes)
    this.visited = this.compact ?? tables?.visited ?? new PairTable()
    this.regroup(Number.POSITIVE_INFINITY)
  }

  /** Goes on with tables that hold what its own do, by the same ids. */
  moveTo({ inner, visited }: Tables): void {
    this.tables = inner
    this.visited = visited
  }

  /** The cell of a component in the current state; add `next` for the next state. */
  cellOf(component: number): number {
    return this.width + component
  }

  get size(): number {
    return this.visited.size
  }

  get bytes(): number {
    return this.tables.slice(2).reduce((sum, table) => sum + table.bytes, this.visited.bytes)
  }

  /** Of these bytes: of what is free because tables have just grown. */
  get airBytes(): number {
    return this.tables.slice(2).reduce((sum, table) => sum + table.airBytes, this.visited.airBytes)
  }

  /**
   * Decides anew which subtrees are clusters: the largest that there are `reuse` times as many states as values of. True
   * where that changes anything.
   */
  regroup(reuse: number): boolean {
    const nodes = this.#clustersUnder(1, reuse)
    if (nodes.length === this.clusters.length && nodes.every((node, i) => this.clusters[i]!.node === node)) return false
    this.clusters = nodes.map((node) => new Cluster(this.tree, node, (at, id, row) => this.#unfold(at, id, row, 0)))
    this.top = Int32Array.from(this.tree.above(nodes).filter((node) => node !== 1)).reverse()
    return true
  }

  /** How many values there are of all clusters; or of those that there would be. */
  valuesOfClusters(reuse?: number): number {
    const nodes = reuse === undefined ? this.clusters.map(({ node }) => node) : this.#clustersUnder(1, reuse)
    return nodes.reduce((sum, node) => sum + (this.tree.isLeaf(node) ? 0 : this.tables[node]!.size), 0)
  }

  /** Every table, the visited set first. `names` are those of the components. */
  loads(names: readonly string[]): TableLoad[] {
    return [this.visited, ...this.tables.slice(2)].map(({ size, bytes, load }, i) => {
      return { name: i === 0 ? 'visited states' : this.#componentsBelow(i + 1, names), entries: size, bytes, load }
    })
  }

  #componentsBelow(node: number, names: readonly string[]): string {
    return this.tree
      .leavesUnder(node)
      .flatMap((leaf) => names[leaf - this.width] ?? [])
      .join(' ')
  }

  /** The ids that a half has in any state. */
  idsOfHalf(isLeft: boolean): Set<number> {
    const { visited } = this
    const ids = new Set<number>()
    for (const state of this.states()) ids.add(isLeft ? visited.leftOf(state) : visited.rightOf(state))
    return ids
  }

  /** The ids of every so manieth state, in order. */
  *states(oneIn = 1): Generator<number, void> {
    const { visited } = this
    const { end } = visited
    for (let id = 0; id < end; id += oneIn) if (visited.leftOf(id) >= 0) yield id
  }

  /** Whether a stored state has these halves. */
  hasHalves(state: number, [left, right]: readonly [number, number]): boolean {
    return this.visited.leftOf(state) === left && this.visited.rightOf(state) === right
  }

  /** Makes a stored state the current one, and the next one equal to it. */
  load(state: number): void {
    this.loadHalves(this.visited.leftOf(state), this.visited.rightOf(state))
    this.current = state
  }

  /** The same of a state that need not be stored. */
  loadHalves(left: number, right: number): void {
    const { cells, next, width } = this
    this.#read(left, right, 0)
    cells.copyWithin(next + width, width, 2 * width)
  }

  /** Makes the state with these halves the next one. */
  loadNext(left: number, right: number): void {
    this.#read(left, right, this.next)
  }

  #read(leftHalf: number, rightHalf: number, base: number): void {
    const { cells, tables, clusters, top } = this
    const { left, right } = this.tree
    const values = this.#values
    values[this.leftHalf] = leftHalf
    values[this.rightHalf] = rightHalf
    for (let i = 0; i < top.length; i++) {
      const node = top[i]!
      const inner = tables[node]!.pairs
      const at = values[node]! << 1
      values[left[node]!] = inner[at]!
      values[right[node]!] = inner[at + 1]!
    }
    for (let i = 0; i < clusters.length; i++) {
      const cluster = clusters[i]!
      const at = cluster.rowOf(values[cluster.node]!)
      const { rows, cells: own } = cluster
      for (let k = 0; k < own.length; k++) cells[base + own[k]!] = rows[at + k]!
    }
  }

  /** What the next state is at the root. */
  halvesOfNext(): [left: number, right: number] {
    const leaf = (cell: number) => this.cells[this.next + cell]!
    return [this.#fold(this.leftHalf, leaf), this.#fold(this.rightHalf, leaf)]
  }

  #fold(node: number, leaf: (cell: number) => number): number {
    if (this.tree.isLeaf(node)) return leaf(node)
    const left = this.#fold(this.tree.left[node]!, leaf)
    return this.tables[node]!.intern(left, this.#fold(this.tree.right[node]!, leaf))
  }

  #clustersUnder(node: number, reuse: number): number[] {
    const { left, right } = this.tree
    const isSmall =
      node !== 1 && !this.tree.isLeaf(node) && this.tables[node]!.size * this.#reuseAt(node, reuse) <= this.size
    if (isSmall || this.tree.isLeaf(node)) return [node]
    return [...this.#clustersUnder(left[node]!, reuse), ...this.#clustersUnder(right[node]!, reuse)]
  }

  #reuseAt(node: number, reuse: number): number {
    return reuse * Math.max(1, this.tables[node]!.size / MANY_VALUES)
  }

  /** Writes the component ids under a node into `row`, from `at` on. Returns where it ended. */
  #unfold(node: number, id: number, row: Int32Array, at: number): number {
    if (this.tree.isLeaf(node)) {
      row[at] = id
      return at + 1
    }
    const { pairs } = this.tables[node]!
    const middle = this.#unfold(this.tree.left[node]!, pairs[2 * id]!, row, at)
    return this.#unfold(this.tree.right[node]!, pairs[2 * id + 1]!, row, middle)
  }
}
