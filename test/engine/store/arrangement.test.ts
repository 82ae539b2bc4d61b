/** In which order the entries of the log of visited states are left. */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { Arrangement } from '../../../src/engine/store/arrangement.ts'
import { ENTRY, type WordLog } from '../../../src/engine/store/word-log.ts'
import { logOf } from './log-of.ts'

const entriesOf = (array: Int32Array): number[][] =>
  Array.from({ length: array.length / ENTRY.length }, (_, i) => [...array.subarray(4 * i, 4 * i + 4)])

function arrange(log: WordLog, first: number, end: number): void {
  const entries = log.between(first, end)
  entries.set(new Arrangement().of(entries))
}

it('brings together what is of one word, in the order in which words came first', () => {
  const log = logOf([1, 1, 1, 0], [1, 1, 2, 1], [2, 1, 1, 2], [1, 1, 4, 3], [2, 1, 2, 4], [1, 2, 1, 5], [1, 1, 8, 6])
  arrange(log, 1, 6)
  expect(entriesOf(log.entries)).toEqual([
    [1, 1, 1, 0],
    [1, 1, 2, 1],
    [1, 1, 4, 3],
    [2, 1, 1, 2],
    [2, 1, 2, 4],
    [1, 2, 1, 5],
    [1, 1, 8, 6],
  ])
})

it('keeps every entry, whatever they are, and whatever was arranged before', () => {
  const arrangement = new Arrangement()
  const entry = fc.tuple(fc.nat(5), fc.nat(5), fc.nat(), fc.nat())
  fc.assert(
    fc.property(fc.array(entry, { maxLength: 200 }), (entries) => {
      const inOrder = entriesOf(arrangement.of(Int32Array.from(entries.flat())))
      const words = [...new Set(entries.map(([major, block]) => `${major},${block}`))]
      const expected = words.flatMap((word) => entries.filter(([major, block]) => `${major},${block}` === word))
      expect(inOrder).toEqual(expected)
    }),
    { seed: 1 },
  )
})
