/** The hard cases of test/engine/hard-cases.test.ts, larger. */
import { expect, it } from 'vitest'
import type { Model } from '../../src/model.ts'
import { exhausted } from '../engine/agree.ts'
import { assertHardCase, type Expected, oracleCounting } from '../engine/hard-case.ts'
import { chatty, giant, loggers, lone, nosy } from '../engine/hard-models.ts'

const cases: readonly [string, () => Model, Expected][] = [
  ['one giant component', () => giant(4, 7), { counts: [4096, 14338, 28], leaves: 29, bytesPerState: 600 }],
  ['bodies that look at everything', () => nosy(3, 6), { counts: [5893, 14518, 18], leaves: 54, bytesPerState: 100 }],
  ['thousands of messages', () => chatty(2000, 1), { counts: [4002, 4002, 4001], leaves: 4001, bytesPerState: 1500 }],
  ['a single component', () => lone(5000), { counts: [5001, 7502, 23], leaves: 7501, bytesPerState: 1000 }],
  ['long logs', () => loggers(100), { counts: [5151, 6768, 200], leaves: 200, bytesPerState: 200 }],
]

it.each(cases)('%s', (_, make, expected) => assertHardCase(make(), expected))

it('a predicate that looks at all messages is run for what differs in them', () => {
  const search = exhausted(chatty(12, 3))
  const { oracle, predicates } = oracleCounting(chatty(12, 3))
  void [...search.properties.audit()]
  expect([search.distinct, oracle.distinct]).toEqual([5834, 5834])
  expect(search.properties.predicateRuns).toBeLessThan(1.5 * predicates)
})
