/** What operations on the minor half (moves.ts) make of all minors of a word together, as atlases (word-maps.ts). */
import { Results } from '../store/cluster.ts'
import { ATLAS, type WordMaps } from './word-maps.ts'

export class WordOperations {
  /** By operation and word: its atlas. */
  #atlases = new Results()
  #operations = 0

  constructor(readonly maps: WordMaps) {}

  clear(): void {
    this.#atlases.clear()
    this.#operations = 0
  }

  get bytes(): number {
    return this.#operations === 0 ? 0 : this.#atlases.bytes
  }

  /** The atlas of an operation for a word, or 0. */
  at(operation: number, word: number): number {
    return operation < this.#operations ? Math.max(0, this.#atlases.get(operation, word)) : 0
  }

  /** The minors of the word that an atlas covers, by their bits. */
  coveredBy(atlas: number): number {
    return atlas === 0 ? 0 : this.maps.pool[atlas + ATLAS.covered]!
  }

  /** Makes an atlas that covers these minors too. @param resultOf what the operation makes of a minor */
  cover(operation: number, word: number, minors: number, resultOf: (minor: number) => number): number {
    const known = this.at(operation, word)
    const covered = minors | this.coveredBy(known)
    const making = this.maps.read(known)
    for (let rest = minors; rest !== 0; rest &= rest - 1) {
      const bit = 31 - Math.clz32(rest & -rest)
      making.add(0, 0, bit, resultOf(32 * word + bit))
    }
    while (this.#operations <= operation) this.#operations = this.#atlases.add() + 1
    const atlas = this.maps.write(covered, making, 0) // steps may stand that refer to the known one
    this.#atlases.set(operation, word, atlas)
    return atlas
  }
}
