/** The store and its tables, against a Map: exact, in order of insertion, at every size. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { PairTable } from '../../src/engine/pair-table.ts'
import { StateStore } from '../../src/engine/state-store.ts'

describe('PairTable', () => {
  /** Pairs that collide in every way: few lefts and many rights, many lefts and few rights, large ones, repeats. */
  const pairAt = (i: number): readonly [number, number] => {
    const j = Math.imul(i, 0x9e3779b1) >>> 0
    if (i % 4 === 0) return [j % 7, j % 400_000]
    if (i % 4 === 1) return [j % 400_000, j % 5]
    if (i % 4 === 2) return [2_000_000 - (j % 1000), 0x7fffffff - (j % 777)]
    return [j % 1500, (j >>> 12) % 1500]
  }

  it('gives two million pairs the ids that a Map gives them, and keeps them in order', () => {
    const table = new PairTable()
    const ids = new Map<number, number>()
    for (let i = 0; i < 2_000_000; i++) {
      const [left, right] = pairAt(i)
      const key = left * 0x80000000 + right
      let expected = ids.get(key)
      if (expected === undefined) {
        expected = ids.size
        ids.set(key, expected)
      }
      if (table.intern(left, right) !== expected) expect.unreachable(`pair ${left}, ${right}`)
    }
    expect(table.size).toBe(ids.size)
    expect(ids.size).toBe(997_023)
    for (const [key, id] of ids) {
      if (table.pairs[2 * id]! * 0x80000000 + table.pairs[2 * id + 1]! !== key) expect.unreachable(`id ${id}`)
    }
  })

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

describe('StateStore', () => {
  const put = (store: StateStore, state: readonly number[]): number => {
    state.forEach((id, component) => {
      store.cells[store.next + store.cellOf(component)] = id
    })
    return store.storeNext()
  }
  const read = (store: StateStore, components: number, from: number) =>
    Array.from({ length: components }, (_, component) => store.cells[from + store.cellOf(component)])

  it.each([0, 1, 2, 3, 5, 9, 16, 33])(
    '%i components: equal states are one, and what was stored can be loaded',
    (components) => {
      const vector = fc.array(fc.nat(3), { minLength: components, maxLength: components })
      fc.assert(
        fc.property(fc.array(vector, { minLength: 1, maxLength: 60 }), (states) => {
          const store = new StateStore(components)
          const ids = new Map<string, number>()
          for (const state of states) {
            const text = state.join()
            if (!ids.has(text)) ids.set(text, ids.size)
            expect(put(store, state)).toBe(ids.get(text))
          }
          expect(store.size).toBe(ids.size)
          for (const [text, id] of ids) {
            store.load(id)
            expect(read(store, components, 0).join()).toBe(text)
            expect(read(store, components, store.next).join()).toBe(text)
          }
        }),
        { numRuns: 50, seed: 1 },
      )
    },
  )

  it.each([2, 3, 5, 9])('%i components: folding only the nodes above a change gives the same id', (components) => {
    const store = new StateStore(components)
    const before = Array.from({ length: components }, (_, i) => i)
    put(store, before)
    for (let component = 0; component < components; component++) {
      store.load(0)
      store.cells[store.next + store.cellOf(component)] = 77
      for (const node of store.pathsAbove([component])) store.foldNext(node)
      const folded = store.cells[store.next + 1]!
      expect(folded).toBe(component + 1)
      expect(put(store, before.with(component, 77))).toBe(folded)
    }
  })

  it('names the nodes above components, children first, each once', () => {
    expect(new StateStore(5).pathsAbove([0, 4])).toEqual([4, 2, 1])
    expect(new StateStore(1).pathsAbove([0])).toEqual([1])
    expect(new StateStore(9).pathsAbove([])).toEqual([])
  })
})
