/** Formulas and the tableau on random graphs (check-random-formulas.ts). RANDOM_GRAPHS and RANDOM_SEED: see random-graphs.test.ts. */
import { expect, it } from 'vitest'
import { checkRandomFormulas } from './check-random-formulas.ts'

const runs = Number(process.env.RANDOM_GRAPHS ?? 25)
const seed = Number(process.env.RANDOM_SEED ?? 1)

const AT_LEAST: readonly (readonly [string, number])[] = [
  ...['eventually', 'alwaysEventually', 'eventuallyAlways', 'leadsTo', 'ltl'].flatMap((kind) => [
    [`${kind} holds`, 150] as const,
    [`${kind} violated`, 300] as const,
  ]),
  ['alwaysEventuallyStep holds', 20],
  ['alwaysEventuallyStep violated', 300],
  ['holds under fairness', 300],
  ['violated under fairness', 600],
  ['cured by weak fairness', 100],
  ['stops for ever', 100],
  ['goes round in more than 2 steps', 20],
]

it(`engine and tableau agree on ${runs} random graphs, of which enough are interesting`, async () => {
  const census = await checkRandomFormulas(runs, seed)
  const rare = AT_LEAST.filter(([feature, least]) => (census.get(feature) ?? 0) < least * (runs / 2500))
  expect(rare.map(([feature, least]) => `${feature}: ${census.get(feature) ?? 0} of ${least}`)).toEqual([])
})
