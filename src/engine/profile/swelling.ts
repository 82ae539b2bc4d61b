/** Which component makes a space large, while it is searched: the one that takes new values at every level. */
import type { Swelling } from '../result.ts'
import type { Search } from '../search.ts'

/** So many levels are looked at, the last ones. */
const LEVELS = 6

export class SwellingWatch {
  /** By level, the last one last: how many values there were of each component's sort. */
  readonly #sizes: number[][] = []
  #depth = -1

  constructor(readonly search: Search) {}

  /** To be called often. Undefined where no component takes new values at every level, or too few levels were seen. */
  look(): Swelling | undefined {
    const { frontier, values } = this.search
    if (frontier.widths === undefined) return undefined
    if (frontier.depth !== this.#depth) {
      this.#depth = frontier.depth
      this.#sizes.push(values.tables.map(({ size }) => size))
      if (this.#sizes.length > LEVELS) this.#sizes.shift()
    }
    return this.#sizes.length < LEVELS ? undefined : this.#worst()
  }

  #worst(): Swelling | undefined {
    const first = this.#sizes[0]!
    const last = this.#sizes.at(-1)!
    const growing = this.search.model.components
      .map(({ name }, i) => ({ name, values: last[i]!, growth: (last[i]! / first[i]!) ** (1 / (LEVELS - 1)) }))
      .filter((_, i) => this.#sizes.every((sizes, at) => at === 0 || sizes[i]! > this.#sizes[at - 1]![i]!))
    return growing.sort((a, b) => b.values - a.values)[0]
  }
}
