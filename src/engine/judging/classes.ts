/**
 * What the properties can tell of a state, as one number: states of one class answer alike every question that any
 * property ever asked, so what was judged of one is judged of all, and steps between states of the same two classes are
 * judged alike. Most states are of a class that was met before, and are not looked at.
 *
 * Classes are worked out up the tree, like the states themselves: a component's value has the class of its answers, an
 * inner node's that of the pair below it. When a property asks something new, all classes are forgotten.
 */

import type { PropertyMemo } from '../memo/property-memo.ts'
import { PairTable } from '../store/pair-table.ts'
import type { StateStore } from '../store/state-store.ts'
import { grown } from '../values/grown.ts'
import type { Probes } from '../values/probes.ts'

const FIRST_SIZE = 64

export class Classes {
  /** How many classes of states there are. */
  get size(): number {
    return this.#pairs[1]!.size
  }

  /** By node, then by id there: its class + 1, or 0. */
  #of: Int32Array<ArrayBuffer>[] = []
  /** By inner node: the pairs of classes below it. */
  #pairs: PairTable[] = []
  /** By leaf: the classes by answers. */
  #answers: Map<string, number>[] = []
  /** By node: whether anything was asked of what is below it; if not, there is one class. */
  #isAsked: Uint8Array = new Uint8Array(0)
  #version = -1
  /** What was asked last: states found one after another are alike. */
  #lastLeft = -1
  #lastRight = -1
  #last = -1

  constructor(
    readonly store: StateStore,
    readonly memo: PropertyMemo,
    readonly probes: Probes,
  ) {
    this.#forget()
  }

  /** Which questions the classes are about: when this is another number, they are other classes. */
  get version(): number {
    if (this.#version !== this.memo.questions.version) this.#forget()
    return this.#version
  }

  /** The class of the state with these halves. */
  of(left: number, right: number): number {
    const { leftHalf, rightHalf } = this.store
    return this.ofHalves(this.at(leftHalf, left), this.at(rightHalf, right))
  }

  /** The classes of some ids of a node, one after the other. */
  read(node: number, ids: Int32Array, count: number, into: Int32Array): void {
    if (this.#isAsked[node] === 0) {
      into.fill(0, 0, count)
      return
    }
    const known = this.#of[node]!
    for (let i = 0; i < count; i++) {
      const id = ids[i]!
      const found = id < known.length ? known[id]! : 0
      into[i] = found !== 0 ? found - 1 : this.at(node, id)
    }
  }

  /** The class of the states whose halves have these classes. */
  ofHalves(left: number, right: number): number {
    if (left === this.#lastLeft && right === this.#lastRight) return this.#last
    this.#lastLeft = left
    this.#lastRight = right
    this.#last = this.#pairs[1]!.intern(left, right)
    return this.#last
  }

  /** Frees everything: nobody will ask again. */
  close(): void {
    this.#of = []
    this.#pairs = [new PairTable(), new PairTable()]
    this.#answers = []
  }

  /** The class of an id of a node. */
  at(node: number, id: number): number {
    if (this.#isAsked[node] === 0) return 0
    const known = this.#of[node]!
    const found = id < known.length ? known[id]! : 0
    return found !== 0 ? found - 1 : this.#find(node, id)
  }

  #find(node: number, id: number): number {
    const { tree, tables } = this.store
    const found = tree.isLeaf(node) ? this.#ofAnswers(node, id) : this.#ofPair(node, tables[node]!.pairs, id)
    if (id >= this.#of[node]!.length) this.#of[node] = grown(this.#of[node]!, 2 * (id + 1))
    this.#of[node]![id] = found + 1
    return found
  }

  #ofPair(node: number, pairs: Int32Array, id: number): number {
    const { left, right } = this.store.tree
    const below = this.at(left[node]!, pairs[2 * id]!)
    return this.#pairs[node]!.intern(below, this.at(right[node]!, pairs[2 * id + 1]!))
  }

  #ofAnswers(leaf: number, id: number): number {
    const asked = this.memo.questions.of.get(leaf - this.store.width)!
    const key = Array.from(asked, (probe) => this.probes.answer(probe, id)).join()
    const classes = this.#answers[leaf]!
    const known = classes.get(key)
    if (known !== undefined) return known
    classes.set(key, classes.size)
    return classes.size - 1
  }

  #forget(): void {
    this.#lastLeft = -1
    const { width } = this.store
    this.#version = this.memo.questions.version
    this.#of = Array.from({ length: 2 * width }, () => new Int32Array(FIRST_SIZE))
    this.#pairs = Array.from({ length: width }, () => new PairTable())
    this.#answers = Array.from({ length: 2 * width }, () => new Map())
    this.#isAsked = new Uint8Array(2 * width)
    for (const component of this.memo.questions.of.keys()) {
      for (let node = width + component; node >= 1; node = this.store.tree.parent[node]!) this.#isAsked[node] = 1
    }
  }
}
