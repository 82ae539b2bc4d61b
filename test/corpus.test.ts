/**
 * The corpus: every documented run ends as it is documented, to the last state. What takes longer is in
 * slow/corpus.test.ts.
 */
import { describe, expect, it } from 'vitest'
import { corpus } from '../specs/index.ts'
import { outcomeOf } from '../src/cli/scenario-outcome.ts'
import type { SearchResult } from '../src/engine/result.ts'
import { type DocumentedRun, documentedRuns, search } from './corpus/documented-run.ts'

const runs = await documentedRuns()
const protocols = [...new Set(runs.map(({ protocol }) => protocol))]
const quick = (name: string) => runs.filter(({ protocol, scenario }) => protocol.name === name && !scenario.slow)

const results = new Map<DocumentedRun, Promise<SearchResult>>()
function searched(run: DocumentedRun): Promise<SearchResult> {
  const known = results.get(run) ?? search(run, 'bfs')
  results.set(run, known)
  return known
}

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
      expect(outcomeOf(await searched(run))).toEqual(outcome)
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

  it('has no action that never happens', async () => {
    const groups = (await Promise.all(quick(name).map(searched))).flatMap((result) => result.groups)
    const fired = new Set(groups.filter((group) => group.fired > 0).map(({ group }) => group))
    expect(groups.map(({ group }) => group).filter((group) => !fired.has(group))).toEqual([])
  })

  it('has no property that is never put to the test', async () => {
    const tested = (await Promise.all(quick(name).map(searched))).flatMap(({ properties }) => properties)
    const exercised = new Set(tested.filter((result) => result.exercised).map(({ property }) => property.name))
    const declared = protocol.instantiate().properties.map((property) => property.name)
    expect(declared.filter((property) => !exercised.has(property))).toEqual([])
  })

  it('shows every seeded bug', () => {
    const violated = runs.filter((run) => run.protocol === protocol && run.scenario.expect.verdict === 'violated')
    const shown = new Set(violated.flatMap(({ scenario }) => scenario.bugs ?? []))
    expect(Object.keys(protocol.declaration.bugs ?? {}).filter((bug) => !shown.has(bug))).toEqual([])
  })
})
