/** What a replay found, in a paragraph per trace. */
import type { Replay, Trace } from '../trace/trace.ts'
import { plural } from './quantities.ts'
import type { SummaryOptions } from './summary.ts'
import { wrap } from './wrap.ts'

export function replayed(file: string, trace: Trace, outcome: Replay, { width, paint }: SummaryOptions): string {
  const paragraph = (text: string) => wrap(`  ${text}`, width, '  ')
  const { name, claim } = trace.property
  switch (outcome.outcome) {
    case 'reproduced':
      return [
        paint.red(`✗ ${file}: reproduced`),
        paragraph(`${name} (${claim}) is violated after ${plural(trace.steps.length, 'step')}: ${outcome.because}`),
      ].join('\n')
    case 'no-longer-violated':
      return [
        paint.green(`✓ ${file}: no longer violated`),
        paragraph(`${name} (${claim}), ${placeOf(outcome.step, trace)}: ${outcome.reason}`),
      ].join('\n')
    case 'diverged':
      return [
        paint.yellow(`! ${file}: diverged`),
        paragraph(`${placeOf(outcome.step, trace)}: the protocol has changed since the trace was saved`),
        paragraph(`expected: ${outcome.expected}`),
        paragraph(`found: ${outcome.found}`),
        paragraph(`the rest: ${outcome.afterwards}`),
      ].join('\n')
  }
}

function placeOf(step: number, { steps }: Trace): string {
  return step === 0 ? 'in the initial state' : `at step ${step} of ${steps.length}`
}
