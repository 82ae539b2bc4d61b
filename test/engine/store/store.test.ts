/** The store and its tables, against a Map: exact, in order of insertion, at every size. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Memory } from '../../../src/engine/store/memory.ts'
import { PairTable } from '../../../src/engine/store/pair-table.ts'
import { StateStore } from '../../../src/engine/store/state-store.ts'
import type { Component } from '../../../src/model.ts'
import { pairTableAgrees } from './tables-agree.ts'

describe('PairTable', () => {
  it('gives pairs the ids that a Map gives them, and keeps them in order', () => pairTableAgrees(100_000, 91_888))

  it('tells (a, b) from (b, a), zeros from nothing, and the largest ids', () => {
    const table = new PairTable()
    const most = 0x7fffffff
    const pairs = [
      [0, 1],
      [1, 0],
      [0, 0],
      [most, most],
      [most, most - 1],
      [1, 0],
      [most, most],
    ] as const
    expect(pairs.map(([left, right]) => table.intern(left, right))).toEqual([0, 1, 2, 3, 4, 1, 3])
    expect(table.size).toBe(5)
  })
})

it('a table of pairs makes no room for more than can be told apart', () => {
  const table = new PairTable()
  for (let i = 0; i < 1 << 16; i++) table.intern(i, i)
  const memory = new Memory()
  expect([table.makeRoom(2 ** 29, memory), memory.shortage]).toEqual([false, { of: 'system' }])
  expect([table.makeRoom(2, new Memory()), table.size]).toEqual([true, 1 << 16])
})

describe('StateStore', () => {
  const storeOf = (components: number) => {
    const shared = (i: number): Component => ({
      kind: 'shared',
      name: `c${i}`,
      sort: 'c',
      start: 0,
      mismatch: () => undefined,
    })
    return new StateStore(
      Array.from({ length: components }, (_, i) => shared(i)),
      {},
    )
  }
  const put = (store: StateStore, state: readonly number[]): number => {
    state.forEach((id, component) => {
      store.cells[store.next + store.cellOf(component)] = id
    })
    return store.visited.add(...store.halvesOfNext())
  }
  const read = (store: StateStore, components: number, from: number) =>
    Array.from({ length: components }, (_, component) => store.cells[from + store.cellOf(component)])

  it.each([0, 1, 2, 3, 5, 9, 16, 33])(
    '%i components: equal states are one, and what was stored can be loaded, however grouped',
    (components) => {
      const vector = fc.array(fc.nat(3), { minLength: components, maxLength: components })
      fc.assert(
        fc.property(fc.array(vector, { minLength: 1, maxLength: 60 }), (states) => {
          const store = storeOf(components)
          const ids = new Map<string, number>()
          for (const state of states) {
            const text = state.join()
            const known = ids.get(text)
            const id = put(store, state)
            expect(id).toBe(known === undefined ? ids.size : -1 - known)
            if (known === undefined) ids.set(text, id)
          }
          expect(store.size).toBe(ids.size)
          for (const regroup of [false, true]) {
            if (regroup) store.regroup(1)
            for (const [text, id] of ids) {
              store.load(id)
              expect(read(store, components, 0).join()).toBe(text)
              expect(read(store, components, store.next).join()).toBe(text)
            }
          }
        }),
        { numRuns: 30, seed: 1 },
      )
    },
  )

  it.each([
    ['few', 1 << 15, 8],
    ['twice as many', 1 << 16, 16],
  ] as const)('a half with %s values is a cluster once there are enough states to each', (_, values, enough) => {
    const store = storeOf(4)
    const { leftHalf, rightHalf, tables } = store
    for (let right = 0; right < enough; right++) {
      tables[rightHalf]!.intern(right, 0)
      if (right === enough - 1) {
        store.regroup(8)
        expect(store.clusters.map(({ node }) => node)).not.toContain(leftHalf)
      }
      for (let left = 0; left < values; left++)
        store.visited.add(tables[leftHalf]!.intern(left >>> 8, left & 255), right)
    }
    store.regroup(8)
    expect(store.clusters.map(({ node }) => node)).toContain(leftHalf)
  })
})
