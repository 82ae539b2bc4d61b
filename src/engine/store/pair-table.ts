/**
 * A hash table from pairs of integers to ids that count up from 0: the building block of the store. Exact: the pairs
 * themselves are kept and compared.
 *
 * The pairs stand by id in an array of their own, so they can be read back in order of insertion; a slot holds id + 1 in
 * its low bits and, in the bits that a table of this size has to spare, the low bits of the pair's hash. Most probes of
 * other pairs' slots end at those bits, without a visit to the pairs: what a look-up costs is cache misses. At most 3 of 4
 * slots are taken: 8 bytes of pair and 5.3 to 10.7 bytes of slots per entry. Room for 2^29 pairs.
 */
import { GrowingTable, type TableState } from './growing-table.ts'
import type { Memory } from './memory.ts'
import { hashOfPair } from './pair-hash.ts'
import { bytesToLengthen, lengthened, shareable } from './reserve.ts'
import type { Visited } from './visited.ts'

const FIRST_ROOM = 1 << 6

/** Ids are below it. */
export const MOST_PAIRS = 2 ** 29

/** Tables of so many pairs see to it that there is room before they are added to. */
const LARGE = 1 << 16

/** As of `TableState`, and the pairs by id. */
export interface PairsState extends TableState {
  readonly pairs: SharedArrayBuffer
}

export class PairTable extends GrowingTable implements Visited {
  /** Pair of id i at 2i and 2i + 1. Longer than needed; replaced as it grows. */
  pairs: Int32Array = new Int32Array(2 * FIRST_ROOM)

  constructor() {
    super(1, 2)
  }

  get size(): number {
    return this.taken
  }

  /** Ids are below it. */
  get end(): number {
    return this.taken
  }

  leftOf(id: number): number {
    return this.pairs[2 * id]!
  }

  rightOf(id: number): number {
    return this.pairs[2 * id + 1]!
  }

  read(first: number, count: number, lefts: Int32Array, rights: Int32Array): void {
    readPairs(this.pairs, first, count, lefts, rights)
  }

  add(left: number, right: number): number {
    const { taken } = this
    const id = this.intern(left, right)
    return id === taken ? id : -1 - id
  }

  /** The id of a pair, added if it is new: then the id is the size from before. */
  intern(left: number, right: number): number {
    const { entries, pairs } = this
    const hash = hashOfPair(left, right)
    const shift = hash >>> this.shift < this.firstMoved ? this.shift : this.shift - 1
    const bits = 32 - shift
    const tag = hash << bits
    const mask = (1 << bits) - 1
    for (let slot = hash >>> shift; ; slot++) {
      const entry = entries[slot]!
      if (entry === 0) return this.#insert(slot, tag, left, right)
      if (((entry ^ tag) & ~mask) === 0) {
        const id = (entry & mask) - 1
        const at = id << 1
        if (pairs[at] === left && pairs[at + 1] === right) return id
      }
    }
  }

  /** Whether a pair is there. */
  has(left: number, right: number): boolean {
    const { entries, pairs } = this
    const hash = hashOfPair(left, right)
    const shift = hash >>> this.shift < this.firstMoved ? this.shift : this.shift - 1
    const mask = (1 << (32 - shift)) - 1
    const tag = hash << (32 - shift)
    for (let slot = hash >>> shift; entries[slot] !== 0; slot++) {
      const entry = entries[slot]!
      if (((entry ^ tag) & ~mask) !== 0) continue
      const at = ((entry & mask) - 1) << 1
      if (pairs[at] === left && pairs[at + 1] === right) return true
    }
    return false
  }

  get bytes(): number {
    return this.pairs.byteLength + this.slotBytes
  }

  override handOver(leastHomes: number): PairsState {
    return { ...super.handOver(leastHomes), pairs: shareable(this.pairs) }
  }

  /** Makes room for so many more pairs, where the table is large. False, and as it was, where memory does not allow it. */
  makeRoom(pairs: number, memory: Memory): boolean {
    if (this.size < LARGE) return true
    if (this.size + pairs > MOST_PAIRS) {
      memory.refused()
      return false
    }
    if (2 * (this.size + pairs) > this.pairs.length) {
      if (!memory.grow(bytesToLengthen(this.pairs), () => this.#lengthenPairs())) return false
    }
    return this.makeSlots(pairs, memory)
  }

  #insert(slot: number, tag: number, left: number, right: number): number {
    const id = this.taken
    if (id * 2 >= this.pairs.length) this.#lengthenPairs()
    this.pairs[id * 2] = left
    this.pairs[id * 2 + 1] = right
    this.entries[slot] = tag | (id + 1)
    this.added()
    return id
  }

  #lengthenPairs(): void {
    this.pairs = lengthened(this.pairs)
  }

  protected hashAt(entries: Int32Array, at: number): number {
    const id = (entries[at]! & (this.homes - 1)) - 1
    return hashOfPair(this.pairs[2 * id]!, this.pairs[2 * id + 1]!)
  }

  protected renewed(entry: number, hash: number): number {
    return (hash << (33 - this.shift)) | (entry & (this.homes - 1))
  }
}

/** Reads pairs that follow one another. */
export function readPairs(
  pairs: Int32Array,
  first: number,
  count: number,
  lefts: Int32Array,
  rights: Int32Array,
): void {
  for (let i = 0; i < count; i++) {
    lefts[i] = pairs[2 * (first + i)]!
    rights[i] = pairs[2 * (first + i) + 1]!
  }
}
