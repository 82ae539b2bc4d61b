/** Runs a test: searches a scenario and has its counterexample replayed, or replays a trace. */
import { type Ran, runScenario, traceIn } from '../check/run-scenario.ts'
import type { Budget, Interruption } from '../engine/search-options.ts'
import { revisit } from '../judge/revisit.ts'
import type { Scenario } from '../language/scenario.ts'
import { importsOf } from '../load/imports.ts'
import { type LoadedProtocol, loadProtocol } from '../load/load-protocol.ts'
import { loadTrace } from '../load/load-trace.ts'
import { scenariosOf } from '../load/scenarios.ts'
import { textAnew } from '../load/trace-anew.ts'
import { withinTraps } from '../load/within-traps.ts'
import { explanationText, isExplanation } from '../report/claim-text.ts'
import { isSame } from '../report/claims.ts'
import { outcomeText } from '../report/claims-text.ts'
import { commandTo } from '../report/program.ts'
import type { Replay, Trace } from '../trace/trace.ts'
import { SplitbrainError } from '../value/splitbrain-error.ts'
import type { Status, Test, TestResult } from './test.ts'
import { violationTold } from './violation-told.ts'

export interface RunOptions {
  readonly budget: Budget
  readonly signal: Interruption
}

/** The tests of a protocol, and the traces that they speak for. @throws SplitbrainError */
export async function testsOf(
  protocol: string,
  file: string | undefined,
): Promise<{ tests: Test[]; traces: readonly string[] }> {
  const scenarios = await scenariosOf(await loadProtocol(protocol), protocol)
  const tests = scenarios.map(
    (scenario): Test => ({
      name: scenario.name,
      protocol,
      ...(file !== undefined && { file }),
      kind: 'scenario',
      slow: scenario.slow === true,
      cost: costOf(scenario),
    }),
  )
  return { tests, traces: scenarios.flatMap(({ trace }) => trace ?? []) }
}

/** What nobody has told is taken for small: a violation mostly ends a search early. */
const UNKNOWN_COST = 10_000

function costOf({ expect }: Scenario): number {
  if (expect.verdict === 'violated') return UNKNOWN_COST
  return expect.generated ?? expect.distinct ?? UNKNOWN_COST
}

/** Never throws for what is wrong with the test itself. */
export async function runTest(test: Test, options: RunOptions): Promise<TestResult> {
  const startedAt = performance.now()
  const answer = await answerTo(test, options)
  return { test, ...answer, ms: Math.round(performance.now() - startedAt) }
}

type Answer = Omit<TestResult, 'test' | 'ms'>

async function answerTo(test: Test, options: RunOptions): Promise<Answer> {
  const repeat = repeatOf(test)
  try {
    return test.kind === 'trace' ? await replayed(test) : { ...(await searched(test, options)), repeat }
  } catch (thrown) {
    if (!(thrown instanceof SplitbrainError) || thrown.code === 'internal') throw thrown
    return { status: 'broken', expected: '', found: thrown.message, repeat }
  }
}

export const repeatOf = ({ kind, protocol, name }: Test): string =>
  kind === 'trace' ? commandTo('replay', name) : commandTo(protocol, '--scenario', name)

async function searched({ protocol, name }: Test, { budget, signal }: RunOptions): Promise<Omit<Answer, 'repeat'>> {
  const loaded = await loadProtocol(protocol)
  const scenario = (await scenariosOf(loaded, protocol)).find((one) => one.name === name)
  if (scenario === undefined) throw new SplitbrainError('bad-scenario', `there is no scenario ${name} any more`)
  const ran = await runScenario({ name: protocol, loaded, scenario }, { budget, signal, slow: true })
  const found = ran.found!
  const { expect: expectation, properties } = scenario
  const problem =
    typeof ran.evidence?.outcome === 'object' ? `${ran.evidence.file}: ${ran.evidence.outcome.problem}` : undefined
  const status = statusOf(ran, scenario)
  const isOutcome = found.verdict === 'holds' || found.verdict === 'violated'
  return {
    status,
    expected: outcomeText(expectation, properties),
    found: status === 'failed' && isSame(found, expectation) ? problem! : outcomeText(found, properties),
    expectation,
    ...(problem !== undefined && { onFile: problem }),
    ...(isOutcome && { outcome: found }),
    ...(status === 'failed' && violationIn(ran, loaded, commandTo(protocol, '--scenario', name))),
  }
}

function statusOf({ found, evidence }: Ran, { expect }: Scenario): Status {
  if (found!.verdict === 'broken') return 'broken'
  if (found!.verdict === 'unknown') return 'unknown'
  return isSame(found!, expect) && typeof evidence?.outcome !== 'object' ? 'passed' : 'failed'
}

/** The first violation, drawn, for whoever did not expect it. */
function violationIn(ran: Ran, loaded: LoadedProtocol, repeat: string): Pick<TestResult, 'violation'> {
  const trace = traceIn(ran, loaded)
  return trace === undefined ? {} : { violation: violationTold(ran.search!.model, trace, repeat) }
}

/**
 * A trace that no scenario speaks for: of a seeded bug it shows that this is caught, and must go on to, and a witness
 * shows what must stay possible; any other is of a defect that was mended, which must not come back.
 */
async function replayed({ name }: Test): Promise<Answer> {
  const { trace, model, spec } = await loadTrace(name)
  const rests = spec === undefined ? [] : await importsOf([spec])
  const outcome = withinTraps(() => revisit(model, trace))
  const isToStay = trace.bugs.length > 0 || trace.verdict === 'witnessed'
  const repeat = commandTo('replay', name, ...(trace.bugs.length > 0 ? ['--expect', 'violated'] : []))
  const status = statusOfReplay(outcome, isToStay)
  const anew = status === 'passed' ? textAnew(name, outcome, spec) : undefined
  return {
    status,
    expected: isExplanation(trace) ? explanationText(trace) : `${trace.property.name} is ${expectedOf(trace)}`,
    found: foundBy(outcome, trace),
    repeat,
    ...(rests && { rests }),
    ...(anew !== undefined && { anew }),
    ...(status === 'failed' &&
      outcome.outcome === 'reproduced' && { violation: violationTold(model, outcome.anew?.trace ?? trace, repeat) }),
  }
}

function expectedOf({ bugs, verdict }: Trace): string {
  if (bugs.length > 0) return `${verdict} with ${bugs.join(', ')}`
  return verdict === 'violated' ? 'no longer violated' : verdict
}

function statusOfReplay({ outcome }: Replay, isToStay: boolean): Status {
  if (outcome === 'unsettled') return 'unknown'
  if (outcome === 'diverged') return 'broken'
  return isToStay === (outcome === 'reproduced') ? 'passed' : 'failed'
}

function foundBy(outcome: Replay, { verdict }: Trace): string {
  switch (outcome.outcome) {
    case 'reproduced':
      return `reproduced: ${outcome.because}`
    case 'no-longer-violated':
      return `no longer ${verdict} by its steps: ${outcome.reason}`
    case 'unsettled':
      return `unsettled: ${outcome.reason}`
    case 'diverged':
      return `diverged: at step ${outcome.step} expected ${outcome.expected}, found ${outcome.found}`
  }
}
