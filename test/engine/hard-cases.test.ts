/**
 * What is hard on a memo: models in which little is shared. The engine says what the oracle says of them, what it
 * remembers stays in proportion to what there is, and it runs bodies and predicates less than twice as often as the
 * oracle, which runs each of them everywhere.
 */
import { describe, expect, it } from 'vitest'
import type { Model } from '../../src/model.ts'
import { exhausted } from './agree.ts'
import { assertHardCase, type Expected, oracleCounting } from './hard-case.ts'
import { chatty, crowd, giant, loggers, nosy } from './hard-models.ts'

const cases: readonly [string, () => Model, Expected][] = [
  ['one giant component', () => giant(3, 7), { counts: [512, 1346, 21], leaves: 22, bytesPerState: 600 }],
  ['bodies that look at everything', () => nosy(3, 4), { counts: [1417, 2956, 12], leaves: 36, bytesPerState: 150 }],
  ['hundreds of messages', () => chatty(300, 1), { counts: [602, 602, 601], leaves: 601, bytesPerState: 2500 }],
  ['a hundred processes', () => crowd(100, 1), { counts: [101, 101, 1], leaves: 100, bytesPerState: 2500 }],
  ['long logs', () => loggers(40), { counts: [861, 1108, 80], leaves: 80, bytesPerState: 200 }],
]

describe('hard cases', () => {
  it.each(cases)('%s', (_, make, expected) => assertHardCase(make(), expected))
})

it('a predicate that looks at all messages is run for what differs in them', () => {
  const search = exhausted(chatty(12, 3))
  const { oracle, predicates } = oracleCounting(chatty(12, 3))
  void [...search.properties.audit()]
  expect([search.distinct, oracle.distinct]).toEqual([5834, 5834])
  expect(search.properties.predicateRuns).toBeLessThan(1.5 * predicates)
})
