/** Says what a search found: as text for a person, the way on as its last line, or as JSON for a program. */

import { outcomeOf } from '../check/scenario-outcome.ts'
import type { SearchResult } from '../engine/result.ts'
import type { Budget } from '../engine/search-options.ts'
import type { Scenario } from '../language/scenario.ts'
import { isWithinProject } from '../load/spec-path.ts'
import { placeOf } from '../load/what-was-thrown.ts'
import { withinTraps } from '../load/within-traps.ts'
import type { Model } from '../model.ts'
import { breakdown } from '../report/breakdown.ts'
import { documentedText } from '../report/claims-text.ts'
import { conclusion } from '../report/conclusion.ts'
import { type Evidence, evidenceAgainst, mostTelling } from '../report/evidence.ts'
import { renderTrace } from '../report/inspect.ts'
import { profileText } from '../report/profile.ts'
import { commandTo } from '../report/program.ts'
import { summary, warnings } from '../report/summary.ts'
import { wrap } from '../report/wrap.ts'
import { RUNS } from '../trace/trace.ts'
import type { Console } from './console.ts'
import { type Expectation, expectationText } from './expectation.ts'
import type { SearchFlags } from './search-options.ts'

export interface Findings {
  readonly model: Model
  readonly result: SearchResult
  readonly evidence: readonly Evidence[]
  readonly budget: Budget
  readonly expectation: Expectation
  readonly flags: Pick<SearchFlags, 'json' | 'quiet' | 'continue' | 'full'>
  /** The processes that are to have lanes; absent: all, where there is room. */
  readonly lanes?: readonly string[] | undefined
  /** What went by before the search began. */
  readonly startUpMs: number
  /** The documented run that this is. */
  readonly scenario?: Scenario
  /** The protocol's file; absent for one that comes with splitbrain. */
  readonly spec?: string | undefined
}

export async function printFindings(findings: Findings, console: Console): Promise<void> {
  const { model, result, evidence, flags, startUpMs } = findings
  if (flags.json) {
    const { jsonReport } = await import('../report/json-report.ts')
    console.print(JSON.stringify(jsonReport(model, result, evidence, startUpMs), null, 2))
  } else {
    if (!flags.quiet) for (const section of withinTraps(() => details(findings, console))) console.print(`${section}\n`)
    console.print(ending(findings, console))
  }
  for (const notice of notices(findings)) console.complain(notice)
}

/** What must not be missed, whatever is printed: names that were taken, traces that were replaced, and weak verdicts where no summary tells of them. */
function notices({ result, evidence, flags }: Findings): string[] {
  const taken = evidence.flatMap(({ file, taken }) =>
    taken === undefined ? [] : [`${taken.file} ${taken.holds}, and stays; the new one is ${file}`],
  )
  const replaced = evidence.flatMap(({ file, replaces }) =>
    replaces === undefined ? [] : [`${file} was a trace at ${replaces}; this one takes its place`],
  )
  return [...(flags.quiet && !flags.json ? warnings(result) : []), ...taken, ...replaced].map((notice) => `! ${notice}`)
}

function details(
  { model, result, evidence, startUpMs, flags, lanes }: Findings,
  { width, paint, colour }: Console,
): string[] {
  const drawn = mostTelling(evidence) // a violation tells its reason there, a broken protocol at the very end
  const others = evidence.filter((one) => one !== drawn)
  const how = {
    width,
    colour,
    full: flags.full === true,
    lanes,
    heading: false,
    verdict: drawn?.trace.property.name !== RUNS.name,
  }
  return [
    summary(result, others, { width, paint }),
    ...(result.profile ? [profileText(result, result.profile, { width, startUpMs })] : []),
    ...(drawn === undefined ? [] : [renderTrace(model, drawn.trace, how)]),
  ]
}

/** The verdict, and the command to paste where there is a trace to see again. */
function ending(findings: Findings, { width, paint }: Console): string {
  const { result, evidence, budget, expectation, scenario, flags, spec } = findings
  const colour = result.broken !== undefined || result.verdict === 'violated' ? 'red' : COLOURS[result.verdict]
  const sentence = result.broken === undefined ? conclusion(result, budget) : brokenSentence(result.broken, evidence)
  const expected = expectationText(result, expectation)
  const isComparable = result.order === 'bfs' && !result.compact && !result.orbits && !flags.continue // only then are counts and lengths those documented
  const documented = scenario && isComparable && documentedText(outcomeOf(result, budget), scenario)
  const files = evidence.flatMap(({ file }) => (file === undefined ? [] : [file]))
  return [
    paint[colour](wrapLines(sentence, width, result.broken === undefined ? '' : '  ')),
    ...(expected === undefined ? [] : [wrap(expected, width)]),
    ...(documented ? [wrap(documented, width)] : []),
    ...(files.length === 0 ? [] : [commandTo('replay', ...files, ...specOption(spec))]),
  ].join('\n')
}

/** A trace is replayed with a protocol from elsewhere only where that is named. */
export const specOption = (spec: string | undefined): string[] =>
  spec === undefined || isWithinProject(spec) ? [] : ['--protocol', spec]

const brokenSentence = (broken: NonNullable<SearchResult['broken']>, evidence: readonly Evidence[]): string =>
  breakdown(broken, {
    isDrawn: evidenceAgainst(RUNS.name, evidence) !== undefined,
    place: placeOf(broken.error),
  })

const COLOURS = { holds: 'green', violated: 'red', unknown: 'yellow' } as const

/** A message that was thrown is indented where it goes on, so that no line of it passes for ours. */
const wrapLines = (text: string, width: number, indent: string) =>
  text
    .split('\n')
    .map((line) => wrap(line, width, indent))
    .join('\n')
