/** The birthday bound beside specs/uuid: counted out, drawn by chance, and at the size of a UUID. */
import { describe, expect, it } from 'vitest'
import { duplicateProbability, estimatedProbability, idsUntil, UUID_SPACE } from '../../specs/uuid/birthday.ts'

/** Numbers that look random, the same at every run: xorshift (Marsaglia 2003). */
function* draws(space: number, seed: number): Generator<number, never> {
  let x = seed
  while (true) {
    x ^= x << 13
    x ^= x >>> 17
    x ^= x << 5
    yield Math.floor(((x >>> 0) / 2 ** 32) * space)
  }
}

const hasDuplicate = (ids: readonly number[]) => new Set(ids).size < ids.length

const allOf = (length: number, space: number): number[][] =>
  length === 0
    ? [[]]
    : allOf(length - 1, space).flatMap((ids) => [...Array(space).keys()].map((last) => [...ids, last]))

describe('the probability of a duplicate', () => {
  it.each([0, 1, 2, 3, 4, 5])('of %i ids out of 4 is what counting all draws gives', (ids) => {
    const all = allOf(ids, 4)
    expect(duplicateProbability(ids, 4)).toBeCloseTo(all.filter(hasDuplicate).length / all.length, 12)
  })

  it.each([
    [3, 8],
    [5, 16],
    [10, 64],
    [23, 365],
    [40, 1024],
  ])('of %i ids out of %i is what happens by chance', (ids, space) => {
    const samples = 20_000
    const random = draws(space, 2026)
    let duplicates = 0
    for (let i = 0; i < samples; i++) {
      if (hasDuplicate(Array.from({ length: ids }, () => random.next().value))) duplicates++
    }
    const p = duplicateProbability(ids, space)
    const deviation = Math.sqrt((p * (1 - p)) / samples)
    expect(Math.abs(duplicates / samples - p)).toBeLessThan(4 * deviation)
  })

  it('passes one half with the 23rd birthday', () => {
    expect([22, 23].map((people) => duplicateProbability(people, 365).toFixed(3))).toEqual(['0.476', '0.507'])
  })

  it('is near the estimate where ids are few beside the space', () => {
    const exact = duplicateProbability(1000, 2 ** 32)
    expect(estimatedProbability(1000, 2 ** 32) / exact).toBeCloseTo(1, 6)
  })
})

it('says how many random UUIDs there may be', () => {
  const counts = [1e-9, 0.5].map((probability) => idsUntil(probability, UUID_SPACE).toPrecision(3))
  expect(counts).toEqual(['1.03e+14', '2.71e+18'])
})
