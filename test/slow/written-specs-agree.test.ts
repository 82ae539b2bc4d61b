/** The engine against the oracles on hundreds of written specs, new ones each time. See test/random/written/. */
import { expect, it } from 'vitest'
import { checkWrittenSpecs } from '../random/written/check-written-specs.ts'

const runs = Math.ceil(Number(process.env.RANDOM_PROTOCOLS ?? 4000) / 10)
const seed = Number(process.env.RANDOM_SEED ?? Math.floor(Math.random() * 2 ** 31))

const ASKED = ['always', 'never', 'step', 'deadlock', 'canAlways', 'eventually', 'alwaysEventually', 'eventuallyAlways']
  .concat(['leadsTo', 'alwaysEventuallyStep', 'ltl', 'forEach'])
  .flatMap((kind) => [`${kind} holds`, `${kind} violated`])

const CUT = ['a constraint cuts', 'a view cuts', 'a view and a constraint cut', 'fewer orbits']

const HAS = [
  'histories',
  'clocks',
  'crashes',
  'partitions',
  'losses',
  'duplicates',
  'pauses',
  'capacity',
  'fifo',
  'until',
]

/** Tests of their own, so that shards share them. */
const PARTS = 4

it.each(Array.from({ length: PARTS }, (_, part) => part + 1))(
  `engine and oracles agree on ${runs} specs, part %i`,
  async (part) => {
    const census = await checkWrittenSpecs({ runs: Math.ceil(runs / PARTS), cap: 150, seed: seed + part * 1_000_000 })
    const met = [...ASKED, ...CUT, ...HAS.map((feature) => `has ${feature}`)]
    expect(met.filter((feature) => !census.has(feature))).toEqual([])
  },
)

it(`engine and oracles agree on ${Math.ceil(runs / 20)} larger specs`, async () => {
  await checkWrittenSpecs({ runs: Math.ceil(runs / 20), cap: 3000, seed })
})
