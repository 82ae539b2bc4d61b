/** The profile of a search, on spaces small enough to count by hand. */
import { always, alwaysEventually, disabled, protocol, z } from 'splitbrain'
import { describe, expect, it } from 'vitest'
import plain from '../../../specs/two-phase-commit/plain.ts'
import { explore } from '../../../src/engine/explore.ts'
import type { SearchOptions } from '../../../src/engine/search-options.ts'
import { simulate } from '../../../src/engine/walks/simulate.ts'

const profiled = async (options: SearchOptions = {}) => {
  const result = await explore(plain.instantiate({ rms: 3 }), { ...options, profiled: true })
  return { ...result, profile: result.profile! }
}

const sum = (numbers: readonly number[]) => numbers.reduce((a, b) => a + b, 0)

describe('two-phase commit with three resource managers', () => {
  it('is not profiled unless asked for', async () => {
    expect((await explore(plain.instantiate({ rms: 3 }))).profile).toBe(undefined)
  })

  it('has its 288 states at these depths', async () => {
    const { profile, distinct, depth } = await profiled()
    expect(profile.levels).toEqual([1, 7, 21, 38, 50, 54, 49, 36, 21, 9, 2])
    expect([sum(profile.levels!), profile.levels!.length - 1]).toEqual([distinct, depth])
    expect((await profiled({ order: 'dfs' })).profile.levels).toBe(undefined)
    expect((await profiled({ budget: { maxDepth: 2 } })).profile.levels).toEqual([1, 7, 21])
  })

  it('varies in the state of the managers, and in what the transaction manager knows', async () => {
    const { profile } = await profiled()
    expect(profile.components.map(({ name, kind, sort, fields }) => [name, kind, sort, fields.length])).toEqual([
      ['rm1', 'process', 'rm', 1],
      ['rm2', 'process', 'rm', 1],
      ['rm3', 'process', 'rm', 1],
      ['tm1', 'process', 'tm', 2],
      ['prepared', 'shared', 'shared prepared', 1],
      ['commit', 'shared', 'shared commit', 1],
      ['abort', 'shared', 'shared abort', 1],
    ])
    expect(profile.components[3]!.fields).toMatchObject([
      { name: 'prepared', distinctValues: 8, mostAtOnce: 3 },
      { name: 'state', distinctValues: 3 },
    ])
  })

  it('tells the calls of each action and property, which are all that there were', async () => {
    const { profile, stats } = await profiled()
    expect(profile.bodyRuns.map(({ name }) => name)).toEqual(plain.instantiate({ rms: 3 }).groups)
    expect(sum(profile.bodyRuns.map(({ runs }) => runs))).toBe(stats.bodyRuns)
    expect(sum(profile.predicateRuns.map(({ runs }) => runs))).toBe(stats.predicateRuns)
    expect(profile.predicateRuns.map(({ name, looksAt }) => [name, looksAt])).toEqual([
      ['agreement', ['rm1', 'rm2', 'rm3']],
      ['aCommit', ['rm1', 'rm2', 'rm3']],
      ['anAbort', ['rm1', 'rm2', 'rm3']],
    ])
  })

  it('tells the tries, whose nodes are all that there are, and what they branch over most', async () => {
    const { profile, stats } = await profiled()
    expect(sum(profile.tries.map(({ nodes }) => nodes))).toBe(stats.trieNodes - 1) // `types` is never run
    expect(
      profile.tries.map(({ of, nodes, leaves, widest }) => [of, nodes, leaves, widest!.answers, widest!.asks]),
    ).toEqual([
      ['rm.prepare', 9, 12, 4, 'rm1.state'],
      ['rm.chooseToAbort', 6, 12, 4, 'rm1.state'],
      ['rm.receiveCommit', 6, 6, 2, 'commit'],
      ['rm.receiveAbort', 6, 6, 2, 'abort'],
      ['tm.receivePrepared', 9, 8, 3, 'tm1.state'],
      ['tm.commit', 3, 6, 4, 'length of tm1.prepared'],
      ['tm.abort', 2, 3, 3, 'tm1.state'],
      ['agreement', 18, 34, 4, 'rm1.state'],
      ['aCommit', 4, 6, 4, 'rm1.state'],
      ['anAbort', 4, 7, 3, 'rm1.state'],
    ])
  })

  it('tells where the memory of states is, the visited ones first', async () => {
    const { profile, stats, distinct } = await profiled()
    expect(profile.tables[0]).toMatchObject({ name: 'visited states', entries: distinct })
    const ofStates = profile.tables.slice(
      0,
      profile.tables.findIndex(({ name }) => name === 'step lists'),
    )
    const total = sum(ofStates.map(({ bytes }) => bytes))
    expect(total / stats.storeBytes).toBeGreaterThan(0.9)
    expect(total).toBeLessThanOrEqual(stats.storeBytes)
    for (const { name, load = 0 } of profile.tables) expect(load, name).toBeLessThanOrEqual(1)
    expect(profile.residentBytes).toBeGreaterThan(stats.storeBytes)
  })

  it('times every phase, and the code of the protocol within them', async () => {
    const { profile } = await profiled()
    expect(profile.phases.map(({ phase }) => phase)).toEqual(['search', 'audit', 'profile', 'paths'])
    expect(profile.protocolMs).toBeGreaterThan(0)
    expect(profile.protocolMs).toBeLessThan(sum(profile.phases.map(({ ms }) => ms)))
  })
})

describe('a question about executions', () => {
  const lamp = protocol(
    { name: 'lamp', messages: { Toggle: {} }, roles: { lamp: { volatile: { on: z.boolean().default(false) } } } },
    () => ({
      population: { lamp: 2 },
      actions: {
        lamp: {
          ask(me, { ids, self, send }) {
            if (me.on) return disabled
            me.on = true
            for (const other of ids.lamp) if (other !== self) send(other, { type: 'Toggle' })
          },
        },
      },
      receive: {
        lamp: {
          Toggle(me) {
            if (!me.on) return disabled
            me.on = false
          },
        },
      },
      properties: {
        few: always('at most two lamps', ({ lamp }) => lamp.length <= 2),
        again: alwaysEventually('a lamp goes out again and again', ({ lamp }) => lamp.some(({ on }) => !on), {
          weak: ['messages'],
        }),
      },
    }),
  ).instantiate()

  it('has a phase, calls, a trie and transitions of its own; deliveries count by message', async () => {
    const { profile, stats } = await explore(lamp, { profiled: true, budget: { maxStates: 40 } })
    expect(profile!.phases.map(({ phase }) => phase)).toEqual(['search', 'audit', 'questions', 'profile', 'paths'])
    expect(profile!.bodyRuns.map(({ name }) => name)).toEqual(['lamp.ask', 'lamp.Toggle'])
    expect(sum(profile!.bodyRuns.map(({ runs }) => runs)) + profile!.emptyRuns).toBe(stats.bodyRuns)
    expect(profile!.emptyRuns).toBeGreaterThan(0)
    expect(profile!.predicateRuns.map(({ name }) => name)).toEqual(['few', 'again'])
    expect(profile!.tries.map(({ of }) => of)).toEqual(['lamp.ask', 'lamp.receive', 'few', 'again'])
    expect(sum(profile!.tries.map(({ nodes }) => nodes))).toBeLessThanOrEqual(stats.trieNodes)
    expect(profile!.tries[1]!.widest).toEqual({ component: 'lamp1', asks: 'lamp1.on', answers: 2 })
    expect(profile!.tables.map(({ name }) => name)).toContain('transitions')
  })
})

it('random walks have a profile, without levels', async () => {
  const { profile } = await simulate(plain.instantiate({ rms: 3 }), { seed: 1, walks: 3, profiled: true })
  expect(profile!.levels).toBe(undefined)
  expect(profile!.phases.map(({ phase }) => phase)).toEqual(['search', 'audit', 'profile', 'paths'])
})
