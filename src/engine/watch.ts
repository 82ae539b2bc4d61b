/**
 * The watch over the properties during a search: which are still open, what must be judged where, and what was found.
 *
 * A property is judged only where its answer can differ from the one it gave before: an invariant in a new state, and
 * only if the step there changed something that the property ever looked at; a step property at such steps, and at all
 * steps from a state in which it would not even hold of the step that changes nothing.
 */
import type { Judgement, Property } from '../model.ts'
import { TYPES } from '../property/types.ts'
import type { PropertyMemo } from './property-memo.ts'
import type { Leaf } from './rule-memo.ts'
import type { Successors } from './successors.ts'

/** Where a property was violated, or a witness found: in a state, or in a step from it. */
export interface Finding {
  readonly property: Property
  readonly state: number
  readonly leaf: Leaf | undefined
}

export class Watch {
  /** By property name; a property is closed once it is in here. */
  readonly findings = new Map<string, Finding>()
  #openOfStates: number[]
  #openOfSteps: number[]
  #openOfDeadlocks: number[]
  /** Whether every open step property holds of the step that changes nothing, in the state being left. */
  #stuttersWell = true

  constructor(
    readonly memo: PropertyMemo,
    readonly stopsAtViolation: boolean,
  ) {
    const { properties } = memo
    const ofKind = (...kinds: Property['kind'][]) =>
      properties.map((_, i) => i).filter((i) => kinds.includes(properties[i]!.kind) && properties[i]!.name !== TYPES)
    this.#openOfStates = ofKind('always', 'never', 'sometimes')
    this.#openOfSteps = ofKind('step')
    this.#openOfDeadlocks = ofKind('deadlock')
  }

  get watchesSteps(): boolean {
    return this.#openOfSteps.length > 0
  }

  /** A state is about to be left: the store's current and next state are both that state. */
  leaving(): void {
    this.#stuttersWell = this.#openOfSteps.every((property) => this.#ofStutter(property)?.holds === true)
  }

  /** What a property says of the step that changes nothing. That may be no step of the protocol, so it may well throw. */
  #ofStutter(property: number): Judgement | undefined {
    try {
      return this.memo.judgement(property)
    } catch {
      return undefined
    }
  }

  /** Judges an initial state, the store's next. True where that ends the search; so for the other judges. */
  judgeInitial(state: number): boolean {
    return this.#judgeStates(this.#openOfStates, state)
  }

  /** Judges a new state, the store's next, that `leaf` led to. */
  judgeNew(leaf: Leaf, state: number): boolean {
    this.#refresh(leaf)
    return this.#judgeStates(leaf.affectedStates, state)
  }

  /** Whether a step must be judged. */
  concernsSteps(leaf: Leaf): boolean {
    if (!this.watchesSteps) return false
    this.#refresh(leaf)
    return !this.#stuttersWell || leaf.affectedSteps.length > 0
  }

  /** Judges the step from `state`, the store's current, to its next. */
  judgeStep(leaf: Leaf, state: number): boolean {
    let stop = false
    for (const property of this.#stuttersWell ? leaf.affectedSteps : this.#openOfSteps) {
      if (!this.memo.judge(property).holds && this.#close(property, state, leaf)) stop = true
    }
    return stop
  }

  /** Judges a state, the store's current, from which nothing but faults can happen. */
  judgeDeadlock(state: number): boolean {
    let stop = false
    for (const property of this.#openOfDeadlocks) {
      if (!this.memo.judge(property).holds && this.#close(property, state, undefined)) stop = true
    }
    return stop
  }

  /** A new state holds a value that does not fit its schema. */
  foundMisfit(state: number): boolean {
    return this.#close(
      this.memo.properties.findIndex(({ name }) => name === TYPES),
      state,
      undefined,
    )
  }

  /**
   * A state was left. Real steps that change nothing a step property looks at put it to the test as much as the step
   * that changes nothing at all; they are not judged one by one.
   */
  left(successors: Successors): void {
    for (const property of this.#openOfSteps) {
      if (this.memo.exercised[property] || this.#ofStutter(property)?.exercised !== true) continue
      this.memo.exercised[property] = successors.walk((leaf) => !this.#affects(leaf, property))
    }
  }

  #judgeStates(open: readonly number[], state: number): boolean {
    let stop = false
    for (const property of open) {
      const closes = this.memo.properties[property]!.kind === 'sometimes'
      if (this.memo.judge(property).holds === closes && this.#close(property, state, undefined)) stop = true
    }
    return stop
  }

  #close(property: number, state: number, leaf: Leaf | undefined): boolean {
    const closed = this.memo.properties[property]!
    if (this.findings.has(closed.name)) return false
    this.findings.set(closed.name, { property: closed, state, leaf })
    const isOpen = (other: number) => other !== property
    this.#openOfStates = this.#openOfStates.filter(isOpen)
    this.#openOfSteps = this.#openOfSteps.filter(isOpen)
    this.#openOfDeadlocks = this.#openOfDeadlocks.filter(isOpen)
    this.memo.version++
    return closed.kind !== 'sometimes' && this.stopsAtViolation
  }

  /** Works out which open properties a leaf can affect: those that ever looked at a component it changes. */
  #refresh(leaf: Leaf): void {
    if (leaf.affectedAsOf === this.memo.version) return
    const isAffected = (property: number) => this.#affects(leaf, property)
    leaf.affectedAsOf = this.memo.version
    leaf.affectedStates = this.#openOfStates.filter(isAffected)
    leaf.affectedSteps = this.#openOfSteps.filter(isAffected)
  }

  #affects({ components }: Leaf, property: number): boolean {
    return components.some((component) => this.memo.looksAt[property]!.has(component))
  }
}
