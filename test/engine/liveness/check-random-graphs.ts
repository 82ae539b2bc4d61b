/**
 * The deciders against the oracle on random small graphs with random fairness: every verdict, the length of every lasso
 * (which on graphs this small is the shortest there is, unless too much is fair), every cure, and every lasso before the judge.
 */
import fc from 'fast-check'
import { expect } from 'vitest'
import { explore } from '../../../src/engine/explore.ts'
import type { Cure, PropertyResult } from '../../../src/engine/result.ts'
import { record } from '../../../src/judge/record.ts'
import type { Fairness, Model, Property } from '../../../src/model.ts'
import { fairNames, fairnessOf } from '../../../src/property/fairness.ts'
import { type PlainGraph, shortestViolation, unitOf, waysToBlocked } from '../../oracle/naive-executions.ts'
import { graphOf, modelOf } from './graph-model.ts'
import { type Plan, someGraphWithQuestions } from './some-graph.ts'

/** How many of the questions asked turned out how. @throws Error with the shrunken graph where engine and oracle differ */
export async function checkRandomGraphs(runs: number, seed?: number): Promise<ReadonlyMap<string, number>> {
  const census = new Map<string, number>()
  const agree = fc.asyncProperty(someGraphWithQuestions, async ([plan, questions]) => {
    const model: Model = modelOf(plan, questions)
    const graph = graphOf(plan, model.rules)
    const result = await explore(model)
    for (const [i, question] of questions.entries()) {
      const checked = result.properties[i + 1]!
      checkAnswer(model, graph, question, checked)
      for (const feature of featuresOf(question, checked)) census.set(feature, (census.get(feature) ?? 0) + 1)
    }
  })
  await fc.assert(agree, { numRuns: runs, ...(seed !== undefined && { seed }) })
  return census
}

function checkAnswer(model: Model, graph: PlainGraph, question: Plan, checked: PropertyResult): void {
  const answer = expected(model, graph, question, checked.property)
  expect(checked.verdict).toBe(answer.steps === undefined ? 'holds' : 'violated')
  const { steps, cures } = told(checked)
  expect(cures).toEqual(answer.cures)
  if (steps === undefined || isPractical(graph, checked.property)) expect(steps).toBe(answer.steps)
  else expect(steps).toBeGreaterThanOrEqual(answer.steps!)
  if (isAboutNothing(question)) expect(checked.verdict).toBe('violated')
  if (checked.path !== undefined) expect(record(model, checked.property, checked.path).verdict).toBe('violated')
  if (checked.proof === undefined) return
  const proof = { steps: answer.steps, states: checked.proof.states }
  expect(waysToBlocked(graph, new Set(question.goal))).toContainEqual(proof)
}

/**
 * The shortest loop is looked for with a bit for each weakly fair unit, and two for each strongly fair one. With so many,
 * the effort allowed (lasso.ts) is enough for every place in six states.
 */
const MOST_BITS = 12

function isPractical({ edges }: PlainGraph, property: Property): boolean {
  const bits = ('fairness' in property ? property.fairness : []).map((fairness) => {
    const units = new Set(edges.map((edge) => unitOf(fairness, edge)).filter((unit) => unit !== undefined))
    return fairness.strength === 'strong' ? 2 * units.size : units.size
  })
  return bits.reduce((sum, each) => sum + each, 0) <= MOST_BITS || property.kind === 'canAlways'
}

/**
 * Whether a question is violated by every fair execution. There always is one: a unit that can happen, happens, if those
 * that have waited longer went first. So no assumption of fairness makes everything hold for want of executions.
 */
const isAboutNothing = ({ kind, goal }: Plan): boolean => goal.length === 0 && kind !== 'leadsTo'

interface Expected {
  /** Of the shortest violation; undefined where the question holds. */
  readonly steps: number | undefined
  readonly cures?: readonly Cure[]
}

function expected(
  model: Model,
  graph: PlainGraph,
  { goal, trigger, kind, stutters }: Plan,
  property: Property,
): Expected {
  const all = [...Array(graph.states).keys()]
  if (kind === 'canAlways') return { steps: waysToBlocked(graph, new Set(goal))[0]?.steps }
  const region = new Set(all.filter((state) => !goal.includes(state)))
  const starts = new Set({ eventually: graph.initial, alwaysEventually: all, leadsTo: trigger }[kind])
  const assumed = 'fairness' in property ? property.fairness : []
  const stepsUnder = (fairness: readonly Fairness[]) => shortestViolation(graph, { starts, region, fairness, stutters })
  const steps = stepsUnder(assumed)
  if (steps === undefined) return { steps }
  const names = fairNames(model.rules, model.groups)
  const cures = (strength: Fairness['strength'], of: readonly string[]) =>
    of.filter((name) => stepsUnder([...assumed, fairnessOf(strength, name)]) === undefined)
  const weak = cures('weak', names)
  const strong = cures(
    'strong',
    names.filter((name) => !weak.includes(name)),
  )
  return {
    steps,
    cures: [
      ...weak.map((of) => ({ of, strength: 'weak' }) as const),
      ...strong.map((of) => ({ of, strength: 'strong' }) as const),
    ],
  }
}

const told = ({ path, cures }: PropertyResult): Expected => ({ steps: path?.steps.length, ...(cures && { cures }) })

function featuresOf({ kind, fairness }: Plan, { verdict, path, cures = [] }: PropertyResult): string[] {
  const { loop, steps = [] } = path ?? {}
  return [
    `${kind} ${verdict}`,
    ...(fairness.length > 1 && kind !== 'canAlways' ? [`${verdict} under fairness`] : []),
    ...cures.map(({ strength }) => `cured by ${strength} fairness`),
    ...(loop === steps.length ? ['stops for ever'] : []),
    ...(loop !== undefined && steps.length - loop > 2 ? ['goes round in more than 2 steps'] : []),
    ...(loop !== undefined && loop > 1 ? ['a stem of more than 1 step'] : []),
  ]
}
