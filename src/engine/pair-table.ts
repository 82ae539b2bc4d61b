/**
 * A hash table from pairs of integers to ids that count up from 0: the building block of the store. Exact: the pairs
 * themselves are kept and compared.
 *
 * Open addressing with linear probing. The pairs stand by id in an array of their own, so they can be read back in
 * order of insertion; a slot holds id + 1 in its low bits and, in the bits that a table of this size has to spare, the
 * high bits of the pair's hash. Most probes of other pairs' slots end at those bits, without a visit to the pairs: what
 * a look-up costs is cache misses. At most 3 of 4 slots are taken: 8 bytes of pair and 5.3 to 10.7 bytes of slots per
 * entry, and half as much again for a moment while they grow. Room for 2^30 pairs.
 */
import type { Memory } from './memory.ts'
import { hashOfPair } from './pair-hash.ts'

const FIRST_BITS = 6

/** Tables of so many pairs see to it that there is room before they are added to. */
const LARGE = 1 << 16

export class PairTable {
  /** Pair of id i at 2i and 2i + 1. Longer than needed; replaced as it grows. */
  pairs = new Int32Array(2 << FIRST_BITS)
  size = 0
  #slots = new Int32Array(1 << FIRST_BITS)
  /** Selects a slot, and the id in a slot's entry; the other bits of an entry are its tag. */
  #mask = (1 << FIRST_BITS) - 1

  /** The id of a pair, added if it is new: then the id is the size from before. */
  intern(left: number, right: number): number {
    const slots = this.#slots
    const pairs = this.pairs
    const mask = this.#mask
    const code = hashOfPair(left, right)
    let slot = code & mask
    for (;;) {
      const entry = slots[slot]!
      if (entry === 0) return this.#insert(slot, code, left, right)
      if (((entry ^ code) & ~mask) === 0) {
        const id = (entry & mask) - 1
        const at = id << 1
        if (pairs[at] === left && pairs[at + 1] === right) return id
      }
      slot = (slot + 1) & mask
    }
  }

  /** Whether a pair is there. */
  has(left: number, right: number): boolean {
    const slots = this.#slots
    const pairs = this.pairs
    const mask = this.#mask
    const code = hashOfPair(left, right)
    for (let slot = code & mask; slots[slot] !== 0; slot = (slot + 1) & mask) {
      const entry = slots[slot]!
      if (((entry ^ code) & ~mask) !== 0) continue
      const at = ((entry & mask) - 1) << 1
      if (pairs[at] === left && pairs[at + 1] === right) return true
    }
    return false
  }

  get bytes(): number {
    return this.pairs.byteLength + this.#slots.byteLength
  }

  /** The share of the slots that are taken. */
  get load(): number {
    return this.size / this.#slots.length
  }

  /** Makes room for so many more pairs, where the table is large. False, and as it was, where memory does not allow it. */
  makeRoom(pairs: number, memory: Memory): boolean {
    if (this.size < LARGE) return true
    const most = this.size + pairs
    if (2 * most > this.pairs.length) {
      if (!memory.grow(6 * this.pairs.length, () => this.#lengthenPairs())) return false
    }
    if (4 * most < 3 * this.#slots.length) return true
    return memory.grow(8 * this.#slots.length, () => this.#doubleSlots())
  }

  #insert(slot: number, code: number, left: number, right: number): number {
    const id = this.size++
    if (id * 2 >= this.pairs.length) this.#lengthenPairs()
    this.pairs[id * 2] = left
    this.pairs[id * 2 + 1] = right
    this.#slots[slot] = (code & ~this.#mask) | (id + 1)
    if (this.size * 4 >= this.#slots.length * 3) this.#doubleSlots()
    return id
  }

  #lengthenPairs(): void {
    const longer = new Int32Array(Math.ceil((this.pairs.length / 2) * 1.5) * 2)
    longer.set(this.pairs)
    this.pairs = longer
  }

  #doubleSlots(): void {
    const slots = new Int32Array(this.#slots.length * 2)
    const mask = slots.length - 1
    const { pairs, size } = this
    for (let id = 0; id < size; id++) {
      const code = hashOfPair(pairs[id * 2]!, pairs[id * 2 + 1]!)
      let slot = code & mask
      while (slots[slot] !== 0) slot = (slot + 1) & mask
      slots[slot] = (code & ~mask) | (id + 1)
    }
    this.#slots = slots
    this.#mask = mask
  }
}
