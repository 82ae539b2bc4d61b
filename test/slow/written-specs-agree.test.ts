/** The engine against the oracles on hundreds of written specs, new ones each time. See test/random/written/. */
import { expect, it } from 'vitest'
import { checkWrittenSpecs } from '../random/written/check-written-specs.ts'

/** Fewer could miss what is asked below by chance. */
const LEAST = 100

/** Tests of their own, so that shards share them. */
const PARTS = 4

const runs = Math.max(LEAST, Math.ceil(Number(process.env.RANDOM_PROTOCOLS ?? 4000) / 10 / PARTS))
const seed = Number(process.env.RANDOM_SEED ?? Math.floor(Math.random() * 2 ** 31))

/** Each is met in one spec of ten, at least. */
const MET = [
  ...['violated', 'liveness holds', 'liveness violated', 'fewer orbits'],
  ...['a constraint cuts', 'a view cuts', 'a view and a constraint cut'],
  ...['histories', 'crashes', 'partitions', 'losses', 'duplicates', 'pauses', 'capacity', 'fifo', 'a set', 'until']
    .concat(['choices in loops', 'looks at others', 'optional actions', 'environment', 'parameter 0', 'one process'])
    .map((feature) => `has ${feature}`),
]

it.each(Array.from({ length: PARTS }, (_, part) => part + 1))(
  `engine and oracles agree on ${runs} specs, part %i`,
  async (part) => {
    const census = await checkWrittenSpecs({ runs, cap: 150, seed: seed + part * 1_000_000 })
    expect(MET.filter((feature) => !census.has(feature))).toEqual([])
  },
)

it(`engine and oracles agree on ${runs / 5} larger specs`, async () => {
  await checkWrittenSpecs({ runs: runs / 5, cap: 3000, seed })
})
