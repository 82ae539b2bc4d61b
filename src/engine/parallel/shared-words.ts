/**
 * The set of visited states that workers share: see word-set.ts for its words, visited-words.ts for their states.
 *
 * Of a slot [major + 1, block + 1, bits] the first two are written once, by who claimed it with the first; bits are
 * added, and who adds one is told whether it was there. Most states are known, and for those plain reads will do: they
 * may be late, and show zeros, but a bit that is seen is there.
 *
 * What is new waits in the chunks of who found it (finds.ts), and enters the log of states when it is left.
 */
import { hashOfPair } from '../store/pair-hash.ts'
import type { Reached } from '../store/reached.ts'
import { ENTRY, type Found, UNNUMBERED } from '../store/word-log.ts'
import { hashOfEntry, STRIDE } from '../store/word-set.ts'
import { HEAD, OF_WORKER } from './control.ts'
import type { Finds } from './finds.ts'
import type { SharedLog } from './shared-log.ts'
import { SharedTable } from './shared-table.ts'

/** Less often than on one thread: all wait while slots move. */
const GROWTH = 1.5

export class SharedWords extends SharedTable {
  /** Decided before the workers begin. */
  readonly isTurned: boolean
  /** Only there so that what was touched has been of use. */
  touched = 0

  constructor(
    table: number,
    slots: SharedArrayBuffer,
    slice: number,
    readonly log: SharedLog,
    readonly finds: Finds,
    /** How many states were left before the workers began. */
    readonly leftBefore: number,
  ) {
    super(STRIDE, GROWTH, finds.rendezvous, table, slots, slice)
    this.isTurned = this.ints[HEAD.turned] === 1
  }

  /** Words stay as they run: others are at work. */
  turn(): void {}

  /** How many states there are. */
  get size(): number {
    return this.leftBefore + this.finds.control.sum(OF_WORKER.found)
  }

  get end(): number {
    return this.log.end
  }

  waiting(): Iterable<Int32Array> {
    return this.finds.waiting()
  }

  /** ... or a few more. */
  get words(): number {
    return this.ints[this.entriesAt]!
  }

  get bytes(): number {
    return 4 * ENTRY.length * this.end + this.finds.bytes + this.slotBytes
  }

  /** Adds a pair, which nobody led to. -1 where it was there; it has no id yet. */
  add(left: number, right: number): number {
    const major = this.isTurned ? right : left
    const minor = this.isTurned ? left : right
    const bit = 1 << (minor & 31)
    if (this.#mark(major, minor >>> 5, bit) === 0) return -1
    this.append({ major, block: minor >>> 5, bits: bit, parent: -1 })
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
    const { entries, scale, scaleAfter, firstMoved } = this
    let touched = 0
    for (let i = 0; i < count; i++) {
      const hash = hashOfPair(majors[i]!, blocks[i]!) >>> 0
      const home = (hash * scale) | 0
      touched ^= entries[STRIDE * (home < firstMoved ? home : (hash * scaleAfter) | 0)]!
    }
    this.touched = touched
  }

  /** Adds pairs of a word. Which of them nobody added before. */
  #mark(major: number, minorBlock: number, bits: number): number {
    const { entries } = this
    const key = (major + 1) | 0
    const block = (minorBlock + 1) | 0
    const hash = hashOfPair(major, minorBlock) >>> 0
    const home = (hash * this.scale) | 0
    for (let at = STRIDE * (home < this.firstMoved ? home : (hash * this.scaleAfter) | 0); ; at += STRIDE) {
      let found = entries[at]!
      if (found === 0) {
        if (this.spare === 0 && !this.takeNumbers()) return this.#mark(major, minorBlock, bits)
        found = this.#claim(at, key, block)
      }
      if (found === key && (entries[at + 1] || this.#blockAt(at)) === block) {
        if ((bits & ~entries[at + 2]!) === 0) return 0
        const fresh = bits & ~Atomics.or(entries, at + 2, bits)
        if (at >= this.mostAt) this.crowdedOut(at)
        return fresh
      }
    }
  }

  /** Claims a free slot, unless somebody else was quicker. The key that it has now. */
  #claim(at: number, key: number, block: number): number {
    const before = Atomics.compareExchange(this.entries, at, 0, key)
    if (before !== 0) return before
    Atomics.store(this.entries, at + 1, block)
    this.spare--
    return key
  }

  /** Waits for who claimed a slot to say what for. */
  #blockAt(at: number): number {
    for (;;) {
      const block = Atomics.load(this.entries, at + 1)
      if (block !== 0) return block
    }
  }

  protected hashAt(entries: Int32Array, at: number): number {
    return hashOfEntry(entries, at)
  }

  protected renewed(entry: number): number {
    return entry
  }
}
