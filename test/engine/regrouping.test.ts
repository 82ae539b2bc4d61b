/** When clusters are decided anew, and how large they may be, by what is left of the memory for step lists. */
import { expect, it } from 'vitest'
import { Regrouping } from '../../src/engine/regrouping.ts'
import { TUNING } from '../../src/engine/tuning.ts'

/** A search with so many states of 10 bytes each, and 10,000 values in clusters; at half the reuse, there are 100,000. */
function searchOf({ size, listBytes }: { readonly size: number; readonly listBytes: number }) {
  const asked: number[] = []
  const store = {
    size,
    bytes: 10 * size,
    airBytes: 0,
    compact: undefined,
    valuesOfClusters: (reuse = 32) => (reuse < 32 ? 100_000 : 10_000),
    regroup: (reuse: number) => asked.push(reuse) > 0,
  }
  const lists = { bytes: listBytes, couldKnowMore: false, reset: () => {} }
  const tuning = { ...TUNING, reuse: 16, regroupsAt: 1000, bytes: { free: 1_000_000, perState: 18 } }
  const rules = { isFull: false } as ConstructorParameters<typeof Regrouping>[0]
  const regrouping = new Regrouping(rules, store as never, lists as never, tuning)
  return { regrouping, store, lists, asked }
}

it('takes the larger clusters where there is room for half as many lists again', () => {
  const { regrouping, asked } = searchOf({ size: 1_000_000, listBytes: 100_000 })
  regrouping.settle()
  expect(asked).toEqual([16]) // 9 MB are left, and 90,000 values more take 0.9 MB
})

it('stays with the smaller ones where there is not', () => {
  const { regrouping, asked } = searchOf({ size: 1_000_000, listBytes: 1_000_000 })
  regrouping.settle()
  expect(asked).toEqual([32]) // 8 MB are left, and 90,000 values more take 9 MB
})

it('looks again when there are 1.2 times as many states, and makes them smaller where lists have become too large', () => {
  const { regrouping, store, lists, asked } = searchOf({ size: 1_000_000, listBytes: 100_000 })
  regrouping.settle()
  lists.bytes = 20_000_000
  store.size = 1_199_999
  regrouping.settle()
  expect(asked).toEqual([16])
  store.size = 1_200_000
  regrouping.settle()
  expect(asked).toEqual([16, 32])
})

it('counts tables that have just grown as if they were as full as they are on average', () => {
  const { regrouping, store, asked } = searchOf({ size: 1_000_000, listBytes: 100_000 })
  store.bytes = 30_000_000
  store.airBytes = 20_000_000
  regrouping.settle()
  expect(asked).toEqual([16])
})
