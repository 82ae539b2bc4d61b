/**
 * Random questions about executions, asked of a random protocol: their predicates are those of the protocol's invariants
 * and witnesses, their fairness is of any names that the protocol has.
 */
import fc from 'fast-check'
import type { Execution } from '../../src/engine/liveness/marks.ts'
import type { Judgement, Model, Reader } from '../../src/model.ts'
import { fairNames, fairnessOf } from '../../src/property/fairness.ts'

/** Predicates and names are given by number, modulo how many there are. */
export interface ExecutionPlan {
  readonly kind: Execution['kind']
  readonly goal: number
  readonly isNegated: boolean
  readonly trigger: number
  readonly stutters: boolean
  readonly fairness: readonly { readonly strength: 'weak' | 'strong'; readonly name: number }[]
}

export const someExecution: fc.Arbitrary<ExecutionPlan> = fc.record({
  kind: fc.constantFrom('canAlways', 'eventually', 'alwaysEventually', 'leadsTo'),
  goal: fc.nat(4),
  isNegated: fc.boolean(),
  trigger: fc.nat(4),
  stutters: fc.nat(4).map((n) => n === 4),
  fairness: fc.array(fc.record({ strength: fc.constantFrom('weak', 'weak', 'strong'), name: fc.nat(30) }), {
    maxLength: 3,
  }),
})

type Judge = (state: Reader) => Judgement

/** The model with these questions in place of its own; with none where it has no predicates of states. */
export function asking(model: Model, plans: readonly ExecutionPlan[]): Model {
  const judges = model.properties.flatMap((property): Judge[] => (property.kind === 'step' ? [] : [property.judge]))
  if (judges.length === 0) return { ...model, properties: [] }
  const names = fairNames(model.rules, model.groups)
  const judgeOf = (index: number, isNegated: boolean): Judge => {
    return (state) => ({ holds: judges[index % judges.length]!(state).holds !== isNegated, exercised: true })
  }
  const properties = plans.map((plan, i): Execution => {
    const { kind, goal, isNegated, trigger } = plan
    const named = { name: `q${i}`, claim: 'random', optional: false, judge: judgeOf(goal, isNegated) }
    if (kind === 'canAlways') return { ...named, kind }
    const fairness = plan.fairness.map(({ strength, name }) => fairnessOf(strength, names[name % names.length]!))
    const assumed = { fairness, ...(plan.stutters && { stutters: true as const }) }
    return kind === 'leadsTo'
      ? { ...named, kind, ...assumed, trigger: judgeOf(trigger, false) }
      : { ...named, kind, ...assumed }
  })
  return { ...model, properties }
}
