/** Reproducible chance: a generator that gives the same numbers for the same seed (mulberry32; 2^32 seeds). */

/** A number from 0 on, less than 1. */
export type Random = () => number

/** Seeds are whole numbers from 0 to this. */
export const LARGEST_SEED = 2 ** 32 - 1

export function seeded(seed: number): Random {
  let state = seed | 0
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}
