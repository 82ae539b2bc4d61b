/** Lines that nothing open needs are forgotten, and no others: what was put off may begin far behind the rest. */
import { always, disabled, logMap, protocol, z } from 'splitbrain'
import { expect, it } from 'vitest'
import { conform } from '../../src/conform/conform.ts'
import { Feed } from '../../src/conform/feed.ts'
import { Heads } from '../../src/conform/heads.ts'

const forked = protocol(
  {
    name: 'forked',
    roles: {
      node: { durable: { way: z.enum(['none', 'a', 'b']).default('none'), broken: z.boolean().default(false) } },
    },
  },
  () => ({
    population: { node: 1 },
    actions: {
      node: {
        goA(me) {
          if (me.way !== 'none') return disabled
          me.way = 'a'
        },
        goB(me) {
          if (me.way !== 'none') return disabled
          me.way = 'b'
        },
        snap(me) {
          me.broken = true
        },
      },
    },
    properties: { whole: always('nothing is broken', ({ node }) => node.every(({ broken }) => !broken)) },
  }),
)

const map = logMap(forked, {
  event: ({ event }) => String(event),
  on: {
    fork: () => [{ steps: { action: 'goA' } }, { steps: { action: 'goB' } }],
    early: () => [{ before: { node1: { way: 'a' } } }, { before: { node1: { way: 'b' } }, steps: { action: 'snap' } }],
    tick: () => ({}),
    late: () => ({ before: { node1: { way: 'a' } }, steps: { action: 'snap' } }),
    impossible: () => ({ before: { node1: { way: 'none' } } }),
  },
})

it('one way breaks a property late, the other early, and neither explains the end', { tags: 'slow' }, async () => {
  const names = ['fork', 'early', ...Array<string>(5_000).fill('tick'), 'late', 'impossible']
  const lines = names.map((event) => JSON.stringify({ event }))
  const found = await conform(forked.instantiate({}), map, [{ name: 'log', lines }])
  expect(found).toMatchObject({ verdict: 'does not conform', explained: 5_003 })
})

it('of several logs, each up to what is needed of it, but for the last before', async () => {
  const events = async function* () {
    for (let line = 1; line <= 10_000; line++) yield { place: { file: 'log', line } } as never
  }
  const feeds = [new Feed('a', events()), new Feed('b', events())]
  for (const feed of feeds) await feed.at(9_999)
  new Heads(feeds).giveBack([9_000, 5_000])
  const first = feeds.map((feed) => Array.from({ length: 10_000 }, (_, at) => at).find((at) => feed.known(at)))
  expect(first).toEqual([8_999, 4_999])
})
