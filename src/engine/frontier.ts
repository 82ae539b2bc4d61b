/**
 * Which states to leave next: the only difference between breadth first and depth first. What is found and left is told of
 * by entries, which the store numbers in the order in which they are made: a state, or new states of a word
 * (store/word-log.ts).
 */
export interface Frontier {
  /** An entry of so many states was found at a depth. */
  add(entry: number, states: number, depth: number): void
  /** The first of the next entries, or -1 when none is left. They are next until they were left. */
  next(): number
  /** How many entries are next, which are of one depth; their numbers follow one another. */
  readonly ready: number
  /** So many of the entries that were next have been left, with so many states. */
  leave(entries: number, states: number): void
  /** The depth of the entries that were next. */
  readonly depth: number
  /** Whether entries are left in the order in which they were made. */
  readonly isInOrder: boolean
  /** Whether the entries left last were the last of their depth, as far as the search keeps depths apart. */
  readonly isAtEndOfLevel: boolean
  /** Whether others have found what ends the search with the level under way. Absent: nobody else searches. */
  readonly hasFound?: boolean
  /** How many states have not been left. */
  readonly size: number
  /** How many times as wide the last whole level was as the one before it. */
  readonly growth: number | undefined
  /** By depth, the states found there so far. Undefined where states are not found level by level. */
  readonly widths: readonly number[] | undefined
}

/** Breadth first. Entries are made in the order in which they are left, so the queue is a range of their numbers. */
export class Queue implements Frontier {
  depth = 0
  readonly isInOrder = true
  growth: number | undefined
  size = 0
  #found = 0
  #left = 0
  #levelEnd = 0
  /** How many states of the next level were found. */
  #waiting = 0
  readonly #widths: number[] = []

  add(_: number, states: number): void {
    this.#found++
    this.size += states
    this.#waiting += states
  }

  next(): number {
    if (this.#left === this.#found) return -1
    if (this.#left === this.#levelEnd) this.#startLevel()
    return this.#left
  }

  get ready(): number {
    return this.#levelEnd - this.#left
  }

  leave(entries: number, states: number): void {
    this.#left += entries
    this.size -= states
  }

  get isAtEndOfLevel(): boolean {
    return this.#left === this.#levelEnd
  }

  get widths(): readonly number[] {
    return this.#waiting === 0 ? this.#widths : [...this.#widths, this.#waiting]
  }

  #startLevel(): void {
    if (this.#levelEnd > 0) {
      this.depth++
      this.growth = this.#waiting / this.#widths.at(-1)!
    }
    this.#widths.push(this.#waiting)
    this.#waiting = 0
    this.#levelEnd = this.#found
  }
}

/** Depth first: the entry made last is left first. Eight bytes per waiting entry. */
export class Stack implements Frontier {
  depth = 0
  readonly ready = 1
  readonly growth = undefined
  readonly widths = undefined
  readonly isAtEndOfLevel = true
  readonly isInOrder = false
  size = 0
  #entries = new Int32Array(1 << 10)
  #end = 0

  add(entry: number, states: number, depth: number): void {
    if (this.#end + 2 > this.#entries.length) {
      const longer = new Int32Array(this.#entries.length * 2)
      longer.set(this.#entries)
      this.#entries = longer
    }
    this.#entries[this.#end++] = entry
    this.#entries[this.#end++] = depth
    this.size += states
  }

  next(): number {
    if (this.#end === 0) return -1
    this.depth = this.#entries[this.#end - 1]!
    return this.#entries[this.#end - 2]!
  }

  leave(_: number, states: number): void {
    this.#end -= 2
    this.size -= states
  }
}
