/**
 * The engine against the oracle on random protocols: distinct, generated, depth, what fired, every verdict, the length
 * of every trace, and every trace before the judge. A failure prints its seed and the shrunken plan.
 *
 * The seed is fixed, so that a failure here is a change for the worse and not bad luck; test/slow/ draws new protocols,
 * thousands of them, every time, and looks that they exercise everything.
 */
import { expect, it } from 'vitest'
import { checkRandomConstraints } from './check-random-constraints.ts'
import { checkRandomCuts } from './check-random-cuts.ts'
import { checkRandomInduction } from './check-random-induction.ts'
import { checkRandomProtocols } from './check-random-protocols.ts'
import { checkRandomRefinements } from './check-random-refinements.ts'
import { checkRandomSymmetry, impartial } from './check-random-symmetry.ts'
import { checkRandomViews } from './check-random-views.ts'

it('engine and oracle agree on 6 random protocols', async () => {
  await checkRandomProtocols({ runs: 6, cap: 150, seed: 2 })
})

it('engine and oracle agree on refinements between 3 random protocols', { tags: 'slow' }, async () => {
  await checkRandomRefinements({ runs: 3, cap: 40, seed: 1 })
})

it('engine and oracle agree on 6 random protocols within constraints', { tags: 'slow' }, async () => {
  await checkRandomConstraints({ runs: 6, cap: 60, seed: 1 })
})

it('engine and oracle agree on 5 random protocols whose cuts are given', { tags: 'slow' }, async () => {
  expect(await checkRandomCuts({ runs: 5, cap: 60, seed: 1 })).toEqual({ apart: 3, halves: 1, bridge: 1 })
})

it('engine and oracle agree on 1 random protocol by a view', async () => {
  await checkRandomViews({ runs: 1, cap: 60, seed: 1 })
})

it('engine and oracle agree on 6 random protocols by views', { tags: 'slow' }, async () => {
  await checkRandomViews({ runs: 6, cap: 60, seed: 2 })
})

it('a search up to symmetry and the oracle agree on 4 random protocols', async () => {
  expect(await checkRandomSymmetry({ runs: 4, cap: 100, seed: 1, alter: impartial })).toMatchObject({
    symmetric: 3,
    reduced: 3,
  })
})

it('induction and an oracle agree on 1 random protocol, out of reach too', async () => {
  expect(await checkRandomInduction({ runs: 1, cap: 20, seed: 5 })).toEqual({
    ...{ 'broke off': 1, refuted: 2 },
    'proved, and false at the start': 1,
  })
})
