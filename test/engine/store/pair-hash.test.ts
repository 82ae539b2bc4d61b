/**
 * The tables' hash, measured by what it costs: probes of linear probing, on pairs such as the engine makes, against Knuth's
 * theory for random hashes (The Art of Computer Programming 3, §6.4, theorem K). The engine's ids count up from 0, so pairs are
 * dense; of ids that are all multiples of 2^20, which it never makes, the hash would lose the low bits.
 */
import { expect, it } from 'vitest'
import { hashOfPair } from '../../../src/engine/store/pair-hash.ts'

const SLOTS = 1 << 18
const MISSES = 50_000

/** A table of linear probing: probes for each pair found, and for each that is not there. */
function probes(load: number, pairAt: (i: number) => readonly [number, number]): [found: number, missing: number] {
  const taken = new Uint8Array(SLOTS)
  const slotFor = (i: number): [slot: number, probes: number] => {
    let slot = hashOfPair(...pairAt(i)) & (SLOTS - 1)
    let probes = 1
    for (; taken[slot] === 1; probes++) slot = (slot + 1) & (SLOTS - 1)
    return [slot, probes]
  }
  const pairs = load * SLOTS
  let found = 0
  for (let i = 0; i < pairs; i++) {
    const [slot, probes] = slotFor(i)
    taken[slot] = 1
    found += probes
  }
  let missing = 0
  for (let i = 0; i < MISSES; i++) missing += slotFor(pairs + i)[1]
  return [found, missing]
}

it.each([
  ['consecutive lefts', (i: number) => [i, 0] as const, [197072, 125987, 497687, 432187]],
  ['consecutive rights', (i: number) => [0, i] as const, [197148, 124729, 495381, 428662]],
  ['the diagonal', (i: number) => [i, i] as const, [196862, 125186, 493253, 423259]],
  ['a product', (i: number) => [i >>> 10, i & 1023] as const, [196897, 126044, 497788, 424707]],
  ['a narrow product', (i: number) => [i & 7, i >>> 3] as const, [197254, 124484, 487675, 424957]],
  ['every 64th id', (i: number) => [(i & 1023) << 6, (i >>> 10) << 6] as const, [196379, 126080, 496859, 431871]],
  [
    'large ones',
    (i: number) => [0x7fffffff - (i >>> 5), 0x7fffffff - (i & 31)] as const,
    [196928, 126132, 495825, 427673],
  ],
])('%s: probes are as many as of random hashes', (_, pairAt, measured) => {
  const half = probes(0.5, pairAt)
  const most = probes(0.75, pairAt)
  expect([...half, ...most]).toEqual(measured)
  const within = (count: number, expected: number) => {
    expect(count / expected).toBeGreaterThan(0.9)
    expect(count / expected).toBeLessThan(1.1)
  }
  within(half[0], 0.5 * SLOTS * 1.5) // (1 + 1 / (1 - load)) / 2
  within(half[1], MISSES * 2.5) // (1 + 1 / (1 - load)²) / 2
  within(most[0], 0.75 * SLOTS * 2.5)
  within(most[1], MISSES * 8.5)
})
