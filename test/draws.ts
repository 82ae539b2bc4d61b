/** Chance that is the same on every machine. */
import { seeded } from '../src/engine/walks/random.ts'

/** Whole numbers below `below`, the same ones for the same seed. */
export function draws(seed: number): (below: number) => number {
  const random = seeded(seed)
  return (below) => (random() * 2 ** 32) % below
}
