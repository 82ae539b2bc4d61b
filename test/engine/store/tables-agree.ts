/** Tables of pairs against a Map. */
import { expect } from 'vitest'
import { PairTable } from '../../../src/engine/store/pair-table.ts'
import { pairAt } from './pair-at.ts'

/** Each pair gets the id that a Map gives it, and they stay in order. */
export function pairTableAgrees(pairs: number, different: number): void {
  const table = new PairTable()
  const ids = new Map<number, number>()
  for (let i = 0; i < pairs; i++) {
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
  expect(ids.size).toBe(different)
  for (const [key, id] of ids) {
    if (table.pairs[2 * id]! * 0x80000000 + table.pairs[2 * id + 1]! !== key) expect.unreachable(`id ${id}`)
  }
}
