/** Executions of random protocols (check-random-executions.ts). RANDOM_PROTOCOLS and RANDOM_SEED: see engine-agrees.test.ts. */
import { expect, it } from 'vitest'
import { checkRandomExecutions } from './check-random-executions.ts'

const runs = Number(process.env.RANDOM_PROTOCOLS ?? 20)
const seed = Number(process.env.RANDOM_SEED ?? 36)

/** Most random protocols come to an end, and with it all steps do. */
const HOLD_AT_LEAST: Readonly<Record<string, number>> = { alwaysEventuallyStep: 0 }

const AT_LEAST: readonly (readonly [string, number])[] = [
  ...[
    ...['canAlways', 'eventually', 'alwaysEventually', 'leadsTo'],
    ...['eventuallyAlways', 'alwaysEventuallyStep', 'ltl', 'forEach'],
  ].flatMap((kind) => [[`${kind} holds`, HOLD_AT_LEAST[kind] ?? 4] as const, [`${kind} violated`, 4] as const]),
  ['holds under fairness', 20],
  ['violated under fairness', 20],
  ['fair to single choices', 20],
  ['stops for ever', 10],
  ['goes round in more than 1 step', 5],
  ['unlimited faults', 10],
  ['violated in part', 10],
]

it(`engine and oracle agree on executions of ${runs} random protocols`, { tags: 'slow' }, async () => {
  const census = await checkRandomExecutions(runs, seed)
  const rare = AT_LEAST.filter(([feature, least]) => (census.get(feature) ?? 0) < least * (runs / 60))
  expect(rare.map(([feature, least]) => `${feature}: ${census.get(feature) ?? 0} of ${least}`)).toEqual([])
})
