/**
 * The birthday bound: how likely two of `ids` random draws out of `space` are the same. Exact, but for rounding, in time
 * linear in `ids`; the estimate 1 - e^(-n(n-1)/2N) takes no time and is right where `ids` is small beside `space`.
 */

/** A random UUID has 122 random bits. */
export const UUID_SPACE = 2 ** 122

export function duplicateProbability(ids: number, space: number): number {
  if (ids > space) return 1
  let logUnique = 0
  for (let drawn = 1; drawn < ids; drawn++) logUnique += Math.log1p(-drawn / space)
  return -Math.expm1(logUnique)
}

export const estimatedProbability = (ids: number, space: number): number =>
  -Math.expm1((-ids * (ids - 1)) / (2 * space))

/** How many ids can be drawn before a duplicate is that likely, by the estimate. */
export const idsUntil = (probability: number, space: number): number => Math.sqrt(-2 * space * Math.log1p(-probability))
