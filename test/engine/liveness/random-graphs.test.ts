/**
 * The deciders against the oracle on random small graphs with random fairness: every verdict, and the length of every
 * lasso, which on graphs this small is the shortest there is.
 *
 * The seed is fixed, so that a failure here is a change for the worse; RANDOM_GRAPHS and RANDOM_SEED override.
 */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { explore } from '../../../src/engine/explore.ts'
import type { Cure, PropertyResult } from '../../../src/engine/result.ts'
import type { Fairness, Model, Property } from '../../../src/model.ts'
import { fairNames, fairnessOf } from '../../../src/property/fairness.ts'
import { record } from '../../../src/trace/record.ts'
import { type PlainGraph, shortestViolation, waysToBlocked } from '../../oracle/naive-executions.ts'
import { graphOf, modelOf, type QuestionPlan } from './graph-model.ts'
import { someGraphWithQuestions } from './some-graph.ts'

const runs = Number(process.env.RANDOM_GRAPHS ?? 600)
const seed = Number(process.env.RANDOM_SEED ?? 1)

interface Expected {
  /** Of the shortest violation; undefined where the question holds. */
  readonly steps: number | undefined
  readonly cures?: readonly Cure[]
}

function expected(
  model: Model,
  graph: PlainGraph,
  { goal, trigger, kind }: QuestionPlan,
  property: Property,
): Expected {
  const all = [...Array(graph.states).keys()]
  if (kind === 'canAlways') return { steps: waysToBlocked(graph, new Set(goal))[0]?.steps }
  const region = new Set(all.filter((state) => !goal.includes(state)))
  const starts = new Set({ eventually: graph.initial, alwaysEventually: all, leadsTo: trigger }[kind])
  const assumed = 'fairness' in property ? property.fairness : []
  const stepsUnder = (fairness: readonly Fairness[]) => shortestViolation(graph, { starts, region, fairness })
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

it(`engine and oracle agree on ${runs} random graphs, of which enough are interesting`, async () => {
  const census = new Map<string, number>()
  const agree = fc.asyncProperty(someGraphWithQuestions, async ([plan, questions]) => {
    const model: Model = modelOf(plan, questions)
    const graph = graphOf(plan, model.rules)
    const result = await explore(model)
    for (const [i, question] of questions.entries()) {
      const answer = expected(model, graph, question, model.properties[i]!)
      const checked = result.properties[i + 1]!
      expect(checked.verdict).toBe(answer.steps === undefined ? 'holds' : 'violated')
      expect(told(checked)).toEqual(answer)
      if (checked.path !== undefined) expect(record(model, checked.property, checked.path).verdict).toBe('violated')
      if (checked.proof !== undefined) {
        const proof = { steps: answer.steps, states: checked.proof.states }
        expect(waysToBlocked(graph, new Set(question.goal))).toContainEqual(proof)
      }
      for (const feature of featuresOf(question, checked)) census.set(feature, (census.get(feature) ?? 0) + 1)
    }
  })
  await fc.assert(agree, { numRuns: runs, seed })
  const rare = AT_LEAST.filter(([feature, least]) => (census.get(feature) ?? 0) < least * (runs / 2500))
  expect(rare.map(([feature, least]) => `${feature}: ${census.get(feature) ?? 0} of ${least}`)).toEqual([])
}, 120_000)

function featuresOf({ kind, fairness }: QuestionPlan, { verdict, path, cures = [] }: PropertyResult): string[] {
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
