/**
 * Entries of the log of states (word-log.ts) in another order: with those of a word together, in the order of their first
 * ones. Done many times in a search, so in arrays that are kept: V8 is late to collect large ones that are thrown away.
 */
import { hashOfPair } from './pair-hash.ts'
import { blockIn, ENTRY } from './word-log.ts'

const NOTHING = new Int32Array(0)

export class Arrangement {
  /** 1 + the first entry of a word, by hash. */
  #slots = NOTHING
  /** By entry: the first one of its word; then its place. */
  #places = NOTHING
  /** By first entry: how many there are of its word; then the place of the next one of these. */
  #next = NOTHING
  #inOrder = NOTHING

  /** The entries in order, until others are. */
  of(entries: Int32Array): Int32Array {
    const count = entries.length / ENTRY.length
    const places = this.#placesOf(entries, count)
    if (this.#inOrder.length < entries.length) this.#inOrder = new Int32Array(entries.length)
    const inOrder = this.#inOrder
    for (let i = 0; i < count; i++) {
      const to = ENTRY.length * places[i]!
      const from = ENTRY.length * i
      for (let k = 0; k < ENTRY.length; k++) inOrder[to + k] = entries[from + k]!
    }
    return inOrder.subarray(0, entries.length)
  }

  #placesOf(entries: Int32Array, count: number): Int32Array {
    this.#makeRoom(count)
    const places = this.#places
    const next = this.#next
    this.#findFirsts(entries, count)
    let end = 0
    for (let i = 0; i < count; i++) {
      if (places[i] !== i) continue
      const size = next[i]!
      next[i] = end
      end += size
    }
    for (let i = 0; i < count; i++) places[i] = next[places[i]!]!++
    return places
  }

  /** Finds the first entry of each word, and how many there are of it. */
  #findFirsts(entries: Int32Array, count: number): void {
    const slots = this.#slots
    const firsts = this.#places
    const sizes = this.#next
    const mask = slotsFor(count) - 1
    slots.fill(0, 0, mask + 1)
    sizes.fill(0, 0, count)
    for (let i = 0; i < count; i++) {
      const major = entries[ENTRY.length * i]!
      const block = blockIn(entries, ENTRY.length * i)
      let slot = hashOfPair(major, block) & mask
      for (; slots[slot] !== 0; slot = (slot + 1) & mask) {
        const other = ENTRY.length * (slots[slot]! - 1)
        if (entries[other] === major && blockIn(entries, other) === block) break
      }
      if (slots[slot] === 0) slots[slot] = i + 1
      firsts[i] = slots[slot]! - 1
      sizes[firsts[i]!]!++
    }
  }

  #makeRoom(count: number): void {
    if (this.#places.length >= count) return
    this.#slots = new Int32Array(slotsFor(count))
    this.#places = new Int32Array(count)
    this.#next = new Int32Array(count)
  }
}

const slotsFor = (count: number): number => 2 ** Math.ceil(Math.log2(2 * count))
