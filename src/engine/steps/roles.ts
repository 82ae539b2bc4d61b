/**
 * Which part the sections (sections.ts) have for neighbours, who share the major half: those at home there have one list
 * for all of them, unless they look out on the minor half; those at home in the minor half have one for each, and lists of
 * whole words (word-lists.ts) where that half is a cluster.
 */
import type { StateStore } from '../store/state-store.ts'
import { LEFT, RIGHT } from './moves.ts'
import type { Section } from './sections.ts'

export class Roles {
  /** By section: whether it is at home in the major half, ... */
  isMajor: readonly boolean[] = []
  /** ... and asks nothing of the minor one. */
  isOfMajor: readonly boolean[] = []
  /** By section: whether its view is the same to neighbours. */
  isAlikeToNeighbours: readonly boolean[] = []
  /** The minor half, as a bit. */
  minorBit = 0
  /** Whether the minor half is a cluster. */
  hasMaps = false
  #sections: readonly Section[] = []

  constructor(readonly store: StateStore) {}

  /** To be called when the sections may be others, or the halves may have changed roles. Whether they have. */
  see(sections: readonly Section[]): boolean {
    const { store } = this
    const minorBit = store.isTurned ? LEFT : RIGHT
    if (this.#sections === sections && this.minorBit === minorBit) return false
    this.#sections = sections
    this.minorBit = minorBit
    this.hasMaps = store.words !== undefined && store.clusters.some(({ node }) => node === store.minorHalf)
    const isMinor = (node: number) => store.tree.isLeft[node] === (store.isTurned ? 1 : 0)
    this.isMajor = sections.map(({ node }) => !isMinor(node))
    this.isAlikeToNeighbours = sections.map(({ outlook }) => !outlook.asks(isMinor))
    this.isOfMajor = sections.map((_, s) => this.isMajor[s]! && this.isAlikeToNeighbours[s]!)
    return true
  }

  /** To be called when a section has become another. */
  forget(): void {
    this.#sections = []
  }
}
