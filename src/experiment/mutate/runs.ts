/**
 * The protocol itself in its documented runs, each searched once. Such a search says of every mutant whether it can do
 * something else there (own-run.ts).
 *
 * A mutant counts in the runs that hold, and in those that refute a claim without a seeded bug: where there is no
 * counterexample any more, `verify test` fails. What a seeded bug does to a mutant says nothing of either.
 */
import type { Budget } from '../../engine/search-options.ts'
import type { Scenario } from '../../language/scenario.ts'
import { isSame } from '../../report/claims.ts'
import { outcomeText } from '../../report/claims-text.ts'
import type { Problem } from '../../threads/pool.ts'
import { SplitbrainError } from '../../value/splitbrain-error.ts'
import type { Ran } from '../run.ts'
import { settingOf, type Together, together } from './documented-runs.ts'
import type { Mutant } from './mutant.ts'
import type { Own } from './own-run.ts'
import { type MutationPlan, ODD, type Threads } from './plan.ts'

/** Documented runs that are one search, and what the protocol itself makes of it. */
export interface Run {
  readonly group: Together
  readonly ran: Ran
  /** The mutants that it comes to the place of, and those of them that may do something else there. */
  readonly asked: ReadonlySet<number>
  readonly differing: ReadonlySet<number>
}

/** How many times as long the protocol itself may take where it is held against all of its mutants. */
const COMPARING = 4

/**
 * The runs that hold, the smallest first; then those that refute something, whose mutants may have much more to search.
 *
 * @throws SplitbrainError where the protocol itself does not come out as documented
 */
export async function ownRuns(plan: MutationPlan, pool: Threads): Promise<Run[]> {
  const runs = await Promise.all(together(plan.scenarios).map((group) => ownRunOf(group, plan, pool)))
  const rank = ({ group }: Run) => (holds(group) ? 0 : 1)
  return runs.filter((run) => run !== undefined).sort((a, b) => rank(a) - rank(b) || a.ran.generated - b.ran.generated)
}

export const holds = ([{ expect }]: Together): boolean => expect.verdict === 'holds'

/** Whether a mutant is searched here, if it may do something else. */
export const isAbout = (group: Together, { isOfProperty }: Mutant): boolean =>
  isOfProperty || holds(group) || (group[0].bugs ?? []).length === 0

/** Undefined where the protocol itself is not searched to its end. */
async function ownRunOf(group: Together, plan: MutationPlan, pool: Threads): Promise<Run | undefined> {
  const mutants = plan.mutants.filter((mutant) => isAbout(group, mutant)).map(({ key }) => key)
  const compared = await askedOwn(group, mutants, { timeoutMs: COMPARING * plan.budget.timeoutMs! }, plan, pool)
  // a mutant may have ended the thread, or taken all the time: then each is searched by itself
  const isCut = 'problem' in compared || compared.ran.found.verdict === 'unknown'
  const own = isCut ? await askedOwn(group, [], plan.budget, plan, pool) : compared
  if ('problem' in own) throw new SplitbrainError('bad-scenario', `${group[0].name}: ${own.problem.message}`)
  const { ran, asked, differing } = own
  if (ran.found.verdict === 'unknown') return undefined
  const other = group.find((scenario) => !isSame(ran.found, scenario.expect))
  if (other !== undefined) throw otherwise(other, ran)
  return { group, ran, asked: new Set(asked), differing: new Set(differing) }
}

async function askedOwn(
  group: Together,
  mutants: readonly number[],
  budget: Budget,
  { protocol, copies }: MutationPlan,
  pool: Threads,
): Promise<Own | Problem> {
  const setting = settingOf(group)
  const answer = await pool.ask({ what: 'own', name: protocol, copies, mutants, setting, budget, digested: true })
  if ('own' in answer) return answer.own
  return 'problem' in answer ? answer : ODD
}

const otherwise = ({ name, expect, properties }: Scenario, { found }: Ran) =>
  new SplitbrainError(
    'bad-scenario',
    `${name} does not come out as documented: expected ${outcomeText(expect, properties)}, found ${outcomeText(found, properties)}; mend that first (verify test)`,
  )
