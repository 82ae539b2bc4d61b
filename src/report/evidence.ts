/** What the judge confirmed of a search's answer: the trace of a violation, and where it was saved. */
import { RUNS, type Trace } from '../trace/trace.ts'

export interface Evidence {
  readonly trace: Trace
  /** The trace's file as a person would type it; absent where it was not saved. */
  readonly file?: string
  /** What has the file's usual name already, so that this one got a number. */
  readonly taken?: { readonly file: string; readonly holds: string }
  /** The bounds of an earlier trace of the same violation in that file, which this one takes the place of. */
  readonly replaces?: string
}

/** The evidence to draw: where the protocol is broken, of that; else of the first violation. */
export const mostTelling = (evidence: readonly Evidence[]): Evidence | undefined =>
  evidenceAgainst(RUNS.name, evidence) ?? evidence[0]

/** The evidence against a property, if there is any. */
export const evidenceAgainst = (property: string, evidence: readonly Evidence[]): Evidence | undefined =>
  evidence.find(({ trace }) => trace.property.name === property)
