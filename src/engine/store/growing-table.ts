/**
 * What the hash tables of the store have in common: open addressing with linear probing, and how they grow - in place, and
 * without a pause.
 *
 * The home of an entry is as far into the table as its hash is into all hashes, so that entries stand in the order of
 * their hashes, but for a few steps; in a larger table they stand in the same order. So a table that has become long enough
 * can be gone through from its end, run by run of entries that touch each other: each run is taken out and put back where
 * it belongs in the larger table, which is further on, where nothing is in the way. Every addition moves a few slots; until
 * all are moved, an entry stands in the larger table if its home in the smaller one is `firstMoved` or beyond.
 *
 * Slots are lengthened in place up to 4 GB (reserve.ts). Beyond, they are moved first, all at once, in memory as they are.
 *
 * Probing does not wrap around. There are some slots beyond the last home, and the last of them is always free.
 */
import type { Memory } from './memory.ts'
import { lengthened, MOST, shareable } from './reserve.ts'

const FIRST_HOMES = 64

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
  readonly homesAfter: number
  readonly firstMoved: number
}

/** How many hashes there are. */
const HASHES = 2 ** 32

/** The home of a hash, of so many; the same as its upper bits where that is a power of two. Greater hashes have no lesser homes. */
export const homeOf = (hash: number, homes: number): number => Math.floor((hash >>> 0) * (homes / HASHES))

export abstract class GrowingTable {
  /** The slots; one whose first integer is 0 is free. Replaced as the table grows. */
  protected entries: Int32Array
  protected taken = 0
  /** How many homes there are; and how many there are to be, while entries move to those. */
  protected homes = 0
  protected homesAfter = 0
  /** What a hash, from 0 to 2^32, is multiplied by to tell the home. */
  protected scale = 0
  protected scaleAfter = 0
  /** How far a hash is shifted, unsigned, to tell the home, where their number is a power of two; by one less after. */
  protected shift = 0
  /** Entries with this home or a later one have moved. */
  protected firstMoved = 0
  /** A run that moves. */
  #run = new Int32Array(0)

  /**
   * @param stride integers to a slot
   * @param growth how many times as many homes there are after growing: with little, there is less air, and more moving
   */
  constructor(
    readonly stride: number,
    readonly growth: number,
  ) {
    this.entries = new Int32Array(stride * slotsFor(FIRST_HOMES))
    this.stand(FIRST_HOMES, FIRST_HOMES, FIRST_HOMES)
  }

  /** The hash of an entry. */
  protected abstract hashAt(entries: Int32Array, at: number): number
  /** The first integer of an entry with this hash when it moves. */
  protected abstract renewed(entry: number, hash: number): number

  protected get isMoving(): boolean {
    return this.homesAfter > this.homes
  }

  /** Takes note of how the table stands. */
  protected stand(homes: number, homesAfter: number, firstMoved: number): void {
    this.homes = homes
    this.homesAfter = homesAfter
    this.scale = homes / HASHES
    this.scaleAfter = homesAfter / HASHES
    this.shift = Math.clz32(homes) + 1
    this.firstMoved = firstMoved
  }

  /**
   * What it takes to go on with it elsewhere, in a table that others work on too. It grows to so many homes first, and is
   * not to be used any more. @throws RangeError where there is no memory
   */
  handOver(leastHomes: number): TableState {
    while (this.homes < leastHomes) {
      this.move(this.homes)
      this.widen()
      this.move(this.homes)
    }
    const { taken, homes, homesAfter, firstMoved } = this
    return { slots: shareable(this.entries), taken, homes, homesAfter, firstMoved }
  }

  /** Of the homes, how many are taken. */
  get load(): number {
    return this.taken / this.homesAfter
  }

  /** Bytes of slots that are free because the table has just grown: beyond what its entries take on average. */
  get airBytes(): number {
    const meanLoad = (MOST_LOAD / this.growth + MOST_LOAD) / 2
    return this.slotBytes * Math.max(0, 1 - this.load / meanLoad)
  }

  get slotBytes(): number {
    return this.entries.byteLength
  }

  /** Sees to it that there is room for so many more, where the table is large. False where memory does not allow it. */
  protected makeSlots(more: number, memory: Memory): boolean {
    if (this.isMoving || this.homes < LARGE || this.taken + more <= MOST_LOAD * this.homes) return true
    return memory.grow(this.bytesToWiden, () => this.#grow())
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
    this.widen()
    if (homes < LARGE) this.move(homes)
  }

  /** Begins to move to more homes. */
  protected widen(): void {
    const { homes, nextHomes } = this
    this.lengthenTo(this.nextLength)
    this.stand(homes, nextHomes, homes)
  }

  /** How many integers the slots take when there are more homes. */
  protected get nextLength(): number {
    const { stride, homes, nextHomes, entries } = this
    // no run ends further beyond the last home than before: in more room, none is longer
    return Math.max(entries.length + stride * (nextHomes - homes), stride * slotsFor(nextHomes))
  }

  protected get bytesToWiden(): number {
    return 4 * (this.nextLength - this.entries.length)
  }

  /** Where slots cannot be lengthened in place, twice as many: that is to be seldom. */
  protected get nextHomes(): number {
    const next = Math.ceil(this.growth * this.homes)
    return this.stride * slotsFor(next) <= MOST ? next : 2 * this.homes
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
    const { homesAfter } = this
    if (this.firstMoved === 0) this.stand(homesAfter, homesAfter, homesAfter)
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
    const { homesAfter } = this
    for (let from = 0; from < end - start; from += stride) {
      const hash = this.hashAt(run, from)
      let at = stride * homeOf(hash, homesAfter)
      while (entries[at] !== 0) at += stride
      entries[at] = this.renewed(run[from]!, hash)
      for (let i = 1; i < stride; i++) entries[at + i] = run[from + i]!
    }
  }
}

const slotsFor = (homes: number): number => homes + Math.min(homes, BEYOND)
