/** Sums of orbits are exact, beyond what numbers can be. */
import { expect, it } from 'vitest'
import { Stabilisers } from '../../../src/engine/symmetry/stabilisers.ts'

const roleOf = (many: number) => ({ name: 'node', ids: Array.from({ length: many }, (_, i) => `node${i}`) })

const factorial = (n: bigint): bigint => (n <= 1n ? 1n : n * factorial(n - 1n))

it('are few, and each has an index', () => {
  const stabilisers = new Stabilisers([roleOf(4), roleOf(3)])
  const pairs = stabilisers.of([1, 2, 1, 2, 1, 1, 1], 1)
  expect(stabilisers.of([1, 1, 1, 1, 1, 1, 1], 4)).toBe(pairs)
  const whole = stabilisers.of([1, 2, 3, 4, 1, 2, 3], 1)
  expect(whole).not.toBe(pairs)
  expect(stabilisers.sum([3, 2])).toBe(3n * 36n + 2n)
})

it('are exact with 40 processes', () => {
  const stabilisers = new Stabilisers([roleOf(40)])
  const ranks = Array.from({ length: 40 }, (_, i) => (i < 25 ? i + 1 : i - 24))
  expect([stabilisers.of(ranks, 2), stabilisers.of(ranks, 2), stabilisers.of(ranks, 1)]).toEqual([0, 0, 1])
  const orbit = factorial(40n) / factorial(25n) / factorial(15n)
  expect(stabilisers.sum([2, 1])).toBe(2n * (orbit / 2n) + orbit)
})
