/** The log of visited states: what is in it, and in which order it is left. */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { arranged, ENTRY, entryOf, WordLog } from '../../../src/engine/store/word-log.ts'

type Entry = readonly [major: number, block: number, bits: number, parent: number]

function logOf(...entries: readonly Entry[]): WordLog {
  const log = new WordLog()
  log.entries = new Int32Array(ENTRY.length * entries.length)
  for (const [i, [major, block, bits, parent]] of entries.entries()) {
    log.write(i, { major, block, bits, parent, footprint: 0 })
  }
  return log
}

const entriesOf = (array: Int32Array): number[][] =>
  Array.from({ length: array.length / ENTRY.length }, (_, i) => [...array.subarray(4 * i, 4 * i + 4)])

it('an id tells an entry and a bit of it, and so the halves of a state', () => {
  const log = logOf([7, 2, 0b101, -1], [9, 0, 1 << 31, 0])
  expect([...log.statesOf(0), ...log.statesOf(1)]).toEqual([0, 2, 63])
  expect([0, 2, 63].map((state) => [log.leftOf(state), log.rightOf(state)])).toEqual([
    [7, 64],
    [7, 66],
    [9, 31],
  ])
  expect([log.statesIn(0, 2), log.parentOf(1), entryOf(63)]).toEqual([3, 0, 1])
  expect([log.find(7, 66, 0, 2), log.find(7, 65, 0, 2), log.find(7, 66, 1, 2)]).toEqual([2, -1, -1])
})

it('an entry says by which step its states were found', () => {
  const log = logOf([7, 2, 0b101, -1])
  const block = 2 ** 24 - 1
  log.write(0, { major: 7, block, bits: 1 << 31, parent: 5, footprint: 255 })
  expect([log.footprintOf(0), log.leftOf(31), log.rightOf(31), log.parentOf(0)]).toEqual([255, 7, 32 * block + 31, 5])
})

it('entries stay as they were made when words come to run along the other half, and back', () => {
  const log = logOf([7, 2, 1, -1], [8, 3, 1, -1], [9, 4, 1, -1])
  log.turns = [1, 2]
  expect([0, 32, 64].map((state) => [log.leftOf(state), log.rightOf(state)])).toEqual([
    [7, 64],
    [96, 8],
    [9, 128],
  ])
  expect([log.turnedLast, log.find(96, 8, 0, 3), log.find(8, 96, 0, 3)]).toEqual([2, 32, -1])
})

it('brings together what is of one word, in the order in which words came first', () => {
  const log = logOf([1, 1, 1, 0], [1, 1, 2, 1], [2, 1, 1, 2], [1, 1, 4, 3], [2, 1, 2, 4], [1, 2, 1, 5], [1, 1, 8, 6])
  log.arrange(1, 6)
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

it('states of one word are brought together by whatever steps they were found', () => {
  const log = logOf([1, 1, 1, 0], [2, 1, 1, 0], [1, 1, 2, 0])
  log.write(2, { major: 1, block: 1, bits: 2, parent: 0, footprint: 9 })
  log.arrange(0, 3)
  expect([0, 1, 2].map((entry) => [log.leftOf(32 * entry), log.footprintOf(entry)])).toEqual([
    [1, 0],
    [1, 9],
    [2, 0],
  ])
})

it('keeps every entry, whatever they are', () => {
  const entry = fc.tuple(fc.nat(5), fc.nat(5), fc.nat(), fc.nat())
  fc.assert(
    fc.property(fc.array(entry, { maxLength: 200 }), (entries) => {
      const inOrder = entriesOf(arranged(Int32Array.from(entries.flat())))
      const words = [...new Set(entries.map(([major, block]) => `${major},${block}`))]
      const expected = words.flatMap((word) => entries.filter(([major, block]) => `${major},${block}` === word))
      expect(inOrder).toEqual(expected)
    }),
    { seed: 1 },
  )
})
