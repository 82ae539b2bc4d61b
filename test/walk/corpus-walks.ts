/**
 * Random walks through the documented runs of the corpus: through one that holds, none violates anything; through one that
 * is violated, the violation is usually met: within 1,000 walks of one seed, of at most 100 steps each.
 */
import { expect } from 'vitest'
import { isExecution } from '../../src/engine/liveness/marks.ts'
import type { SearchResult } from '../../src/engine/result.ts'
import { simulate } from '../../src/engine/walks/simulate.ts'
import { record } from '../../src/judge/record.ts'
import {
  type DocumentedRun,
  documentedRuns,
  modelOf,
  propertiesAsked,
  representatives,
} from '../corpus/documented-run.ts'
import { tooDeep } from './too-deep.ts'

/** A violation is usually met within so many walks. */
export const USUAL = 1_000

/** Through each run that holds, at every run of the tests and at the slow ones. */
const WALKS = { every: 20, slow: 50 }

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

const asked = representatives(runs)
export const violated = runs.filter(({ scenario }) => scenario.expect.verdict === 'violated')

/** What is walked through, by name: at every run of the tests, or by the slow ones. */
export function walked(suite: keyof typeof WALKS) {
  const own = runs.filter((run) => asked.has(run) === (suite === 'every'))
  const titled = (some: readonly DocumentedRun[]) => some.map((run) => [nameOf(run), run] as const)
  return {
    sound: titled(own.filter((run) => !violated.includes(run))),
    violated: titled(own.filter((run) => violated.includes(run) && !(nameOf(run) in tooDeep))),
  }
}

export async function assertNoneViolates(run: DocumentedRun, suite: keyof typeof WALKS): Promise<void> {
  const { properties, stop, broken } = await walk(run, WALKS[suite])
  expect(properties.filter(({ verdict }) => verdict === 'violated').map(({ property }) => property.name)).toEqual([])
  expect([stop.reason, broken]).toEqual(['walks', undefined])
}

export async function assertOneViolates(run: DocumentedRun): Promise<void> {
  const { properties } = await walk(run, USUAL)
  const { property, path } = properties.find(({ verdict }) => verdict === 'violated')!
  const { expect: outcome } = run.scenario
  expect(outcome).toMatchObject({ property: property.name })
  expect(path!.steps.length).toBeGreaterThanOrEqual('steps' in outcome ? outcome.steps : 0)
  expect(record(modelOf(run), property, path!).verdict).toBe('violated')
}

/** Always the same walks. */
export const walk = (run: DocumentedRun, walks: number): Promise<SearchResult> =>
  simulate(modelOf(run), { seed: 1, walks, properties: walkable(run) })
