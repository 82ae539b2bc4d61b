/** Where states were found from: what every path is told by. */
import { lengthened } from './reserve.ts'
import { entryOf, type WordLog } from './word-log.ts'

export interface Origins {
  /** What is added from now on was found from one of the states from `first` on. */
  leave(first: number): void
  /** A state was found from another; below 0: it is initial. */
  add(state: number, parent: number): void
  /** The states that one was found from: the first of them from which a step leads to it. */
  of(state: number): Iterable<number>
  readonly bytes: number
}

/** One number to a state. */
export class Parents implements Origins {
  #of: Int32Array = new Int32Array(1 << 10)
  #size = 0

  leave(): void {}

  add(state: number, parent: number): void {
    while (state >= this.#of.length) this.#of = lengthened(this.#of)
    this.#of[state] = parent
    this.#size = Math.max(this.#size, state + 1)
  }

  of(state: number): readonly number[] {
    return [this.#of[state]!]
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
 * For a breadth-first search: it leaves states in the order in which it found them, some at a time, and what it finds from
 * some follows one another, too. One entry for so many states that were left; which of them it was is found out by going
 * through their steps again.
 */
export class RangesOfParents implements Origins {
  /** By range: the first state left, and the first state found from it or the ones after it. */
  #left = new Int32Array(64)
  #found = new Int32Array(64)
  #ranges = 0
  #leaving = -1

  /** @param states how many are left at a time, at most */
  constructor(readonly states: number) {}

  leave(first: number): void {
    this.#leaving = first
  }

  add(state: number): void {
    if (this.#leaving < 0) return
    if (this.#ranges === this.#left.length) this.#grow()
    this.#left[this.#ranges] = this.#leaving
    this.#found[this.#ranges++] = state
    this.#leaving = -1
  }

  *of(state: number): Generator<number, void> {
    let low = 0
    for (let high = this.#ranges - 1; low < high; ) {
      const middle = (low + high + 1) >>> 1
      if (this.#found[middle]! <= state) low = middle
      else high = middle - 1
    }
    const first = this.#left[low]!
    for (let parent = first; parent < first + this.states; parent++) yield parent
  }

  get bytes(): number {
    return 8 * this.#ranges
  }

  #grow(): void {
    this.#left = twice(this.#left)
    this.#found = twice(this.#found)
  }
}

/** Where states are in words: each entry says where it was found from (word-log.ts). */
export class WordOrigins implements Origins {
  /** @param states how many are left at a time, at most */
  constructor(
    readonly words: { readonly log: WordLog; readonly end: number },
    readonly states: number,
  ) {}

  leave(): void {}

  add(): void {}

  *of(state: number): Generator<number, void> {
    const { log, end } = this.words
    let states = 0
    for (let entry = log.parentOf(entryOf(state)); entry < end && states < this.states; entry++) {
      for (const parent of log.statesOf(entry)) yield parent
      states += log.statesIn(entry, 1)
    }
  }

  /** They are counted with the states. */
  get bytes(): number {
    return 0
  }
}

function twice(array: Int32Array): Int32Array<ArrayBuffer> {
  const longer = new Int32Array(2 * array.length)
  longer.set(array)
  return longer
}
