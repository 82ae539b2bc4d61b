/** Refuses a compact store where it cannot give an answer. */
import { SplitbrainError } from '../value/splitbrain-error.ts'
import type { SearchOptions } from './search-options.ts'

/** @throws SplitbrainError `bad-option` */
export function admitCompact({ compactBytes, order }: SearchOptions): void {
  if (compactBytes === undefined || order !== 'dfs') return
  throw new SplitbrainError('bad-option', 'a compact store is for a breadth-first search; search breadth first')
}
