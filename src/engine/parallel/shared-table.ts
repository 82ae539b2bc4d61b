/**
 * What the tables that workers share have in common: how they grow. They lie where those of one thread lay, which they go
 * on with, and grow as those do (store/growing-table.ts), in place and a part at a time; only that whoever adds does not
 * move anything, but calls for a rendezvous: there the last to arrive moves so many slots that the others wait for tens
 * of milliseconds at the most.
 *
 * A table's line of the control block says how it stands; each thread reads it after every rendezvous.
 */
import { SplitbrainError } from '../../value/splitbrain-error.ts'
import { GrowingTable, MOST_LOAD, MOVED_EACH, type TableState } from '../store/growing-table.ts'
import { viewAgain, viewOf } from '../store/reserve.ts'
import { HEAD, MOST_WORKERS } from './control.ts'
import type { Rendezvous } from './rendezvous.ts'

/**
 * Of a table's line: how many entries there may be by now; with how many it is to be seen to; how many homes there are, and
 * are to be; and the first one that has moved.
 */
const LINE = { entries: 0, due: 1, homes: 2, homesAfter: 3, firstMoved: 4 } as const

/** Numbers of entries are taken by so many, where nothing else is said: what one worker finds after another has ids side by side. */
export const AT_ONCE = 32

/** A table that is as full as that, of what it may be, grows where there is an occasion. */
const NEARLY = 0.93

/** While the others wait for room, each worker may still write one entry. The slot after all these is always free. */
const MARGIN = MOST_WORKERS + 1

/** Makes something larger by `make`, which says whether there are addresses; it takes so many bytes more. */
export type Grow = (bytes: number, make: () => boolean) => void

export abstract class SharedTable extends GrowingTable {
  protected readonly ints: Int32Array
  /** Where in `ints` the number of entries stands. */
  protected readonly entriesAt: number
  /** How many entries this worker may still add; and, behind the last of them, its number. */
  protected spare = 0
  protected spareEnd = 0
  /** Who writes an entry here or beyond is to call for more room (`crowdedOut`). */
  protected mostAt = 0
  readonly #line: number

  constructor(
    stride: number,
    growth: number,
    readonly rendezvous: Rendezvous,
    table: number,
    readonly slots: SharedArrayBuffer,
    /** So many slots move while the others wait, if they are enough. */
    readonly slice: number,
    readonly atOnce = AT_ONCE,
  ) {
    super(stride, growth)
    const { control } = rendezvous
    this.ints = control.ints
    this.#line = control.lineOfTable(table)
    this.entriesAt = this.#line + LINE.entries
  }

  /** So many homes must a table have that so many workers share. */
  static leastHomes = (workers: number, atOnce = AT_ONCE): number => 2 ** Math.ceil(Math.log2(16 * atOnce * workers))

  /** To be called once, before anyone else works on it. */
  begin({ taken, homes, homesAfter, firstMoved }: TableState): void {
    this.taken = taken
    this.stand(homes, homesAfter, firstMoved)
    this.ints[this.entriesAt] = this.atOnce * Math.ceil(taken / this.atOnce)
    this.publish()
    this.refresh()
  }

  /** Sees the table as it is now. */
  refresh(): void {
    const { ints, slots, stride } = this
    const line = this.#line
    this.stand(ints[line + LINE.homes]!, ints[line + LINE.homesAfter]!, ints[line + LINE.firstMoved]!)
    this.entries = viewAgain(this.entries, slots)
    this.mostAt = this.entries.length - stride * MARGIN
  }

  override get load(): number {
    this.taken = this.ints[this.entriesAt]!
    return super.load
  }

  /** There is room, or else everybody waits until there is. */
  makeRoom(): boolean {
    return true
  }

  /** Sees to it that there is room to add to. Nobody else is at work. */
  keepUp(grow: Grow): void {
    this.taken = this.ints[this.entriesAt]!
    if (this.#isCrowded) grow(0, () => this.#lengthen(this.lengthWithMoreBeyond))
    if (this.isMoving) this.move(this.#moved)
    else if (this.taken >= NEARLY * MOST_LOAD * this.homes) grow(this.bytesToWiden, () => this.#beginToMove())
    this.publish()
  }

  /** With how many entries it is to be seen to, if there is room for more: a subclass may lack other room earlier. */
  protected get due(): number {
    return this.isMoving ? this.taken + this.#moved / MOVED_EACH : MOST_LOAD * this.homes
  }

  /**
   * Takes some numbers of entries. False where the table had to be seen to first, and what is to be added may be there by
   * now, or elsewhere.
   */
  protected takeNumbers(): boolean {
    const { ints, entriesAt, atOnce } = this
    if (ints[entriesAt]! >= ints[this.#line + LINE.due]! && !this.#mayFillUp) {
      this.rendezvous.grow()
      if (ints[HEAD.exhausted] === 1 && !this.#mayFillUp) this.#fail()
      return false
    }
    this.spareEnd = Atomics.add(ints, entriesAt, atOnce) + atOnce
    this.spare = atOnce
    return true
  }

  /** To be called by who wrote an entry at `mostAt` or beyond. */
  protected crowdedOut(at: number): void {
    this.rendezvous.grow()
    if (this.ints[HEAD.exhausted] === 1 && at + this.stride >= this.entries.length) this.#fail()
  }

  /** A view of another length is made by who lengthens it, and by the others in `refresh`. */
  protected override lengthenTo(length: number): void {
    this.slots.grow(4 * length)
    this.entries = viewOf(this.slots, length)
  }

  /** Where there is no room for more, the search ends; the batches under way may take what is left. */
  get #mayFillUp(): boolean {
    const { ints, rendezvous } = this
    return (
      ints[HEAD.exhausted] === 1 && ints[this.entriesAt]! + this.atOnce * rendezvous.control.workers < this.mostEntries
    )
  }

  /** Beyond it, nothing can be added any more. */
  protected get mostEntries(): number {
    return this.homes
  }

  #fail(): never {
    throw new SplitbrainError('internal', 'a table that workers share is full; search with --workers 1')
  }

  /** So many slots move at a rendezvous: more than what is taken in one moment, of which each makes some move. */
  get #moved(): number {
    return Math.max(this.slice, 4 * MOVED_EACH * this.atOnce * this.rendezvous.control.workers)
  }

  get #isCrowded(): boolean {
    return this.entries.subarray(this.mostAt).some((cell) => cell !== 0)
  }

  #beginToMove(): boolean {
    if (4 * this.nextLength > this.slots.maxByteLength) return false
    this.widen()
    this.move(this.#moved)
    return true
  }

  #lengthen(length: number): boolean {
    if (4 * length > this.slots.maxByteLength) return false
    this.lengthenTo(length)
    return true
  }

  /** Says how the table stands. Nobody else is at work. */
  protected publish(): void {
    const { ints } = this
    const line = this.#line
    ints[line + LINE.homes] = this.homes
    ints[line + LINE.homesAfter] = this.homesAfter
    ints[line + LINE.firstMoved] = this.firstMoved
    ints[line + LINE.due] = this.due
  }
}
