/** What came of one mutant: it is searched where it may do something else, until a run notices. */
import type { Problem } from '../../threads/pool.ts'
import type { Task } from '../experiment-thread.ts'
import type { Ran } from '../run.ts'
import { askerOf, settingOf, type Together } from './documented-runs.ts'
import type { Mutant } from './mutant.ts'
import { type MutationPlan, ODD, type Threads } from './plan.ts'
import { isAbout, type Run } from './runs.ts'
import type { Verdict } from './verdict.ts'

/** A mutant may have so many times the states of the protocol itself, and so many more, before it is given up. */
const MORE_STATES = 2
const AT_LEAST = 20_000

/** How long it is looked for where a mutant parts from the protocol. */
const PARTING_MS = 10_000

export async function verdictOn(
  mutant: Mutant,
  plan: MutationPlan,
  runs: readonly Run[],
  pool: Threads,
): Promise<Verdict> {
  if (mutant.property !== undefined) return verdictOnDropped(mutant.property, plan)
  const touched = runs.filter(({ group, asked }) => isAbout(group, mutant) && asked.has(mutant.key))
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

const subjectOf = ({ protocol, copies }: MutationPlan, mutant: number) => ({
  name: protocol,
  mutated: { copies, mutant },
})

async function asked(pool: Threads, task: Extract<Task, { what: 'run' }>): Promise<Ran | Problem> {
  const answer = await pool.ask(task)
  if ('ran' in answer) return answer.ran
  return 'problem' in answer ? answer : ODD
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
  if (!isExpected(group, ran)) return noticedOtherwise(group, own, ran)
  return isSameGraph(own, ran) ? 'same' : 'differs'
}

/** A counterexample of another length is one: how long it is was never claimed. */
const isExpected = ([{ expect }]: Together, { found }: Ran): boolean =>
  found.verdict === expect.verdict &&
  !(expect.verdict === 'violated' && 'property' in found && found.property !== expect.property)

const noticed = (group: Together, found: { readonly property: string; readonly steps?: number }): Verdict => ({
  verdict: 'noticed',
  property: found.property,
  run: askerOf(group, found.property),
  ...(found.steps !== undefined && { steps: found.steps }),
})

/** By what falls now, or else by what no longer does. */
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
