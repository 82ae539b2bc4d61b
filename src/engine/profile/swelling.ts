/**
 * Which components make a space large, told while it is searched and when it ends: those of a sort that took new values
 * again and again over the second half of the levels. Within a sort, whose components share a table, the values of each are counted; that is
 * linear in a table of the store, so while the search runs it is done again only where the sort has grown by half.
 */
import type { ComponentResult, Swelling, Swollen } from '../result.ts'
import type { Search } from '../search.ts'
import { fieldProfiles } from './fields.ts'
import { valuesSeen } from './growth.ts'

/** So many times new values must have turned up: over so many stretches of levels, in each of them. */
const STRETCHES = 5

/** Together they are the second half of the search, or its last levels, where it has few. */
const LEVELS_FOR_LEVEL = 0.5 / STRETCHES

/** So many levels are kept in mind; of more, every second one, then every fourth. */
const MOST_LEVELS = 1_000

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
  #levels: Level[] = []
  #every = 1
  readonly #worst = new Map<string, { readonly component: number; readonly values: number }>()
  readonly #hasLevels: boolean

  constructor(readonly search: Search) {
    this.#hasLevels = search.frontier.widths !== undefined
  }

  /** To be called after every batch: costs nothing within a level. */
  note(): void {
    const { frontier, values, distinct } = this.search
    const { depth } = frontier
    if (!this.#hasLevels || depth === this.#levels.at(-1)?.depth || depth % this.#every !== 0) return
    this.#levels.push({ depth, distinct, sizes: values.tables.map(({ size }) => size) })
    if (this.#levels.length <= MOST_LEVELS) return
    this.#every *= 2
    this.#levels = this.#levels.filter((level) => level.depth % this.#every === 0)
  }

  /** Undefined where no component goes on taking new values, or too few levels were seen. */
  look(): Swelling | undefined {
    this.note()
    const [sort] = this.#sorts()
    if (sort === undefined) return undefined
    const { name } = this.search.model.components[this.#worstOf(sort)]!
    return { name, values: sort.values, growth: sort.growth }
  }

  /** The same at the end, of the search's components, the one that `look` tells first. */
  swollen(results: readonly ComponentResult[]): Swollen[] {
    return this.#sorts().flatMap(({ components }) => {
      const own = [...components].sort((a, b) => results[b]!.distinctValues - results[a]!.distinctValues)
      const worst = results[own[0]!]!.distinctValues
      return own
        .filter((i) => results[i]!.distinctValues >= AS_BAD * worst)
        .map((i) => ({ ...results[i]!, kind: this.search.model.components[i]!.kind, ...this.#fieldOf(i) }))
    })
  }

  /** The part of its values that grows, where that can be told. */
  #fieldOf(component: number): Pick<Swollen, 'field'> {
    const { kind } = this.search.model.components[component]!
    const field = fieldProfiles(kind, valuesSeen(this.search, component)).find(({ stillGrowing }) => stillGrowing)
    return field === undefined ? {} : { field }
  }

  /** Those that grow, the one with the most values first. */
  #sorts(): Sort[] {
    const levels = this.#toTell()
    if (levels.length <= STRETCHES) return []
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

  /** The ends of the stretches. Without a level that has found nothing: it has just begun, or is as deep as the search goes. */
  #toTell(): Level[] {
    const hasFound = this.#levels.at(-1)?.distinct !== this.search.distinct
    const levels = this.#levels.slice(0, hasFound ? undefined : -1)
    const stretch = Math.max(1, Math.floor(levels.length * LEVELS_FOR_LEVEL))
    return levels.filter((_, at) => (levels.length - 1 - at) % stretch === 0).slice(-STRETCHES - 1)
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
