/**
 * The visited states, as pairs of ids below the root of the tree, in words of 32 (word-set.ts). Ids are given in the order
 * in which values turn up, so that states found one after another have their bits side by side. Words run along the half
 * that has more values (`turn`).
 *
 * The pairs stand by id in an array of their own as well, written once, to be read back in order when a state is left.
 */
import type { Memory } from './memory.ts'
import { bytesToLengthen, lengthened } from './reserve.ts'
import { WordSet } from './word-set.ts'

const FIRST_ROOM = 1 << 10

export class VisitedWords {
  /** Pair of id i at 2i and 2i + 1. Replaced as it grows. */
  pairs: Int32Array = new Int32Array(FIRST_ROOM)
  size = 0
  /** Whether words run along the left half. */
  isTurned = false
  readonly #set = new WordSet()

  /** Adds a pair. Its id, which counts up from 0, where it is new; -1 where it was there. */
  add(left: number, right: number): number {
    const isNew = this.isTurned ? this.#set.add(right, left) : this.#set.add(left, right)
    return isNew ? this.#append(left, right) : -1
  }

  /** Adds pairs, and says by each in `ids` what `add` says. */
  addAll(lefts: Int32Array, rights: Int32Array, pairs: number, ids: Int32Array): void {
    const majors = this.isTurned ? rights : lefts
    const minors = this.isTurned ? lefts : rights
    for (let i = 0; i < pairs; i++) {
      ids[i] = this.#set.add(majors[i]!, minors[i]!) ? this.#append(lefts[i]!, rights[i]!) : -1
    }
  }

  /** Makes room for so many more states, where there are many. False, and as it was, where memory does not allow it. */
  makeRoom(states: number, memory: Memory): boolean {
    if (2 * (this.size + states) > this.pairs.length) {
      if (!memory.grow(bytesToLengthen(this.pairs), () => this.#lengthenPairs())) return false
    }
    return this.#set.makeRoom(states, memory)
  }

  /** Makes words run along the other half. */
  turn(): void {
    const { pairs, size } = this
    this.isTurned = !this.isTurned
    this.#set.clear()
    this.size = 0
    for (let id = 0; id < size; id++) this.add(pairs[2 * id]!, pairs[2 * id + 1]!)
  }

  /** How many words the states take. */
  get words(): number {
    return this.#set.words
  }

  get end(): number {
    return this.size
  }

  /** Words, of the slots for them. */
  get load(): number {
    return this.#set.load
  }

  get bytes(): number {
    return 8 * this.size + this.#set.bytes
  }

  #append(left: number, right: number): number {
    const id = this.size++
    if (2 * id === this.pairs.length) this.#lengthenPairs()
    this.pairs[2 * id] = left
    this.pairs[2 * id + 1] = right
    return id
  }

  #lengthenPairs(): void {
    this.pairs = lengthened(this.pairs)
  }
}
