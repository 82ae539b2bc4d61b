/** A trace that is looked at without its protocol: said first, so that nobody takes what the file claims for what is so. */
import type { Model } from '../model.ts'
import { toldState } from '../trace/told-state.ts'
import { RUNS, type Trace } from '../trace/trace.ts'
import { claimText, isExplanation } from './claim-text.ts'
import { courseText } from './course-text.ts'
import { type RenderOptions, renderTrace } from './inspect.ts'
import { renderStep } from './inspect-step.ts'
import { wrap } from './wrap.ts'

export interface Seen {
  readonly model: Model
  readonly trace: Trace
  /** Why the protocol was not asked. */
  readonly why: string
  /** Whether the file tells states only, and claims nothing of a property. */
  readonly isBare: boolean
}

/** @param step one step instead of all */
export function renderSeen({ model, trace, why, isBare }: Seen, options: RenderOptions, step?: number): string {
  const { width = 100, colour = false } = options
  const told =
    step === undefined
      ? renderTrace(model, trace, { ...options, verdict: false })
      : renderStep(model, trace, step, { width, colour }, (at) => toldState(model, trace, at))
  return [
    wrap(`As the file tells it, without its protocol (${why}); nothing of it is checked.`, width, '  '),
    ...(isBare ? [] : [wrap(`The file says: ${claimOf(trace)}`, width, '  ')]),
    '',
    told,
  ].join('\n')
}

function claimOf(trace: Trace): string {
  const { property, verdict, because } = trace
  if (isExplanation(trace)) return trace.system === undefined ? claimText(trace) : `${claimText(trace)}: ${because}`
  const what = property.name === RUNS.name ? 'broken' : `${property.name} (${property.claim}) is ${verdict}`
  return `${what} ${courseText(trace)}${because === '' ? '' : `: ${because}`}`
}
