/** Step properties of neighbours, as in test/engine/steps/neighbours.test.ts, with more of them. */
import { expect, it } from 'vitest'
import { agree } from '../engine/agree.ts'
import { counting } from '../engine/steps/counting.ts'

it.each([
  ['of the first', (before: readonly number[], after: readonly number[]) => after[0] === 4 && before[4] === 4, 9],
  ['of the last', (before: readonly number[], after: readonly number[]) => after[4] === 4 && before[0] === 4, 9],
  ['of any', (_: readonly number[], after: readonly number[]) => after.every((count) => count === 3), 15],
  ['of none', () => false, undefined],
])('a step %s', async (_, fails, length) => {
  const { properties, states } = await agree(counting(5, fails))
  expect(states.length).toBe(4117)
  expect(properties.allowed).toMatchObject(
    length === undefined ? { verdict: 'holds' } : { verdict: 'violated', length },
  )
})
