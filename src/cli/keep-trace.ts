/** `verify replay --keep`: a trace that is still a counterexample of a protocol that has changed is written as it goes now. */
import { dirname } from 'node:path'
import { specPath } from '../load/spec-path.ts'
import type { Replay } from '../trace/trace.ts'
import { traceText } from '../trace/trace-file.ts'
import type { Console } from './console.ts'
import { save } from './save.ts'

/**
 * @param spec the protocol's file; undefined for one that comes with splitbrain
 * @returns what was done, in words
 * @throws SplitbrainError `cannot-write`
 */
export function keepTrace(file: string, outcome: Replay, spec: string | undefined, console: Console): string {
  if (outcome.outcome !== 'reproduced') return 'It stays as it is: it tells of the protocol as it was.'
  if (outcome.anew === undefined) return 'It stays as it is: every step is as it was saved.'
  const { spec: _, ...trace } = outcome.anew.trace
  const origin = spec === undefined ? {} : { spec: specPath(spec, dirname(file)) }
  save(console, file, traceText({ ...trace, ...origin }), 'the trace', 'make the file one that can be written')
  return 'It is written anew, step by step as the protocol goes now.'
}
