/**
 * Loops by themselves, on random graphs: the one put together leg by leg, which searches fall back on where looking for
 * the shortest takes too much, is a fair loop too; and never shorter than the shortest.
 */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { violationsOf } from '../../../src/engine/liveness/automaton.ts'
import { Components } from '../../../src/engine/liveness/components.ts'
import { type FairPart, findFairPart } from '../../../src/engine/liveness/fair-part.ts'
import { finished } from '../../../src/engine/liveness/finished.ts'
import { type MarkedPart, numbered } from '../../../src/engine/liveness/marks.ts'
import { Product } from '../../../src/engine/liveness/product.ts'
import { shortestLoop } from '../../../src/engine/liveness/shortest-loop.ts'
import { someLoop } from '../../../src/engine/liveness/some-loop.ts'
import type { Edge } from '../../../src/engine/liveness/state-graph.ts'
import { Units } from '../../../src/engine/liveness/units.ts'
import type { Search } from '../../../src/engine/search.ts'
import type { Fairness, Property } from '../../../src/model.ts'
import { amount } from '../../amount.ts'
import { isFair, type PlainGraph } from '../../oracle/naive-executions.ts'
import { exhausted } from '../agree.ts'
import { someFormula } from './check-random-formulas.ts'
import { graphOf, modelOf } from './graph-model.ts'
import { someGraphWithQuestions } from './some-graph.ts'

const RUNS = amount(200, 1_000)

/** What is left where everything is allowed. */
function fairPartOf({ executions }: Search, units: Units): FairPart {
  const { graph, marks, properties } = executions!
  const region = marks.parts(properties[0]!)[0]!.marks[0]!.places.complement(graph.states)
  return finished(findFairPart(new Components(graph), { starts: region, region }, units))
}

function productOf({ executions, initial }: Search): Product {
  const { graph, marks, properties } = executions!
  const [{ asked, marks: atoms }] = marks.parts(properties[0]!) as [MarkedPart]
  const product = new Product(graph, finished(violationsOf(numbered(asked))), atoms, initial.size)
  finished(product.build())
  return product
}

/** The loop over the plain graph's own numbers for states. */
function plainLoop({ executions, store, values }: Search, { edges }: PlainGraph, loop: readonly Edge[]) {
  const at = (state: number) => {
    store.load(state)
    return values.valueOf(0, store.cells[store.cellOf(0)]!)
  }
  return loop.map(({ from, label, to }) => {
    const { rule } = executions!.graph.labels[label]!
    return edges.find((edge) => edge.from === at(from) && edge.to === at(to) && edge.rule === rule)!
  })
}

it('through every state of a fair component there is a fair loop, and the shortest is not longer than another', () => {
  let loops = 0
  let longer = 0
  const agree = fc.property(someGraphWithQuestions, ([plan, [question]]) => {
    const model = modelOf(plan, [{ ...question!, kind: 'alwaysEventually' }])
    const search = exhausted(model)
    const { graph } = search.executions!
    const { fairness } = model.properties[0] as Property & { readonly fairness: readonly Fairness[] }
    const units = new Units(graph, fairness)
    const part = fairPartOf(search, units)
    const plain = graphOf(plan, model.rules)
    for (let home = 0; home < part.components; home++) {
      for (let i = 0; i < part.sizeOf(home); i++) {
        const anchor = part.stateIn(home, i)
        const isHome = (state: number) => part.homeOf(state) === home
        const some = someLoop(graph, units, anchor, isHome)
        const limits = { longest: Number.POSITIVE_INFINITY, effort: 10_000 }
        const shortest = shortestLoop(graph, units, anchor, isHome, limits).loop!
        for (const loop of [some, shortest]) {
          expect(loop.map(({ from }) => from)).toEqual([anchor, ...loop.slice(0, -1).map(({ to }) => to)])
          expect(loop.at(-1)!.to).toBe(anchor)
          expect(isFair(plain, fairness, plainLoop(search, plain, loop))).toBe(true)
        }
        expect(shortest.length).toBeLessThanOrEqual(some.length)
        loops++
        if (shortest.length < some.length) longer++
      }
    }
  })
  fc.assert(agree, { numRuns: RUNS, seed: 1 })
  expect(loops).toBeGreaterThan(0.4 * RUNS)
  expect(longer).toBeGreaterThan(0.005 * RUNS)
})

it('so it is in a product with an automaton, whose goals the loop meets besides', () => {
  let loops = 0
  const agree = fc.property(someGraphWithQuestions, someFormula, ([plan, [question]], formula) => {
    const model = modelOf(plan, [{ ...question!, kind: 'ltl', formula }])
    const search = exhausted(model)
    const { fairness } = model.properties[0] as Property & { readonly fairness: readonly Fairness[] }
    const product = productOf(search)
    const { graph } = product
    const units = new Units(graph, fairness)
    const part = finished(findFairPart(new Components(graph), product.where, units))
    for (let home = 0; home < part.components; home++) {
      for (let i = 0; i < part.sizeOf(home); i++) {
        const anchor = part.stateIn(home, i)
        const isHome = (state: number) => part.homeOf(state) === home
        const some = someLoop(graph, units, anchor, isHome)
        const limits = { longest: Number.POSITIVE_INFINITY, effort: 10_000 }
        const shortest = shortestLoop(graph, units, anchor, isHome, limits).loop!
        for (const loop of [some, shortest]) {
          const met = new Set(loop.flatMap(({ label }) => graph.labels[label]!.meets!))
          expect(met.size).toBe(graph.goals)
          const plain = graphOf(plan, model.rules)
          const onGraph = product.onGraph({ stem: [anchor], loop }).loop
          expect(isFair(plain, fairness, plainLoop(search, plain, onGraph))).toBe(true)
        }
        expect(shortest.length).toBeLessThanOrEqual(some.length)
        loops++
      }
    }
  })
  fc.assert(agree, { numRuns: RUNS / 2, seed: 1 })
  expect(loops).toBeGreaterThan(0.3 * RUNS)
})

it('a search for the shortest says where it gave up, and where there is none so short', () => {
  const circle = {
    states: 4,
    initial: [0],
    kinds: ['action' as const],
    edges: [0, 1, 2, 3].map((i) => [i, (i + 1) % 4, 0] as const),
  }
  const question = { kind: 'alwaysEventually' as const, goal: [], trigger: [], fairness: [] }
  const { graph } = exhausted(modelOf(circle, [question])).executions!
  const units = new Units(graph, [])
  const within = (longest: number, effort: number) => {
    const { loop, gaveUp } = shortestLoop(graph, units, 0, () => true, { longest, effort })
    return [loop?.length, gaveUp]
  }
  expect(within(4, 100)).toEqual([4, false])
  expect(within(3, 100)).toEqual([undefined, false])
  expect(within(4, 2)).toEqual([undefined, true])
})
