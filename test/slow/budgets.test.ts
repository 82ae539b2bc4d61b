/** A budget of states, as in test/engine/budgets.test.ts, where it is large. */
import { it } from 'vitest'
import { assertEndsAt } from '../engine/fan.ts'

it('max-states 100000 ends with the first state that brings so many, however many it brings: 100301', () =>
  assertEndsAt(100_000, 100_301))
