/**
 * Random questions about executions, asked of a random protocol: their predicates are those of the protocol's invariants
 * and witnesses, their fairness is of any names that the protocol has.
 */
import fc from 'fast-check'
import type { Execution } from '../../src/engine/liveness/marks.ts'
import type { Atom, Judgement, Model, Reader, Temporal } from '../../src/model.ts'
import { fairNames, fairnessOf } from '../../src/property/fairness.ts'
import { atom, finallyTrue, globally, implies, or, until } from '../../src/property/formula.ts'
import { predicatesOf } from '../../src/property/predicates.ts'

export interface FairnessPlan {
  readonly strength: 'weak' | 'strong'
  readonly names: readonly number[]
  /** Of a single name of an action: the choice whose values are told apart. */
  readonly choice: string | null
}

/** Predicates and names are given by number, modulo how many there are. */
export interface ExecutionPlan {
  readonly kind: Execution['kind']
  readonly goal: number
  readonly isNegated: boolean
  readonly trigger: number
  readonly stutters: boolean
  readonly fairness: readonly FairnessPlan[]
}

const KINDS = [
  ...(['canAlways', 'eventually', 'alwaysEventually', 'leadsTo'] as const),
  ...(['eventuallyAlways', 'alwaysEventuallyStep', 'ltl', 'forEach'] as const),
]

export const someExecution: fc.Arbitrary<ExecutionPlan> = fc.record({
  kind: fc.constantFrom(...KINDS),
  goal: fc.nat(4),
  isNegated: fc.boolean(),
  trigger: fc.nat(4),
  stutters: fc.nat(4).map((n) => n === 4),
  fairness: fc.array(
    fc.record({
      strength: fc.constantFrom('weak', 'weak', 'strong'),
      names: fc.array(fc.nat(30), { minLength: 1, maxLength: 2 }),
      choice: fc.constantFrom(null, null, 'c0', 'c1', 'process', 'message'),
    }),
    {
      maxLength: 3,
    },
  ),
})

type Judge = (state: Reader) => Judgement

/** The model with these questions in place of its own; with none where it has no predicates of states. */
export function asking(model: Model, plans: readonly ExecutionPlan[]): Model {
  const judges = model.properties.flatMap((property): Judge[] =>
    predicatesOf(property).flatMap((predicate) => (predicate.of === 'step' ? [] : [predicate.judge])),
  )
  if (judges.length === 0) return { ...model, properties: [] }
  const names = fairNames(model.rules, model.groups)
  const judgeOf = (index: number, isNegated: boolean): Judge => {
    return (state) => ({ holds: judges[index % judges.length]!(state).holds !== isNegated, exercised: true })
  }
  const properties = plans.map((plan, i): Execution => {
    const named = { name: `q${i}`, claim: 'random', optional: false }
    const goal = judgeOf(plan.goal, plan.isNegated)
    if (plan.kind === 'canAlways') return { ...named, kind: 'canAlways', judge: goal }
    const fairness = plan.fairness.map((each) => {
      const [first, ...others] = each.names.map((name) => names[name % names.length]!)
      const isOfChoice = each.choice !== null && first!.includes('.')
      if (others.length === 0) return fairnessOf(each.strength, isOfChoice ? `${first}(${each.choice})` : first!)
      return fairnessOf(each.strength, [first!, ...others])
    })
    const assumed = { fairness, ...(plan.stutters && { stutters: true as const }) }
    const trigger = judgeOf(plan.trigger, false)
    if (plan.kind !== 'forEach') return { ...named, ...temporal(plan.kind, trigger, goal), ...assumed }
    const each = [
      { process: 'a', asked: temporal('leadsTo', trigger, goal) },
      { process: 'b', asked: temporal('eventuallyAlways', trigger, goal) },
    ]
    return { ...named, kind: 'forEach', role: 'r', each, ...assumed }
  })
  return { ...model, properties }
}

function temporal(kind: Temporal['kind'], trigger: Judge, goal: Judge): Temporal {
  const isStep = (before: Reader, after: Reader) => ({
    holds: trigger(before).holds || goal(after).holds,
    exercised: true,
  })
  switch (kind) {
    case 'leadsTo':
      return { kind, trigger, judge: goal }
    case 'alwaysEventuallyStep':
      return { kind, judge: isStep }
    case 'ltl': {
      const [from, to] = [trigger, goal].map((judge) => atom<Atom>({ of: 'state', judge }))
      const step = finallyTrue(atom<Atom>({ of: 'step', judge: isStep }))
      return { kind, formula: globally(implies(from!, until(from!, or(to!, step)))) }
    }
    default:
      return { kind, judge: goal }
  }
}
