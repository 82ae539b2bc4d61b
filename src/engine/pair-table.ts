/**
 * A hash table from pairs of integers to ids that count up from 0: the building block of the store. Exact: the pairs
 * themselves are kept and compared.
 *
 * Open addressing with linear probing over slots that hold id + 1; the pairs stand by id in an array of their own, so
 * they can be read back in order of insertion. At most 3 of 4 slots are taken: 8 bytes of pair and 5.3 to 10.7 bytes of
 * slots per entry, and twice the slots for a moment while they grow.
 */
const FIRST_SLOTS = 1 << 6

export class PairTable {
  /** Pair of id i at 2i and 2i + 1. Longer than needed; replaced as it grows. */
  pairs = new Int32Array(FIRST_SLOTS * 2)
  size = 0
  #slots = new Int32Array(FIRST_SLOTS)
  #mask = FIRST_SLOTS - 1

  /** The id of a pair, added if it is new: then the id is the size from before. */
  intern(left: number, right: number): number {
    const slots = this.#slots
    const pairs = this.pairs
    const mask = this.#mask
    let slot = hash(left, right) & mask
    for (;;) {
      const entry = slots[slot]!
      if (entry === 0) return this.#insert(slot, left, right)
      const at = (entry - 1) << 1
      if (pairs[at] === left && pairs[at + 1] === right) return entry - 1
      slot = (slot + 1) & mask
    }
  }

  get bytes(): number {
    return this.pairs.byteLength + this.#slots.byteLength
  }

  #insert(slot: number, left: number, right: number): number {
    const id = this.size++
    if (id * 2 >= this.pairs.length) this.#lengthenPairs()
    this.pairs[id * 2] = left
    this.pairs[id * 2 + 1] = right
    this.#slots[slot] = id + 1
    if (this.size * 4 > this.#slots.length * 3) this.#doubleSlots()
    return id
  }

  #lengthenPairs(): void {
    const longer = new Int32Array(Math.ceil((this.pairs.length / 2) * 1.5) * 2)
    longer.set(this.pairs)
    this.pairs = longer
  }

  #doubleSlots(): void {
    const slots = new Int32Array(this.#slots.length * 2)
    const mask = slots.length - 1
    const { pairs, size } = this
    for (let id = 0; id < size; id++) {
      let slot = hash(pairs[id * 2]!, pairs[id * 2 + 1]!) & mask
      while (slots[slot] !== 0) slot = (slot + 1) & mask
      slots[slot] = id + 1
    }
    this.#slots = slots
    this.#mask = mask
  }
}

/** Multiply and mix; both halves reach the low bits, which choose the slot. */
function hash(left: number, right: number): number {
  let h = Math.imul(left, 0x9e3779b1) ^ Math.imul(right, 0x85ebca77)
  h = Math.imul(h ^ (h >>> 15), 0xc2b2ae3d)
  return h ^ (h >>> 13)
}
