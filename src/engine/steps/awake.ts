/**
 * From which states of a group a step is to be taken: not from those in which it is asleep (memo/footprints.ts), which is
 * told from the step that found them.
 */
import { MOST_FOOTPRINTS } from '../memo/footprints.ts'
import type { RuleMemo } from '../memo/rule-memo.ts'
import type { LeftStates } from './left-states.ts'

const MOST_STATES = 32

export class Awake {
  /** The footprints of the steps that found the group's states: where the row of each begins in `asleep`, ... */
  readonly #rows = new Int32Array(MOST_STATES)
  /** ... and which states it found, by their bits. */
  readonly #masks = new Int32Array(MOST_STATES)
  #count = 0

  constructor(
    readonly states: LeftStates,
    readonly memo: RuleMemo,
  ) {}

  /** To be called before a group's steps are taken. */
  see(first: number, end: number): void {
    const { footprints, bits } = this.states
    this.#count = 0
    for (let i = first; i < end; i++) {
      const row = MOST_FOOTPRINTS * footprints[i]!
      let n = 0
      while (n < this.#count && this.#rows[n] !== row) n++
      if (n === this.#count) {
        this.#rows[n] = row
        this.#masks[n] = 0
        this.#count++
      }
      this.#masks[n]! |= bits[i]!
    }
  }

  /** Those of the states in `mask` in which the step with a leaf is not asleep. */
  among(mask: number, leaf: number): number {
    const { asleep } = this.memo.footprints
    const footprint = this.memo.footprintOf[leaf]!
    let awake = mask
    for (let n = 0; n < this.#count; n++) if (asleep[this.#rows[n]! + footprint] === 1) awake &= ~this.#masks[n]!
    return awake
  }

  /** Whether the step with a leaf is asleep in state i. */
  isAsleep(i: number, leaf: number): boolean {
    const { footprints, footprintOf } = this.memo
    return footprints.asleep[MOST_FOOTPRINTS * this.states.footprints[i]! + footprintOf[leaf]!] === 1
  }
}
