/**
 * The table of pairs that workers share: see pair-table.ts for how it is laid out.
 *
 * Every worker takes some ids at once, so that what one finds after another is side by side, as on one thread. Ids that
 * it has taken and not used yet have no pair.
 *
 * Who inserts claims a slot, writes the pair of its next id and publishes the slot's entry; nobody ever changes it
 * again, but for a rendezvous. So most look-ups need no atomic access, which would cost more than the look-up: a plain read
 * may be late, that is, show zeros, but never show anything that was not written. Where it shows what is looked for and no
 * zeros, that is true; everything else is looked at again in order.
 */
import { hashOfPair } from '../store/pair-hash.ts'
import { MOST_PAIRS, type PairsState } from '../store/pair-table.ts'
import { lengthAfter, viewAgain } from '../store/reserve.ts'
import type { Rendezvous } from './rendezvous.ts'
import { type Grow, SharedTable } from './shared-table.ts'

/** An entry that is being written. No full entry is: its id would be the last of a table that is never full. */
const BUSY = -1

/** There is room for so many pairs more while the others wait for it, or where there will be no more. */
const SPARE = 2 ** 14

/** What a thread needs to see it. */
export type PairsHandle = Pick<PairsState, 'slots' | 'pairs'>

export class SharedPairs extends SharedTable {
  pairs: Int32Array = new Int32Array(0)

  constructor(
    rendezvous: Rendezvous,
    table: number,
    readonly handle: PairsHandle,
    slice: number,
    atOnce?: number,
  ) {
    super(1, 2, rendezvous, table, handle.slots, slice, atOnce)
  }

  /** @throws RangeError where there is no memory */
  override begin(state: PairsState): void {
    const { pairs } = this.handle
    pairs.grow(Math.max(pairs.byteLength, 8 * (state.taken + 2 * SPARE)))
    this.#seePairs()
    super.begin(state)
  }

  /** Ids are below it, and a few of those are not used. */
  get end(): number {
    return this.ints[this.entriesAt]!
  }

  get size(): number {
    return this.end
  }

  get bytes(): number {
    return 8 * this.end + this.slotBytes
  }

  /** The id of a pair, added if it is new. Ids below `end` may still be in the making. */
  intern(left: number, right: number): number {
    const id = this.add(left, right)
    return id < 0 ? -1 - id : id
  }

  /** The id of a pair where it is new, else -1 - id. */
  add(left: number, right: number): number {
    const { entries, pairs } = this
    const hash = hashOfPair(left, right)
    const shift = hash >>> this.shift < this.firstMoved ? this.shift : this.shift - 1
    const bits = 32 - shift
    const tag = hash << bits
    const mask = (1 << bits) - 1
    for (let slot = hash >>> shift; ; ) {
      const entry = entries[slot]!
      if (entry === 0) return this.#insert(slot, tag, left, right)
      if (entry === BUSY) {
        while (Atomics.load(entries, slot) === BUSY);
        continue
      }
      if (((entry ^ tag) & ~mask) === 0) {
        const at = ((entry & mask) - 1) << 1
        if (pairs[at] === left && pairs[at + 1] === right && left > 0 && right > 0) return -1 - (at >> 1)
        if (this.#has(slot, at, left, right)) return -1 - (at >> 1)
      }
      slot++
    }
  }

  override refresh(): void {
    super.refresh()
    this.#seePairs()
  }

  override keepUp(grow: Grow): void {
    const length = lengthAfter(this.pairs)
    if (this.end + 2 * SPARE > this.room) grow(4 * (length - this.pairs.length), () => this.#lengthenPairs(length))
    super.keepUp(grow)
  }

  protected override get due(): number {
    return Math.min(super.due, this.room - SPARE)
  }

  protected override get mostEntries(): number {
    return Math.min(super.mostEntries, this.room)
  }

  /** For how many pairs there is room by id. */
  protected get room(): number {
    return Math.min(this.pairs.length / 2, MOST_PAIRS)
  }

  #lengthenPairs(length: number): boolean {
    const { pairs } = this.handle
    if (this.room === MOST_PAIRS || 4 * length > pairs.maxByteLength) return false
    pairs.grow(4 * length)
    this.#seePairs()
    return true
  }

  #seePairs(): void {
    this.pairs = viewAgain(this.pairs, this.handle.pairs)
  }

  /** Reading the entry in order makes everything visible that was written before it. */
  #has(slot: number, at: number, left: number, right: number): boolean {
    Atomics.load(this.entries, slot)
    return this.pairs[at] === left && this.pairs[at + 1] === right
  }

  #insert(slot: number, tag: number, left: number, right: number): number {
    if (this.spare === 0 && !this.takeNumbers()) return this.add(left, right)
    const { entries, pairs } = this
    if (Atomics.compareExchange(entries, slot, 0, BUSY) !== 0) return this.add(left, right)
    const id = this.spareEnd - this.spare--
    pairs[2 * id] = left
    pairs[2 * id + 1] = right
    Atomics.store(entries, slot, tag | (id + 1))
    if (slot >= this.mostAt) this.crowdedOut(slot)
    return id
  }

  protected hashAt(entries: Int32Array, at: number): number {
    const id = (entries[at]! & (this.homes - 1)) - 1
    return hashOfPair(this.pairs[2 * id]!, this.pairs[2 * id + 1]!)
  }

  protected renewed(entry: number, hash: number): number {
    return (hash << (33 - this.shift)) | (entry & (this.homes - 1))
  }
}
