/** Runs a scenario: searches it as if nobody ever had, and has the judge replay the counterexample on file. */
import { existsSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import type { SearchResult } from '../engine/result.ts'
import type { Budget, SearchOptions } from '../engine/search-options.ts'
import { replay } from '../judge/replay.ts'
import type { Scenario } from '../language/scenario.ts'
import type { LoadedProtocol } from '../load/load-protocol.ts'
import { loadTrace } from '../load/load-trace.ts'
import { withinTraps } from '../load/within-traps.ts'
import type { Model } from '../model.ts'
import { packageRoot } from '../own-code.ts'
import { propertiesOf } from '../property/types.ts'
import { type Found, isSame, type Replayed } from '../report/claims.ts'
import type { Trace } from '../trace/trace.ts'
import { didYouMean } from '../value/nearest-name.ts'
import { SplitbrainError } from '../value/splitbrain-error.ts'
import { confirm } from './confirm.ts'
import { investigate, modelOf } from './investigate.ts'
import { outcomeOf, outcomeOfTrace } from './scenario-outcome.ts'

/** A scenario, and the protocol that it is of. */
export interface ScenarioRun {
  /** What the protocol was loaded by. */
  readonly name: string
  readonly loaded: LoadedProtocol
  readonly scenario: Scenario
}

export interface ScenarioOptions extends Pick<SearchOptions, 'signal' | 'onProgress'> {
  /** Search those that take long as well. */
  readonly slow: boolean
  readonly budget: Budget
}

/** What came of it. */
export interface Ran {
  /** Absent where it was not searched, for it takes long. */
  readonly found?: Found
  /** The saved counterexample, if there is one. */
  readonly evidence?: Replayed
  readonly search?: Searched
}

export interface Searched {
  readonly model: Model
  readonly result: SearchResult
}

/** @throws SplitbrainError where the protocol, at these parameters, is none */
export async function runScenario(run: ScenarioRun, options: ScenarioOptions): Promise<Ran> {
  const evidence = evidenceOf(run)
  const replayed = evidence === undefined ? {} : { evidence: { ...evidence, outcome: await judged(run, evidence) } }
  if (run.scenario.slow && !options.slow) return replayed
  const search = await searched(run, options)
  return { ...replayed, found: outcomeOf(search.result, options.budget), search }
}

/** Its first violation as a trace, walked by the judge; undefined where none was found. */
export function traceIn({ search, found }: Ran, { file }: LoadedProtocol): Trace | undefined {
  if (search === undefined || found?.verdict !== 'violated') return undefined
  return confirm(search.model, search.result, file === undefined ? {} : { spec: relative('', file) }).traces[0]
}

/** Where its counterexample is kept; nothing is tried. */
export function evidenceOf({
  loaded: { file },
  scenario,
}: Pick<ScenarioRun, 'loaded' | 'scenario'>): Replayed | undefined {
  if (scenario.trace === undefined) return undefined
  return {
    file: relative('', join(file === undefined ? packageRoot() : dirname(file), 'counterexamples', scenario.trace)),
  }
}

async function searched(run: ScenarioRun, { budget, signal, onProgress }: ScenarioOptions): Promise<Searched> {
  const { name, loaded, scenario } = run
  const { properties } = scenario
  const inquiry = {
    budget,
    ...(signal && { signal }),
    ...(properties && { properties }),
    ...(onProgress && { onProgress }),
  }
  const model = modelOf(loaded, scenario)
  admitExpected(model, scenario)
  return { model, result: await investigate(model, loaded, inquiry, { name, instance: scenario }) }
}

/** What is expected to fall must be there. @throws SplitbrainError `bad-scenario` */
function admitExpected(model: Model, { name, expect }: Scenario): void {
  const known = propertiesOf(model).map((property) => property.name)
  if (expect.verdict === 'holds' || known.includes(expect.property)) return
  throw new SplitbrainError(
    'bad-scenario',
    `scenario ${name} expects ${expect.property} to be violated, and ${model.protocol} has no such property` +
      `${didYouMean(expect.property, known)}\nThe properties are: ${known.join(', ')}`,
  )
}

/** The counterexample on file must be the one that is documented, and must still be one. */
async function judged(
  { loaded, scenario }: ScenarioRun,
  { file }: Replayed,
): Promise<NonNullable<Replayed['outcome']>> {
  if (!existsSync(file)) return { problem: 'there is no such file' }
  try {
    const { trace, model } = await loadTrace(file, loaded.file)
    const documented = modelOf(loaded, scenario)
    const isOfModel = isDeepStrictEqual(identityOf(model), identityOf(documented))
    if (!isOfModel || !isSame(outcomeOfTrace(trace), scenario.expect)) {
      return { problem: 'it is a trace of something else than this scenario' }
    }
    const { outcome } = withinTraps(() => replay(model, trace))
    if (outcome === 'reproduced') return outcome
    return { problem: outcome === 'diverged' ? 'the protocol has changed since it was saved' : 'no longer violated' }
  } catch (thrown) {
    if (thrown instanceof SplitbrainError) return { problem: thrown.message }
    throw thrown
  }
}

const identityOf = ({ protocol, parameters, bugs }: Model) => [protocol, parameters, bugs]
