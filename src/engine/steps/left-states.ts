/**
 * The states of a batch (batch.ts), read for all of them at once, and in groups of neighbours: states that share their
 * major half and the word of the minor one (store/word-set.ts), as states found one after another often do.
 */
import type { StateStore } from '../store/state-store.ts'

/** States that are not neighbours: with more of them, what is gathered would not stay in the cache. */
const MOST_GROUPS = 64

export class LeftStates {
  /** The id of the first; the others follow it. */
  first = 0
  count = 0
  /** By node, then by state: the live nodes, which are the clusters and those above them. */
  readonly values: readonly Int32Array[]
  /** By state: its bit in its word of the minor half. */
  readonly bits: Int32Array
  /** The first of each group, and behind the last: how many states there are. Beyond `count`, groups are left out. */
  readonly groups: Int32Array
  /** The state that the store's cells show. */
  #loaded = -1

  /** @param most how many there are, at most */
  constructor(
    readonly store: StateStore,
    readonly most: number,
  ) {
    this.values = Array.from({ length: 2 * store.width }, () => new Int32Array(most))
    this.bits = new Int32Array(most)
    this.groups = new Int32Array(most + 1)
  }

  /** Reads so many states, or as many of them as are not too many groups. */
  read(first: number, count: number, areNeighboursOne: boolean): void {
    const { store, values } = this
    const { tables, top } = store
    const { left, right } = store.tree
    this.first = first
    this.#loaded = -1
    store.readHalves(first, count, values[store.leftHalf]!, values[store.rightHalf]!)
    this.#group(count, areNeighboursOne)
    for (let n = 0; n < top.length; n++) {
      const node = top[n]!
      unfold(tables[node]!.pairs, values[node]!, values[left[node]!]!, values[right[node]!]!, this.count)
    }
  }

  /** Makes a state the store's current one. */
  load(i: number): void {
    if (this.#loaded === i) return
    this.store.load(this.first + i)
    this.#loaded = i
  }

  /** Leaves out what comes after the group of a state. */
  cutAfter(i: number): void {
    let group = 0
    while (this.groups[group]! <= i) group++
    this.count = Math.min(this.groups[group]!, this.count)
  }

  /** The bits of neighbours. */
  bitsOf(first: number, end: number): number {
    let bits = 0
    for (let i = first; i < end; i++) bits |= this.bits[i]!
    return bits
  }

  #group(states: number, areNeighboursOne: boolean): void {
    const { store, values, bits, groups } = this
    const majors = values[store.majorHalf]!
    const minors = values[store.minorHalf]!
    let count = 0
    let i = 0
    for (; i < states; i++) {
      const minor = minors[i]!
      bits[i] = 1 << (minor & 31)
      const isNear = i > 0 && majors[i] === majors[i - 1] && minor >>> 5 === minors[i - 1]! >>> 5
      if (isNear && areNeighboursOne) continue
      if (count === MOST_GROUPS) break
      groups[count++] = i
    }
    groups[count] = i
    this.count = i
  }
}

function unfold(pairs: Int32Array, at: Int32Array, left: Int32Array, right: Int32Array, states: number): void {
  for (let i = 0; i < states; i++) {
    const pair = at[i]! << 1
    left[i] = pairs[pair]!
    right[i] = pairs[pair + 1]!
  }
}
