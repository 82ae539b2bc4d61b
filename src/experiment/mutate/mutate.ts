/**
 * Would the properties notice a mistake? Each mutant of a protocol's text is searched in the documented runs in which the
 * protocol itself holds, the smallest first, until one notices.
 *
 * A mutant is not searched in a run in which it does what the protocol does: that is known of all mutants from one search
 * of the protocol itself (own-run.ts).
 */
import type { Budget } from '../../engine/result.ts'
import type { Scenario } from '../../language/scenario.ts'
import { isSame } from '../../report/claims.ts'
import { outcomeText } from '../../report/claims-text.ts'
import type { Pool, Problem } from '../../threads/pool.ts'
import { SplitbrainError } from '../../value/splitbrain-error.ts'
import type { Answer, Task } from '../experiment-thread.ts'
import type { Parting } from '../parting.ts'
import type { Ran } from '../run.ts'
import { askerOf, settingOf, type Together, together } from './documented-runs.ts'
import type { Mutant } from './mutant.ts'
import type { Own } from './own-run.ts'

/** What came of a mutant. */
export type Verdict =
  /** `property` falls, after so many steps (none: a witness is gone), in this run. Of a mutant of a property: the run comes out otherwise. */
  | { readonly verdict: 'noticed'; readonly property: string; readonly steps?: number; readonly run: string }
  /** In every run the states and the steps are those of the protocol itself. `isIdle`: its place is never come to. */
  | { readonly verdict: 'same'; readonly isIdle: boolean }
  /** It does something else, and nothing minds. */
  | { readonly verdict: 'survived'; readonly run?: string; readonly parting?: Parting }
  /** A budget ended a search before anything was noticed. */
  | { readonly verdict: 'unknown'; readonly run: string; readonly why: string }
  /** It is no protocol, or a body throws. */
  | { readonly verdict: 'refused'; readonly run: string; readonly why: string }

export interface Judged {
  readonly mutant: Mutant
  readonly outcome: Verdict
}

export interface MutationPlan {
  /** A file, or a protocol of the corpus; and the folder with the texts that have the mutants in them. */
  readonly protocol: string
  readonly copies: string
  readonly mutants: readonly Mutant[]
  readonly scenarios: readonly Scenario[]
  /** All of the documented runs, for properties that only a slow one or one that is not chosen puts to the test. */
  readonly documented: readonly Scenario[]
  /** Of each search. */
  readonly budget: Budget
}

export interface Listening {
  /** Once, when the runs of the protocol itself are known. */
  readonly begin: (runs: readonly Run[]) => void
  readonly judged: (judged: Judged) => void
}

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

/** A mutant may have so many times the states of the protocol itself, and so many more, before it is given up. */
const MORE_STATES = 2
const AT_LEAST = 20_000

/** How long it is looked for where a mutant parts from the protocol. */
const PARTING_MS = 10_000

type Threads = Pool<Task, Answer>

/** In the order in which they ended. @throws SplitbrainError where the protocol itself does not come out as documented */
export async function mutate(plan: MutationPlan, pool: Threads, tell: Listening): Promise<Judged[]> {
  const runs = await ownRuns(plan, pool)
  tell.begin(runs)
  const judged: Judged[] = []
  const rest = [...plan.mutants]
  const lane = async () => {
    for (let mutant = rest.shift(); mutant !== undefined; mutant = rest.shift()) {
      const one = { mutant, outcome: await verdictOn(mutant, plan, runs, pool) }
      judged.push(one)
      tell.judged(one)
    }
  }
  await Promise.all(Array.from({ length: pool.size }, lane))
  return judged
}

const subjectOf = ({ protocol, copies }: MutationPlan, mutant: number) => ({
  name: protocol,
  mutated: { copies, mutant },
})

async function ownRuns(plan: MutationPlan, pool: Threads): Promise<Run[]> {
  const runs = await Promise.all(together(plan.scenarios).map((group) => ownRunOf(group, plan, pool)))
  return runs.filter((run) => run !== undefined).sort((a, b) => a.ran.generated - b.ran.generated)
}

/** Undefined where the protocol itself is not searched to its end. */
async function ownRunOf(group: Together, plan: MutationPlan, pool: Threads): Promise<Run | undefined> {
  const [{ name, expect }] = group
  const keys = plan.mutants.filter(({ isOfProperty }) => isOfProperty || expect.verdict === 'holds')
  const mutants = keys.map(({ key }) => key)
  const compared = await askedOwn(group, mutants, { timeoutMs: COMPARING * plan.budget.timeoutMs! }, plan, pool)
  // a mutant may have ended the thread, or taken all the time: then each is searched by itself
  const isCut = 'problem' in compared || compared.ran.found.verdict === 'unknown'
  const own = isCut ? await askedOwn(group, [], plan.budget, plan, pool) : compared
  if ('problem' in own) throw new SplitbrainError('bad-scenario', `${name}: ${own.problem.message}`)
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

async function asked(pool: Threads, task: Extract<Task, { what: 'run' }>): Promise<Ran | Problem> {
  const answer = await pool.ask(task)
  if ('ran' in answer) return answer.ran
  return 'problem' in answer ? answer : ODD
}

const ODD: Problem = { problem: { code: 'internal', message: 'its thread gave another answer' } }

async function verdictOn(mutant: Mutant, plan: MutationPlan, runs: readonly Run[], pool: Threads): Promise<Verdict> {
  if (mutant.property !== undefined) return verdictOnDropped(mutant.property, plan)
  const holding = runs.filter(({ group }) => mutant.isOfProperty || group[0].expect.verdict === 'holds')
  const touched = holding.filter((run) => run.asked.has(mutant.key))
  let unknown: Verdict | undefined
  let differs: Run | undefined
  for (const run of touched.filter(({ differing }) => differing.has(mutant.key))) {
    const ran = await asked(pool, {
      what: 'run',
      subject: subjectOf(plan, mutant.key),
      setting: settingOf(run.group),
      budget: { ...plan.budget, maxStates: MORE_STATES * run.ran.distinct + AT_LEAST },
      digested: !mutant.isOfProperty,
    })
    const outcome = outcomeIn(run, ran, mutant)
    if (outcome === 'differs') differs ??= run
    else if (outcome !== 'same' && outcome.verdict !== 'unknown') return outcome
    else if (outcome !== 'same') unknown ??= outcome
  }
  if (unknown !== undefined) return unknown
  if (mutant.isOfProperty) return { verdict: 'survived' }
  if (differs !== undefined) return survived(mutant, plan, differs, pool)
  return { verdict: 'same', isIdle: touched.length === 0 }
}

/** What it comes to where a mutant has been searched in one run. */
function outcomeIn({ group, ran: own }: Run, ran: Ran | Problem, mutant: Mutant): Verdict | 'same' | 'differs' {
  const run = group[0].name
  if ('problem' in ran) {
    const { code, message } = ran.problem
    const isCut = code === 'timeout' || code === 'interrupted'
    return { verdict: isCut ? 'unknown' : 'refused', run, why: message }
  }
  const { found } = ran
  if (found.verdict === 'broken') return { verdict: 'refused', run, why: found.why }
  if (found.verdict === 'unknown') return { verdict: 'unknown', run, why: found.why }
  if (mutant.isOfProperty) return isSameOutcome(own, ran) ? 'same' : noticedOtherwise(group, own, ran)
  if (found.verdict === 'violated' || found.verdict === 'unwitnessed') return noticed(group, found)
  return isSameGraph(own, ran) ? 'same' : 'differs'
}

const noticed = (group: Together, found: { readonly property: string; readonly steps?: number }): Verdict => ({
  verdict: 'noticed',
  property: found.property,
  run: askerOf(group, found.property),
  ...(found.steps !== undefined && { steps: found.steps }),
})

function noticedOtherwise(group: Together, own: Ran, { found }: Ran): Verdict {
  const fallen = 'property' in found ? found : 'property' in own.found ? { property: own.found.property } : undefined
  return noticed(group, fallen ?? { property: 'none' })
}

const isSameOutcome = ({ found: a }: Ran, { found: b }: Ran): boolean =>
  a.verdict === b.verdict &&
  (!('property' in a && 'property' in b) || a.property === b.property) &&
  (!('steps' in a && 'steps' in b) || a.steps === b.steps)

const isSameGraph = (a: Ran, b: Ran): boolean =>
  a.distinct === b.distinct &&
  a.generated === b.generated &&
  a.depth === b.depth &&
  a.digest === b.digest &&
  JSON.stringify(a.fired) === JSON.stringify(b.fired)

/** A property that no run shows to fail could be left out, and nobody would know. */
function verdictOnDropped(property: string, { documented }: MutationPlan): Verdict {
  const run = documented.find(({ expect }) => expect.verdict === 'violated' && expect.property === property)
  return run === undefined ? { verdict: 'survived' } : { verdict: 'noticed', property, run: run.name }
}

async function survived(mutant: Mutant, plan: MutationPlan, { group }: Run, pool: Threads): Promise<Verdict> {
  const answer = await pool.ask({
    what: 'compare',
    ours: subjectOf(plan, 0),
    theirs: subjectOf(plan, mutant.key),
    setting: settingOf(group),
    timeoutMs: PARTING_MS,
  })
  const parts = 'compared' in answer && typeof answer.compared === 'object' ? answer.compared.parts : undefined
  return { verdict: 'survived', run: group[0].name, ...(parts && { parting: parts }) }
}
