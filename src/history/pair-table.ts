/** A table from pairs of small numbers to numbers: open addressing in one typed array, 12 bytes an entry and room for as many. */
const EMPTY = -1

export class PairTable {
  #entries = new Int32Array(3 * 64).fill(EMPTY)
  #mask = 63
  #size = 0

  /** Undefined where the pair is not known. Neither number is negative. */
  get(a: number, b: number): number | undefined {
    const at = this.#find(a, b)
    return this.#entries[at] === EMPTY ? undefined : this.#entries[at + 2]
  }

  set(a: number, b: number, value: number): void {
    if (2 * this.#size > this.#mask) this.#grow()
    const at = this.#find(a, b)
    if (this.#entries[at] === EMPTY) this.#size++
    this.#entries[at] = a
    this.#entries[at + 1] = b
    this.#entries[at + 2] = value
  }

  #find(a: number, b: number): number {
    let slot = (Math.imul(a, 0x9e3779b1) ^ Math.imul(b, 0x85ebca6b)) >>> 0
    for (slot = (slot ^ (slot >>> 15)) & this.#mask; ; slot = (slot + 1) & this.#mask) {
      const at = 3 * slot
      if (this.#entries[at] === EMPTY || (this.#entries[at] === a && this.#entries[at + 1] === b)) return at
    }
  }

  #grow(): void {
    const old = this.#entries
    this.#mask = 2 * this.#mask + 1
    this.#entries = new Int32Array(3 * (this.#mask + 1)).fill(EMPTY)
    for (let at = 0; at < old.length; at += 3) {
      if (old[at] === EMPTY) continue
      const to = this.#find(old[at]!, old[at + 1]!)
      for (let i = 0; i < 3; i++) this.#entries[to + i] = old[at + i]!
    }
  }
}
