/** The corpus at length: all other documented runs, what each protocol leaves untried, and the oracle's opinion. */
import { describe, expect, it } from 'vitest'
import { corpus } from '../../specs/index.ts'
import { outcomeOf } from '../../src/check/scenario-outcome.ts'
import { isExecution } from '../../src/engine/liveness/marks.ts'
import type { HoldsOutcome } from '../../src/language/scenario.ts'
import {
  documentedOutcome,
  documentedRuns,
  isViewed,
  modelOf,
  representatives,
  search,
} from '../corpus/documented-run.ts'
import { exhausted, statesOf } from '../engine/agree.ts'
import { naiveExplore } from '../oracle/naive-explore.ts'

const runs = await documentedRuns()

/** Distinct states that the oracle is asked to visit: a few seconds' worth. */
const CAP = 20_000

const titled = (some: typeof runs) => some.map((run) => [`${run.protocol.name}: ${run.scenario.name}`, run] as const)

describe('documented runs', () => {
  const asked = representatives(runs)
  const others = runs.filter((run) => !asked.has(run))
  it.each(titled(others))('%s', async (_, run) => {
    expect(outcomeOf(await search(run, 'bfs'))).toEqual(documentedOutcome(run))
  })

  const deep = others.filter((run) => {
    const { slow, expect: outcome } = run.scenario
    return outcome.verdict === 'holds' && !slow && !isViewed(run)
  })
  it.each(titled(deep))('%s depth first', async (_, run) => {
    const { verdict, distinct, generated } = await search(run, 'dfs')
    const { depth } = run.scenario.expect as HoldsOutcome
    expect({ verdict, distinct, generated, depth }).toEqual(run.scenario.expect)
  })
})

describe.each(Object.keys(corpus))('%s', (name) => {
  it('has no action that never happens, and no property that is never put to the test', async () => {
    const own = runs.filter(({ protocol, scenario }) => protocol.name === name && !scenario.slow)
    const results = await Promise.all(own.map((run) => search(run, 'bfs')))
    const groups = results.flatMap((result) => result.groups)
    const fired = new Set(groups.filter((group) => group.fired > 0).map(({ group }) => group))
    expect(groups.map(({ group }) => group).filter((group) => !fired.has(group))).toEqual([])
    const tested = results.flatMap(({ properties }) => properties)
    const exercised = new Set(tested.filter((result) => result.exercised).map(({ property }) => property.name))
    const declared = own[0]!.protocol.instantiate().properties.map((property) => property.name)
    expect(declared.filter((property) => !exercised.has(property))).toEqual([])
  })
})

describe('the oracle agrees', () => {
  const quick = runs.filter(({ scenario }) => !scenario.slow)
  const exhaustible = quick.filter(({ scenario: { expect: e } }) => e.verdict === 'holds' && e.distinct <= CAP)

  it.each(titled(exhaustible))('%s', (_, run) => {
    const { distinct, generated, depth } = naiveExplore(modelOf(run), Number.POSITIVE_INFINITY, keptBy(run))
    expect({ verdict: 'holds', distinct, generated, depth }).toEqual(run.scenario.expect)
  })

  it.for(titled(quick.filter(hasPromisedViolation)))('%s', async ([, run], { skip }) => {
    const { distinct } = await search(run, 'bfs')
    skip(distinct > CAP, 'the violation is beyond what the oracle is asked to visit')
    const { name } = violatedProperty(run)!
    const { verdict, length } = naiveExplore(modelOf(run), Math.ceil(distinct * 1.3) + 1000, keptBy(run)).properties[
      name
    ]!
    expect({ verdict, property: name, steps: length }).toEqual(run.scenario.expect)
  })
})

/** Which states the engine keeps, where a view tells them apart. */
const keptBy = (run: (typeof runs)[number]) =>
  isViewed(run) ? { kept: new Set(statesOf(exhausted(modelOf(run)))) } : {}

/** The oracle answers what a protocol promises, not the optional questions, nor those about whole executions. */
function hasPromisedViolation(run: (typeof runs)[number]): boolean {
  const property = violatedProperty(run)
  return property !== undefined && !property.optional && !isExecution(property)
}

function violatedProperty(run: (typeof runs)[number]) {
  const { expect: outcome } = run.scenario
  return modelOf(run).properties.find(({ name }) => outcome.verdict === 'violated' && name === outcome.property)
}
