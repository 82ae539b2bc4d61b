/** Where states were found from: what every path is told by. */
import { lengthened } from './reserve.ts'

export interface Origins {
  /** What is added from now on was found from one of the states from `first` on. */
  expand(first: number): void
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

  expand(): void {}

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
 * For a breadth-first search: it expands states by ranges of ids, some at a time, and what it finds from some has ranges of
 * ids, too. One entry for each of those; which state of those expanded it was is found out by going through their steps
 * again.
 */
export class RangesOfParents implements Origins {
  /** By range: the first state found, and the first of those expanded from which it and the ones after it were. */
  #ranges: Int32Array = new Int32Array(64)
  #end = 0
  #expanding = -1
  /** The state that continues the range. */
  #next = -1

  /** @param states how many are expanded at a time, at most */
  constructor(readonly states: number) {}

  expand(first: number): void {
    this.#expanding = first
    this.#next = -1
  }

  add(state: number): void {
    if (this.#expanding < 0) return
    if (state !== this.#next) this.#push(state, this.#expanding)
    this.#next = state + 1
  }

  *of(state: number): Generator<number, void> {
    const ranges = this.#ranges
    let low = 0
    for (let high = this.#end / 2 - 1; low < high; ) {
      const middle = (low + high + 1) >>> 1
      if (ranges[2 * middle]! <= state) low = middle
      else high = middle - 1
    }
    const first = ranges[2 * low + 1]!
    for (let parent = first; parent < first + this.states; parent++) yield parent
  }

  /** What it knows, to be sent. */
  get told(): Int32Array {
    return this.#ranges.slice(0, this.#end)
  }

  /** Learns what others know, who found other states. */
  learn(others: readonly Int32Array[]): void {
    const all = [this.told, ...others].map((ranges) => ({ ranges, at: 0 }))
    this.#end = 0
    for (;;) {
      let next: (typeof all)[number] | undefined
      for (const each of all) {
        const isOver = each.at === each.ranges.length
        if (!isOver && (next === undefined || each.ranges[each.at]! < next.ranges[next.at]!)) next = each
      }
      if (next === undefined) return
      this.#push(next.ranges[next.at]!, next.ranges[next.at + 1]!)
      next.at += 2
    }
  }

  get bytes(): number {
    return 4 * this.#end
  }

  #push(state: number, parent: number): void {
    if (this.#end + 2 > this.#ranges.length) this.#ranges = lengthened(this.#ranges, 2 * this.#ranges.length)
    this.#ranges[this.#end++] = state
    this.#ranges[this.#end++] = parent
  }
}
