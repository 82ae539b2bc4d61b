/**
 * The configurations a search has been in: which operations have taken effect, and the state after them. What has been
 * tried from one need not be tried again (Lowe 2017).
 *
 * Almost all operations before some point have taken effect, and none after some other, so only the window between is
 * written down: a configuration costs some bytes, whatever the length of the history. Operations that may never take
 * effect would keep the window open; they are numbered behind the others.
 */
const FULL = 0xffff

export class Configurations {
  readonly #seen = new Set<string>()
  readonly #must: Uint16Array
  readonly #may: Uint16Array
  /** All words of `#must` before this one are full. */
  #low = 0
  /** No word of `#must` after this one has a bit. */
  #high = 0

  /** `must`: how many operations must take effect; those numbered from there on may. */
  constructor(
    readonly must: number,
    all: number,
  ) {
    this.#must = new Uint16Array((must >> 4) + 1)
    this.#may = new Uint16Array((all - must + 15) >> 4)
  }

  add(operation: number): void {
    this.#flip(operation)
    if (operation < this.must) {
      this.#high = Math.max(this.#high, operation >> 4)
      while (this.#must[this.#low] === FULL) this.#low++
    }
  }

  remove(operation: number): void {
    this.#flip(operation)
    if (operation < this.must) {
      this.#low = Math.min(this.#low, operation >> 4)
      while (this.#high > 0 && this.#must[this.#high] === 0) this.#high--
    }
  }

  /** Whether this configuration is new, in this state of the object. It is not from now on. */
  enter(state: number): boolean {
    const window = String.fromCharCode(...this.#must.subarray(this.#low, this.#high + 1))
    const key = `${state},${this.#low},${window}|${String.fromCharCode(...this.#may)}`
    if (this.#seen.has(key)) return false
    this.#seen.add(key)
    return true
  }

  #flip(operation: number): void {
    const [words, bit] = operation < this.must ? [this.#must, operation] : [this.#may, operation - this.must]
    words[bit >> 4]! ^= 1 << (bit & 15)
  }
}
