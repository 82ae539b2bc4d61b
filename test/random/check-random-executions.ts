/** Random protocols with random questions about executions: engine against oracle, and every violation before the judge. */
import { strict as assert } from 'node:assert'
import fc from 'fast-check'
import { explore } from '../../src/engine/explore.ts'
import type { Execution } from '../../src/engine/liveness/marks.ts'
import type { PropertyResult, SearchResult } from '../../src/engine/result.ts'
import { record } from '../../src/judge/record.ts'
import { replay } from '../../src/judge/replay.ts'
import type { Model } from '../../src/model.ts'
import { predicatesOf } from '../../src/property/predicates.ts'
import { isViolated, readerOf, satisfying } from '../oracle/executions-of-model.ts'
import { graphOfModel, type ModelGraph } from '../oracle/plain-graph.ts'
import { asking, someExecution } from './random-executions.ts'
import { somePlan } from './random-plan.ts'
import { protocolOf } from './random-protocol.ts'

/** The most states a protocol may have. */
const CAP = 120

const BUDGETS = ['crashes', 'pauses', 'losses', 'duplicates', 'partitions']

/** `crashes`, or `nodeCrashes` where each role has its own. */
const isBudget = (name: string, fault: string): boolean => name.toLowerCase().endsWith(fault)

/** How many of the questions asked turned out how. @throws Error with the shrunken plan where engine and oracle differ */
export async function checkRandomExecutions(runs: number, seed?: number): Promise<ReadonlyMap<string, number>> {
  const census = new Map<string, number>()
  const agree = fc.asyncProperty(
    somePlan,
    fc.array(someExecution, { minLength: 2, maxLength: 6 }),
    fc.subarray(BUDGETS, { maxLength: 2 }),
    async (plan, questions, unlimited) => {
      const protocol = protocolOf(plan)
      const names = Object.keys(protocol.parameters).filter((name) => unlimited.some((fault) => isBudget(name, fault)))
      const budgets = Object.fromEntries(names.map((name) => [name, 'unlimited']))
      const model = asking(protocol.instantiate(budgets), questions)
      const graph = graphUnlessBroken(model)
      fc.pre(graph !== undefined && graph.states > 2 && model.properties.length > 0)
      const result = await explore(model, { keepGoing: true })
      assert.equal(result.distinct, graph.states)
      const told = result.properties.slice(1).filter((checked) => assertAgrees(model, graph, checked))
      const features = told.flatMap(featuresOf)
      const inPart = await explore(model, { keepGoing: true, budget: { maxDepth: 3 } })
      if (inPart.stop.reason === 'max-depth') features.push(...assertSoundInPart(model, graph, inPart))
      if (unlimited.length > 0) features.push('unlimited faults')
      for (const feature of features) census.set(feature, (census.get(feature) ?? 0) + 1)
    },
  )
  await fc.assert(agree, { numRuns: runs, maxSkipsPerRun: 20, ...(seed !== undefined && { seed }) })
  return census
}

/** Undefined where there are too many states, or where a body or a predicate throws. */
function graphUnlessBroken(model: Model): ModelGraph | undefined {
  try {
    const graph = graphOfModel(model, CAP)
    if (graph === undefined) return undefined
    for (const predicate of model.properties.flatMap(predicatesOf)) {
      if (predicate.of === 'state') satisfying(graph, predicate.judge)
      else for (const { from, to } of graph.edges) predicate.judge(readerOf(graph, from), readerOf(graph, to))
    }
    return graph
  } catch {
    return undefined
  }
}

/** False where the oracle cannot tell. @throws AssertionError */
function assertAgrees(model: Model, graph: ModelGraph, checked: PropertyResult): boolean {
  const { verdict, property, path } = checked
  const expected = isViolated(graph, property as Execution)
  if (expected === undefined) return false
  assert.equal(verdict, expected ? 'violated' : 'holds', property.name)
  assert.equal(path !== undefined, verdict === 'violated')
  if (path === undefined) return true
  const trace = record(model, property, path)
  assert.equal(trace.verdict, 'violated')
  assert.equal(replay(model, trace).outcome, 'reproduced')
  return true
}

/** What a search that did not see everything calls violated is violated. */
function assertSoundInPart(model: Model, graph: ModelGraph, { properties }: SearchResult): string[] {
  const [, ...executions] = properties
  assert(executions.every(({ verdict }) => verdict !== 'holds'))
  const violated = executions.filter(({ verdict }) => verdict === 'violated')
  for (const checked of violated) assertAgrees(model, graph, checked)
  return violated.map(() => 'violated in part')
}

function featuresOf({ property, verdict, path }: PropertyResult): string[] {
  const { loop, steps = [] } = path ?? {}
  const isFair = 'fairness' in property && property.fairness.length > 0
  return [
    `${property.kind} ${verdict}`,
    ...(isFair ? [`${verdict} under fairness`] : []),
    ...(isFair && property.fairness.some(({ choices }) => choices !== undefined) ? ['fair to single choices'] : []),
    ...(loop === steps.length ? ['stops for ever'] : []),
    ...(loop !== undefined && steps.length - loop > 1 ? ['goes round in more than 1 step'] : []),
  ]
}
