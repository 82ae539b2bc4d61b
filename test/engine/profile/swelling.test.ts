/** The component that makes a space large is named while it is searched. */
import { disabled, protocol, z } from 'splitbrain'
import { expect, it } from 'vitest'
import { explore } from '../../../src/engine/explore.ts'
import { Queue } from '../../../src/engine/frontier.ts'
import { SwellingWatch } from '../../../src/engine/profile/swelling.ts'
import { Search } from '../../../src/engine/search.ts'
import { conclusion } from '../../../src/report/conclusion.ts'
import { progressLine } from '../../../src/report/progress-line.ts'

it('is the one that goes on taking new values', () => {
  const model = protocol(
    { name: 'endless', shared: { turn: z.int().default(0), log: z.array(z.int()).default([]) } },
    () => ({
      actions: {
        environment: {
          write({ shared, choose }) {
            shared.log.push(choose('k', [0, 1]))
            shared.turn = 1 - shared.turn
          },
        },
      },
      properties: {},
    }),
  ).instantiate()
  const search = new Search(model, new Queue(), [], { maxDepth: 10, stopsAtViolation: true })
  const watch = new SwellingWatch(search)
  watch.note()
  while (search.advance() === 'more') watch.note()
  const swelling = watch.look()
  expect(swelling).toMatchObject({ name: 'log', values: 2047 })
  expect(swelling!.growth).toBeCloseTo(2, 1)
  const progress = {
    distinct: 1,
    generated: 1,
    depth: 1,
    frontier: 1,
    growth: 2,
    elapsedMs: 31_000,
    swelling: swelling!,
  }
  expect(progressLine(progress, 200)).toMatch(/ · 31 s · log: 2,047 values, ×2\.\d\d a level$/)
})

/** A server asks for ever; what it was answered lies in another channel, whose values are of the same sort. */
const asking = protocol(
  { name: 'asking', roles: { server: {}, client: {} }, messages: { Ask: {}, Welcome: {} } },
  () => ({
    population: { client: 1, server: 1 },
    start: {
      client(_, { send, ids }) {
        send(ids.server[0]!, { type: 'Welcome' })
      },
    },
    actions: {
      server: {
        ask(_, { send, ids }) {
          send(ids.client[0]!, { type: 'Ask' })
        },
      },
    },
    receive: { client: { Ask: () => disabled }, server: { Welcome() {} } },
    properties: {},
  }),
).instantiate()

it('is the one of its sort, while the space is searched as in the end', async () => {
  const search = new Search(asking, new Queue(), [], { maxDepth: 20, stopsAtViolation: true })
  const watch = new SwellingWatch(search)
  expect(asking.components.findIndex(({ sort }) => sort === 'channel')).toBe(
    asking.components.findIndex(({ name }) => name === 'client1→server1'),
  )
  while (search.advance() === 'more') watch.note()
  expect(watch.look()).toMatchObject({ name: 'server1→client1' })
  const result = await explore(asking, { budget: { maxDepth: 20 } })
  expect(result.swelling).toMatchObject([{ name: 'server1→client1', field: { name: 'Ask', mostAtOnce: 20 } }])
  expect(conclusion(result, { maxDepth: 20 })).toContain(
    'New values kept turning up: server1→client1.Ask (up to 20 at once). If',
  )
  expect((await explore(asking, { budget: { maxDepth: 3 } })).swelling).toEqual([])
})

/** Each round takes three steps: what is counted has a new value at every third level. */
const rounds = protocol(
  { name: 'rounds', roles: { node: { volatile: { at: z.int().default(0), count: z.int().default(0) } } } },
  () => ({
    population: { node: 1 },
    actions: {
      node: {
        go(me) {
          me.at = (me.at + 1) % 3
          if (me.at === 0) me.count++
        },
      },
    },
    properties: {},
  }),
).instantiate()

it('need not take one at every level, and is told with its field', async () => {
  for (const maxDepth of [100, 3_000]) {
    const result = await explore(rounds, { budget: { maxDepth } })
    expect(result.swelling).toMatchObject([{ name: 'node1' }])
    expect(conclusion(result, { maxDepth })).toContain(
      `New values kept turning up: node1.count (0 to ${maxDepth === 100 ? '33' : '1,000'}). If`,
    )
  }
})
