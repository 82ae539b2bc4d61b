/**
 * The steps of a batch (batch.ts), as far as they have been gathered. Of each there is the state of the batch that it leads
 * from, its leaf, and the two halves that it leads to.
 */
import { grown } from '../values/grown.ts'

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
    this.from = grown(this.from, room)
    this.leaves = grown(this.leaves, room)
    this.left = grown(this.left, room)
    this.right = grown(this.right, room)
  }
}
