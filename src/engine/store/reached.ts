/**
 * Pairs that are looked up together, gathered by word first (word-set.ts): what many steps lead to is in few words, and
 * each word is looked up once.
 */
import { hashOfPair } from './pair-hash.ts'

const FIRST_ROOM = 1 << 10

/** Words met lately are found by hash in so many places; one that is not found again gets another entry. */
const PLACES = 1 << 9

export class Reached {
  count = 0
  /** By entry: its word, the bits of it that some step leads to, and those of them that were found to be new. */
  majors = new Int32Array(FIRST_ROOM)
  blocks = new Int32Array(FIRST_ROOM)
  bits = new Int32Array(FIRST_ROOM)
  fresh = new Int32Array(FIRST_ROOM)
  /** By entry: the first of its steps. */
  first = new Int32Array(FIRST_ROOM)
  /** By step: the next one of the same entry, or -1. */
  next = new Int32Array(FIRST_ROOM)
  /** By entry: the last of its steps. */
  #last = new Int32Array(FIRST_ROOM)
  /** By place: an entry, perhaps. */
  readonly #places = new Int32Array(PLACES)

  /** Gathers where so many steps lead: by step, a major, and the minor alone or, where `masks` is not 0, those of its word. */
  gather(majors: Int32Array, minors: Int32Array, masks: Int32Array, steps: number): void {
    if (this.next.length < steps) this.#makeRoom(2 * steps)
    this.count = 0
    const { next, first, bits } = this
    for (let step = 0; step < steps; step++) {
      const minor = minors[step]!
      const entry = this.#entryOf(majors[step]!, minor >>> 5)
      next[step] = -1
      if (bits[entry] === 0) first[entry] = step
      else next[this.#last[entry]!] = step
      this.#last[entry] = step
      bits[entry]! |= masks[step] || 1 << (minor & 31)
    }
  }

  #entryOf(major: number, block: number): number {
    const { majors, blocks } = this
    const place = hashOfPair(major, block) & (PLACES - 1)
    const known = this.#places[place]!
    if (known < this.count && majors[known] === major && blocks[known] === block) return known
    const entry = this.count++
    this.#places[place] = entry
    majors[entry] = major
    blocks[entry] = block
    this.bits[entry] = 0
    return entry
  }

  #makeRoom(steps: number): void {
    this.majors = new Int32Array(steps)
    this.blocks = new Int32Array(steps)
    this.bits = new Int32Array(steps)
    this.fresh = new Int32Array(steps)
    this.first = new Int32Array(steps)
    this.next = new Int32Array(steps)
    this.#last = new Int32Array(steps)
  }
}
