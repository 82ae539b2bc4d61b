/**
 * The options of a choice. All runs of a body on a state that made the same choices before come to the same options: so
 * only the first of them looks at all, and each of the others at the one it takes. Every option is taken by one of them,
 * so none goes unnoticed that has changed, and a choice of n options costs no more than n runs.
 */
import type { Value } from '../../model.ts'
import { canonical, textOf } from '../../value/canonical.ts'
import type { Segment } from './observations.ts'

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

/** The offers that a run comes to; undefined where it is to look for itself. */
export type KnownOffers = readonly (Offer | undefined)[]

/** Those that a run has come to, as far as one with other first choices comes to the same. */
export function offersIn(segments: readonly Segment[], forced: readonly number[] = []): KnownOffers {
  const offers: (Offer | undefined)[] = []
  for (const { choice } of segments) {
    offers.push(choice?.kind === 'choose' ? choice.offer : undefined)
    if (choice?.taken !== forced[offers.length - 1]) break
  }
  return offers
}

/** Whether a run came to what it was to be offered. */
export const areMet = (known: KnownOffers, segments: readonly Segment[]): boolean =>
  known.every((offer, i) => offer === undefined || offersAgain(segments)[i] === offer)

/** Those of a run that is made once more. */
export const offersAgain = (segments: readonly Segment[]): KnownOffers =>
  segments.map(({ choice }) => (choice?.kind === 'choose' ? choice.offer : undefined))
