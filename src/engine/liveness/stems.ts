/**
 * The ways from an initial state to where a question begins to be open, and on within its region: breadth first, so
 * that the nearest states come first. A start is as deep as the search found it; from then on only states of the region
 * count. 8 bytes per state.
 */
import type { Where } from './fair-part.ts'
import type { StateGraph } from './state-graph.ts'

const UNSEEN = -1
/** Of a start, which is reached as the search reached it. */
const START = -2

const STATES_PER_YIELD = 1 << 14

export class Stems {
  readonly #parents: Int32Array
  readonly #queue: Int32Array
  #queued = 0

  /** `found` are the parents that the search found the states by, below 0 for an initial one. */
  constructor(
    readonly graph: StateGraph,
    readonly where: Where,
    readonly found: Int32Array,
  ) {
    this.#parents = new Int32Array(graph.states).fill(UNSEEN)
    this.#queue = new Int32Array(graph.states)
  }

  /** Visits the states that can be reached so, nearest first, until `visit` returns true. */
  *walk(visit: (state: number, distance: number) => boolean): Generator<undefined, void> {
    let levelEnd = 0
    let at = 0
    let distance = 0
    for (let level = this.#levelFrom(0, 0); ; distance++) {
      for (let state = levelEnd; state < level; state++) this.#addStart(state)
      const nextEnd = this.#queued
      for (; at < nextEnd; at++) {
        if ((at & (STATES_PER_YIELD - 1)) === 0) yield
        if (visit(this.#queue[at]!, distance)) return
        this.#expand(this.#queue[at]!)
      }
      if (at === this.#queued && level === this.graph.states) return
      const next = this.#levelFrom(level, level)
      levelEnd = level
      level = next
    }
  }

  /** The states of the way to one that has been visited, the initial one first. */
  to(state: number): number[] {
    const states = [state]
    let first = state
    for (; this.#parents[first]! >= 0; states.push(first)) first = this.#parents[first]!
    for (; this.found[first]! >= 0; states.push(first)) first = this.found[first]!
    return states.reverse()
  }

  /** Where the level of states ends that begins at `from`: those found from a state before `bound`. */
  #levelFrom(from: number, bound: number): number {
    let end = from
    while (end < this.graph.states && this.found[end]! < bound) end++
    return end
  }

  #addStart(state: number): void {
    const { starts, region } = this.where
    if (this.#parents[state] !== UNSEEN || !starts.has(state) || !region.has(state)) return
    this.#parents[state] = START
    this.#queue[this.#queued++] = state
  }

  #expand(state: number): void {
    const { graph } = this
    for (let edge = graph.begin(state); edge < graph.end(state); edge++) {
      const target = graph.target(edge)
      if (this.#parents[target] !== UNSEEN || !this.where.region.has(target)) continue
      this.#parents[target] = state
      this.#queue[this.#queued++] = target
    }
  }
}
