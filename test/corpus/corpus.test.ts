/** The corpus: documented runs end as they are documented, to the last state. Most of them do in ../slow/corpus.test.ts. */
import { describe, expect, it } from 'vitest'
import { corpus } from '../../specs/index.ts'
import { outcomeOf } from '../../src/check/scenario-outcome.ts'
import type { Expected } from '../../src/language/scenario.ts'
import { documentedOutcome, documentedRuns, isViewed, modelOf, representatives, search } from './documented-run.ts'

const runs = await documentedRuns()
const protocols = [...new Set(runs.map(({ protocol }) => protocol))]
const asked = representatives(runs)

it('has documented runs of every protocol', () => {
  expect(protocols.map(({ name }) => name)).toEqual(Object.keys(corpus))
})

describe.each(protocols.map(({ name }) => name))('%s', (name) => {
  const protocol = protocols.find((other) => other.name === name)!
  const own = runs.filter((run) => run.protocol === protocol)

  it('names its runs apart', () => {
    const names = own.map(({ scenario }) => scenario.name)
    expect(names).toEqual([...new Set(names)])
  })

  it('has the figures of its runs', () => {
    const figures = (outcome: Expected) =>
      outcome.verdict === 'holds' ? ['distinct', 'generated', 'depth'] : ['steps']
    const lacking = own.filter(({ scenario: { expect } }) => figures(expect).some((figure) => !(figure in expect)))
    expect(lacking.map(({ scenario }) => scenario.name)).toEqual([])
  })

  it('makes a model for each of them that takes long', () => {
    for (const run of own.filter(({ scenario }) => scenario.slow)) expect(() => modelOf(run)).not.toThrow()
  })

  it('refutes only what is claimed', () => {
    const scenarios = own.map(({ scenario }) => scenario)
    expect(
      scenarios.filter(({ claim, refuted, finding, cell }) => claim === undefined && (refuted || finding || cell)),
    ).toEqual([])
  })

  for (const run of own.filter((run) => asked.has(run))) {
    const { scenario } = run
    const { expect: outcome } = scenario

    it(`${scenario.name} ${outcome.verdict}`, async () => {
      expect(outcomeOf(await search(run, 'bfs'))).toEqual(documentedOutcome(run))
    })

    if (outcome.verdict === 'holds' && !isViewed(run)) {
      it(`${scenario.name} ${outcome.verdict} depth first`, async () => {
        const { verdict, distinct, generated } = await search(run, 'dfs')
        expect({ verdict, distinct, generated, depth: outcome.depth }).toEqual(outcome)
      })
    }
  }

  const violated = own.filter(({ scenario }) => scenario.expect.verdict === 'violated')

  it('keeps its violations as counterexamples', () => {
    const quick = violated.filter(({ scenario }) => !scenario.slow)
    expect(quick.map(({ scenario }) => scenario.trace)).toEqual(
      quick.map(({ scenario }) => `${name}-${scenario.name}.json`),
    )
  })

  it('shows every seeded bug', () => {
    const shown = new Set(violated.flatMap(({ scenario }) => scenario.bugs ?? []))
    expect(Object.keys(protocol.declaration.bugs ?? {}).filter((bug) => !shown.has(bug))).toEqual([])
  })
})
