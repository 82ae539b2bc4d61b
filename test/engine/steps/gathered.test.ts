/** Steps are never lost for want of room: whoever adds one need not know how many there will be. */
import { expect, it } from 'vitest'
import { Gathered } from '../../../src/engine/steps/gathered.ts'

it('keeps every step, however many there are', () => {
  const steps = new Gathered()
  for (let i = 0; i < 5000; i++) expect(steps.add(i, i + 1, i + 2, i + 3)).toBe(i)
  expect(steps.count).toBe(5000)
  for (let i = 0; i < 5000; i++) {
    const { from, leaves, left, right } = steps
    expect([from[i], leaves[i], left[i], right[i]]).toEqual([i, i + 1, i + 2, i + 3])
  }
})
