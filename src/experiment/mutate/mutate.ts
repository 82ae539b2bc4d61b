/**
 * Would the properties notice a mistake? Each mutant of a protocol's text is searched in the documented runs, the
 * smallest first, until one notices.
 *
 * A mutant is not searched in a run in which it does what the protocol does: that is known of all mutants from one search
 * of the protocol itself (own-run.ts).
 */
import type { MutationPlan, Threads } from './plan.ts'
import { ownRuns, type Run } from './runs.ts'
import type { Judged } from './verdict.ts'
import { verdictOn } from './verdict-on.ts'

export interface Listening {
  /** Once, when the runs of the protocol itself are known. */
  readonly begin: (runs: readonly Run[]) => void
  readonly judged: (judged: Judged, ms: number) => void
}

/** In the order in which they ended. @throws SplitbrainError where the protocol itself does not come out as documented */
export async function mutate(plan: MutationPlan, pool: Threads, tell: Listening): Promise<Judged[]> {
  const runs = await ownRuns(plan, pool)
  tell.begin(runs)
  const judged: Judged[] = []
  const rest = [...plan.mutants]
  const lane = async () => {
    for (let mutant = rest.shift(); mutant !== undefined; mutant = rest.shift()) {
      const startedAt = performance.now()
      const one = { mutant, outcome: await verdictOn(mutant, plan, runs, pool) }
      judged.push(one)
      tell.judged(one, performance.now() - startedAt)
    }
  }
  await Promise.all(Array.from({ length: pool.size }, lane))
  return judged
}
