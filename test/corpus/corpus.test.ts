/**
 * The corpus: every documented run ends as it is documented, to the last state. What takes seconds is in
 * ../slow/corpus.test.ts.
 */
import { describe, expect, it } from 'vitest'
import { corpus } from '../../specs/index.ts'
import { outcomeOf } from '../../src/check/scenario-outcome.ts'
import { documentedRuns, isQuick, search } from './documented-run.ts'

const runs = await documentedRuns()
const protocols = [...new Set(runs.map(({ protocol }) => protocol))]
const quick = (name: string) => runs.filter((run) => run.protocol.name === name && isQuick(run))

it('has documented runs of every protocol', () => {
  expect(protocols.map(({ name }) => name)).toEqual(Object.keys(corpus))
})

describe.each(protocols.map(({ name }) => name))('%s', (name) => {
  const protocol = protocols.find((other) => other.name === name)!

  it('names its runs apart', () => {
    const names = runs.filter((run) => run.protocol === protocol).map(({ scenario }) => scenario.name)
    expect(names).toEqual([...new Set(names)])
  })

  it('refutes only what is claimed', () => {
    const scenarios = runs.filter((run) => run.protocol === protocol).map(({ scenario }) => scenario)
    expect(
      scenarios.filter(({ claim, refuted, finding, cell }) => claim === undefined && (refuted || finding || cell)),
    ).toEqual([])
  })

  for (const run of quick(name)) {
    const { scenario } = run
    const { expect: outcome } = scenario

    it(`${scenario.name} ${outcome.verdict}`, async () => {
      expect(outcomeOf(await search(run, 'bfs'))).toEqual(outcome)
    })

    if (outcome.verdict === 'violated') {
      it(`${scenario.name} is kept as a counterexample`, () => {
        expect(scenario.trace).toBe(`${name}-${scenario.name}.json`)
      })
    } else {
      it(`${scenario.name} ${outcome.verdict} depth first`, async () => {
        const { verdict, distinct, generated } = await search(run, 'dfs')
        expect({ verdict, distinct, generated, depth: outcome.depth }).toEqual(outcome)
      })
    }
  }

  it('shows every seeded bug', () => {
    const violated = runs.filter((run) => run.protocol === protocol && run.scenario.expect.verdict === 'violated')
    const shown = new Set(violated.flatMap(({ scenario }) => scenario.bugs ?? []))
    expect(Object.keys(protocol.declaration.bugs ?? {}).filter((bug) => !shown.has(bug))).toEqual([])
  })
})
