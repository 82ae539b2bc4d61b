/**
 * Which components make a space large, told while it is searched and when it ends: those of a sort that took new values at
 * every one of the last levels. Within a sort, whose components share a table, the values of each are counted; that is
 * linear in a table of the store, so while the search runs it is done again only where the sort has grown by half.
 */
import type { ComponentResult, Swelling } from '../result.ts'
import type { Search } from '../search.ts'
import { valuesSeen } from './growth.ts'

/** So many levels are looked at, the last ones. */
const LEVELS = 6

/** Until a sort has grown by so much, the same component of it is told. */
const COUNT_AGAIN = 1.5

/** At the end, what has so large a share of the values that the worst of its sort has is told, too. */
const AS_BAD = 0.5

interface Level {
  readonly depth: number
  readonly distinct: number
  readonly sizes: readonly number[]
}

interface Sort {
  readonly components: readonly number[]
  readonly values: number
  readonly growth: number
}

export class SwellingWatch {
  /** The last one last: the states, and the values of each component's sort, that there were as the level began. */
  readonly #levels: Level[] = []
  readonly #worst = new Map<string, { readonly component: number; readonly values: number }>()
  readonly #hasLevels: boolean

  constructor(readonly search: Search) {
    this.#hasLevels = search.frontier.widths !== undefined
  }

  /** To be called after every batch: costs nothing within a level. */
  note(): void {
    const { frontier, values, distinct } = this.search
    if (!this.#hasLevels || frontier.depth === this.#levels.at(-1)?.depth) return
    this.#levels.push({ depth: frontier.depth, distinct, sizes: values.tables.map(({ size }) => size) })
    if (this.#levels.length > LEVELS + 1) this.#levels.shift()
  }

  /** Undefined where no component takes new values at every level, or too few levels were seen. */
  look(): Swelling | undefined {
    this.note()
    const [sort] = this.#sorts()
    if (sort === undefined) return undefined
    const { name } = this.search.model.components[this.#worstOf(sort)]!
    return { name, values: sort.values, growth: sort.growth }
  }

  /** The same at the end, of the search's components: by name, the one that `look` tells first. */
  names(components: readonly ComponentResult[]): string[] {
    return this.#sorts().flatMap((sort) => {
      const own = sort.components.map((i) => components[i]!).sort((a, b) => b.distinctValues - a.distinctValues)
      return own
        .filter(({ distinctValues }) => distinctValues >= AS_BAD * own[0]!.distinctValues)
        .map(({ name }) => name)
    })
  }

  /** Those that grow, the one with the most values first. */
  #sorts(): Sort[] {
    const levels = this.#toTell()
    if (levels.length < LEVELS) return []
    const first = levels[0]!
    const last = levels.at(-1)!
    const grows = (i: number) => levels.every(({ sizes }, at) => at === 0 || sizes[i]! > levels[at - 1]!.sizes[i]!)
    const sorts = this.search.model.components.map(({ sort }) => sort)
    return [...new Set(sorts.filter((_, i) => grows(i)))]
      .map((sort) => {
        const components = sorts.flatMap((each, i) => (each === sort ? [i] : []))
        const values = last.sizes[components[0]!]!
        return {
          components,
          values,
          growth: (values / first.sizes[components[0]!]!) ** (1 / (last.depth - first.depth)),
        }
      })
      .sort((a, b) => b.values - a.values)
  }

  /** Without one that has found nothing: it has just begun, or is as deep as the search goes. */
  #toTell(): Level[] {
    const hasFound = this.#levels.at(-1)?.distinct !== this.search.distinct
    return this.#levels.slice(0, hasFound ? undefined : -1).slice(-LEVELS)
  }

  #worstOf({ components, values }: Sort): number {
    if (components.length === 1) return components[0]!
    const { sort } = this.search.model.components[components[0]!]!
    const known = this.#worst.get(sort)
    if (known !== undefined && values < COUNT_AGAIN * known.values) return known.component
    const counts = components.map((component) => valuesSeen(this.search, component).length)
    const component = components[counts.indexOf(Math.max(...counts))]!
    this.#worst.set(sort, { component, values })
    return component
  }
}
