/** Refuses a compact store where it cannot give an answer. */
import type { Property } from '../model.ts'
import { SplitbrainError } from '../value/splitbrain-error.ts'
import { isExecution } from './liveness/marks.ts'
import type { SearchOptions } from './result.ts'

/** @throws SplitbrainError `bad-option` */
export function admitCompact({ compactBytes, order }: SearchOptions, checked: readonly Property[]): void {
  if (compactBytes === undefined) return
  if (order === 'dfs') {
    throw new SplitbrainError('bad-option', 'a compact store is for a breadth-first search; search breadth first')
  }
  const execution = checked.find(isExecution)
  if (execution === undefined) return
  throw new SplitbrainError(
    'bad-option',
    `the property ${execution.name} is about whole executions (${execution.kind}), which are decided on the graph of ` +
      'all states, and a compact store does not keep one; search without it, or for other properties, by name',
  )
}
