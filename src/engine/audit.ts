/**
 * The audit: when a search is over, what its bodies and predicates did is done once more (`isRepeated` in repetition.ts), in the reverse order. One
 * that is not pure is caught for certain only here, so the audit runs to its end while there is time. A search that ran
 * out of time leaves it a moment, one that was interrupted gives it one; the result says how many runs were not repeated.
 */

import type { Search } from './search.ts'
import type { Interruption } from './search-options.ts'
import { inSlices, SLICE_MS } from './slices.ts'

/** After an interrupt, where it does not say. */
const PATIENCE_MS = 20

/** Of a time-out, the least time that is for the audit, and the share that is otherwise; but not more than half. */
const OWN = { ms: 20, share: 0.01, most: 0.5 }

/** The time that a search is to leave for the audit, so that both end in time. */
export const timeToAudit = (timeoutMs: number): number =>
  Number.isFinite(timeoutMs) ? Math.min(OWN.most * timeoutMs, Math.max(OWN.ms, OWN.share * timeoutMs)) : 0

export interface Auditing {
  /** Of the search, which left time for the audit; absolute, as `performance.now` tells the time. */
  readonly deadline: number
  readonly timeoutMs: number
  readonly signal: Interruption | undefined
  readonly now?: () => number
}

/** Audits while there is time. How many runs were not repeated. @throws SplitbrainError `impure` */
export async function audit(search: Search, { deadline, timeoutMs, signal, now = clock }: Auditing): Promise<number> {
  const { audited } = search
  const runs = audited.reduce((sum, { lessons }) => sum + lessons, 0)
  const work = lessonsOf(audited)
  const end = deadline + timeToAudit(timeoutMs)
  let patience = Number.POSITIVE_INFINITY
  let repeated = 0
  await inSlices(() => {
    if (signal?.aborted) patience = Math.min(patience, now() + (signal.patienceMs ?? PATIENCE_MS))
    for (const until = now() + SLICE_MS; now() < until; repeated++) {
      if (now() >= Math.min(end, patience)) return 'timeout'
      if (work.next().done) return 'exhausted'
    }
    return undefined
  }, {})
  return runs - repeated
}

const clock = () => performance.now()

function* lessonsOf(audited: Search['audited']): Generator<undefined, void> {
  for (const memo of audited) yield* memo.audit()
}
