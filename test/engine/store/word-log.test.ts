/** The log of visited states: what is in it. */
import { expect, it } from 'vitest'
import { entryOf } from '../../../src/engine/store/word-log.ts'
import { logOf } from './log-of.ts'

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

it('an entry says from where its states were found, and which they are', () => {
  const log = logOf([7, 2, 0b101, -1])
  const block = 2 ** 24 - 1 // halves have fewer than 2^29 values
  log.write(0, { major: 7, block, bits: 1 << 31, parent: 5 })
  expect([log.leftOf(31), log.rightOf(31), log.parentOf(0)]).toEqual([7, 32 * block + 31, 5])
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
