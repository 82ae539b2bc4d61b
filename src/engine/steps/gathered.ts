/**
 * The steps of a batch (batch.ts), as far as they have been gathered. Of each there is the state of the batch that it leads
 * from, its leaf, and the two halves that it leads to.
 */
const FIRST_ROOM = 1 << 10

export class Gathered {
  count = 0
  from = new Int32Array(FIRST_ROOM)
  leaves = new Int32Array(FIRST_ROOM)
  left = new Int32Array(FIRST_ROOM)
  right = new Int32Array(FIRST_ROOM)

  /** Its number. Arrays may be replaced by longer ones. */
  add(from: number, leaf: number, left: number, right: number): number {
    const step = this.count++
    if (step === this.from.length) this.#grow()
    this.from[step] = from
    this.leaves[step] = leaf
    this.left[step] = left
    this.right[step] = right
    return step
  }

  #grow(): void {
    const room = 2 * this.from.length
    this.from = longer(this.from, room)
    this.leaves = longer(this.leaves, room)
    this.left = longer(this.left, room)
    this.right = longer(this.right, room)
  }
}

export function longer(array: Int32Array, length: number): Int32Array<ArrayBuffer> {
  const grown = new Int32Array(length)
  grown.set(array)
  return grown
}
