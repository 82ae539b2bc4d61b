/** How long it takes to a violation, and where it goes on for ever how: in words, after "is violated". */
import type { Course } from '../trace/path.ts'
import { plural } from './quantities.ts'

/**
 * `after 4 steps`, `in the initial state`; of executions that never end: `by an execution that goes round for ever (5
 * steps, then 3 again and again)`, `by an execution that stops for ever after 7 steps`.
 */
export function courseText({
  steps,
  loop,
}: { readonly steps: { readonly length: number } } & Pick<Course, 'loop'>): string {
  const { length } = steps
  const end = length === 0 ? 'in the initial state' : `after ${plural(length, 'step')}`
  if (loop === undefined) return end
  if (loop === length) return `by an execution that stops for ever ${end}`
  const round = length - loop
  const stem = loop === 0 ? plural(round, 'step') : `${plural(loop, 'step')}, then ${round}`
  return `by an execution that goes round for ever (${stem} again and again)`
}
