/** What a replay found, in a paragraph per trace, and of several in a line. */
import { type Replay, RUNS, type Trace } from '../trace/trace.ts'
import { courseText } from './course-text.ts'
import type { Paint } from './paint.ts'
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
  const told = isBreakdown ? 'the protocol' : `${name} (${claim})`
  switch (outcome.outcome) {
    case 'reproduced':
      return [
        head('reproduced'),
        paragraph(`${told} is ${isBreakdown ? 'broken' : trace.verdict} ${courseText(trace)}: ${outcome.because}`),
      ].join('\n')
    case 'no-longer-violated':
      return [
        head('no longer violated'),
        paragraph(`${told}, ${placeOf(outcome.step, trace)}: ${outcome.reason}`),
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

function placeOf(step: number, { steps }: Trace): string {
  return step === 0 ? 'in the initial state' : `at step ${step} of ${steps.length}`
}
