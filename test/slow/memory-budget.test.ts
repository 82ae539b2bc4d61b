/** Memory that runs short, as in test/engine/store/memory-budget.test.ts, where it takes a while. */
import { expect, it } from 'vitest'
import { assertGivesBack } from '../engine/store/gives-back.ts'
import { wideModel } from '../engine/store/hungry-models.ts'
import { verifyHungry } from '../engine/store/verify-hungry.ts'

it('states that fill tables are no crash', async () => {
  const told = await verifyHungry('hungry-tables.ts', '250MB')
  expect(told).toMatchObject({ code: 3, verdict: 'unknown', stop: { reason: 'max-memory', shortage: 'budget' } })
  expect(told.distinct).toBeGreaterThan(100_000)
})

it('values that fill the heap are no crash', async () => {
  const told = await verifyHungry('hungry-values.ts', '64GB', '--max-old-space-size=160')
  expect(told).toMatchObject({ code: 3, verdict: 'unknown', stop: { reason: 'max-memory', shortage: 'heap' } })
  expect(told.distinct).toBeGreaterThan(1000)
})

it('what is remembered of steps is given back before a search of 27 million states is told of', () =>
  assertGivesBack(wideModel(300)))
