/**
 * The tables' hash, measured by what it costs: probes of linear probing, on pairs such as the engine makes, against Knuth's
 * theory for random hashes (The Art of Computer Programming 3, §6.4, theorem K). The engine's ids count up from 0, so pairs are
 * dense; of ids that are all multiples of 2^20, which it never makes, the hash would lose the low bits.
 */
import { expect, it } from 'vitest'
import { homeOf } from '../../../src/engine/store/growing-table.ts'
import { hashOfPair } from '../../../src/engine/store/pair-hash.ts'

const MISSES = 50_000

type Pairs = (i: number) => readonly [number, number]

/** A table of linear probing: probes for each pair found, and for each that is not there. */
function probes(slots: number, load: number, pairAt: Pairs): [found: number, missing: number] {
  const taken = new Uint8Array(slots)
  const slotFor = (i: number): [slot: number, probes: number] => {
    let slot = homeOf(hashOfPair(...pairAt(i)), slots)
    let probes = 1
    for (; taken[slot] === 1; probes++) slot = (slot + 1) % slots
    return [slot, probes]
  }
  const pairs = load * slots
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

const PAIRS: Readonly<Record<string, Pairs>> = {
  'consecutive lefts': (i) => [i, 0],
  'consecutive rights': (i) => [0, i],
  'the diagonal': (i) => [i, i],
  'a product': (i) => [i >>> 10, i & 1023],
  'a narrow product': (i) => [i & 7, i >>> 3],
  'every 64th id': (i) => [(i & 1023) << 6, (i >>> 10) << 6],
  'large ones': (i) => [0x7fffffff - (i >>> 5), 0x7fffffff - (i & 31)],
}

// pairs have 2^n homes, words any number (growing-table.ts)
it.each([
  ['consecutive lefts', 2 ** 18, [195381, 122969, 487913, 430049]],
  ['consecutive rights', 2 ** 18, [196529, 124642, 494736, 424320]],
  ['the diagonal', 2 ** 18, [196241, 124484, 488578, 424901]],
  ['a product', 2 ** 18, [196017, 124382, 492931, 426672]],
  ['a narrow product', 2 ** 18, [196088, 123943, 487571, 411152]],
  ['every 64th id', 2 ** 18, [196032, 124194, 491904, 427826]],
  ['large ones', 2 ** 18, [196047, 125024, 488930, 412804]],
  ['consecutive lefts', 5 * 2 ** 16, [243036, 124003, 611686, 426277]],
  ['consecutive rights', 5 * 2 ** 16, [245952, 125068, 614358, 424356]],
  ['the diagonal', 5 * 2 ** 16, [245662, 125239, 611017, 411531]],
  ['a product', 5 * 2 ** 16, [246145, 125062, 616883, 428889]],
  ['a narrow product', 5 * 2 ** 16, [244845, 124326, 610603, 415836]],
  ['every 64th id', 5 * 2 ** 16, [244992, 124184, 613453, 426730]],
  ['large ones', 5 * 2 ** 16, [246008, 125419, 613862, 416867]],
])('%s, with %d homes: probes are as many as of random hashes', (name, slots, measured) => {
  const half = probes(slots, 0.5, PAIRS[name]!)
  const most = probes(slots, 0.75, PAIRS[name]!)
  expect([...half, ...most]).toEqual(measured)
  const within = (count: number, expected: number) => {
    expect(count / expected).toBeGreaterThan(0.9)
    expect(count / expected).toBeLessThan(1.1)
  }
  within(half[0], 0.5 * slots * 1.5) // (1 + 1 / (1 - load)) / 2
  within(half[1], MISSES * 2.5) // (1 + 1 / (1 - load)²) / 2
  within(most[0], 0.75 * slots * 2.5)
  within(most[1], MISSES * 8.5)
})
