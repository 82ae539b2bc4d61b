/**
 * What is hard on a memo: models in which little is shared. The engine says what the oracle says of them, what it
 * remembers stays in proportion to what there is, and it runs bodies and predicates less than twice as often as the
 * oracle, which runs each of them everywhere.
 */
import { describe, it } from 'vitest'
import type { Model } from '../../src/model.ts'
import { assertHardCase, type Expected } from './hard-case.ts'
import { chatty, crowd, giant, loggers } from './hard-models.ts'

const cases: readonly [string, () => Model, Expected][] = [
  ['fifty messages', () => chatty(50, 1), { counts: [102, 102, 101], leaves: 101, bytesPerState: 4000 }],
]

const longer: typeof cases = [
  ['a hundred messages', () => chatty(100, 1), { counts: [202, 202, 201], leaves: 201, bytesPerState: 4000 }],
  ['a hundred processes', () => crowd(100, 1), { counts: [101, 101, 1], leaves: 100, bytesPerState: 2500 }],
  ['one giant component', () => giant(3, 7), { counts: [512, 1346, 21], leaves: 22, bytesPerState: 600 }],
  ['long logs', () => loggers(40), { counts: [861, 1108, 80], leaves: 80, bytesPerState: 200 }],
]

describe('hard cases', () => {
  it.each(cases)('%s', (_, make, expected) => assertHardCase(make(), expected))
  it.each(longer)('%s', { tags: 'slow' }, (_, make, expected) => assertHardCase(make(), expected))
})
