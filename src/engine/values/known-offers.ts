/** The offers that runs of one body on one state have in common. */
import type { Segment } from './observations.ts'
import type { Offer } from './offer.ts'

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
