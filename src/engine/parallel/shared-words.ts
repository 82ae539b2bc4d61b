/**
 * The set of visited states that workers share: see visited-words.ts for its words.
 *
 * Of a slot [left + 1, block + 1, bits, -] the first two are written once, by who claimed it with the first; bits are
 * added, and who adds one is told whether it was there. Most states are known, and for those plain reads will do: they
 * may be late, and show zeros, but a bit that is seen is there.
 *
 * Each worker takes ids by blocks (blocks.ts) and writes the pairs of its states by id into an array shared by all.
 */
import { hashOfPair } from '../store/pair-hash.ts'
import type { Reached } from '../store/reached.ts'
import type { Arena } from './arena.ts'
import type { Blocks } from './blocks.ts'
import { HEAD, OF_WORKER } from './control.ts'
import type { Rendezvous } from './rendezvous.ts'
import { SharedTable } from './shared-table.ts'

const STRIDE = 4

export class SharedWords extends SharedTable {
  readonly #isTurned: boolean

  constructor(
    arena: Arena,
    table: number,
    readonly blocks: Blocks,
    readonly rendezvous: Rendezvous,
  ) {
    super(arena, table, STRIDE, 0)
    this.#isTurned = this.isTurned
  }

  /** Pair of id i at 2i and 2i + 1. */
  get pairs(): Int32Array {
    return this.blocks.states.pairs
  }

  /** Decided before the workers begin. */
  get isTurned(): boolean {
    return this.ints[HEAD.turned] === 1
  }

  /** Words stay as they run: others are at work. */
  turn(): void {}

  /** How many states there are. */
  get size(): number {
    return this.blocks.first + this.arena.control.sum(OF_WORKER.found)
  }

  /** Ids are below it; there are fewer states than that, for not every block is full. */
  get end(): number {
    return this.blocks.end
  }

  get words(): number {
    return this.ints[this.entriesAt]!
  }

  get bytes(): number {
    return 8 * this.size + 4 * STRIDE * (this.mask + 1)
  }

  /** Adds a pair. Its id where it is new, -1 where it was there. */
  add(left: number, right: number): number {
    const major = this.#isTurned ? right : left
    const minor = this.#isTurned ? left : right
    return this.#mark(major, minor >>> 5, 1 << (minor & 31)) === 0 ? -1 : this.append(left, right)
  }

  mark({ majors, blocks, bits, fresh, count }: Reached): void {
    for (let i = 0; i < count; i++) fresh[i] = this.#mark(majors[i]!, blocks[i]!, bits[i]!)
  }

  append(left: number, right: number): number {
    const id = this.blocks.nextId()
    const { pairs } = this
    pairs[2 * id] = left
    pairs[2 * id + 1] = right
    return id
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
          this.rendezvous.grow()
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

  /** Adds the first states, whose pairs are there. To be called once, before anyone else works on the table. */
  fill(states: number): void {
    const { pairs } = this
    for (let id = 0; id < states; id++) {
      if (this.isFilled) this.double()
      const key = pairs[this.#isTurned ? 2 * id + 1 : 2 * id]! + 1
      const minor = pairs[this.#isTurned ? 2 * id : 2 * id + 1]!
      const block = (minor >>> 5) + 1
      const at = this.#slotFor(key, block)
      if (this.slots[at] === 0) this.ints[this.entriesAt]!++
      this.slots[at] = key
      this.slots[at + 1] = block
      this.slots[at + 2]! |= 1 << (minor & 31)
    }
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
