/**
 * What has been set up so far: a tree. A node is what some of a model's setups have made, one after the other; below it is
 * what the next one made of that. Initial states are leaves of it, in the order in which they were found. Eight bytes to a
 * node, and four to an initial state more: the choices of one are told by going up.
 */
import { lengthened } from '../store/reserve.ts'

/** What is there before anything is set up. */
export const UNTOUCHED = 0

const FIRST_SIZE = 1 << 10

export class SetupTree {
  /** How many initial states there are. */
  states = 0
  /** By node: the node above it, and which leaf of the memo led from there. */
  #above: Int32Array = new Int32Array(FIRST_SIZE)
  #leaf: Int32Array = new Int32Array(FIRST_SIZE)
  /** By initial state: its node. */
  #nodes: Int32Array = new Int32Array(FIRST_SIZE)
  #size = 1

  add(above: number, leaf: number): number {
    if (this.#size === this.#above.length) {
      this.#above = lengthened(this.#above)
      this.#leaf = lengthened(this.#leaf)
    }
    this.#above[this.#size] = above
    this.#leaf[this.#size] = leaf
    return this.#size++
  }

  /** A node is the next initial state. */
  addState(node: number): void {
    if (this.states === this.#nodes.length) this.#nodes = lengthened(this.#nodes)
    this.#nodes[this.states++] = node
  }

  /** The node of an initial state, by its place among them. */
  nodeOf(state: number): number {
    return this.#nodes[state]!
  }

  /** The leaves that led to a node, the first one first. */
  leavesTo(node: number): number[] {
    const leaves: number[] = []
    for (let at = node; at !== UNTOUCHED; at = this.#above[at]!) leaves.push(this.#leaf[at]!)
    return leaves.reverse()
  }

  get bytes(): number {
    return 8 * this.#size + 4 * this.states
  }
}
