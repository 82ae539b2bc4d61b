/** A search that a defect of the spec ended: what went wrong, where, and on which way. */
import type { SearchResult } from '../engine/result.ts'
import { describeStep } from '../trace/describe-step.ts'
import { plural } from './quantities.ts'

const LAST_STEPS = 12

export function breakdown({ error, path }: NonNullable<SearchResult['broken']>): string {
  const told = path.steps.map((step, i) => `  ${i + 1}. ${describeStep(step)}`)
  const left = told.length - LAST_STEPS
  const way =
    told.length === 0
      ? 'It happened in the initial state.'
      : `It happened after ${plural(told.length, 'step')}:\n${[
          ...(left > 0 ? [`  ... ${plural(left, 'earlier step')}`] : []),
          ...told.slice(-LAST_STEPS),
        ].join('\n')}`
  return `Broken: ${error.message}\n${way}`
}
