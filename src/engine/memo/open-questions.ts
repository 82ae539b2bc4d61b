/** The questions of a segment that the trie has not asked yet. Mostly it asks them in the order of the run. */
export class OpenQuestions {
  /** The first of them. */
  #first = 0
  readonly #isAnswered: boolean[] = []

  constructor(
    readonly cells: readonly number[],
    readonly probes: readonly number[],
  ) {}

  get areDone(): boolean {
    return this.#first === this.cells.length
  }

  get cell(): number {
    return this.cells[this.#first]!
  }

  get probe(): number {
    return this.probes[this.#first]!
  }

  answer(cell: number, probe: number): void {
    for (let i = this.#first; i < this.cells.length; i++) {
      if (this.cells[i] !== cell || this.probes[i] !== probe) continue
      this.#isAnswered[i] = true
      break
    }
    while (this.#isAnswered[this.#first]) this.#first++
  }
}
