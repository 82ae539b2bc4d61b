/**
 * The set of visited states that workers share: see visited-words.ts for its words.
 *
 * Of a slot [left + 1, block + 1, bits, -] the first two are written once, by who claimed it with the first; bits are
 * added, and who adds one is told whether it was there. Most states are known, and for those plain reads will do: they
 * may be late, and show zeros, but a bit that is seen is there.
 *
 * What is new waits in the chunks of who found it (finds.ts), and enters the log of states when it is left.
 */
import { hashOfPair } from '../store/pair-hash.ts'
import type { Reached } from '../store/reached.ts'
import { ENTRY, type Found, UNKNOWN_STEP, UNNUMBERED, type WordLog } from '../store/word-log.ts'
import type { Arena } from './arena.ts'
import { HEAD, OF_WORKER } from './control.ts'
import type { Finds } from './finds.ts'
import type { SharedLog } from './shared-log.ts'
import { SharedTable } from './shared-table.ts'

const STRIDE = 4

export class SharedWords extends SharedTable {
  /** Decided before the workers begin. */
  readonly isTurned: boolean
  /** Only there so that what was touched has been of use. */
  touched = 0

  constructor(
    arena: Arena,
    table: number,
    readonly log: SharedLog,
    readonly finds: Finds,
    /** How many states were left before the workers began. */
    readonly leftBefore: number,
  ) {
    super(arena, table, STRIDE, 0)
    this.isTurned = this.ints[HEAD.turned] === 1
  }

  /** Words stay as they run: others are at work. */
  turn(): void {}

  /** How many states there are. */
  get size(): number {
    return this.leftBefore + this.arena.control.sum(OF_WORKER.found)
  }

  get end(): number {
    return this.log.end
  }

  waiting(): Iterable<Int32Array> {
    return this.finds.waiting()
  }

  get words(): number {
    return this.ints[this.entriesAt]!
  }

  get bytes(): number {
    return 4 * ENTRY.length * this.end + this.finds.bytes + 4 * STRIDE * (this.mask + 1)
  }

  /** Adds a pair, which nobody led to. -1 where it was there; it has no id yet. */
  add(left: number, right: number): number {
    const major = this.isTurned ? right : left
    const minor = this.isTurned ? left : right
    const bit = 1 << (minor & 31)
    if (this.#mark(major, minor >>> 5, bit) === 0) return -1
    this.append({ major, block: minor >>> 5, bits: bit, parent: -1, footprint: UNKNOWN_STEP })
    return 0
  }

  mark({ majors, blocks, bits, fresh, count }: Reached): void {
    this.#touch(majors, blocks, count)
    for (let i = 0; i < count; i++) fresh[i] = this.#mark(majors[i]!, blocks[i]!, bits[i]!)
  }

  /** Keeps new pairs of one word until they are left; their entry has no number yet. */
  append(found: Found): number {
    this.finds.add(found)
    return UNNUMBERED
  }

  /** Brings what will be looked up into the cache: these cache misses do not wait for each other. */
  #touch(majors: Int32Array, blocks: Int32Array, count: number): void {
    const { slots, mask } = this
    let touched = 0
    for (let i = 0; i < count; i++) touched ^= slots[STRIDE * (hashOfPair(majors[i]!, blocks[i]! + 1) & mask)]!
    this.touched = touched
  }

  /** Adds pairs of a word. Which of them nobody added before. */
  #mark(major: number, minorBlock: number, bits: number): number {
    const { slots, mask } = this
    const key = major + 1
    const block = minorBlock + 1
    let slot = hashOfPair(major, block) & mask
    for (;;) {
      const at = slot * STRIDE
      let found = slots[at]!
      if (found === 0) {
        if (this.isNearlyFull) {
          this.finds.rendezvous.grow()
          return this.#mark(major, minorBlock, bits)
        }
        found = this.#claim(at, key, block)
      }
      if (found === key && (slots[at + 1] || this.#blockAt(at)) === block) {
        if ((bits & ~slots[at + 2]!) === 0) return 0
        return bits & ~Atomics.or(slots, at + 2, bits)
      }
      slot = (slot + 1) & mask
    }
  }

  /** Adds the states of the first entries of a log. To be called once, before anyone else works on the table. */
  fill(log: WordLog, entries: number): void {
    for (let entry = 0; entry < entries; entry++) {
      for (const state of log.statesOf(entry)) this.#enter(log.leftOf(state), log.rightOf(state))
    }
  }

  #enter(left: number, right: number): void {
    if (this.isFilled) this.double()
    const key = (this.isTurned ? right : left) + 1
    const minor = this.isTurned ? left : right
    const block = (minor >>> 5) + 1
    const at = this.#slotFor(key, block)
    if (this.slots[at] === 0) this.ints[this.entriesAt]!++
    this.slots[at] = key
    this.slots[at + 1] = block
    this.slots[at + 2]! |= 1 << (minor & 31)
  }

  /** Claims a free slot, unless somebody else was quicker. The key that it has now. */
  #claim(at: number, key: number, block: number): number {
    const before = Atomics.compareExchange(this.slots, at, 0, key)
    if (before !== 0) return before
    Atomics.store(this.slots, at + 1, block)
    Atomics.add(this.ints, this.entriesAt, 1)
    return key
  }

  /** Waits for who claimed a slot to say what for. */
  #blockAt(at: number): number {
    for (;;) {
      const block = Atomics.load(this.slots, at + 1)
      if (block !== 0) return block
    }
  }

  /** Where the slot of a word begins, or the free one that it would get. Nobody else is at work. */
  #slotFor(key: number, block: number): number {
    const { slots, mask } = this
    let slot = hashOfPair(key - 1, block) & mask
    for (;;) {
      const at = slot * STRIDE
      if (slots[at] === 0 || (slots[at] === key && slots[at + 1] === block)) return at
      slot = (slot + 1) & mask
    }
  }

  protected moveTo(): void {}

  protected moveFrom(start: number, _: number, size: number): void {
    const old = this.arena.view(start, STRIDE * size)
    for (let from = 0; from < old.length; from += STRIDE) {
      if (old[from] === 0) continue
      const at = this.#slotFor(old[from]!, old[from + 1]!)
      for (let i = 0; i < 3; i++) this.slots[at + i] = old[from + i]!
    }
  }
}
