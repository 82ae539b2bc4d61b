/** Which state to leave next: the only difference between breadth first and depth first. */
export interface Frontier {
  /** A state was found at a depth. States are numbered in the order in which they are found. */
  add(state: number, depth: number): void
  /** The next states, of one depth and at most so many: the first of them, or -1 when none is left. */
  take(most?: number): number
  /** So many of the states taken last were not left after all. */
  giveBack(states: number): void
  /** How many states were taken last; their ids follow one another. */
  readonly taken: number
  /** The depth of the states taken last. */
  readonly depth: number
  /** Whether states are left in the order in which they were found. */
  readonly isInOrder: boolean
  /** Whether the states taken last were the last of their depth to be left, as far as the search keeps depths apart. */
  readonly isAtEndOfLevel: boolean
  readonly size: number
  /** How many times as wide the last whole level was as the one before it. */
  readonly growth: number | undefined
  /** By depth, the states found there so far. Undefined where states are not found level by level. */
  readonly widths: readonly number[] | undefined
}

/** Breadth first. States are found in the order in which they are left, so the queue is a range of state ids. */
export class Queue implements Frontier {
  depth = 0
  taken = 0
  readonly isInOrder = true
  growth: number | undefined
  #found = 0
  #left = 0
  #levelEnd = 0
  readonly #widths: number[] = []

  add(): void {
    this.#found++
  }

  take(most = 1): number {
    if (this.#left === this.#found) return -1
    if (this.#left === this.#levelEnd) this.#startLevel()
    this.taken = Math.min(most, this.#levelEnd - this.#left)
    this.#left += this.taken
    return this.#left - this.taken
  }

  giveBack(states: number): void {
    this.#left -= states
    this.taken -= states
  }

  get isAtEndOfLevel(): boolean {
    return this.#left === this.#levelEnd
  }

  get size(): number {
    return this.#found - this.#left
  }

  get widths(): readonly number[] {
    const waiting = this.#found - this.#levelEnd
    return waiting === 0 ? this.#widths : [...this.#widths, waiting]
  }

  #startLevel(): void {
    const width = this.#found - this.#levelEnd
    if (this.#levelEnd > 0) {
      this.depth++
      this.growth = width / this.#widths.at(-1)!
    }
    this.#widths.push(width)
    this.#levelEnd = this.#found
  }
}

/** Depth first: the state found last is left first. Eight bytes per waiting state. */
export class Stack implements Frontier {
  depth = 0
  readonly taken = 1
  readonly growth = undefined
  readonly widths = undefined
  readonly isAtEndOfLevel = true
  readonly isInOrder = false
  #entries = new Int32Array(1 << 10)
  #end = 0

  add(state: number, depth: number): void {
    if (this.#end + 2 > this.#entries.length) {
      const longer = new Int32Array(this.#entries.length * 2)
      longer.set(this.#entries)
      this.#entries = longer
    }
    this.#entries[this.#end++] = state
    this.#entries[this.#end++] = depth
  }

  take(): number {
    if (this.#end === 0) return -1
    this.#end -= 2
    this.depth = this.#entries[this.#end + 1]!
    return this.#entries[this.#end]!
  }

  /** The state taken last still stands behind the end. */
  giveBack(states: number): void {
    this.#end += 2 * states
  }

  get size(): number {
    return this.#end >> 1
  }
}
