/**
 * The configurations a search has been in: which operations have taken effect, and the state after them. What has been
 * tried from one need not be tried again (Lowe 2017).
 *
 * Almost all operations before some point have taken effect, and none after some other, so only the window between is
 * written down: a configuration costs some words, whatever the length of the history. Operations that may never take
 * effect would keep the window open; they are numbered behind the others. All words are compared, so that no two
 * configurations are ever taken for one.
 */
import { OutOfBudget } from './outcome.ts'

const FULL = -1
/** Words of all configurations together: a gigabyte. */
const MOST_WORDS = 2 ** 28
/** Before the windows: the state, where the window begins, and its length. */
const HEAD = 3

export class Configurations {
  readonly #must: Int32Array
  readonly #may: Int32Array
  /** All words of `#must` before this one are full. */
  #low = 0
  /** No word of `#must` after this one has a bit. */
  #high = 0
  #words = new Int32Array(256)
  #end = 1
  /** Where the configurations begin, by their hashes; 0 where there is none. */
  #slots = new Int32Array(64)
  #size = 0

  /** `must`: how many operations must take effect; those numbered from there on may. */
  constructor(
    readonly must: number,
    all: number,
  ) {
    this.#must = new Int32Array((must >> 5) + 1)
    this.#may = new Int32Array((all - must + 31) >> 5)
  }

  add(operation: number): void {
    this.#flip(operation)
    if (operation < this.must) {
      this.#high = Math.max(this.#high, operation >> 5)
      while (this.#must[this.#low] === FULL) this.#low++
    }
  }

  remove(operation: number): void {
    this.#flip(operation)
    if (operation < this.must) {
      this.#low = Math.min(this.#low, operation >> 5)
      while (this.#high > 0 && this.#must[this.#high] === 0) this.#high--
    }
  }

  /** Whether this configuration is new, in this state of the object. It is not from now on. @throws OutOfBudget */
  enter(state: number): boolean {
    const length = this.#write(state)
    const slot = this.#find(length)
    if (this.#slots[slot] !== 0) return false
    this.#slots[slot] = this.#end
    this.#end += length
    this.#size++
    if (2 * this.#size > this.#slots.length) this.#grow()
    return true
  }

  /** Writes the configuration behind the others, and says how long it is. */
  #write(state: number): number {
    const window = Math.max(0, this.#high + 1 - this.#low)
    const length = HEAD + window + this.#may.length
    this.#makeRoom(length)
    let at = this.#end
    this.#words[at++] = state
    this.#words[at++] = this.#low
    this.#words[at++] = window
    for (let i = 0; i < window; i++) this.#words[at++] = this.#must[this.#low + i]!
    for (let i = 0; i < this.#may.length; i++) this.#words[at++] = this.#may[i]!
    return length
  }

  #makeRoom(length: number): void {
    const needed = this.#end + length
    if (needed <= this.#words.length) return
    if (needed > MOST_WORDS) throw new OutOfBudget(this.#size, 'memory')
    const words = new Int32Array(Math.min(MOST_WORDS, 2 * needed))
    words.set(this.#words)
    this.#words = words
  }

  /** The slot of the configuration that is written at the end: its own, or the one that it will take. */
  #find(length: number): number {
    const mask = this.#slots.length - 1
    let slot = hashOf(this.#words, this.#end, length) & mask
    while (this.#slots[slot] !== 0 && !this.#isAt(this.#slots[slot]!, length)) slot = (slot + 1) & mask
    return slot
  }

  #isAt(start: number, length: number): boolean {
    for (let i = 0; i < length; i++) if (this.#words[start + i] !== this.#words[this.#end + i]) return false
    return true
  }

  #grow(): void {
    const old = this.#slots
    this.#slots = new Int32Array(2 * old.length)
    const mask = this.#slots.length - 1
    for (const start of old) {
      if (start === 0) continue
      const length = HEAD + this.#words[start + 2]! + this.#may.length
      let slot = hashOf(this.#words, start, length) & mask
      while (this.#slots[slot] !== 0) slot = (slot + 1) & mask
      this.#slots[slot] = start
    }
  }

  #flip(operation: number): void {
    const [words, bit] = operation < this.must ? [this.#must, operation] : [this.#may, operation - this.must]
    words[bit >> 5]! ^= 1 << (bit & 31)
  }
}

function hashOf(words: Int32Array, start: number, length: number): number {
  let hash = length
  for (let i = 0; i < length; i++) {
    hash = Math.imul(hash ^ words[start + i]!, 0x9e3779b1)
    hash ^= hash >>> 15
  }
  return hash
}
