/**
 * What the tables that workers share have in common: where they lie in the arena, and how they grow. A table's line of
 * the control block says [entries, bits of its size, where its slots begin, where its pairs begin].
 */
import { SplitbrainError } from '../../value/splitbrain-error.ts'
import { airIn } from '../store/growing-table.ts'
import type { Arena } from './arena.ts'
import { HEAD } from './control.ts'

const LINE = { entries: 0, bits: 1, slots: 2, pairs: 3 } as const

export abstract class SharedTable {
  /** The slots as they are now. */
  protected slots: Int32Array = new Int32Array(0)
  protected mask = 0
  protected readonly ints: Int32Array
  /** Where in `ints` the number of entries stands. */
  protected readonly entriesAt: number
  readonly #line: number
  #start = 0

  /**
   * @param stride integers to a slot, a power of two
   * @param perPair integers by id and slot, a power of two or 0
   * @param atOnce how many entries somebody may add in a moment
   */
  constructor(
    readonly arena: Arena,
    table: number,
    readonly stride: 1 | 4,
    readonly perPair: 0 | 2,
    readonly atOnce = 1,
  ) {
    const { control } = arena
    this.ints = control.ints
    this.#line = control.lineOfTable(table)
    this.entriesAt = this.#line + LINE.entries
  }

  /** Beyond this it must grow before anything is added. The rest is for what others add in the same moment. */
  get isNearlyFull(): boolean {
    return this.ints[this.entriesAt]! >= this.mask - (this.mask >>> 3) && !this.#mayFillUp()
  }

  /** Whether it should grow while there is an occasion. */
  get isFilled(): boolean {
    return this.ints[this.entriesAt]! * 4 >= this.mask * 3
  }

  /** The share of the slots that are taken. */
  get load(): number {
    return this.ints[this.entriesAt]! / (this.mask + 1)
  }

  /** Bytes of slots that are free because the table has just grown. */
  get airBytes(): number {
    return airIn(4 * this.stride * (this.mask + 1), this.load)
  }

  /** Where there is no room for larger tables, the search ends; the batches under way may take what is left. */
  #mayFillUp(): boolean {
    if (this.ints[HEAD.exhausted] === 0) return false
    if (this.ints[this.entriesAt]! < this.mask - this.atOnce * this.arena.control.workers) return true
    throw new SplitbrainError('internal', 'a table that workers share is full; search with --workers 1')
  }

  /** To be called before anyone else works on it. @returns false where there is no room */
  resize(leastBits: number): boolean {
    const { arena, ints } = this
    const bits = Math.max(leastBits, Math.ceil(Math.log2(16 * this.atOnce * arena.control.workers)))
    const slots = arena.take(bits + Math.log2(this.stride))
    const pairs = this.perPair === 0 ? 0 : arena.take(bits + Math.log2(this.perPair))
    if (slots < 0 || pairs < 0) return false
    const line = this.#line
    const old = { bits: ints[line + LINE.bits]!, slots: ints[line + LINE.slots]!, pairs: ints[line + LINE.pairs]! }
    ints[line + LINE.bits] = bits
    ints[line + LINE.slots] = slots
    ints[line + LINE.pairs] = pairs
    this.refresh()
    if (old.slots === 0) return true
    this.moveFrom(old.slots, old.pairs, 2 ** old.bits)
    arena.give(old.slots, old.bits + Math.log2(this.stride))
    if (this.perPair > 0) arena.give(old.pairs, old.bits + Math.log2(this.perPair))
    return true
  }

  /** When everybody is there, it grows (shared-space.ts). */
  makeRoom(): boolean {
    return true
  }

  /** What it takes besides while it doubles. */
  get bytesToDouble(): number {
    return 8 * (this.stride + this.perPair) * (this.mask + 1)
  }

  double(): boolean {
    return this.resize(this.ints[this.#line + LINE.bits]! + 1)
  }

  /** Sees where the table lies now. */
  refresh(): void {
    const size = 2 ** this.ints[this.#line + LINE.bits]!
    const slots = this.ints[this.#line + LINE.slots]!
    if (this.#start === slots && this.mask === size - 1) return
    this.#start = slots
    this.slots = this.arena.view(slots, this.stride * size)
    this.mask = size - 1
    this.moveTo(this.ints[this.#line + LINE.pairs]!, size)
  }

  /** Its pairs begin here now. */
  protected abstract moveTo(pairs: number, size: number): void
  /** Fills the table, which is empty, with what it held: its old slots and pairs begin here. */
  protected abstract moveFrom(slots: number, pairs: number, size: number): void
}
