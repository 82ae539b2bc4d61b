/**
 * A hash of the set of visited states: of each state 64 bits, over the names of its components and the canonical texts of
 * their values, and of these the sum. Two searches that found the same states have the same, in whatever order they found
 * them and whatever numbers they gave to values.
 *
 * Linear in the number of states; the text of a value is hashed once.
 */
import { textOf } from '../value/canonical.ts'
import type { Search } from './search.ts'

/** Two hashes of 32 bits each that are made side by side. */
const SEEDS = [0x811c9dc5, 0x9e3779b9] as const

export function digestOf({ store, values, model }: Search): string {
  const { components } = model
  const known = components.map((): [high: number[], low: number[]] => [[], []])
  const sums = new Uint32Array(2)
  for (const state of store.states()) {
    store.load(state)
    let [high, low]: readonly [number, number] = SEEDS
    for (let c = 0; c < components.length; c++) {
      const id = store.cells[store.cellOf(c)]!
      const [highs, lows] = known[c]!
      if (highs[id] === undefined) {
        const text = `${components[c]!.name} ${textOf(values.valueOf(c, id))}`
        highs[id] = hashed(text, SEEDS[0])
        lows[id] = hashed(text, SEEDS[1])
      }
      high = mixed(high ^ highs[id]!)
      low = mixed(low ^ lows[id]!)
    }
    sums[0]! += high
    sums[1]! += low
  }
  return [...sums].map((sum) => sum.toString(16).padStart(8, '0')).join('')
}

/** FNV-1a, over the text's code units. */
function hashed(text: string, seed: number): number {
  let hash = seed
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193)
  return mixed(hash)
}

/** Every bit of the result depends on every bit of what is mixed (MurmurHash3's end). */
function mixed(word: number): number {
  let hash = word
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return (hash ^ (hash >>> 16)) >>> 0
}
