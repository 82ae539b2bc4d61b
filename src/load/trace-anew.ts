/** A trace that is still a counterexample of a protocol that has changed, as it goes now. */
import { dirname } from 'node:path'
import type { Replay } from '../trace/trace.ts'
import { traceText } from '../trace/trace-file.ts'
import { specPath } from './spec-path.ts'

/**
 * The text to write into its file; undefined where every step is as it was saved, or it is no counterexample any more.
 * @param spec the protocol's file; undefined for one that comes with splitbrain
 */
export function textAnew(file: string, outcome: Replay, spec: string | undefined): string | undefined {
  if (outcome.outcome !== 'reproduced' || outcome.anew === undefined) return undefined
  const { spec: _, ...trace } = outcome.anew.trace
  return traceText({ ...trace, ...(spec !== undefined && { spec: specPath(spec, dirname(file)) }) })
}
