/** Any small graph as a model: one shared variable says where it is, and each rule has the steps that the graph gives it. */
import type { Execution } from '../../../src/engine/liveness/marks.ts'
import {
  type Atom,
  disabled,
  type Fairness,
  type Formula,
  type Judgement,
  type Model,
  type Property,
  type Reader,
  type Rule,
} from '../../../src/model.ts'
import { mapAtoms } from '../../../src/property/formula.ts'
import type { PlainGraph } from '../../oracle/naive-executions.ts'

export interface GraphPlan {
  readonly states: number
  readonly initial: readonly number[]
  readonly kinds: readonly Rule['kind'][]
  /** By rule. */
  readonly optional?: readonly boolean[]
  /** From, to, and the rule. */
  readonly edges: readonly (readonly [number, number, number])[]
}

export interface FairnessPlan {
  readonly strength: Fairness['strength']
  /** By rule: the unit it belongs to, or -1. Of faults it is ignored. */
  readonly units: readonly number[]
  /** Whether steps to other states are other units. */
  readonly byChoice: boolean
}

export interface QuestionPlan {
  readonly kind: Exclude<Execution['kind'], 'ltl' | 'forEach'>
  readonly goal: readonly number[]
  readonly trigger: readonly number[]
  readonly fairness: readonly FairnessPlan[]
  readonly stutters?: boolean
}

/** A question as a formula: of whether the state is in `goal`, in `trigger`, or a step leads from there to here. */
export interface FormulaPlan extends Omit<QuestionPlan, 'kind'> {
  readonly kind: 'ltl'
  readonly formula: Formula<'goal' | 'trigger' | 'step'>
}

export function graphOf(plan: GraphPlan, rules: readonly Rule[]): PlainGraph {
  const { states, initial, edges } = plan
  return { states, initial, edges: edges.map(([from, to, rule]) => ({ from, to, rule: rules[rule]!, given: { to } })) }
}

export function modelOf(plan: GraphPlan, questions: readonly (QuestionPlan | FormulaPlan)[]): Model {
  const rules = plan.kinds.map((kind, i): Rule => {
    return {
      action: `r${i}`,
      process: kind === 'action' ? `p${i}` : null,
      fixed: {},
      kind: kind === 'receive' ? 'action' : kind,
      ...(plan.optional?.[i] && { optional: true }),
      group: `p.r${i}`,
      body(run) {
        const at = run.draft(0)
        const options = plan.edges.filter(([from, , rule]) => from === at && rule === i).map(([, to]) => to)
        if (options.length === 0) return disabled
        run.replace(0, run.choose('to', options))
      },
    }
  })
  return {
    protocol: 'graph',
    parameters: {},
    bugs: [],
    components: [{ name: 'at', sort: 'shared', kind: 'shared', start: 0, mismatch: () => undefined }],
    initial: [{ process: null, body: (run) => run.replace(0, run.choose('at', plan.initial)) }],
    rules,
    properties: questions.map((question, i) => propertyOf(question, `q${i}`, rules)),
    groups: rules.map(({ group }) => group),
  }
}

function propertyOf(question: QuestionPlan | FormulaPlan, name: string, rules: readonly Rule[]): Property {
  const { goal, trigger, fairness: plans, stutters = false } = question
  const asked = { name, claim: name, optional: false }
  const isIn =
    (states: readonly number[]) =>
    (state: { read(component: number): unknown }): Judgement => {
      return { holds: states.includes(state.read(0) as number), exercised: true }
    }
  const isStep = (before: Reader, after: Reader): Judgement => {
    return { holds: isIn(trigger)(before).holds && isIn(goal)(after).holds, exercised: true }
  }
  const atoms = {
    goal: { of: 'state', judge: isIn(goal) },
    trigger: { of: 'state', judge: isIn(trigger) },
    step: { of: 'step', judge: isStep },
  } as const
  const fairness = plans.map(({ strength, units, byChoice }, i): Fairness => {
    return {
      strength,
      of: `f${i}`,
      ...(byChoice && { choices: ['to'] }),
      unitOf(rule, { to }) {
        const unit = units[rules.findIndex(({ group }) => group === rule.group)]!
        return rule.kind === 'fault' || unit < 0 ? undefined : `u${unit}${byChoice ? ` to ${to}` : ''}`
      },
    }
  })
  const assumed = { fairness, ...(stutters && { stutters }) }
  switch (question.kind) {
    case 'canAlways':
      return { ...asked, kind: 'canAlways', judge: isIn(goal) }
    case 'ltl':
      return { ...asked, kind: 'ltl', formula: mapAtoms(question.formula, (atom): Atom => atoms[atom]), ...assumed }
    case 'alwaysEventuallyStep':
      return { ...asked, kind: 'alwaysEventuallyStep', judge: isStep, ...assumed }
    case 'leadsTo':
      return { ...asked, kind: 'leadsTo', trigger: isIn(trigger), judge: isIn(goal), ...assumed }
    default:
      return { ...asked, kind: question.kind, judge: isIn(goal), ...assumed }
  }
}
