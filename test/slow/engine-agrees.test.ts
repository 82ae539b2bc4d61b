/** The engine against the oracle on thousands of random protocols, new ones each time. See test/random/. */
import { expect, it } from 'vitest'
import { checkRandomConstraints } from '../random/check-random-constraints.ts'
import { checkRandomCuts } from '../random/check-random-cuts.ts'
import { checkRandomFairRefinements } from '../random/check-random-fair-refinements.ts'
import { checkRandomInduction } from '../random/check-random-induction.ts'
import { checkRandomProtocols } from '../random/check-random-protocols.ts'
import { checkRandomRefinements } from '../random/check-random-refinements.ts'
import { checkRandomViews } from '../random/check-random-views.ts'

const runs = Number(process.env.RANDOM_PROTOCOLS ?? 4000)
const seed = process.env.RANDOM_SEED === undefined ? {} : { seed: Number(process.env.RANDOM_SEED) }

it(`engine and oracle agree on ${runs} small protocols`, async () => {
  await checkRandomProtocols({ runs, cap: 150, ...seed })
})

it(`engine and oracle agree on ${Math.ceil(runs / 20)} larger protocols`, async () => {
  await checkRandomProtocols({ runs: Math.ceil(runs / 20), cap: 2500, ...seed })
})

it(`engine and oracle agree on refinements between ${Math.ceil(runs / 20)} random protocols`, async () => {
  const census = await checkRandomRefinements({ runs: Math.ceil(runs / 20), cap: 60, ...seed })
  const met = ['holds', 'holds, not exercised', 'violated', 'violated at the start']
  expect(met.filter((feature) => !census.has(feature))).toEqual([])
})

it(`engine and oracle agree on what ${Math.ceil(runs / 80)} random protocols are fair to`, async () => {
  const census = await checkRandomFairRefinements({ runs: Math.ceil(runs / 80), cap: 60, ...seed })
  expect([...census.keys()].sort()).toEqual(['holds', 'violated'])
})

it(`engine and oracle agree on ${Math.ceil(runs / 20)} random protocols within constraints`, async () => {
  const cut = await checkRandomConstraints({ runs: Math.ceil(runs / 20), cap: 150, ...seed })
  expect(cut).toBeGreaterThan(0)
})

it(`engine and oracle agree on ${Math.ceil(runs / 80)} random protocols whose cuts are given`, async () => {
  const met = await checkRandomCuts({ runs: Math.ceil(runs / 80), cap: 150, ...seed })
  expect(Object.keys(met).sort()).toEqual(['apart', 'bridge', 'halves'])
})

it(`engine and oracle agree on ${Math.ceil(runs / 20)} random protocols by views`, async () => {
  const left = await checkRandomViews({ runs: Math.ceil(runs / 20), cap: 150, ...seed })
  expect(left).toBeGreaterThan(0)
})

it(`induction and an oracle agree on ${Math.ceil(runs / 100)} random protocols, out of reach too`, async () => {
  const met = await checkRandomInduction({ runs: Math.ceil(runs / 100), cap: 20, ...seed })
  const answers = ['broke off', 'proved', 'proved, and false at the start', 'refuted']
  expect(Object.keys(met).sort()).toEqual(answers)
})
