/**
 * The options of a choice. All runs of a body on a state that made the same choices before come to the same options: so
 * only the first of them looks at all, and each of the others at the one it takes. Every option is taken by one of them,
 * so none goes unnoticed that has changed, and a choice of n options costs no more than n runs.
 */
import type { Value } from '../../model.ts'
import { canonical, textOf } from '../../value/canonical.ts'
import { type OptionGroup, optionGroups } from '../../value/option-groups.ts'

export class Offer {
  /** The options, each value once. */
  readonly options: readonly Value[]
  /** Where each of them stands among those that the body gave. */
  readonly #groups: readonly OptionGroup[]
  readonly #length: number

  /** @param plain makes plain data of an option */
  constructor(
    readonly name: string,
    given: readonly unknown[],
    readonly plain: (option: unknown) => unknown,
  ) {
    const values = given.map((_, i) => this.#valueOf(given, i))
    this.#groups = optionGroups(given, values)
    this.options = this.#groups.map(([first]) => values[first]!)
    this.#length = given.length
  }

  /** Where the body gave what is equal to an option. */
  placesOf(option: number): OptionGroup {
    return this.#groups[option]!
  }

  /** Whether another run is offered the same, as far as it takes it. */
  isOf(name: string, given: readonly unknown[], option: number): boolean {
    return (
      name === this.name &&
      given.length === this.#length &&
      option < this.options.length &&
      textOf(this.#valueOf(given, this.#groups[option]![0])) === textOf(this.options[option]!)
    )
  }

  #valueOf(given: readonly unknown[], i: number): Value {
    return canonical(this.plain(given[i]), `option ${i} of ${this.name}`)
  }
}
