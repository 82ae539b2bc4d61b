/**
 * What the hash tables of the store have in common: open addressing with linear probing, and how they grow - in place, and
 * without a pause.
 *
 * The home of an entry is the upper bits of its hash, so that entries stand in the order of their hashes, but for a few
 * steps; in a table of twice the size they stand in the same order. So a table that has become long enough can be gone
 * through from its end, run by run of entries that touch each other: each run is taken out and put back where it belongs
 * in the larger table, which is further on, where nothing is in the way. Every addition moves a few slots; until all are
 * moved, an entry stands in the larger table if its home in the smaller one is `firstMoved` or beyond.
 *
 * Slots are lengthened in place up to 4 GB (reserve.ts). Beyond, they are moved first, all at once, in memory as they are.
 *
 * Probing does not wrap around. There are some slots beyond the last home, and the last of them is always free.
 */
import type { Memory } from './memory.ts'
import { lengthened } from './reserve.ts'

const FIRST_BITS = 6

/** How full a table is on average, while it grows. */
const MEAN_LOAD = 0.56

/** Of slots that take so many bytes: of those beyond what the entries take on average. */
export const airIn = (slotBytes: number, load: number): number => slotBytes * Math.max(0, 1 - load / MEAN_LOAD)

/** So many homes may be taken before the table grows. */
const MOST_LOAD = 0.75

/** Slots beyond the last home, at first. Runs are hardly ever as long as that; where one is, there are to be more. */
const BEYOND = 1 << 10

/** From so many homes on, a table asks before it grows, and grows a little at a time. */
const LARGE = 1 << 16

/** With every so many additions, so many slots move, or a few more: all have moved before 7 of 8 homes are taken. */
const ADDITIONS = 8
const MOVED = 8 * ADDITIONS

export abstract class GrowingTable {
  /** The slots; one whose first integer is 0 is free. Replaced as the table grows. */
  protected entries: Int32Array
  protected taken = 0
  /** How many homes there are, where nothing moves. */
  protected homes = 1 << FIRST_BITS
  /** How far a hash is shifted, unsigned, to tell the home. */
  protected shift = 32 - FIRST_BITS
  /** Entries with this home or a later one stand where a shift by one less tells. */
  protected firstMoved = this.homes
  #isMoving = false
  /** A run that moves. */
  #run = new Int32Array(0)

  /** @param stride integers to a slot */
  constructor(readonly stride: number) {
    this.entries = new Int32Array(stride * slotsFor(this.homes))
  }

  /** The hash of an entry. */
  protected abstract hashAt(entries: Int32Array, at: number): number
  /** The first integer of an entry with this hash in a table with so many bits to a home. */
  protected abstract renewed(entry: number, hash: number, bits: number): number

  /** Of the homes, how many are taken. */
  get load(): number {
    return this.taken / (this.#isMoving ? 2 * this.homes : this.homes)
  }

  /** Bytes of slots that are free because the table has just grown. */
  get airBytes(): number {
    return airIn(this.slotBytes, this.load)
  }

  get slotBytes(): number {
    return this.entries.byteLength
  }

  /** Sees to it that there is room for so many more, where the table is large. False where memory does not allow it. */
  protected makeSlots(more: number, memory: Memory): boolean {
    if (this.#isMoving || this.homes < LARGE || this.taken + more <= MOST_LOAD * this.homes) return true
    return memory.grow(this.entries.byteLength, () => this.#grow())
  }

  /** To be called when an entry was written. @throws RangeError where there is no memory */
  protected added(): void {
    this.taken++
    if (this.#isMoving) {
      if (this.taken % ADDITIONS === 0) this.#move(MOVED)
    } else if (this.taken > MOST_LOAD * this.homes) this.#grow()
    const { entries, stride } = this
    const last = entries.length - stride
    if (entries[last] !== 0) this.entries = lengthened(entries, entries.length + stride * BEYOND)
  }

  clear(): void {
    this.#move(this.homes)
    this.entries.fill(0)
    this.taken = 0
  }

  #grow(): void {
    const { stride, homes, entries } = this
    // no run ends further beyond the last home than before: in twice the room, none is longer
    this.entries = lengthened(entries, Math.max(entries.length + stride * homes, stride * slotsFor(2 * homes)))
    this.#isMoving = true
    if (homes < LARGE) this.#move(homes)
  }

  /** Moves so many slots, if there are so many that have not moved, and what touches them. */
  #move(slots: number): void {
    if (!this.#isMoving) return
    const { stride, entries } = this
    const enough = Math.max(0, this.firstMoved - slots)
    while (this.firstMoved > enough) {
      let first = this.firstMoved - 1
      if (entries[stride * first] !== 0) {
        while (first > 0 && entries[stride * (first - 1)] !== 0) first--
        this.#moveRun(first)
      } else this.firstMoved = first
    }
    if (this.firstMoved > 0) return
    this.shift--
    this.homes *= 2
    this.firstMoved = this.homes
    this.#isMoving = false
  }

  /** Moves the run that begins at a slot. It may go on into what has moved already: that is put back, too. */
  #moveRun(first: number): void {
    const { stride, entries } = this
    const start = stride * first
    let end = start
    while (entries[end] !== 0) end += stride
    if (this.#run.length < end - start) this.#run = new Int32Array(2 * (end - start))
    const run = this.#run
    for (let at = start; at < end; at++) {
      run[at - start] = entries[at]!
      entries[at] = 0
    }
    this.firstMoved = first
    const shift = this.shift - 1
    for (let from = 0; from < end - start; from += stride) {
      const hash = this.hashAt(run, from)
      let at = stride * (hash >>> shift)
      while (entries[at] !== 0) at += stride
      entries[at] = this.renewed(run[from]!, hash, 32 - shift)
      for (let i = 1; i < stride; i++) entries[at + i] = run[from + i]!
    }
  }
}

const slotsFor = (homes: number): number => homes + Math.min(homes, BEYOND)
