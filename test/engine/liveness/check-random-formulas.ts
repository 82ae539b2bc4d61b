/**
 * Formulas on random small graphs with random fairness, against the tableau: every verdict, every cure, and every lasso
 * before the judge. The questions that have a name are asked by it and as the formula that they are.
 */
import fc from 'fast-check'
import { expect } from 'vitest'
import { explore } from '../../../src/engine/explore.ts'
import type { PropertyResult } from '../../../src/engine/result.ts'
import { record } from '../../../src/judge/record.ts'
import { replay } from '../../../src/judge/replay.ts'
import type { Formula, Model, Property } from '../../../src/model.ts'
import { fairNames, fairnessOf } from '../../../src/property/fairness.ts'
import { and, atom, finallyTrue, formulaOf, globally, implies, not, or, until } from '../../../src/property/formula.ts'
import type { PlainGraph } from '../../oracle/naive-executions.ts'
import { violatesFormula } from '../../oracle/tableau.ts'
import { type FormulaPlan, graphOf, modelOf, type QuestionPlan } from './graph-model.ts'
import { someGraphWithQuestions } from './some-graph.ts'

export type Named = 'goal' | 'trigger' | 'step'

/** With at most so many guesses of the tableau. */
const MOST_GUESSES = 4

export const someFormula: fc.Arbitrary<Formula<Named>> = fc
  .letrec<{ formula: Formula<Named> }>((tie) => ({
    formula: fc.oneof(
      { maxDepth: 4, depthIdentifier: 'formula' },
      fc.constantFrom<Named>('goal', 'trigger', 'step').map((one) => atom(one)),
      tie('formula').map(not),
      tie('formula').map(finallyTrue),
      tie('formula').map(globally),
      fc.tuple(tie('formula'), tie('formula')).map(([a, b]) => and(a, b)),
      fc.tuple(tie('formula'), tie('formula')).map(([a, b]) => or(a, b)),
      fc.tuple(tie('formula'), tie('formula')).map(([a, b]) => implies(a, b)),
      fc.tuple(tie('formula'), tie('formula')).map(([a, b]) => until(a, b)),
    ),
  }))
  .formula.filter((formula) => guessesOf(formula) <= MOST_GUESSES)

function guessesOf(formula: Formula<Named>): number {
  switch (formula.op) {
    case 'atom':
      return formula.atom === 'step' ? 1 : 0
    case 'not':
      return guessesOf(formula.of)
    case 'and':
    case 'or':
      return formula.of.reduce((sum, each) => sum + guessesOf(each), 0)
    case 'implies':
      return guessesOf(formula.when) + guessesOf(formula.then)
    case 'until':
      return guessesOf(formula.hold) + guessesOf(formula.goal) + 1
  }
}

const NAMED = ['eventually', 'alwaysEventually', 'eventuallyAlways', 'alwaysEventuallyStep', 'leadsTo'] as const

/** How many of the questions asked turned out how. @throws Error with the shrunken graph where engine and oracle differ */
export async function checkRandomFormulas(runs: number, seed?: number): Promise<ReadonlyMap<string, number>> {
  const census = new Map<string, number>()
  const formulas = fc.array(someFormula, { minLength: 1, maxLength: 3 })
  const agree = fc.asyncProperty(someGraphWithQuestions, formulas, async ([plan, [asked]], formulas) => {
    const named = NAMED.map((kind): QuestionPlan => ({ ...asked!, kind }))
    const asFormulas = formulas.map((formula): FormulaPlan => ({ ...asked!, kind: 'ltl', formula }))
    const base = modelOf(plan, [...named, ...asFormulas])
    const model: Model = {
      ...base,
      properties: [...base.properties, ...base.properties.slice(0, NAMED.length).map(spelt)],
    }
    const graph = graphOf(plan, model.rules)
    const { properties } = await explore(model, { keepGoing: true })
    for (const checked of properties.slice(1)) {
      checkAnswer(model, graph, checked)
      for (const feature of featuresOf(checked)) census.set(feature, (census.get(feature) ?? 0) + 1)
    }
  })
  await fc.assert(agree, { numRuns: runs, ...(seed !== undefined && { seed }) })
  return census
}

type Asked = Exclude<Extract<Property, { fairness: unknown }>, { kind: 'forEach' }>

/** A question by its formula. */
const spelt = (property: Property): Property => {
  const { claim, optional, fairness, stutters } = property as Asked
  const name = `${property.name}, spelt`
  return {
    name,
    claim,
    optional,
    kind: 'ltl',
    formula: formulaOf(property as Asked),
    fairness,
    ...(stutters && { stutters }),
  }
}

function checkAnswer(model: Model, graph: PlainGraph, { property, verdict, path, cures }: PropertyResult): void {
  const { fairness, stutters, ...asked } = property as Asked
  const isViolated = (assumed: typeof fairness) =>
    violatesFormula(graph, formulaOf(asked), (state) => ({ read: () => state }), { fairness: assumed, stutters })
  const expected = isViolated(fairness)
  if (expected === undefined) return
  expect(verdict).toBe(expected ? 'violated' : 'holds')
  if (path === undefined) return
  expect(replay(model, record(model, property, path)).outcome).toBe('reproduced')
  for (const of of fairNames(model.rules, model.groups)) {
    const cure = cures!.find((each) => each.of === of)
    for (const strength of ['weak', 'strong'] as const) {
      const isCure = cure !== undefined && (strength === 'strong' || cure.strength === 'weak')
      const left = isViolated([...fairness, fairnessOf(strength, of)])
      if (left !== undefined) expect([of, strength, isCure]).toEqual([of, strength, !left])
    }
  }
}

function featuresOf({ property, verdict, path, cures = [] }: PropertyResult): string[] {
  const { kind, fairness } = property as Asked
  const { loop, steps = [] } = path ?? {}
  return [
    `${kind} ${verdict}`,
    ...(fairness.length > 1 ? [`${verdict} under fairness`] : []),
    ...cures.map(({ strength }) => `cured by ${strength} fairness`),
    ...(loop === steps.length ? ['stops for ever'] : []),
    ...(loop !== undefined && steps.length - loop > 2 ? ['goes round in more than 2 steps'] : []),
  ]
}
