/** Random small graphs: half of their transitions lead on to the next state, so that some are long. */
import fc from 'fast-check'
import type { FairnessPlan, GraphPlan, QuestionPlan } from './graph-model.ts'

/** Of those kinds that are decided on the graph itself. */
export interface Plan extends QuestionPlan {
  readonly kind: 'canAlways' | 'eventually' | 'alwaysEventually' | 'leadsTo'
}

const kind = fc.constantFrom('action', 'action', 'action', 'recovery', 'fault') as fc.Arbitrary<
  GraphPlan['kinds'][number]
>

/** A graph of up to 6 states and 12 transitions, and some questions about it. */
export const someGraphWithQuestions = fc
  .record({ states: fc.integer({ min: 1, max: 6 }), kinds: fc.array(kind, { minLength: 1, maxLength: 5 }) })
  .chain(({ states, kinds }) => {
    const state = fc.nat(states - 1)
    const rule = fc.nat(kinds.length - 1)
    const subset = fc.subarray([...Array(states).keys()])
    const fairness: fc.Arbitrary<FairnessPlan> = fc.record({
      strength: fc.constantFrom('weak', 'strong'),
      units: fc.array(fc.integer({ min: -1, max: 2 }), { minLength: kinds.length, maxLength: kinds.length }),
      byChoice: fc.nat(2).map((n) => n === 2),
    })
    const question: fc.Arbitrary<Plan> = fc.record({
      kind: fc.constantFrom('canAlways', 'eventually', 'alwaysEventually', 'leadsTo'),
      goal: fc.oneof(fc.constant([]), subset, fc.constant([states - 1]), fc.constant([states - 1])),
      trigger: subset,
      fairness: fc.array(fairness, { maxLength: 3 }),
      stutters: fc.boolean(),
    })
    const edge = fc
      .tuple(state, fc.option(state, { nil: undefined }), rule)
      .map(([from, to, rule]) => [from, to ?? (from + 1) % states, rule] as const)
    const back = fc.tuple(state, rule).map(([from, rule]) => [from, (from + states - 1) % states, rule] as const)
    const edges = fc.uniqueArray(fc.oneof(edge, back, fc.tuple(state, state, rule)), {
      maxLength: 12,
      selector: String,
    })
    const graph: fc.Arbitrary<GraphPlan> = fc.record({
      states: fc.constant(states),
      initial: fc.uniqueArray(state, { minLength: 1, maxLength: 2 }),
      kinds: fc.constant(kinds),
      optional: fc.tuple(...kinds.map(() => fc.nat(3).map((n) => n === 3))),
      edges,
    })
    return fc.tuple(graph, fc.array(question, { minLength: 1, maxLength: 4 }))
  })
