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
import { lengthened, shareable } from './reserve.ts'

const FIRST_BITS = 6

/** How full a table is on average, while it grows. */
const MEAN_LOAD = 0.56

/** Of slots that take so many bytes: of those beyond what the entries take on average. */
export const airIn = (slotBytes: number, load: number): number => slotBytes * Math.max(0, 1 - load / MEAN_LOAD)

/** So many homes may be taken before the table grows. */
export const MOST_LOAD = 0.75

/** Slots beyond the last home, at first. Runs are hardly ever as long as that; where one is, there are to be more. */
const BEYOND = 1 << 10

/** From so many homes on, a table asks before it grows, and grows a little at a time. */
const LARGE = 1 << 16

/** With each addition so many slots move, or a few more: all have moved before 7 of 8 homes are taken. */
export const MOVED_EACH = 8

/** They move with every so many additions. */
const ADDITIONS = 8
const MOVED = MOVED_EACH * ADDITIONS

/** A table as it stands, for who goes on with it (`handOver`); the fields are those of the table. */
export interface TableState {
  readonly slots: SharedArrayBuffer
  readonly taken: number
  readonly homes: number
  readonly firstMoved: number
  readonly isMoving: boolean
}

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
  protected isMoving = false
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

  /**
   * What it takes to go on with it elsewhere, in a table that others work on too. It grows to so many homes first, and is
   * not to be used any more. @throws RangeError where there is no memory
   */
  handOver(leastHomes: number): TableState {
    while (this.homes < leastHomes) {
      this.move(this.homes)
      this.double()
      this.move(this.homes)
    }
    const { taken, homes, firstMoved, isMoving } = this
    return { slots: shareable(this.entries), taken, homes, firstMoved, isMoving }
  }

  /** Of the homes, how many are taken. */
  get load(): number {
    return this.taken / (this.isMoving ? 2 * this.homes : this.homes)
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
    if (this.isMoving || this.homes < LARGE || this.taken + more <= MOST_LOAD * this.homes) return true
    return memory.grow(this.entries.byteLength, () => this.#grow())
  }

  /** To be called when an entry was written. @throws RangeError where there is no memory */
  protected added(): void {
    this.taken++
    if (this.isMoving) {
      if (this.taken % ADDITIONS === 0) this.move(MOVED)
    } else if (this.taken > MOST_LOAD * this.homes) this.#grow()
    const { entries, stride } = this
    if (entries[entries.length - stride] !== 0) this.lengthenTo(this.lengthWithMoreBeyond)
  }

  clear(): void {
    this.move(this.homes)
    this.entries.fill(0)
    this.taken = 0
  }

  #grow(): void {
    const { homes } = this
    this.double()
    if (homes < LARGE) this.move(homes)
  }

  /** Begins to move to twice as many homes. */
  protected double(): void {
    this.lengthenTo(this.lengthOfTwice)
    this.isMoving = true
  }

  /** How many integers the slots take with twice as many homes. */
  protected get lengthOfTwice(): number {
    const { stride, homes, entries } = this
    // no run ends further beyond the last home than before: in twice the room, none is longer
    return Math.max(entries.length + stride * homes, stride * slotsFor(2 * homes))
  }

  /** ... and where the slots beyond the last home are used up. */
  protected get lengthWithMoreBeyond(): number {
    return this.entries.length + this.stride * BEYOND
  }

  protected lengthenTo(length: number): void {
    this.entries = lengthened(this.entries, length)
  }

  /** Moves so many slots, if there are so many that have not moved, and what touches them. */
  protected move(slots: number): void {
    if (!this.isMoving) return
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
    this.isMoving = false
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
