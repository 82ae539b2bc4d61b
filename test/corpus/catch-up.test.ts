import { describe, expect, it } from 'vitest'
import { confirmations, exact, nakamoto } from '../../specs/pow/catch-up.ts'

/** Nakamoto 2008, §11, "Running some results": by q, the probability for each z. */
const WHITE_PAPER: Readonly<Record<number, readonly (readonly [z: number, probability: string])[]>> = {
  0.1: [
    [0, '1.0000000'],
    [1, '0.2045873'],
    [2, '0.0509779'],
    [3, '0.0131722'],
    [4, '0.0034552'],
    [5, '0.0009137'],
    [6, '0.0002428'],
    [7, '0.0000647'],
    [8, '0.0000173'],
    [9, '0.0000046'],
    [10, '0.0000012'],
  ],
  0.3: [
    [0, '1.0000000'],
    [5, '0.1773523'],
    [10, '0.0416605'],
    [15, '0.0101008'],
    [20, '0.0024804'],
    [25, '0.0006132'],
    [30, '0.0001522'],
    [35, '0.0000379'],
    [40, '0.0000095'],
    [45, '0.0000024'],
    [50, '0.0000006'],
  ],
}

/** The same, "Solving for P less than 0.1%". */
const LESS_THAN_A_THOUSANDTH = [
  [0.1, 5],
  [0.15, 8],
  [0.2, 11],
  [0.25, 15],
  [0.3, 24],
  [0.35, 41],
  [0.4, 89],
  [0.45, 340],
] as const

/**
 * The exact probability by another way: block by block, from how far the attacker has come when z honest blocks are
 * there, and from then on a walk that is given up as hopeless far behind.
 */
function walked(q: number, z: number): number {
  const p = 1 - q
  const catchesUp = (behind: number) => (behind <= 0 ? 1 : (q / p) ** behind)
  const race = (honest: number, secret: number, weight: number): number => {
    if (weight < 1e-15) return 0
    if (honest === z) return weight * catchesUp(z - secret)
    return race(honest + 1, secret, weight * p) + race(honest, secret + 1, weight * q)
  }
  return race(0, 0, 1)
}

describe('the probability of catching up', () => {
  it.each([0.1, 0.3])("is the white paper's, for q = %d", (q) => {
    expect(WHITE_PAPER[q]!.map(([z]) => [z, nakamoto(q, z).toFixed(7)])).toEqual(WHITE_PAPER[q])
  })

  it.each(LESS_THAN_A_THOUSANDTH)('is below a thousandth for q = %d after %d blocks, as in the white paper', (q, z) => {
    expect(confirmations(q, 0.001)).toBe(z)
  })

  it('is, exactly, what a race block by block gives', () => {
    for (const z of [1, 2, 3, 4]) expect(exact(0.2, z)).toBeCloseTo(walked(0.2, z), 9)
    expect(exact(0.1, 1)).toBeCloseTo(0.2, 12)
  })

  it('is certain for half of all power', () => {
    expect(exact(0.5, 6)).toBe(1)
  })
})
