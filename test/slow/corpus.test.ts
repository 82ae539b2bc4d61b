/** The corpus at length: the documented runs that take long, and the oracle's opinion on those that are small enough. */
import { describe, expect, it } from 'vitest'
import { outcomeOf } from '../../src/cli/scenario-outcome.ts'
import { isExecution } from '../../src/engine/liveness/marks.ts'
import { documentedRuns, modelOf, search } from '../corpus/documented-run.ts'
import { naiveExplore } from '../oracle/naive-explore.ts'

const runs = await documentedRuns()

/** Distinct states that the oracle is asked to visit: a few seconds' worth. */
const CAP = 20_000

const titled = (some: typeof runs) => some.map((run) => [`${run.protocol.name}: ${run.scenario.name}`, run] as const)

describe('documented runs that take long', () => {
  it.each(titled(runs.filter(({ scenario }) => scenario.slow)))('%s', async (_, run) => {
    expect(outcomeOf(await search(run, 'bfs'))).toEqual(run.scenario.expect)
  })
})

describe('the oracle agrees', async () => {
  const quick = runs.filter(({ scenario }) => !scenario.slow)
  const exhaustible = quick.filter(({ scenario: { expect: e } }) => e.verdict === 'holds' && e.distinct <= CAP)
  const violated = await violatedNearby(quick)

  it.each(titled(exhaustible))('%s', (_, run) => {
    const { distinct, generated, depth } = naiveExplore(modelOf(run))
    expect({ verdict: 'holds', distinct, generated, depth }).toEqual(run.scenario.expect)
  })

  it.each(violated)('%s', (_, run, distinct) => {
    const { name } = violatedProperty(run)!
    const { verdict, length } = naiveExplore(modelOf(run), Math.ceil(distinct * 1.3) + 1000).properties[name]!
    expect({ verdict, property: name, steps: length }).toEqual(run.scenario.expect)
  })
})

/**
 * The violations that the search meets within the cap, and after how many states: it stops there, and the oracle only
 * has to come so far. The oracle answers what a protocol promises, not the optional questions, nor those about whole
 * executions.
 */
async function violatedNearby(some: typeof runs): Promise<(readonly [string, (typeof runs)[number], number])[]> {
  const nearby: (readonly [string, (typeof runs)[number], number])[] = []
  for (const run of some) {
    const property = violatedProperty(run)
    if (property === undefined || property.optional || isExecution(property)) continue
    const { distinct } = await search(run, 'bfs')
    if (distinct <= CAP) nearby.push([`${run.protocol.name}: ${run.scenario.name}`, run, distinct])
  }
  return nearby
}

function violatedProperty(run: (typeof runs)[number]) {
  const { expect: outcome } = run.scenario
  return modelOf(run).properties.find(({ name }) => outcome.verdict === 'violated' && name === outcome.property)
}
