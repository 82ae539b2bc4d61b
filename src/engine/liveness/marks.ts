/**
 * Which states satisfy the predicates of the questions about executions: a bit per state and predicate, written while
 * the search finds the states. As with invariants, a predicate is asked only where a step changed something that it ever
 * looked at; elsewhere it is as true as in the state before.
 */
import type { Judgement, Model, Property, Reader } from '../../model.ts'
import { PropertyMemo } from '../memo/property-memo.ts'
import type { Leaf } from '../memo/rule-memo.ts'
import type { StateStore } from '../store/state-store.ts'
import type { Probes } from '../values/probes.ts'
import type { Values } from '../values/values.ts'
import { Bits } from './bits.ts'

/** The kinds of properties that are about what can and must become of a state. */
export type Execution = Extract<Property, { kind: 'canAlways' | 'eventually' | 'alwaysEventually' | 'leadsTo' }>

export function isExecution(property: Property): property is Execution {
  const { kind } = property
  return kind === 'canAlways' || kind === 'eventually' || kind === 'alwaysEventually' || kind === 'leadsTo'
}

/** A predicate and the states in which it is true. */
interface Mark {
  readonly property: Execution
  readonly part: 'goal' | 'trigger'
  readonly states: Bits
  /** Whether it was ever true of something. */
  isMet: boolean
}

export class Marks {
  readonly memo: PropertyMemo
  readonly #marks: readonly Mark[]

  constructor(model: Model, properties: readonly Execution[], values: Values, probes: Probes, store: StateStore) {
    const asked = properties.flatMap((property) => predicatesOf(property))
    this.#marks = asked.map(({ property, part }) => ({ property, part, states: new Bits(), isMet: false }))
    const predicates = asked.map(({ property: { name, claim, optional }, judge }): Property => {
      return { name, claim, optional, kind: 'always', judge }
    })
    this.memo = new PropertyMemo(model, predicates, values, probes, store)
  }

  /** Judges a new state, the store's next, that `leaf` led to from `parent`; an initial one has neither. */
  judge(state: number, leaf?: Leaf, parent?: number): void {
    for (let i = 0; i < this.#marks.length; i++) {
      const { states } = this.#marks[i]!
      const isTrue = leaf === undefined || this.#affected(leaf).includes(i) ? this.#ask(i) : states.has(parent!)
      if (isTrue) states.add(state)
    }
  }

  /** The states that satisfy a property's goal. */
  goal(property: Execution): Bits {
    return this.#of(property, 'goal').states
  }

  /** The states in which a `leadsTo` begins to ask for its goal. */
  trigger(property: Execution): Bits {
    return this.#of(property, 'trigger').states
  }

  /** Whether any state ever gave the goal something to test. */
  isExercised(property: Execution): boolean {
    return this.memo.exercised[this.#marks.indexOf(this.#of(property, 'goal'))]!
  }

  /** Whether the trigger was ever true, and not only for want of anything to be true of. */
  isTriggered(property: Execution): boolean {
    return property.kind !== 'leadsTo' || this.#of(property, 'trigger').isMet
  }

  #of(property: Execution, part: Mark['part']): Mark {
    return this.#marks.find((mark) => mark.property === property && mark.part === part)!
  }

  #ask(mark: number): boolean {
    const { holds, exercised } = this.memo.judge(mark)
    if (holds && exercised) this.#marks[mark]!.isMet = true
    return holds
  }

  #affected(leaf: Leaf): readonly number[] {
    const { version, looksAt } = this.memo
    if (leaf.marksAsOf !== version) {
      leaf.marksAsOf = version
      leaf.affectedMarks = [...looksAt.keys()].filter((i) => leaf.components.some((each) => looksAt[i]!.has(each)))
    }
    return leaf.affectedMarks
  }
}

function predicatesOf(property: Execution) {
  const goal = { property, part: 'goal' as const, judge: property.judge as (state: Reader) => Judgement }
  return property.kind === 'leadsTo' ? [goal, { ...goal, part: 'trigger' as const, judge: property.trigger }] : [goal]
}
