/** Random walks through the documented runs of the corpus. */
import { isExecution } from '../../src/engine/liveness/marks.ts'
import type { SearchResult } from '../../src/engine/result.ts'
import { simulate } from '../../src/engine/walks/simulate.ts'
import { type DocumentedRun, documentedRuns, modelOf, propertiesAsked } from '../corpus/documented-run.ts'

/** A violation is usually met within so many walks. */
export const USUAL = 1_000

export const nameOf = ({ protocol, scenario }: DocumentedRun): string => `${protocol.name} ${scenario.name}`

/** What a walk can tell of a run: whole executions are beyond it. */
export function walkable(run: DocumentedRun): string[] {
  const { expect: outcome } = run.scenario
  return propertiesAsked(run, modelOf(run))
    .filter((property) => !isExecution(property))
    .map(({ name }) => name)
    .filter((name) => outcome.verdict === 'holds' || name === outcome.property)
}

const runs = (await documentedRuns()).filter((run) => walkable(run).length > 0)

export const sound = runs.filter(({ scenario }) => scenario.expect.verdict === 'holds')
export const violated = runs.filter(({ scenario }) => scenario.expect.verdict === 'violated')

/** Always the same walks. */
export const walk = (run: DocumentedRun, walks: number): Promise<SearchResult> =>
  simulate(modelOf(run), { seed: 1, walks, properties: walkable(run) })
