/**
 * The visited states where there are more than fit into memory: which are known is kept in an array of bits
 * (bit-blocks.ts), the pairs by id, which a search needs to leave states and to tell paths, on disk (pair-log.ts).
 *
 * A new state that is taken for a known one is missed, with all that is reached only through it. How many were missed can
 * be estimated: where a state was found to be new, and one like it would have been missed with probability p, there were
 * p / (1 - p) missed ones to be expected beside it. (What lies beyond a missed state nobody met, so it is not counted.)
 */

import type { Compactness } from '../result.ts'
import { BitBlocks, HASHES } from './bit-blocks.ts'
import { PairLog } from './pair-log.ts'
import type { Visited } from './visited.ts'

/** Ids have 31 bits; what a last batch finds must fit too. */
export const MOST_STATES = 2 ** 31 - 2 ** 24

export class CompactStates implements Visited {
  readonly airBytes = 0
  readonly pairs = new PairLog()
  readonly #bits: BitBlocks
  #expectedMissed = 0
  /** The logarithm of the probability that none was missed. */
  #none = 0

  /** @throws SplitbrainError `bad-option` where there is no room for so many bytes */
  constructor(bytes: number) {
    this.#bits = new BitBlocks(bytes)
  }

  /** Adds a pair. Its id, which counts up from 0, where it is new; -1 where it is taken for known. */
  add(left: number, right: number): number {
    const { chance } = this.#bits
    if (!this.#bits.add(left, right)) return -1
    this.#expectedMissed += chance / (1 - chance)
    this.#none += Math.log1p(-chance)
    this.pairs.append(left, right)
    return this.pairs.size - 1
  }

  /** There is room: memory was taken at the start. */
  makeRoom(): boolean {
    return true
  }

  get size(): number {
    return this.pairs.size
  }

  get end(): number {
    return this.pairs.size
  }

  leftOf(id: number): number {
    return this.pairs.leftOf(id)
  }

  rightOf(id: number): number {
    return this.pairs.rightOf(id)
  }

  read(first: number, count: number, lefts: Int32Array, rights: Int32Array): void {
    this.pairs.read(first, count, lefts, rights)
  }

  /** In memory. */
  get bytes(): number {
    return this.#bits.bytes + this.pairs.bytes
  }

  /** The share of the bits that are set. */
  get load(): number {
    return this.#bits.fill
  }

  get compactness(): Compactness {
    return {
      bytes: this.#bits.bytes,
      hashes: HASHES,
      fill: this.#bits.fill,
      expectedMissed: this.#expectedMissed,
      chanceOfNoneMissed: Math.exp(this.#none),
    }
  }
}
