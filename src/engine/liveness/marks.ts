/**
 * Where the predicates of the questions about executions are true: a bit per state and predicate, or per transition,
 * written while the search finds them. As with invariants, a predicate of states is asked only where a step changed
 * something that it ever looked at; elsewhere it is as true as in the state before.
 */
import type { Atom, Model, Property, Temporal } from '../../model.ts'
import { atomsOf, formulaOf, mapAtoms, partsOf, triggersOf } from '../../property/formula.ts'
import type { Leaf } from '../memo/leaves.ts'
import { PropertyMemo } from '../memo/property-memo.ts'
import type { StateStore } from '../store/state-store.ts'
import type { Probes } from '../values/probes.ts'
import type { Values } from '../values/values.ts'
import { Bits } from './bits.ts'

/** The kinds of properties that are about what can and must become of a state. */
export type Execution = Extract<Property, { kind: 'canAlways' } | { fairness: unknown }>

export const isExecution = (property: Property): property is Execution =>
  property.kind === 'canAlways' || 'fairness' in property

/** A predicate, and where it is true. */
export interface Mark {
  readonly of: Atom['of']
  /** The states, or the transitions. */
  readonly places: Bits
  /** Whether it must come true for its question to say anything. */
  readonly isTrigger: boolean
  /** Whether it was ever true of something. */
  isMet: boolean
}

/** What all executions are asked, or those of a process, and by predicate where it is true. */
export interface MarkedPart {
  readonly asked: Temporal
  /** In the order of the formula. */
  readonly marks: readonly Mark[]
}

export class Marks {
  readonly memo: PropertyMemo
  /** Whether there are predicates of steps. */
  readonly areOfSteps: boolean
  readonly #marks: Mark[] = []
  readonly #predicates: Property[] = []
  readonly #goals = new Map<Property, Mark>()
  readonly #parts = new Map<Property, readonly MarkedPart[]>()

  constructor(model: Model, properties: readonly Execution[], values: Values, probes: Probes, store: StateStore) {
    for (const property of properties) {
      if (property.kind === 'canAlways')
        this.#goals.set(property, this.#add(property, { of: 'state', judge: property.judge }))
      else this.#parts.set(property, this.#markParts(property))
    }
    this.areOfSteps = this.#marks.some(({ of }) => of === 'step')
    this.memo = new PropertyMemo(model, this.#predicates, values, probes, store)
  }

  /** Judges a new state, the store's next, that `leaf` led to from `parent`; an initial one has neither. */
  judge(state: number, leaf?: Leaf, parent?: number): void {
    for (let i = 0; i < this.#marks.length; i++) {
      const { of, places } = this.#marks[i]!
      if (of === 'step') continue
      const isTrue = leaf === undefined || this.#affected(leaf).includes(i) ? this.#ask(i) : places.has(parent!)
      if (isTrue) places.add(state)
    }
  }

  /** Judges a transition, from the store's current state to its next. */
  judgeStep(edge: number): void {
    for (let i = 0; i < this.#marks.length; i++) {
      const { of, places } = this.#marks[i]!
      if (of === 'step' && this.#ask(i)) places.add(edge)
    }
  }

  /** The states that satisfy the goal of a `canAlways`. */
  goal(property: Execution): Bits {
    return this.#goals.get(property)!.places
  }

  /** What a question asks of executions, part by part. */
  parts(property: Execution): readonly MarkedPart[] {
    return this.#parts.get(property)!
  }

  /** Whether any state or step ever gave the predicates something to test. */
  isExercised(property: Execution): boolean {
    return this.#of(property).some((mark) => !mark.isTrigger && this.memo.exercised[this.#marks.indexOf(mark)])
  }

  /** Whether what the question is asked after was ever true, and not only for want of anything to be true of. */
  isTriggered(property: Execution): boolean {
    const triggers = this.#of(property).filter(({ isTrigger }) => isTrigger)
    return triggers.length === 0 || triggers.some(({ isMet }) => isMet)
  }

  #of(property: Execution): readonly Mark[] {
    const goal = this.#goals.get(property)
    return goal ? [goal] : this.parts(property).flatMap(({ marks }) => marks)
  }

  #markParts(property: Exclude<Execution, { kind: 'canAlways' }>): MarkedPart[] {
    return partsOf(property).map(({ asked }) => {
      const formula = formulaOf(asked)
      const triggers = triggersOf(formula)
      return { asked, marks: atomsOf(formula).map((atom) => this.#add(property, atom, triggers.includes(atom))) }
    })
  }

  #add({ name, claim, optional }: Property, atom: Atom, isTrigger = false): Mark {
    const asked = { name, claim, optional }
    this.#predicates.push(
      atom.of === 'step'
        ? { ...asked, kind: 'step', judge: atom.judge }
        : { ...asked, kind: 'always', judge: atom.judge },
    )
    const mark = { of: atom.of, places: new Bits(), isTrigger, isMet: false }
    this.#marks.push(mark)
    return mark
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

/** The formula of a question, its atoms by number. */
export function numbered(asked: Temporal) {
  let atoms = 0
  return mapAtoms(formulaOf(asked), () => atoms++)
}
