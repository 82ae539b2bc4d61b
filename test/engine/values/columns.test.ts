/** Columns over short and long tables: whatever was set is found, and memory is in proportion to what was set. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Columns, UNKNOWN } from '../../../src/engine/values/columns.ts'
import { SparseColumn } from '../../../src/engine/values/sparse-column.ts'
import { ValueTable } from '../../../src/engine/values/value-table.ts'

const tableOf = (size: number): ValueTable => {
  const table = new ValueTable('any')
  for (let i = 0; i < size; i++) table.intern(i)
  return table
}

/** The way the hot loops look: two array reads, and only then a call. */
const look = (columns: Columns, column: number, id: number): number => {
  const known = columns.of[column]![id]!
  return known >= 0 ? known : columns.get(column, id)
}

describe('Columns', () => {
  const long = tableOf(200_000)
  const ids = fc.oneof(fc.nat(2000), fc.nat(199_999), fc.integer({ min: 150_000, max: 150_200 }))

  it('hold what a Map holds', () => {
    const like = fc.property(fc.array(fc.tuple(fc.nat(2), ids, fc.nat(9)), { maxLength: 600 }), (entries) => {
      const columns = new Columns()
      const maps = [0, 1, 2].map(() => new Map<number, number>())
      for (const _ of maps) columns.add(long)
      for (const [column, id, result] of entries) {
        columns.set(column, id, result)
        maps[column]!.set(id, result)
        expect(look(columns, column, id)).toBe(result)
      }
      for (const [column, map] of maps.entries()) {
        for (const [, id] of entries) expect(look(columns, column, id)).toBe(map.get(id) ?? UNKNOWN)
      }
    })
    fc.assert(like, { numRuns: 100, seed: 1 })
  })

  it('grow with a table, and find each result in the array itself once they are asked for all', () => {
    const table = new ValueTable('any')
    const columns = new Columns()
    const column = columns.add(table)
    for (let id = 0; id < 50_000; id++) {
      table.intern(id)
      columns.set(column, id, id + 1)
    }
    expect(columns.of[column]!.length).toBe(1 << 16)
    expect(columns.of[column]!.subarray(0, 50_000).every((result, id) => result === id + 1)).toBe(true)
    expect(columns.bytes).toBe(4 << 16)
  })

  it('take into their array what was kept aside, once there is enough of it', () => {
    const columns = new Columns()
    const column = columns.add(long)
    for (let id = 100_000; id < 110_000; id++) columns.set(column, id, 7)
    expect(columns.of[column]!.length).toBe(0)
    for (let id = 110_000; id < 120_000; id++) columns.set(column, id, 7)
    expect(columns.of[column]!.length).toBe(1 << 17)
    expect(columns.of[column]!.reduce((sum, result) => sum + (result === 7 ? 1 : 0), 0)).toBe(20_000)
    expect(columns.bytes).toBe(4 << 17)
  })

  it('take 2 MB for a thousand columns of a hundred results each over a table of 200,000 values', () => {
    const columns = new Columns()
    for (let i = 0; i < 1000; i++) {
      const column = columns.add(long)
      for (let j = 0; j < 100; j++) columns.set(column, (i * 7919 + j * 1999) % 200_000, j)
    }
    expect(columns.bytes).toBe(2_232_576)
    expect(look(columns, 999, (999 * 7919 + 99 * 1999) % 200_000)).toBe(99)
  })
})

it('a sparse column keeps ids apart, small and large, with or without order', () => {
  const sparse = new SparseColumn()
  const ids = [0, 1, 2, 8, 16, 1 << 20, (1 << 30) + 1, 0x7fffffff, 127, 255]
  for (const [result, id] of ids.entries()) sparse.set(id, result)
  expect(ids.map((id) => sparse.get(id))).toEqual(ids.map((_, i) => i))
  expect([sparse.get(3), sparse.size]).toEqual([undefined, 10])
  expect(sparse.beyond(1 << 20)?.size).toBe(3)
  expect(sparse.beyond(0x7fffffff)?.get(0x7fffffff)).toBe(7)
})
