/**
 * The steps of a batch (batch.ts), as far as they have been gathered. Of each there is the state of the batch that it leads
 * from, its leaf, and the two halves that it leads to.
 *
 * A step may stand for those of several neighbours, which are states that share a word (word-set.ts), to states that share
 * a word. Then `from` is the first of the neighbours, and the minor half that it leads to is one of those. By bit, `sources`
 * says of which neighbours it is, and `masks` to which minors it leads, both 0 where it is that of one state; and `maps`
 * tells which of the `WordMaps` leads there, 0 where each keeps its minor.
 */
const FIRST_ROOM = 1 << 10

export class Gathered {
  count = 0
  from = new Int32Array(FIRST_ROOM)
  leaves = new Int32Array(FIRST_ROOM)
  sources = new Int32Array(FIRST_ROOM)
  masks = new Int32Array(FIRST_ROOM)
  maps = new Int32Array(FIRST_ROOM)
  left = new Int32Array(FIRST_ROOM)
  right = new Int32Array(FIRST_ROOM)

  /** A step of one state. Arrays may be replaced by longer ones. */
  add(from: number, leaf: number, left: number, right: number): number {
    const step = this.count++
    if (step === this.from.length) this.#grow()
    this.from[step] = from
    this.leaves[step] = leaf
    this.sources[step] = 0
    this.masks[step] = 0
    this.left[step] = left
    this.right[step] = right
    return step
  }

  /** Lets a step stand for those of neighbours. */
  share(step: number, sources: number, mask: number, map: number): void {
    this.sources[step] = sources
    this.masks[step] = mask
    this.maps[step] = map
  }

  #grow(): void {
    const room = 2 * this.from.length
    this.from = longer(this.from, room)
    this.leaves = longer(this.leaves, room)
    this.sources = longer(this.sources, room)
    this.masks = longer(this.masks, room)
    this.maps = longer(this.maps, room)
    this.left = longer(this.left, room)
    this.right = longer(this.right, room)
  }
}

export function longer(array: Int32Array, length: number): Int32Array<ArrayBuffer> {
  const grown = new Int32Array(length)
  grown.set(array)
  return grown
}
