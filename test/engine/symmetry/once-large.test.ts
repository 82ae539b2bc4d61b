/** A search that turns to orbits by itself: where it is large, where names do not matter, and where no question is lost. */
import { disabled, protocol, sometimes, z } from 'splitbrain'
import { expect, it } from 'vitest'
import { corpus } from '../../../specs/index.ts'
import { explore } from '../../../src/engine/explore.ts'
import { Deadline, Stopped } from '../../../src/engine/memo/deadline.ts'
import type { SearchResult } from '../../../src/engine/result.ts'
import type { SearchOptions } from '../../../src/engine/search-options.ts'
import { Trial } from '../../../src/engine/symmetry/once-large.ts'
import { rolesOf } from '../../../src/engine/symmetry/renaming.ts'
import { TUNING } from '../../../src/engine/tuning.ts'

const modelOf = async (name: string, parameters: object) =>
  (await corpus[name]!.protocol()).instantiate(parameters as never, [])

const trying = (triedAt: number, orbits = 20) => ({ ...TUNING, batch: 16, symmetry: { triedAt, orbits } })
const large = (triedAt: number): SearchOptions => ({ symmetry: 'once-large', tuning: trying(triedAt) })

it('turns to orbits once it is large, and not before', async () => {
  const model = await modelOf('two-phase-commit-plain', { rms: 5 })
  const { distinct, orbits, verdict } = await explore(model, large(500))
  expect([verdict, distinct, orbits?.distinct, orbits?.generated]).toEqual(['holds', 314, 8_832, 58_146])
  const small = await explore(model, large(9_000))
  expect([small.orbits, small.distinct]).toEqual([undefined, 8_832])
})

const counters = protocol({ name: 'counters', roles: { node: { volatile: { count: z.int().default(0) } } } }, () => ({
  population: { node: 4 },
  actions: {
    node: {
      step(me, { self }) {
        if (me.count === 3) return disabled
        me.count += self === 'node2' && me.count === 0 ? 2 : 1
      },
    },
  },
  properties: { done: sometimes('all are done', ({ node }) => node.every(({ count }) => count === 3)) },
}))

it('goes on as it is where names matter, and says nothing of it', async () => {
  const told = ({ verdict, distinct, generated, depth, orbits, unlike }: SearchResult) => {
    return { verdict, distinct, generated, depth, orbits, unlike }
  }
  const model = counters.instantiate()
  expect(told(await explore(model, large(30)))).toEqual(told(await explore(model)))
})

it.each<[string, object, SearchOptions]>([
  ['there are few names', { rms: 3 }, {}],
  ['a budget is of states', { rms: 5 }, { budget: { maxStates: 2_000 } }],
  ['it is depth first', { rms: 5 }, { order: 'dfs' }],
  ['a profile is asked for', { rms: 5 }, { profiled: true }],
  ['a hash of the states is asked for', { rms: 5 }, { digested: true }],
])('stays as it is where %s', async (_, parameters, options) => {
  const model = await modelOf('two-phase-commit-plain', parameters)
  const { orbits } = await explore(model, { ...large(100), ...options })
  expect(orbits).toBeUndefined()
})

it('is tried no longer than the search may take', async () => {
  const model = await modelOf('two-phase-commit-plain', { rms: 5 })
  const looking = (deadline: Deadline) => () =>
    new Trial(model, model.properties, rolesOf(model)).look({ distinct: 500, tuning: trying(500) }, deadline)
  expect(looking(new Deadline())).toThrow('the search begins anew')
  let looks = 0
  expect(looking(new Deadline({ at: 3, timeoutMs: 3, now: () => looks++ }))).toThrow(new Stopped('timeout'))
})
