import { SplitbrainError } from '../value/splitbrain-error.ts'
import { oneLine } from '../value/visible.ts'

/** What is said of a file that holds no trace; `where` names it. */
export const badTrace = (where: string, problem: string): SplitbrainError =>
  new SplitbrainError('bad-trace', `${where} is not a trace that can be replayed: ${oneLine(problem)}`)
