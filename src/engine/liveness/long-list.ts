/**
 * A list of integers below 2^32 that grows without being copied: it is kept in pieces of 64 KB. (An array that doubles
 * needs three times its size while it grows, which is what a graph of a hundred million transitions cannot have.)
 */
const BITS = 14
const MASK = (1 << BITS) - 1

export class LongList {
  size = 0
  readonly #pieces: Uint32Array[] = []

  push(value: number): void {
    const at = this.size++
    if ((at & MASK) === 0) this.#pieces.push(new Uint32Array(1 << BITS))
    this.#pieces[at >>> BITS]![at & MASK] = value
  }

  /** The element at an index below `size`. */
  at(index: number): number {
    return this.#pieces[index >>> BITS]![index & MASK]!
  }

  get bytes(): number {
    return this.#pieces.length << (BITS + 2)
  }
}
