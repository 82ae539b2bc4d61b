/** Where states were found from: what every path is told by. */
import { lengthened } from './reserve.ts'

/** States with consecutive ids. */
export interface Range {
  readonly first: number
  readonly states: number
}

export interface Origins {
  /** A state was found from another; below 0: it is initial. */
  add(state: number, parent: number): void
  /** The states that one was found from: the first of them from which a step leads to it. */
  of(state: number): Range
  readonly bytes: number
}

/** One number to a state. */
export class Parents implements Origins {
  #of: Int32Array = new Int32Array(1 << 10)
  #size = 0

  add(state: number, parent: number): void {
    while (state >= this.#of.length) this.#of = lengthened(this.#of)
    this.#of[state] = parent
    this.#size = Math.max(this.#size, state + 1)
  }

  of(state: number): Range {
    return { first: this.#of[state]!, states: 1 }
  }

  /** By state. Longer than needed. */
  get array(): Int32Array {
    return this.#of
  }

  get bytes(): number {
    return 4 * this.#size
  }
}

/**
 * For a breadth-first search: it leaves states in the order in which it found them, so that the states found from some
 * of them follow one another, too. One entry for so many states that were left; which of them it was is found out by
 * going through their steps again.
 */
export class RangesOfParents implements Origins {
  /** By range: the first state left, and the first state found from it or the ones after it. */
  #left = new Int32Array(64)
  #found = new Int32Array(64)
  #ranges = 0
  #last = -1

  add(state: number, parent: number): void {
    if (parent < 0) return
    const range = Math.floor(parent / MOST_STATES)
    if (range === this.#last) return
    this.#last = range
    if (this.#ranges === this.#left.length) this.#grow()
    this.#left[this.#ranges] = range * MOST_STATES
    this.#found[this.#ranges++] = state
  }

  of(state: number): Range {
    let low = 0
    for (let high = this.#ranges - 1; low < high; ) {
      const middle = (low + high + 1) >>> 1
      if (this.#found[middle]! <= state) low = middle
      else high = middle - 1
    }
    return { first: this.#left[low]!, states: MOST_STATES }
  }

  get bytes(): number {
    return 8 * this.#ranges
  }

  #grow(): void {
    this.#left = twice(this.#left)
    this.#found = twice(this.#found)
  }
}

/** How many states are gone through again, at most, to find a parent. */
const MOST_STATES = 32

function twice(array: Int32Array): Int32Array<ArrayBuffer> {
  const longer = new Int32Array(2 * array.length)
  longer.set(array)
  return longer
}
