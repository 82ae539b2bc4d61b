/** A hash table from value ids to results: open addressing, pairs side by side, at most half full. 16 bytes or more a result. */

const FIRST_ROOM = 8
const FREE = -1

export class SparseColumn {
  size = 0
  /** id, result, id, result, ... */
  #pairs = new Int32Array(2 * FIRST_ROOM).fill(FREE)

  get bytes(): number {
    return this.#pairs.byteLength
  }

  get(id: number): number | undefined {
    const at = this.#find(id)
    return this.#pairs[at] === id ? this.#pairs[at + 1] : undefined
  }

  set(id: number, result: number): void {
    const at = this.#find(id)
    const isNew = this.#pairs[at] !== id
    this.#pairs[at] = id
    this.#pairs[at + 1] = result
    if (isNew && 4 * ++this.size > this.#pairs.length) this.#double()
  }

  forEach(visit: (id: number, result: number) => void): void {
    const pairs = this.#pairs
    for (let at = 0; at < pairs.length; at += 2) if (pairs[at] !== FREE) visit(pairs[at]!, pairs[at + 1]!)
  }

  /** Those of its results that are for ids from `first` on; undefined where there are none. */
  beyond(first: number): SparseColumn | undefined {
    let rest: SparseColumn | undefined
    this.forEach((id, result) => {
      if (id < first) return
      rest ??= new SparseColumn()
      rest.set(id, result)
    })
    return rest
  }

  /** Where an id stands, or would stand. */
  #find(id: number): number {
    const pairs = this.#pairs
    const mask = pairs.length - 1
    let at = (Math.imul(id, 0x9e3779b1) >>> 7) & (mask - 1)
    while (pairs[at] !== id && pairs[at] !== FREE) at = (at + 2) & mask
    return at
  }

  #double(): void {
    const old = this.#pairs
    this.#pairs = new Int32Array(2 * old.length).fill(FREE)
    this.size = 0
    for (let at = 0; at < old.length; at += 2) if (old[at] !== FREE) this.set(old[at]!, old[at + 1]!)
  }
}
