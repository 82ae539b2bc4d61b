/**
 * What random protocols owe to themselves, as abstract ones: whatever is assumed of them, is implied; and where nothing is
 * assumed, it is violated just where some execution is unfair. Which ones are, the oracle finds on the plain graph: those
 * that stay where the unit is possible, and take no step that it could have been.
 */
import { strict as assert } from 'node:assert'
import fc from 'fast-check'
import { explore } from '../../src/engine/explore.ts'
import { record } from '../../src/judge/record.ts'
import { replay } from '../../src/judge/replay.ts'
import { fairFormula } from '../../src/language/refines-fairly.ts'
import type { Fairness, Model, Reader } from '../../src/model.ts'
import { fairnessOf } from '../../src/property/fairness.ts'
import { canonical } from '../../src/value/canonical.ts'
import { asPlain } from '../../src/value/plain.ts'
import { hasViolation } from '../oracle/fixpoint-executions.ts'
import { changes, mayStopIn, type PlainEdge, unitOf } from '../oracle/naive-executions.ts'
import { graphOfModel, type ModelGraph } from '../oracle/plain-graph.ts'
import type { Check } from './check-random-protocols.ts'
import { somePlan } from './random-plan.ts'
import { protocolOf } from './random-protocol.ts'

const FAIR = ['actions', 'processes', 'recoveries', 'node', 'environment', 'node.a0(c0)', 'environment.a0(process)']
const someFairness = fc
  .array(fc.tuple(fc.constantFrom<Fairness['strength']>('weak', 'strong'), fc.constantFrom(...FAIR)), {
    minLength: 1,
    maxLength: 2,
  })
  .map((names) => names.map(([strength, of]) => fairnessOf(strength, of)))

/** How often what is owed, and not assumed, held and was violated. */
export async function checkRandomFairRefinements({ runs, cap, seed }: Check): Promise<ReadonlyMap<string, number>> {
  const census = new Map<string, number>()
  const agree = fc.asyncProperty(somePlan, someFairness, async (plan, owed) => {
    const bare: Model = { ...protocolOf(plan).instantiate(), properties: [] }
    const graph = graphUnlessBroken(bare, cap)
    fc.pre(graph !== undefined && graph.states > 1)
    const through = { abstract: bare, image: wholeOf(bare) }
    const asked = {
      claim: 'random',
      optional: false,
      kind: 'ltl' as const,
      formula: fairFormula(through, owed),
      through,
    }
    const model: Model = {
      ...bare,
      properties: [
        { ...asked, name: 'assumed', fairness: owed },
        { ...asked, name: 'owed', fairness: [] },
      ],
    }
    const [, assumed, nothing] = (await explore(model, { keepGoing: true })).properties
    assert.equal(assumed!.verdict, 'holds')
    const isUnfair = owed.some((fairness) => isNeglected(graph!, fairness))
    assert.equal(nothing!.verdict, isUnfair ? 'violated' : 'holds')
    if (isUnfair) assert.equal(replay(model, record(model, nothing!.property, nothing!.path!)).outcome, 'reproduced')
    census.set(nothing!.verdict, (census.get(nothing!.verdict) ?? 0) + 1)
  })
  await fc.assert(agree, { numRuns: runs, maxSkipsPerRun: 20, ...(seed === undefined ? {} : { seed }) })
  return census
}

/** The state itself. */
const wholeOf =
  ({ components }: Model) =>
  (state: Reader) => ({ state: components.map(({ name }, i) => canonical(asPlain(state.read(i)), name)) })

/** Undefined where there are too many states, or where a body throws. */
function graphUnlessBroken(model: Model, cap: number): ModelGraph | undefined {
  try {
    return graphOfModel(model, cap)
  } catch {
    return undefined
  }
}

function isNeglected(graph: ModelGraph, fairness: Fairness): boolean {
  const units = new Set(graph.edges.map((edge) => unitOf(fairness, edge)).filter((unit) => unit !== undefined))
  return [...units].some((unit) => {
    const ofUnit = graph.edges.filter((edge) => changes(edge) && unitOf(fairness, edge) === unit)
    const possibleIn = new Set(ofUnit.map(({ from }) => from))
    if ([...possibleIn].some((state) => mayStopIn(graph, state, { fairness: [] }))) return true
    const couldBe = ({ from, to }: PlainEdge) => ofUnit.some((step) => step.from === from && step.to === to)
    const all = new Set(graph.values.keys())
    const elsewhere = { ...graph, initial: [...all], edges: graph.edges.filter((edge) => !couldBe(edge)) }
    const isWeak = fairness.strength === 'weak'
    return hasViolation(elsewhere, {
      starts: all,
      region: isWeak ? possibleIn : all,
      fairness: [],
      goals: isWeak ? [] : [({ from }) => possibleIn.has(from)],
      mayEnd: () => false,
    })!
  })
}
