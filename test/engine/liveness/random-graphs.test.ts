/**
 * Deciders and oracle on random graphs (check-random-graphs.ts). The seed is fixed, so that a failure here is a change
 * for the worse; test/slow/ draws others. RANDOM_GRAPHS and RANDOM_SEED override.
 */
import { expect, it } from 'vitest'
import { checkRandomGraphs } from './check-random-graphs.ts'

const runs = Number(process.env.RANDOM_GRAPHS ?? 300)
const seed = Number(process.env.RANDOM_SEED ?? 3)

const AT_LEAST: readonly (readonly [string, number])[] = [
  ...['canAlways', 'eventually', 'alwaysEventually', 'leadsTo'].flatMap((kind) => [
    [`${kind} holds`, 150] as const,
    [`${kind} violated`, 300] as const,
  ]),
  ['holds under fairness', 300],
  ['violated under fairness', 600],
  ['cured by weak fairness', 200],
  ['cured by strong fairness', 30],
  ['stops for ever', 100],
  ['goes round in more than 2 steps', 20],
  ['a stem of more than 1 step', 40],
]

it(`engine and oracle agree on ${runs} random graphs, of which enough are interesting`, { tags: 'slow' }, async () => {
  const census = await checkRandomGraphs(runs, seed)
  const rare = AT_LEAST.filter(([feature, least]) => (census.get(feature) ?? 0) < least * (runs / 2500))
  expect(rare.map(([feature, least]) => `${feature}: ${census.get(feature) ?? 0} of ${least}`)).toEqual([])
})
