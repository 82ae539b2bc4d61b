/** A search that a defect of the spec ended: what went wrong, where, and on which way. */
import type { SearchResult } from '../engine/result.ts'
import type { Step } from '../model.ts'
import { describeStep } from '../trace/describe-step.ts'
import { oneLine } from '../value/visible.ts'
import { plural } from './quantities.ts'

const LAST_STEPS = 12

export interface BreakdownOptions {
  /** Whether the way to it has been shown already. */
  readonly isDrawn: boolean
  /** The line that threw: `lock.ts:31:11`. */
  readonly place: string | undefined
}

export function breakdown(
  { error, path }: NonNullable<SearchResult['broken']>,
  { isDrawn, place }: BreakdownOptions,
): string {
  const { steps } = path
  const where = steps.length === 0 ? 'in an initial state' : `after ${plural(steps.length, 'step')}`
  const sentence = `Broken, ${where}: ${oneLine(error.message)}${place === undefined ? '' : ` (at ${place})`}`
  return isDrawn || steps.length === 0 ? sentence : [sentence, ...lastSteps(steps)].join('\n')
}

function lastSteps(steps: readonly Step[]): string[] {
  const told = steps.map((step, i) => `  ${i + 1}. ${describeStep(step)}`)
  const left = told.length - LAST_STEPS
  return [...(left > 0 ? [`  ... ${plural(left, 'earlier step')}`] : []), ...told.slice(-LAST_STEPS)]
}
