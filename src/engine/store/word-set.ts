/**
 * A set of pairs of integers, as words of 32: the pairs (major, 32 b) to (major, 32 b + 31) share one entry with a bit for
 * each. Where pairs come in neighbourhoods, an entry holds twenty pairs and more, and the whole set stays in the cache.
 *
 * Exact: an entry is [major + 1, block + 1, word], three integers; so a key has no zero. Room for 2^30 words.
 */
import { GrowingTable } from './growing-table.ts'
import type { Memory } from './memory.ts'
import { hashOfPair } from './pair-hash.ts'

export const STRIDE = 3

/** It is half of what states take, so there is to be little air in it. */
const GROWTH = 1.25

/** The hash of the entry at a place. */
export const hashOfEntry = (entries: Int32Array, at: number): number =>
  hashOfPair(entries[at]! - 1, entries[at + 1]! - 1)

export class WordSet extends GrowingTable {
  /** Only there so that what was touched has been of use. */
  touched = 0

  constructor() {
    super(STRIDE, GROWTH)
  }

  /** Adds the pairs of a major and 32 * block on, one to each bit. The bits of those that are new. */
  add(major: number, block: number, bits: number): number {
    const { entries } = this
    const key = (major + 1) | 0
    const second = (block + 1) | 0
    const hash = hashOfPair(major, block) >>> 0
    const home = (hash * this.scale) | 0
    for (let at = STRIDE * (home < this.firstMoved ? home : (hash * this.scaleAfter) | 0); ; at += STRIDE) {
      const found = entries[at]!
      if (found === key && entries[at + 1] === second) {
        const word = entries[at + 2]!
        const fresh = bits & ~word
        if (fresh !== 0) entries[at + 2] = word | bits
        return fresh
      }
      if (found === 0) {
        entries[at] = key
        entries[at + 1] = second
        entries[at + 2] = bits
        this.added()
        return bits
      }
    }
  }

  /** Brings what will be looked up into the cache: these cache misses do not wait for each other. */
  touch(majors: Int32Array, blocks: Int32Array, count: number): void {
    const { entries, scale, scaleAfter, firstMoved } = this
    let touched = 0
    for (let i = 0; i < count; i++) {
      const hash = hashOfPair(majors[i]!, blocks[i]!) >>> 0
      const home = (hash * scale) | 0
      touched ^= entries[STRIDE * (home < firstMoved ? home : (hash * scaleAfter) | 0)]!
    }
    this.touched = touched
  }

  get words(): number {
    return this.taken
  }

  get bytes(): number {
    return this.slotBytes
  }

  /** Makes room for so many more words, where the set is large. False, and as it was, where memory does not allow it. */
  makeRoom(words: number, memory: Memory): boolean {
    return this.makeSlots(words, memory)
  }

  protected hashAt(entries: Int32Array, at: number): number {
    return hashOfEntry(entries, at)
  }

  protected renewed(entry: number): number {
    return entry
  }
}
