/** What a replay found, in a paragraph per trace, and of several in a line. */
import { type Anew, type Difference, type Nearby, type Replay, RUNS, type Trace } from '../trace/trace.ts'
import { explanationText, isExplanation } from './claim-text.ts'
import { courseText } from './course-text.ts'
import type { Paint } from './paint.ts'
import { plural } from './quantities.ts'
import { wrap } from './wrap.ts'

export interface ReplayedOptions {
  readonly width: number
  readonly paint: Paint
  /** Whether it came out as it should: the mark says this, the word beside it what happened. */
  readonly isSuccess: boolean
  /** The file that the protocol was loaded from; absent for one that comes with splitbrain. */
  readonly spec?: string | undefined
}

export function replayed(
  file: string,
  trace: Trace,
  outcome: Replay,
  { width, paint, isSuccess, spec }: ReplayedOptions,
): string {
  const paragraph = (text: string) => wrap(`  ${text}`, width, '  ')
  const said = (word: string) => `${file}: ${word}${spec === undefined ? '' : ` with ${spec}`}`
  const head = (word: string) => (isSuccess ? paint.green(`✓ ${said(word)}`) : paint.red(`✗ ${said(word)}`))
  const { name, claim } = trace.property
  const isBreakdown = name === RUNS.name
  const told = isBreakdown ? 'the protocol' : isExplanation(trace) ? explained(trace) : `${name} (${claim})`
  switch (outcome.outcome) {
    case 'reproduced':
      return [
        head('reproduced'),
        paragraph(
          isExplanation(trace)
            ? explanationText(trace)
            : `${told} is ${isBreakdown ? 'broken' : trace.verdict} ${courseText(outcome.anew?.trace ?? trace)}: ${outcome.because}`,
        ),
        ...(outcome.anew === undefined ? [] : [paragraph(howFollowed(outcome.anew, trace))]),
      ].join('\n')
    case 'no-longer-violated':
      return [
        head(trace.verdict === 'violated' ? 'no longer violated' : 'no longer possible'),
        paragraph(`${told}, ${placeOf(outcome.step, trace)}: ${outcome.reason}`),
        ...(outcome.changed === undefined ? [] : [paragraph(howChanged(outcome.changed, trace))]),
        ...(outcome.nearby === undefined ? [] : [paragraph(howFar(outcome.nearby))]),
      ].join('\n')
    case 'unsettled':
      return [
        paint.yellow(`? ${said('unsettled')}`),
        paragraph(`${told}, ${placeOf(outcome.step, trace)}: ${outcome.reason}`),
      ].join('\n')
    case 'diverged':
      return [
        paint.yellow(`! ${said('diverged')}`),
        paragraph(`${placeOf(outcome.step, trace)}: the protocol has changed since the trace was saved`),
        paragraph(`expected: ${outcome.expected}`),
        paragraph(`found: ${outcome.found}`),
        paragraph(`the rest: ${outcome.afterwards}`),
      ].join('\n')
  }
}

/**
 * `40 of 41 as expected; not: counterexamples/x.json`
 * @param failed the files that did not come out as they should
 * @param success what they should have come out as
 */
export function tally(files: readonly string[], failed: readonly string[], success: string): string {
  const culprits = failed.length === 0 ? '' : `; not: ${failed.join(' ')}`
  return `${files.length - failed.length} of ${files.length} ${success}${culprits}`
}

/** What became of the steps as they were recorded, and which way it is violated now. */
function howFollowed({ others, left, exact }: Anew, trace: Trace): string {
  const way = [
    ...(others > 0 ? [`with ${plural(others, 'other')} in between`] : []),
    ...(left > 0 ? [`without ${plural(left, 'step')} that cannot be taken`] : []),
  ]
  const told =
    exact.outcome === 'diverged'
      ? howChanged(exact, trace)
      : `As it was saved, it ends ${placeOf(exact.step, trace)}: ${exact.reason}.`
  return `${told} Its steps still lead there${way.length === 0 ? '' : `, ${way.join(' and ')}`}.`
}

const explained = ({ system }: Trace): string =>
  system === undefined ? 'what explains the log' : 'what the system was asked to do'

const howChanged = ({ step, expected, found }: Difference, trace: Trace): string =>
  `The protocol has changed since the trace was saved: ${placeOf(step, trace)}, expected ${expected}, found ${found}.`

/** What a search around the trace does not show, it does not show of that trace only. */
function howFar({ others, states }: Nearby): string {
  const seen = `(${plural(states, 'state')})`
  const far =
    others > 0
      ? `Nor with up to ${plural(others, 'other step')} in between ${seen}.`
      : `Nor with some other steps in between ${seen}, not all that there are.`
  return `${far} Of other schedules this says nothing.`
}

function placeOf(step: number, { steps }: Trace): string {
  return step === 0 ? 'in the initial state' : `at step ${step} of ${steps.length}`
}
