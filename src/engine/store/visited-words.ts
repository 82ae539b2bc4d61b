/**
 * The visited states, as pairs of ids below the root of the tree, in words of 32 (word-set.ts). Ids are given in the order
 * in which values turn up, so that states found one after another have their bits side by side. Words run along the half
 * that has more values (`turn`).
 *
 * The pairs stand by id in an array of their own as well, written once, to be read back in order when a state is left.
 */
import type { Memory } from './memory.ts'
import type { Reached } from './reached.ts'
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

  /** Adds a pair. Its id where it is new, -1 where it was there. */
  add(left: number, right: number): number {
    return this.#mark(left, right) ? this.append(left, right) : -1
  }

  /** Adds what was gathered, but for the ids: says by entry what is new. */
  mark({ majors, blocks, bits, fresh, count }: Reached): void {
    this.#set.touch(majors, blocks, count)
    for (let i = 0; i < count; i++) fresh[i] = this.#set.add(majors[i]!, blocks[i]!, bits[i]!)
  }

  /** The id of a new pair; they count up from 0. */
  append(left: number, right: number): number {
    const id = this.size++
    if (2 * id === this.pairs.length) this.#lengthenPairs()
    this.pairs[2 * id] = left
    this.pairs[2 * id + 1] = right
    return id
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
    for (let id = 0; id < size; id++) this.#mark(pairs[2 * id]!, pairs[2 * id + 1]!)
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

  #mark(left: number, right: number): boolean {
    const major = this.isTurned ? right : left
    const minor = this.isTurned ? left : right
    return this.#set.add(major, minor >>> 5, 1 << (minor & 31)) !== 0
  }

  #lengthenPairs(): void {
    this.pairs = lengthened(this.pairs)
  }
}
