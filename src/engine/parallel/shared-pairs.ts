/**
 * The table of pairs that workers share: see pair-table.ts for how it is laid out.
 *
 * Every worker takes ids by words of 32, so that what one finds after another is side by side, as on one thread. Ids that
 * it has taken and not used yet have no pair.
 *
 * Who inserts claims a slot, takes an id, writes the pair and publishes the slot's entry; nobody ever changes it
 * again. So most look-ups need no atomic access, which would cost more than the look-up: a plain read may be late, that
 * is, show zeros, but never show anything that was not written. Where it shows what is looked for and no zeros, that is
 * true; everything else is looked at again in order.
 */
import { hashOfPair } from '../store/pair-hash.ts'
import type { Arena } from './arena.ts'
import type { Rendezvous } from './rendezvous.ts'
import { SharedTable } from './shared-table.ts'

/** An entry that is being written. No full entry is: its id would be the last of a table that is never full. */
const BUSY = -1

/** What stands for the pair of an id that is not used yet. */
const NONE = -1

/** Ids are taken by so many. */
const IDS = 32

export class SharedPairs extends SharedTable {
  pairs: Int32Array = new Int32Array(0)
  /** The ids that are this worker's to use. */
  #next = 0
  #end = 0

  constructor(
    arena: Arena,
    table: number,
    readonly rendezvous: Rendezvous,
  ) {
    super(arena, table, 1, 2, IDS)
  }

  /** Ids are below it, and a few of those are not used. */
  get size(): number {
    return this.ints[this.entriesAt]!
  }

  get bytes(): number {
    return 8 * this.size + 4 * (this.mask + 1)
  }

  /** The id of a pair, added if it is new. Ids below `size` may still be in the making. */
  intern(left: number, right: number): number {
    const { slots, pairs, mask } = this
    const code = hashOfPair(left, right)
    let slot = code & mask
    for (;;) {
      const entry = slots[slot]!
      if (entry === 0) return this.#insert(slot, code, left, right)
      if (entry === BUSY) {
        while (Atomics.load(slots, slot) === BUSY);
        continue
      }
      if (((entry ^ code) & ~mask) === 0) {
        const at = ((entry & mask) - 1) << 1
        if (pairs[at] === left && pairs[at + 1] === right && left > 0 && right > 0) return at >> 1
        if (this.#has(slot, at, left, right)) return at >> 1
      }
      slot = (slot + 1) & mask
    }
  }

  /** Adds the first pairs, by id. To be called once, before anyone else works on the table. */
  fill(pairs: Int32Array, size: number): void {
    this.pairs.set(pairs.subarray(0, 2 * size))
    const end = IDS * Math.ceil(size / IDS)
    this.pairs.fill(NONE, 2 * size, 2 * end)
    this.ints[this.entriesAt] = end
    this.#enterAll(end)
  }

  /** Reading the entry in order makes everything visible that was written before it. */
  #has(slot: number, at: number, left: number, right: number): boolean {
    Atomics.load(this.slots, slot)
    return this.pairs[at] === left && this.pairs[at + 1] === right
  }

  #insert(slot: number, code: number, left: number, right: number): number {
    if (this.#next === this.#end && !this.#takeIds()) return this.intern(left, right)
    const { slots, pairs } = this
    if (Atomics.compareExchange(slots, slot, 0, BUSY) !== 0) return this.intern(left, right)
    const id = this.#next++
    pairs[2 * id] = left
    pairs[2 * id + 1] = right
    Atomics.store(slots, slot, (code & ~this.mask) | (id + 1))
    return id
  }

  /** False where the table had to grow first, and what was looked for may be there by now. */
  #takeIds(): boolean {
    if (this.isNearlyFull) {
      this.rendezvous.grow()
      return false
    }
    this.#next = Atomics.add(this.ints, this.entriesAt, IDS)
    this.#end = this.#next + IDS
    this.pairs.fill(NONE, 2 * this.#next, 2 * this.#end)
    return true
  }

  protected moveTo(pairs: number, size: number): void {
    this.pairs = this.arena.view(pairs, 2 * size)
  }

  protected moveFrom(_: number, pairs: number): void {
    this.pairs.set(this.arena.view(pairs, 2 * this.size))
    this.#enterAll(this.size)
  }

  #enterAll(size: number): void {
    const { slots, pairs, mask } = this
    for (let id = 0; id < size; id++) {
      if (pairs[2 * id] === NONE) continue
      const code = hashOfPair(pairs[2 * id]!, pairs[2 * id + 1]!)
      let slot = code & mask
      while (slots[slot] !== 0) slot = (slot + 1) & mask
      slots[slot] = (code & ~mask) | (id + 1)
    }
  }
}
