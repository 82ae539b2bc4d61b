/** Which state to leave next: the only difference between breadth first and depth first. */
export interface Frontier {
  /** A state was found at a depth. States are numbered in the order in which they are found. */
  add(state: number, depth: number): void
  /** The next state, or -1 when none is left. */
  take(): number
  /** The depth of the state taken last. */
  readonly depth: number
  readonly size: number
  /** How many times as wide the last whole level was as the one before it. */
  readonly growth: number | undefined
}

/** Breadth first. States are found in the order in which they are left, so the queue is a range of state ids. */
export class Queue implements Frontier {
  depth = 0
  growth: number | undefined
  #found = 0
  #taken = 0
  #levelEnd = 0
  #levelWidth = 0

  add(): void {
    this.#found++
  }

  take(): number {
    if (this.#taken === this.#found) return -1
    if (this.#taken === this.#levelEnd) this.#startLevel()
    return this.#taken++
  }

  get size(): number {
    return this.#found - this.#taken
  }

  #startLevel(): void {
    const width = this.#found - this.#levelEnd
    if (this.#levelEnd > 0) {
      this.depth++
      this.growth = width / this.#levelWidth
    }
    this.#levelWidth = width
    this.#levelEnd = this.#found
  }
}

/** Depth first: the state found last is left first. Eight bytes per waiting state. */
export class Stack implements Frontier {
  depth = 0
  readonly growth = undefined
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

  get size(): number {
    return this.#end >> 1
  }
}
