/** Documented runs in a compact store whose array is large enough: what holds has its exact counts, and is not said to hold. */
import { expect } from 'vitest'
import { explore } from '../../src/engine/explore.ts'
import { isExecution } from '../../src/engine/liveness/marks.ts'
import { type DocumentedRun, isViewed, modelOf, propertiesAsked } from '../corpus/documented-run.ts'

export const MEGABYTE = 2 ** 20

/** Those that hold, are small, and have no view, which a compact store does not go with. */
export const compactRuns = (runs: readonly DocumentedRun[]): DocumentedRun[] =>
  runs.filter((run) => {
    const { expect: outcome, slow } = run.scenario
    return outcome.verdict === 'holds' && outcome.distinct < 20_000 && !slow && !isViewed(run)
  })

/** Those that every run of the tests asks of. */
export const isTiny = ({ scenario: { expect: outcome } }: DocumentedRun): boolean =>
  outcome.verdict === 'holds' && outcome.distinct < 300

export const titled = (runs: readonly DocumentedRun[]) =>
  runs.map((run) => [`${run.protocol.name}: ${run.scenario.name}`, run] as const)

export async function assertExactCounts(run: DocumentedRun): Promise<void> {
  const model = modelOf(run)
  const asked = propertiesAsked(run, model).filter((property) => !isExecution(property))
  const properties = asked.map((property) => property.name)
  const result = await explore(model, { properties, compactBytes: MEGABYTE })
  const { distinct, generated, depth, verdict, stop, compact } = result
  expect({ verdict: 'holds', distinct, generated, depth }).toEqual(run.scenario.expect)
  expect([verdict, stop.reason, compact!.bytes, compact!.hashes]).toEqual(['unknown', 'collisions', MEGABYTE, 8])
  expect(compact!.expectedMissed).toBeLessThan(0.01)
  expect(compact!.chanceOfNoneMissed).toBeCloseTo(1 - compact!.expectedMissed, 4)
}
