/** Pairs are read back as they were put in, however large the table has become. */
import { expect, it } from 'vitest'
import { PairTable } from '../../../src/engine/store/pair-table.ts'
import { lengthAfter, MOST, reserve } from '../../../src/engine/store/reserve.ts'

it('reads back each of four million pairs', { tags: 'slow' }, () => {
  const table = new PairTable()
  const pairs = 4_000_000
  for (let id = 0; id < pairs; id++) table.intern(id, id + 1)
  const wrong: number[] = []
  for (let id = 0; id < pairs; id++) {
    if (table.pairs[2 * id] !== id || table.pairs[2 * id + 1] !== id + 1) wrong.push(id)
  }
  expect(wrong).toEqual([])
})

it('lengthens arrays to whole numbers of entries, of whatever size: a part of one would be written nowhere', () => {
  const odd: number[] = []
  let array = { length: 2 ** 18, buffer: reserve(2 ** 18).buffer } as Int32Array
  while (array.length < MOST) {
    array = { length: lengthAfter(array), buffer: array.buffer } as Int32Array
    if (array.length % 64 !== 0) odd.push(array.length)
  }
  expect(odd).toEqual([])
})
