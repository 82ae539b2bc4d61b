/**
 * Which states to expand next: the only difference between breadth first and depth first. States are told of by their ids,
 * which count up in the order in which they are found.
 */
import { grown } from './values/grown.ts'

export interface Frontier {
  /** A state was found at a depth. */
  add(state: number, depth: number): void
  /** The first of the next states, or -1 when none is left. They are next until they were expanded. */
  next(): number
  /** How many states are next, which are of one depth; their ids follow one another. */
  readonly ready: number
  /** So many of the states that were next have been expanded. */
  expanded(states: number): void
  /** The depth of the states that were next. */
  readonly depth: number
  /** Whether states are expanded in the order in which they were found, so that those that wait are a range of ids. */
  readonly isRange: boolean
  /** Whether the states expanded last were the last of their depth, as far as the search keeps depths apart. */
  readonly isAtEndOfLevel: boolean
  /** Whether others have found what ends the search with the level under way. Absent: nobody else searches. */
  readonly hasFound?: boolean
  /** How many states have not been expanded. */
  readonly size: number
  /** How many times as wide the last whole level was as the one before it. */
  readonly growth: number | undefined
  /** By depth, the states found there so far. Undefined where states are not found level by level. */
  readonly widths: readonly number[] | undefined
}

/** Breadth first. States are expanded in the order in which they are found, so the queue is a range of ids. */
export class Queue implements Frontier {
  depth = 0
  readonly isRange = true
  growth: number | undefined
  #found = 0
  #expanded = 0
  #levelEnd = 0
  readonly #widths: number[] = []

  add(): void {
    this.#found++
  }

  next(): number {
    if (this.#expanded === this.#found) return -1
    if (this.#expanded === this.#levelEnd) this.#startLevel()
    return this.#expanded
  }

  get ready(): number {
    return this.#levelEnd - this.#expanded
  }

  expanded(states: number): void {
    this.#expanded += states
  }

  get isAtEndOfLevel(): boolean {
    return this.#expanded === this.#levelEnd
  }

  get size(): number {
    return this.#found - this.#expanded
  }

  get widths(): readonly number[] {
    return this.#waiting === 0 ? this.#widths : [...this.#widths, this.#waiting]
  }

  /** How many states of the next level were found. */
  get #waiting(): number {
    return this.#found - this.#levelEnd
  }

  #startLevel(): void {
    if (this.#levelEnd > 0) {
      this.depth++
      this.growth = this.#waiting / this.#widths.at(-1)!
    }
    this.#widths.push(this.#waiting)
    this.#levelEnd = this.#found
  }
}

/** Depth first: the state found last is expanded first. Eight bytes per waiting state. */
export class Stack implements Frontier {
  depth = 0
  readonly ready = 1
  readonly growth = undefined
  readonly widths = undefined
  readonly isAtEndOfLevel = true
  readonly isRange = false
  #states = new Int32Array(1 << 10)
  #end = 0

  add(state: number, depth: number): void {
    if (this.#end + 2 > this.#states.length) this.#states = grown(this.#states, 2 * this.#states.length)
    this.#states[this.#end++] = state
    this.#states[this.#end++] = depth
  }

  next(): number {
    if (this.#end === 0) return -1
    this.depth = this.#states[this.#end - 1]!
    return this.#states[this.#end - 2]!
  }

  expanded(): void {
    this.#end -= 2
  }

  get size(): number {
    return this.#end / 2
  }
}
