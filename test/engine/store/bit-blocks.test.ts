/**
 * The hashes, measured: what random ones would do, these do, on pairs such as the engine makes. An estimate of what a compact
 * store missed is worth as much as this.
 */
import { describe, expect, it } from 'vitest'
import { BitBlocks, HASHES } from '../../../src/engine/store/bit-blocks.ts'
import { CompactStates } from '../../../src/engine/store/compact-states.ts'

/** The i-th of 2^20 distinct pairs. */
type Pairs = (i: number) => readonly [left: number, right: number]

const PAIRS: Readonly<Record<string, Pairs>> = {
  'consecutive lefts': (i) => [i, 0],
  'consecutive rights': (i) => [0, i],
  'the diagonal': (i) => [i, i],
  'a product': (i) => [i >>> 10, i & 1023],
  'a narrow product': (i) => [i & 7, i >>> 3],
  'powers of two apart': (i) => [(i & 1023) << 20, (i >>> 10) << 20],
  'large ones': (i) => [0x7fffffff - (i >>> 5), 0x7fffffff - (i & 31)],
}

const ALL = 1 << 20

/** A block is chosen by `pairs` of them with these probabilities: Poisson's, for random hashes. */
function expectedChance(blocks: number, pairs: number): number {
  const mean = pairs / blocks
  let probability = Math.exp(-mean)
  let chance = 0
  for (let own = 0; own < mean + 20 * Math.sqrt(mean) + 20; own++) {
    chance += probability * (1 - (1 - 1 / 512) ** (HASHES * own)) ** HASHES
    probability *= mean / (own + 1)
  }
  return chance
}

describe.each(Object.entries(PAIRS))('%s', (_, pairAt) => {
  const SIZES = '%i bytes, %i pairs: others seem to be there as often as they should'

  it.each([
    [2 ** 17, 2 ** 17],
    [2 ** 17, 100_000],
  ])(SIZES, assertAsOftenAsTheyShould)

  it.each([
    [2 ** 20, 2 ** 19],
    [3_000_000, 2 ** 18],
  ])(SIZES, { tags: 'slow' }, assertAsOftenAsTheyShould)

  function assertAsOftenAsTheyShould(bytes: number, pairs: number): void {
    const bits = new BitBlocks(bytes)
    let taken = 0
    let sum = 0
    for (let i = 0; i < pairs; i++) {
      sum += bits.chance
      if (!bits.add(...pairAt(i))) taken++
    }
    // what is added is missed as often as the chances at the time say: within four standard deviations
    expect(Math.abs(taken - sum)).toBeLessThan(4 * Math.sqrt(sum) + 4)
    // the array is as full, and unevenly so, as theory has it
    const theory = expectedChance(bits.blocks, pairs - taken)
    expect(bits.chance / theory).toBeGreaterThan(0.9)
    expect(bits.chance / theory).toBeLessThan(1.1)
  }

  it('a full array takes others for known in the share that it says', { tags: 'slow' }, () => {
    const bits = new BitBlocks(2 ** 18)
    for (let i = 0; i < ALL / 4; i++) bits.add(...pairAt(i))
    const { chance, set } = bits
    expect(chance).toBeGreaterThan(0.02)
    const probe = new BitBlocks(2 ** 18)
    for (let i = 0; i < ALL / 4; i++) probe.add(...pairAt(i))
    expect(probe.set).toBe(set)
    let known = 0
    const others = 20_000
    for (let i = ALL / 4; i < ALL / 4 + others; i++) if (!probe.add(...pairAt(i))) known++
    // each that is added makes the next a little likelier: between what the array said before and after
    const deviation = 4 * Math.sqrt(others * chance)
    expect(known).toBeGreaterThan(others * chance - deviation)
    expect(known).toBeLessThan(others * probe.chance + deviation)
  })
})

it('what was added is known, and counts once', () => {
  const bits = new BitBlocks(2 ** 20)
  for (let round = 0; round < 2; round++) {
    for (let i = 0; i < 1000; i++) expect(bits.add(i, 1)).toBe(round === 0)
  }
  expect([bits.bytes, bits.blocks, bits.fill]).toEqual([2 ** 20, 2 ** 14, bits.set / 2 ** 23])
  expect(bits.set).toBeLessThanOrEqual(1000 * HASHES)
})

it('has one block at least, in which all is known in the end', () => {
  const bits = new BitBlocks(1)
  for (let i = 0; i < 10_000; i++) bits.add(i, i)
  expect([bits.bytes, bits.chance, bits.add(-1, -1)]).toEqual([64, 1, false])
})

it('refuses what no machine has', () => {
  expect(() => new BitBlocks(2 ** 50)).toThrow('there is no room for a compact store of 1125899906842624 bytes')
})

it.each(Object.entries(PAIRS))('%s: as many are missed as is said', (_, pairAt) => {
  const states = new CompactStates(2 ** 16)
  const pairs = 100_000
  for (let i = 0; i < pairs; i++) states.add(...pairAt(i))
  const missed = pairs - states.size
  const { expectedMissed, chanceOfNoneMissed, fill } = states.compactness
  expect(missed).toBeGreaterThan(2_500)
  expect(Math.abs(expectedMissed - missed)).toBeLessThan(6 * Math.sqrt(missed))
  expect(chanceOfNoneMissed).toBeLessThan(1e-12)
  expect(fill).toBe(states.load)
  let kept = 0
  for (let i = 0; i < pairs && kept < states.size; i++) {
    const [left, right] = pairAt(i)
    if (states.pairs.leftOf(kept) === left && states.pairs.rightOf(kept) === right) kept++
  }
  expect(kept).toBe(states.size)
})
