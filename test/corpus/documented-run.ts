/** A documented run: a scenario of a protocol of the corpus, searched, and its outcome as scenarios tell it. */
import { corpus } from '../../specs/index.ts'
import { explore } from '../../src/engine/explore.ts'
import { isExecution } from '../../src/engine/liveness/marks.ts'
import type { PropertyResult, SearchResult } from '../../src/engine/result.ts'
import type { SearchOptions } from '../../src/engine/search-options.ts'
import { record } from '../../src/judge/record.ts'
import type { Protocol } from '../../src/language/protocol.ts'
import type { Scenario, ScenarioOutcome } from '../../src/language/scenario.ts'
import type { Model, Property } from '../../src/model.ts'
import type { Trace } from '../../src/trace/trace.ts'

export interface DocumentedRun {
  readonly protocol: Protocol
  readonly scenario: Scenario & { readonly expect: ScenarioOutcome }
}

export async function documentedRuns(): Promise<readonly DocumentedRun[]> {
  const runs: DocumentedRun[] = []
  for (const entry of Object.values(corpus)) {
    const protocol = await entry.protocol()
    for (const scenario of await entry.scenarios()) {
      runs.push({ protocol, scenario: scenario as DocumentedRun['scenario'] }) // all figures: they are compared with what is found
    }
  }
  return runs
}

export function modelOf({ protocol, scenario }: DocumentedRun): Model {
  return protocol.instantiate(scenario.parameters ?? {}, scenario.bugs ?? [])
}

/** So much can be searched at every run of the tests: transitions, or the steps of a violation. */
const QUICK = { holds: 1_000, violated: 7 }

/**
 * What every run of the tests asks: of each protocol the smallest documented run that holds, and the one with the
 * shortest violation that ends its search. The slow tests ask the rest.
 */
export function representatives(runs: readonly DocumentedRun[]): ReadonlySet<DocumentedRun> {
  const smallest = new Map<string, DocumentedRun>()
  for (const run of runs) {
    const { slow, expect: outcome } = run.scenario
    if (slow || sizeOf(run.scenario) > QUICK[outcome.verdict]) continue
    const kind = `${run.protocol.name} ${run.scenario.expect.verdict}`
    const other = smallest.get(kind)
    if (other !== undefined && sizeOf(run.scenario) >= sizeOf(other.scenario)) continue
    if (!needsWholeGraph(run)) smallest.set(kind, run)
  }
  return new Set(smallest.values())
}

/** A violation by whole executions is found once every state has been. */
function needsWholeGraph(run: DocumentedRun): boolean {
  const { expect: outcome } = run.scenario
  if (outcome.verdict !== 'violated') return false
  return modelOf(run).properties.some((property) => property.name === outcome.property && isExecution(property))
}

const sizeOf = ({ expect: outcome }: DocumentedRun['scenario']): number =>
  outcome.verdict === 'holds' ? outcome.generated : outcome.steps

/** Depth first without the questions about executions: those need the graph of a search breadth first. */
export function search(run: DocumentedRun, order: NonNullable<SearchOptions['order']>): Promise<SearchResult> {
  const model = modelOf(run)
  const asked = propertiesAsked(run, model)
  const properties = order === 'bfs' ? asked : asked.filter((property) => !isExecution(property))
  return explore(model, { order, properties: properties.map(({ name }) => name) })
}

/** Whether a view tells its states apart: such a run is searched breadth first, on one thread. */
export const isViewed = (run: DocumentedRun): boolean => modelOf(run).view !== undefined

/** What is found where a run comes out as documented. */
export function documentedOutcome(run: DocumentedRun): object {
  const { within } = modelOf(run)
  return {
    ...run.scenario.expect,
    ...(isViewed(run) && { bounds: 'as far as the view tells states apart' }),
    ...(within && run.scenario.expect.verdict === 'holds' && { bounds: `within the constraint (${within.join()})` }),
  }
}

/** Those that the scenario names, or all that the protocol promises. */
export function propertiesAsked({ scenario }: DocumentedRun, model: Model): Property[] {
  const { properties: named } = scenario
  return model.properties.filter(({ name, optional }) => (named === undefined ? !optional : named.includes(name)))
}

/** The trace of a violation, confirmed by the judge. */
export function traceOf(run: DocumentedRun, result: SearchResult): Trace {
  const { property, path, proof } = violationOf(result)
  return record(modelOf(run), property, path!, {}, { proof, isShortest: true })
}

const violationOf = (result: SearchResult): PropertyResult =>
  result.properties.find(({ verdict }) => verdict === 'violated')!
