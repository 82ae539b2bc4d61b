/** What a trace shows, as a clause: what became of its property, what a real system did, or that a log is explained. */
import { EXPLAINS, RUNS, type Trace } from '../trace/trace.ts'
import { courseText } from './course-text.ts'
import { plural } from './quantities.ts'

/** What is wrong where a real system was driven. */
export const OTHERWISE = 'the system does otherwise than the protocol'

export function claimText(trace: Trace): string {
  const { property, system, verdict } = trace
  if (system !== undefined) return `${OTHERWISE} ${courseText(trace)}`
  if (isExplanation(trace)) return explanationText(trace)
  return `${property.name === RUNS.name ? 'the protocol is broken' : `${property.name} is ${verdict}`} ${courseText(trace)}`
}

/** Of a log, or of what a real system did up to where it did otherwise. */
export const isExplanation = ({ property }: Pick<Trace, 'property'>): boolean => property.name === EXPLAINS.name

/** That it is one, still. */
export function explanationText({ system, because, steps }: Pick<Trace, 'system' | 'because' | 'steps'>): string {
  const length = plural(steps.length, 'step')
  if (system === undefined) return `${EXPLAINS.claim} that explains the log (${length})`
  return `${EXPLAINS.claim} up to where the system did otherwise (${length}): ${because}`
}
