/** Draws random protocols, and holds what a search up to symmetry says to the oracle, which knows of none. */
import { strict as assert } from 'node:assert'
import fc from 'fast-check'
import { explore } from '../../src/engine/explore.ts'
import type { SearchResult } from '../../src/engine/result.ts'
import { record } from '../../src/judge/record.ts'
import { replay } from '../../src/judge/replay.ts'
import type { Model, Property } from '../../src/model.ts'
import { predicatesOf } from '../../src/property/predicates.ts'
import { waysToBlocked } from '../oracle/naive-executions.ts'
import type { NaiveResult } from '../oracle/naive-explore.ts'
import { naiveOrbits } from '../oracle/naive-orbits.ts'
import { graphOfModel } from '../oracle/plain-graph.ts'
import { ask } from './agreement.ts'
import type { Plan } from './plan.ts'
import { somePlan } from './random-plan.ts'
import { protocolOf } from './random-protocol.ts'

export interface Census {
  /** Protocols with symmetry, and those of them with fewer orbits than states. */
  symmetric: number
  reduced: number
  /** Protocols with a role whose names matter. */
  asymmetric: number
  violated: number
  /** Goals of symmetric protocols that cannot be reached from everywhere. */
  blocked: number
}

export interface Check {
  readonly runs: number
  readonly cap: number
  readonly seed?: number
  readonly alter?: (plan: Plan) => Plan
}

/** @throws Error with the shrunken plan where they differ */
export async function checkRandomSymmetry({ runs, cap, seed, alter = (plan) => plan }: Check): Promise<Census> {
  const census: Census = { symmetric: 0, reduced: 0, asymmetric: 0, violated: 0, blocked: 0 }
  const agree = fc.asyncProperty(somePlan.map(alter), async (plan) => {
    const own = protocolOf(plan).instantiate()
    const oracle = ask(own, cap)
    fc.pre(oracle !== undefined && oracle !== 'broken')
    const goals = goalsOf(own)
    const model = { ...own, properties: [...own.properties, ...goals] }
    const result = await explore(model, { symmetry: 'auto', keepGoing: true })
    if (result.unlike !== undefined) census.asymmetric++
    if (result.orbits === undefined) return
    census.symmetric++
    if (result.distinct < oracle.distinct) census.reduced++
    if (result.verdict === 'violated') census.violated++
    assertSymmetricAgrees(own, result, oracle)
    for (const goal of goals) if (assertGoalAgrees(model, result, goal) === 'violated') census.blocked++
  })
  await fc.assert(agree, { numRuns: runs, maxSkipsPerRun: 3, ...(seed === undefined ? {} : { seed }) })
  return census
}

/** @throws AssertionError where the answers differ */
export function assertSymmetricAgrees(model: Model, result: SearchResult, oracle: NaiveResult): void {
  const { orbits, distinct, depth, stop } = result
  assert.equal(stop.reason, 'exhausted')
  assert.equal(orbits!.distinct, oracle.distinct)
  assert.equal(orbits!.generated, oracle.generated)
  assert.equal(depth, oracle.depth)
  assert.equal(distinct, naiveOrbits(model, orbits!.roles, oracle.states))
  for (const { property, verdict, path, unasked } of result.properties) {
    if (unasked !== undefined || property.kind === 'canAlways') continue
    const expected = oracle.properties[property.name]!
    assert.equal(verdict, expected.verdict, property.name)
    assert.equal(path?.steps.length, expected.length, property.name)
    if (path === undefined) continue
    assert.equal(replay(model, record(model, property, path)).outcome, 'reproduced')
  }
}

type Goal = Extract<Property, { kind: 'canAlways' }>

/** Whether each invariant, and its opposite, can always be reached. */
const goalsOf = ({ properties }: Model): Goal[] =>
  properties.flatMap(predicatesOf).flatMap((predicate, i): Goal[] => {
    if (predicate.of === 'step') return []
    const { judge } = predicate
    const named = { claim: 'random', optional: false, kind: 'canAlways' } as const
    return [
      { ...named, name: `goal${i}`, judge },
      { ...named, name: `goal${i}not`, judge: (state) => ({ holds: !judge(state).holds, exercised: true }) },
    ]
  })

/** The verdict, the length of the shortest way, and how much lies beyond it. @throws AssertionError where they differ */
function assertGoalAgrees(model: Model, { properties }: SearchResult, goal: Goal): string {
  const graph = graphOfModel(model, Number.POSITIVE_INFINITY)!
  const good = graph.values.flatMap((values, i) => (goal.judge({ read: (part) => values[part] }).holds ? [i] : []))
  const ways = waysToBlocked(graph, new Set(good))
  const { verdict, path, proof } = properties.find(({ property }) => property === goal)!
  assert.equal(verdict, ways.length > 0 ? 'violated' : 'holds')
  if (path === undefined) return verdict
  assert.equal(path.steps.length, ways[0]!.steps)
  const steps = path.steps.length
  assert(ways.some((way) => way.steps === steps && way.states === proof!.states))
  assert.equal(replay(model, record(model, goal, path, {}, { proof })).outcome, 'reproduced')
  return verdict
}

/** The plan with nobody named in it, by place or by name: most of what is drawn is not symmetric otherwise. */
export function impartial(plan: Plan): Plan {
  const named = (value: unknown): unknown => {
    if (value === 'first' || value === 'last') return 'self'
    if (Array.isArray(value)) return value.map(named)
    if (typeof value !== 'object' || value === null) return value
    return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, key === 'int' ? part : named(part)]))
  }
  return { ...(named(plan) as Plan), isImpartial: true }
}
