/**
 * A set of pairs of integers, as words of 32: the pairs (major, 32 b) to (major, 32 b + 31) share one entry with a bit for
 * each. Where pairs come in neighbourhoods, an entry holds twenty pairs and more, and the whole set stays in the cache.
 *
 * Exact: an entry is the key itself and its word, three integers. Room for 2^30 words.
 */
import { GrowingTable } from './growing-table.ts'
import type { Memory } from './memory.ts'
import { hashOfPair } from './pair-hash.ts'

const STRIDE = 3

export class WordSet extends GrowingTable {
  constructor() {
    super(STRIDE)
  }

  /** Adds a pair. True where it is new. */
  add(major: number, minor: number): boolean {
    const { entries, shift } = this
    const key = (major + 1) | 0
    const block = minor >>> 5
    const bit = 1 << (minor & 31)
    const hash = hashOfPair(major, block)
    const home = hash >>> shift
    for (let at = STRIDE * (home < this.firstMoved ? home : hash >>> (shift - 1)); ; at += STRIDE) {
      const found = entries[at]!
      if (found === key && entries[at + 1] === block) {
        const word = entries[at + 2]!
        if ((word & bit) !== 0) return false
        entries[at + 2] = word | bit
        return true
      }
      if (found === 0) {
        entries[at] = key
        entries[at + 1] = block
        entries[at + 2] = bit
        this.added()
        return true
      }
    }
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
    return hashOfPair(entries[at]! - 1, entries[at + 1]!)
  }

  protected renewed(entry: number): number {
    return entry
  }
}
