/** That every value fits its schema is asked with all other properties, unless it is left out. */
import { always, protocol, z } from 'splitbrain'
import { expect, it } from 'vitest'
import { explore } from '../../src/engine/explore.ts'
import { simulate } from '../../src/engine/walks/simulate.ts'

/** Counts to 3, which its schema does not allow. */
const counting = protocol({ name: 'counting', shared: { n: z.int().max(2).default(0) } }, () => ({
  actions: {
    environment: {
      count({ shared }) {
        shared.n = Math.min(3, shared.n + 1)
      },
    },
  },
  properties: { small: always('it stays small', ({ shared }) => shared.n < 4) },
})).instantiate()

it('a value outside its schema violates types', async () => {
  const { properties } = await explore(counting)
  expect(properties.map(({ property, verdict }) => [property.name, verdict])).toEqual([
    ['types', 'violated'],
    ['small', 'unknown'],
  ])
})

it.each(['bfs', 'dfs'] as const)('where types is left out, the others are answered, %s', async (order) => {
  const { verdict, distinct, properties } = await explore(counting, { order, leavesOutTypes: true })
  expect([verdict, distinct]).toEqual(['holds', 4])
  expect(properties.map(({ property, verdict }) => [property.name, verdict])).toEqual([['small', 'holds']])
})

it('so in random walks', async () => {
  const { verdict, properties } = await simulate(counting, { seed: 1, walks: 10, leavesOutTypes: true })
  expect([verdict, properties.length]).toEqual(['unknown', 1])
})

it('is refused where nothing else is asked', async () => {
  await expect(explore(counting, { properties: ['types'], leavesOutTypes: true })).rejects.toThrow(
    'without types there is no property left to check; leave out --no-types',
  )
})
