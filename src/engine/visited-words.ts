/**
 * The set of visited states, as words of 32: the states (left, 32 b) to (left, 32 b + 31), where left and right are the
 * ids below the root of the tree, share one entry with a bit for each. Ids are given in the order in which values turn
 * up, so that states found one after another have their bits side by side: where a protocol is a product of parts that
 * move on their own, a word holds twenty states and more, and the whole set stays in the cache. Words run along the half
 * that has more values (`turn`).
 *
 * Exact: an entry is the key itself and its word. Open addressing with linear probing, three integers to an entry. The
 * pairs stand by id in an array of their own as well, written once, to be read back in order when a state is left.
 */
import type { Memory } from './memory.ts'
import { hashOfPair } from './pair-hash.ts'
import { bytesToLengthen, FIRST_ROOM, lengthened, reserve } from './reserve.ts'

const FIRST_BITS = 6
const STRIDE = 3

/** A table of so many words sees to it that there is room before it is added to. */
const LARGE = 1 << 16

export class VisitedWords {
  /** Pair of id i at 2i and 2i + 1. Replaced as it grows. */
  pairs = reserve(FIRST_ROOM)
  size = 0
  words = 0
  /** Whether words run along the left half. */
  isTurned = false
  #entries = new Int32Array(STRIDE << FIRST_BITS)
  #mask = (1 << FIRST_BITS) - 1
  /** Beyond so many words, the table doubles. */
  #most = 0.75 * (1 << FIRST_BITS)

  /** Adds a pair. Its id, which counts up from 0, where it is new; -1 where it was there. */
  add(left: number, right: number): number {
    const entries = this.#entries
    const mask = this.#mask
    const major = this.isTurned ? right : left
    const minor = this.isTurned ? left : right
    const key = (major + 1) | 0
    const block = minor >>> 5
    const bit = 1 << (minor & 31)
    let slot = hashOfPair(major, block) & mask
    for (;;) {
      const at = slot * STRIDE
      const found = entries[at]!
      if (found === key && entries[at + 1] === block) {
        const word = entries[at + 2]!
        if ((word & bit) !== 0) return -1
        entries[at + 2] = word | bit
        return this.#append(left, right)
      }
      if (found === 0) {
        entries[at] = key
        entries[at + 1] = block
        entries[at + 2] = bit
        if (++this.words > this.#most) this.#double()
        return this.#append(left, right)
      }
      slot = (slot + 1) & mask
    }
  }

  /** Makes room for so many more words, where the table is large. False, and as it was, where memory does not allow it. */
  makeRoom(words: number, memory: Memory): boolean {
    if (2 * (this.size + words) > this.pairs.length) {
      if (!memory.grow(bytesToLengthen(this.pairs), () => this.#lengthenPairs())) return false
    }
    if (this.words < LARGE || this.words + words <= this.#most) return true
    return memory.grow(2 * this.#entries.byteLength, () => this.#double())
  }

  /** Makes words run along the other half. */
  turn(): void {
    const { pairs, size } = this
    this.isTurned = !this.isTurned
    this.#entries.fill(0)
    this.words = 0
    this.size = 0
    for (let id = 0; id < size; id++) this.add(pairs[2 * id]!, pairs[2 * id + 1]!)
  }

  get end(): number {
    return this.size
  }

  /** Entries, of the slots for them. */
  get load(): number {
    return this.words / (this.#mask + 1)
  }

  get bytes(): number {
    return 8 * this.size + this.#entries.byteLength
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

  #double(): void {
    const old = this.#entries
    const mask = 2 * this.#mask + 1
    const entries = new Int32Array(STRIDE * (mask + 1))
    for (let from = 0; from < old.length; from += STRIDE) {
      if (old[from] === 0) continue
      let slot = hashOfPair(old[from]! - 1, old[from + 1]!) & mask
      while (entries[slot * STRIDE] !== 0) slot = (slot + 1) & mask
      for (let i = 0; i < STRIDE; i++) entries[slot * STRIDE + i] = old[from + i]!
    }
    this.#entries = entries
    this.#mask = mask
    this.#most = 0.75 * (mask + 1)
  }
}
