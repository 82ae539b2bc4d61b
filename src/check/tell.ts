/** The answer to a check, made of what was searched and confirmed. */
import type { PropertyResult, SearchResult } from '../engine/result.ts'
import type { Budget } from '../engine/search-options.ts'
import { placeOf } from '../load/what-was-thrown.ts'
import { withinTraps } from '../load/within-traps.ts'
import type { Model } from '../model.ts'
import { breakdown } from '../report/breakdown.ts'
import { conclusion } from '../report/conclusion.ts'
import { mostTelling } from '../report/evidence.ts'
import { headline } from '../report/headline.ts'
import { renderTrace } from '../report/inspect.ts'
import { paintIf } from '../report/paint.ts'
import { summary, warnings } from '../report/summary.ts'
import { WIDTH, wrap } from '../report/wrap.ts'
import { RUNS, type Trace } from '../trace/trace.ts'
import type { Confirmed } from './confirm.ts'
import { BrokenProtocol, type CheckResult, type PropertyAnswer, type Violation } from './result.ts'

interface Asked {
  readonly budget: Budget
  /** The names of the protocol's parameters, in the order of its text. */
  readonly parameters: readonly string[]
}

/** @throws BrokenProtocol */
export function resultOf(model: Model, { traces, result }: Confirmed, asked: Asked): CheckResult {
  if (result.broken !== undefined) throw brokenBy(model, result.broken, traces)
  const { distinct, generated, depth, stop, groups, orbits, simulation } = result
  const checked = {
    protocol: model.protocol,
    parameters: model.parameters,
    bugs: model.bugs,
    properties: Object.fromEntries(result.properties.map((one) => [one.property.name, answerOf(one)])),
    distinct,
    generated,
    depth,
    stop,
    groups,
    ...(orbits && { orbits }),
    ...(simulation && { simulation }),
    warnings: warnings(result),
    text: withinTraps(() => textOf(model, { traces, result }, asked)),
  }
  if (result.verdict !== 'violated') return { ...checked, verdict: result.verdict }
  const [first, ...others] = result.properties
    .filter(({ verdict }) => verdict === 'violated')
    .map((one) => violationOf(model, one, traces))
  return { ...checked, verdict: 'violated', violations: [first!, ...others] }
}

function answerOf({ property, verdict, exercised, path }: PropertyResult): PropertyAnswer {
  const { claim, kind } = property
  return { claim, kind, verdict, exercised, ...(path && { steps: path.steps.length }) }
}

function violationOf(model: Model, { property, path }: PropertyResult, traces: readonly Trace[]): Violation {
  const { name, claim } = property
  const trace = traces.find((one) => one.property.name === name)
  if (trace === undefined) {
    return {
      property: name,
      claim,
      steps: path?.steps.length ?? 0,
      because: NO_WITNESS,
      text: `${name}: ${NO_WITNESS}`,
    }
  }
  const { steps, loop, because } = trace
  return {
    property: name,
    claim,
    steps: steps.length,
    ...(loop !== undefined && { loop: steps.length - loop }),
    because,
    trace,
    text: withinTraps(() => renderTrace(model, trace)),
  }
}

const NO_WITNESS = 'no reachable state is a witness'

function textOf(model: Model, { traces, result }: Confirmed, { budget, parameters }: Asked): string {
  const plain = { width: WIDTH, paint: paintIf(false) }
  const drawn = mostTelling(traces.map((trace) => ({ trace })))?.trace
  const others = traces.filter((trace) => trace !== drawn).map((trace) => ({ trace }))
  return [
    headline(model, parameters, WIDTH),
    summary(result, others, plain),
    ...(drawn === undefined ? [] : ['', renderTrace(model, drawn, { heading: false }), '']),
    ...conclusion(result, budget)
      .split('\n')
      .map((line) => wrap(line, WIDTH)),
  ].join('\n')
}

function brokenBy(model: Model, broken: NonNullable<SearchResult['broken']>, traces: readonly Trace[]): BrokenProtocol {
  const trace = traces.find(({ property }) => property.name === RUNS.name)
  const told = breakdown(broken, { isDrawn: trace !== undefined, place: placeOf(broken.error) })
  const drawn = trace === undefined ? '' : `\n\n${withinTraps(() => renderTrace(model, trace, { heading: false }))}`
  return new BrokenProtocol(broken.error, told + drawn, trace)
}
