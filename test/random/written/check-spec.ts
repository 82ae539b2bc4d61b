/**
 * The engine against the oracles on specs that are written at random: states, transitions, depth, verdicts and lengths in
 * every way to search, little remembered, bits for states, orbits, within a constraint and by a view; and what must become
 * of executions.
 */
import { strict as assert } from 'node:assert'
import { explore } from '../../../src/engine/explore.ts'
import { Queue } from '../../../src/engine/frontier.ts'
import { isExecution } from '../../../src/engine/liveness/marks.ts'
import type { PropertyResult } from '../../../src/engine/result.ts'
import { Search } from '../../../src/engine/search.ts'
import { TUNING } from '../../../src/engine/tuning.ts'
import { record } from '../../../src/judge/record.ts'
import { replay } from '../../../src/judge/replay.ts'
import type { Model, Reader } from '../../../src/model.ts'
import { predicatesOf } from '../../../src/property/predicates.ts'
import { propertiesOf } from '../../../src/property/types.ts'
import { guarded } from '../../../src/purity/guard.ts'
import { setTraps } from '../../../src/purity/traps.ts'
import { textOf } from '../../../src/value/canonical.ts'
import { SplitbrainError } from '../../../src/value/splitbrain-error.ts'
import { exhausted, statesOf } from '../../engine/agree.ts'
import { isViolated, readerOf, satisfying } from '../../oracle/executions-of-model.ts'
import { waysToBlocked } from '../../oracle/naive-executions.ts'
import { type NaiveResult, naiveExplore } from '../../oracle/naive-explore.ts'
import { graphOfModel, type ModelGraph } from '../../oracle/plain-graph.ts'
import { ask, assertAgreement, assertEvidence, assertStoppedAgrees, assertWholeAgrees, TUNINGS } from '../agreement.ts'
import { assertSymmetricAgrees } from '../check-random-symmetry.ts'
import { modelOf, type Spec } from './spec.ts'

/** The most states of which questions about executions are asked. */
const MOST_OF_EXECUTIONS = 400

/** What was seen of a spec, for a census; undefined where it has too many states. @throws where engine and oracle differ */
export async function checkSpec(spec: Spec, cap: number): Promise<string[] | undefined> {
  const removeTraps = setTraps() // for oracles and judge, too
  try {
    return await checkTrapped(spec, cap)
  } finally {
    removeTraps()
  }
}

async function checkTrapped({ text, world }: Spec, cap: number): Promise<string[] | undefined> {
  const model = modelOf(text, { states: true })
  const oracle = ask(model, cap)
  if (oracle === undefined) return undefined
  await assertAgreement(model, oracle, ['body-threw', 'not-a-value', 'bad-step', 'bad-property'])
  if (oracle === 'broken') return ['broken']
  const seen = Object.entries(oracle.properties).map(([name, { verdict }]) => {
    return `${model.properties.find((property) => property.name === name)?.kind ?? name} ${verdict}`
  })
  if (seen.some((each) => /^(always|never|step|deadlock) violated/.test(each))) seen.push('violated')
  assertForgetful(model, oracle)
  await assertCompact(model, oracle)
  if (oracle.distinct <= cap / 4 || world.isImpartial)
    seen.push(...(await checkSymmetry(model, oracle, world.isImpartial)))
  if (oracle.distinct <= MOST_OF_EXECUTIONS) seen.push(...(await checkExecutions(text)))
  seen.push(...(await checkBounds(text, model, oracle, cap)))
  return seen
}

/** The same states where next to nothing is remembered; they are those of the oracle, one by one. */
function assertForgetful(model: Model, oracle: NaiveResult): void {
  const expected = oracle.states.map(textOf).sort()
  for (const limits of [undefined, { lessons: 3, cells: 60 }]) {
    const options = { maxDepth: Number.POSITIVE_INFINITY, stopsAtViolation: false, tuning: TUNING }
    const search = new Search(model, new Queue(), propertiesOf(model), options)
    if (limits !== undefined) {
      search.rules.limits = limits
      search.properties.limits = { judgements: 1, cells: limits.cells }
    }
    while (search.advance() === 'more');
    assert.deepEqual(statesOf(search).sort(), expected)
    assert.equal(search.generated, oracle.generated)
    assert.equal(search.depth, oracle.depth)
  }
}

async function assertCompact(model: Model, oracle: NaiveResult): Promise<void> {
  const { distinct, generated, depth, properties, stop } = await explore(model, {
    compactBytes: 2 ** 18,
    keepGoing: true,
  })
  if (stop.reason === 'collisions') {
    assert.deepEqual({ distinct, generated, depth }, only(oracle))
  }
  for (const { property, verdict, path } of properties) {
    const expected = oracle.properties[property.name]!
    const isFound = expected.verdict === 'violated' ? property.kind !== 'sometimes' : property.kind === 'sometimes'
    assert.equal(verdict, isFound ? expected.verdict : 'unknown', `${property.name} with a compact store`)
    assert.equal(path?.steps.length, expected.length)
  }
}

const only = ({ distinct, generated, depth }: NaiveResult) => ({ distinct, generated, depth })

async function checkSymmetry(model: Model, oracle: NaiveResult, isImpartial: boolean): Promise<string[]> {
  const result = await explore(model, { symmetry: 'auto', keepGoing: true })
  if (result.orbits === undefined) return [isImpartial ? 'impartial, and not symmetric' : 'not symmetric']
  if (result.stop.reason !== 'exhausted') return []
  assertSymmetricAgrees(model, result, oracle)
  return ['symmetric', ...(result.distinct < oracle.distinct ? ['fewer orbits'] : [])]
}

async function checkExecutions(text: string): Promise<string[]> {
  const model = modelOf(text, { executions: true })
  const graph = graphOf(model)
  if (graph === undefined) return ['a predicate of executions throws']
  const result = await explore(model, { keepGoing: true })
  assert.equal(result.distinct, graph.states)
  return result.properties.flatMap((checked) => (isExecution(checked.property) ? told(model, graph, checked) : []))
}

/** Undefined where a predicate throws. */
function graphOf(model: Model): ModelGraph | undefined {
  const graph = graphOfModel(model, MOST_OF_EXECUTIONS)!
  const ask = () => {
    for (const predicate of model.properties.flatMap(predicatesOf)) {
      if (predicate.of === 'state') satisfying(graph, predicate.judge)
      else for (const { from, to } of graph.edges) predicate.judge(readerOf(graph, from), readerOf(graph, to))
    }
  }
  try {
    guarded('an oracle', ask)
    return graph
  } catch {
    return undefined
  }
}

function told(model: Model, graph: ModelGraph, { property, verdict, path, proof }: PropertyResult): string[] {
  assert(isExecution(property))
  const expected = guarded('an oracle', () => isViolated(graph, property))
  if (expected === undefined) return ['too many units']
  assert.equal(verdict, expected ? 'violated' : 'holds', property.name)
  assert.equal(path !== undefined, expected)
  if (path !== undefined) {
    const trace = record(model, property, path, {}, { proof })
    assert.equal(trace.verdict, 'violated')
    assert.equal(replay(model, trace).outcome, 'reproduced')
  }
  if (property.kind === 'canAlways' && path !== undefined) {
    const good = guarded('an oracle', () => satisfying(graph, property.judge))
    const ways = waysToBlocked(graph, good)
    assert.equal(path.steps.length, ways[0]!.steps)
    assert(ways.some(({ steps, states }) => steps === ways[0]!.steps && states === proof!.states))
  }
  return [`${property.kind} ${verdict}`, `liveness ${verdict}`]
}

/** Within the constraint, by the view, and both. */
async function checkBounds(text: string, whole: Model, free: NaiveResult, cap: number): Promise<string[]> {
  const seen: string[] = []
  const bound = whole.properties.find(({ name }) => name === 'bound')
  assert(bound?.kind === 'always')
  const within = (state: Reader) => guarded('the bound', () => bound.judge(state).holds)
  for (const on of [{ constraint: true }, { view: true }, { constraint: true, view: true }]) {
    const { constraint = false, view = false } = on
    const bounded = withoutWitnesses(modelOf(text, { states: true, ...on }))
    const unbounded = withoutWitnesses(modelOf(text, { states: true, view }))
    for (const tuning of [TUNINGS[free.generated % TUNINGS.length]!]) {
      const answer = orThrown(() => {
        const kept = view ? { kept: new Set(statesOf(exhausted(bounded, tuning))) } : {}
        return naiveExplore(unbounded, cap, { ...(constraint ? { within } : {}), ...kept })
      })
      if (answer === 'thrown' && view) {
        seen.push('a view throws')
        break
      }
      assert(answer !== 'thrown')
      assert(answer.complete)
      if (answer.distinct < free.distinct)
        seen.push(view ? (constraint ? 'a view and a constraint cut' : 'a view cuts') : 'a constraint cuts')
      const result = await explore(bounded, { tuning, keepGoing: true })
      assertEvidence(bounded, result)
      assertWholeAgrees(result, answer)
      assertStoppedAgrees(await explore(bounded, { tuning }), answer)
    }
  }
  return [...new Set(seen)]
}

/** What is thrown by a body is told; all else is not expected. */
function orThrown<T>(ask: () => T): T | 'thrown' {
  try {
    return ask()
  } catch (thrown) {
    if (thrown instanceof SplitbrainError && /threw|bad-|not-a/.test(thrown.code)) return 'thrown'
    throw thrown
  }
}

/** Without a witness they are unknown. */
const withoutWitnesses = (model: Model): Model => ({
  ...model,
  properties: model.properties.filter(({ kind }) => kind !== 'sometimes'),
})
