/**
 * The options of a choice. All runs of a body on a state that made the same choices before come to the same options: so
 * only the first of them looks at all, and each of the others at the one it takes. Every option is taken by one of them,
 * so none goes unnoticed that has changed, and a choice of n options costs no more than n runs.
 */
import type { Value } from '../../model.ts'
import { canonical, textOf } from '../../value/canonical.ts'

export class Offer {
  /** The options, each value once. */
  readonly options: readonly Value[]
  /** Where each of them stands first among those that the body gave. */
  readonly #places: readonly number[]
  readonly #length: number

  /** @param plain makes plain data of an option */
  constructor(
    readonly name: string,
    given: readonly unknown[],
    readonly plain: (option: unknown) => unknown,
  ) {
    const firsts = new Map<string, number>()
    const values = given.map((_, i) => this.#valueOf(given, i))
    for (const [i, value] of values.entries()) {
      const text = textOf(value)
      if (!firsts.has(text)) firsts.set(text, i)
    }
    this.#places = [...firsts.values()]
    this.options = this.#places.map((place) => values[place]!)
    this.#length = given.length
  }

  /** What the body gave as an option. */
  taken<T>(given: readonly T[], option: number): T {
    return given[this.#places[option]!]!
  }

  /** Whether another run is offered the same, as far as it takes it. */
  isOf(name: string, given: readonly unknown[], option: number): boolean {
    return (
      name === this.name &&
      given.length === this.#length &&
      option < this.options.length &&
      textOf(this.#valueOf(given, this.#places[option]!)) === textOf(this.options[option]!)
    )
  }

  #valueOf(given: readonly unknown[], i: number): Value {
    return canonical(this.plain(given[i]), `option ${i} of ${this.name}`)
  }
}
