/**
 * The watch over the properties during a search: which are still open, what must be judged where, and what was found.
 *
 * An invariant is judged in every new state, a step property at every step - by class (classes.ts): what was judged well
 * of one state, or of one step, is not judged again of another that no property can tell from it.
 *
 * Its place among the rooms of the engine: docs/architecture.md.
 */
import type { Judgement, Property } from '../../model.ts'
import { TYPES } from '../../property/types.ts'
import type { LastStep, Leaf } from '../memo/leaves.ts'
import type { PropertyMemo } from '../memo/property-memo.ts'
import { PairTable } from '../store/pair-table.ts'
import type { StateStore } from '../store/state-store.ts'
import { grown } from '../values/grown.ts'
import type { Classes } from './classes.ts'
import { Plainly } from './plainly.ts'

/** Where a property was violated, or a witness found: in a state, or in a step from it. */
export interface Finding {
  readonly property: Property
  readonly state: number
  readonly leaf: LastStep | undefined
}

/** Classes are worth their while where there are so many times as many states. */
const WORTH = 4

export class Watch {
  /** By property name; a property is closed once it is in here. */
  readonly findings = new Map<string, Finding>()
  #openOfStates: number[]
  #openOfSteps: number[]
  #openOfDeadlocks: number[]
  /** By class: whether a state of it was judged well. */
  #goodStates = new Uint8Array(64)
  /** The pairs of classes of which a step was judged well. */
  #goodSteps = new PairTable()
  /** What the two above are about. */
  /** Where that every value fits its schema stands; -1 where it is not asked. */
  readonly #types: number
  #version = -1
  #usesClasses = true
  /** How many states were. */
  #judged = 0
  /** Whether some property of states that is open is asked plainly; whether some is asked of the memo. */
  #asksPlainly = false
  #remembers = true
  /** The properties of states for which the memo does not pay. */
  readonly plainly: Plainly

  constructor(
    readonly store: StateStore,
    readonly memo: PropertyMemo,
    readonly classes: Classes,
    readonly options: {
      readonly stopsAtViolation: boolean
      readonly mostClasses: number
      readonly plainAfter: number
    },
  ) {
    const { properties } = memo
    this.plainly = new Plainly(memo, options.plainAfter)
    this.#types = properties.findIndex(({ name }) => name === TYPES)
    const ofKind = (...kinds: Property['kind'][]) =>
      properties.map((_, i) => i).filter((i) => kinds.includes(properties[i]!.kind) && properties[i]!.name !== TYPES)
    this.#openOfStates = ofKind('always', 'never', 'sometimes')
    this.#openOfSteps = ofKind('step', 'refines')
    this.#openOfDeadlocks = ofKind('deadlock')
  }

  get watchesStates(): boolean {
    return this.#openOfStates.length > 0
  }

  get watchesSteps(): boolean {
    return this.#openOfSteps.length > 0
  }

  get watchesDeadlocks(): boolean {
    return this.#openOfDeadlocks.length > 0
  }

  /** Whether classes are worth their while. To be asked before they are, for it forgets those that are out of date. */
  get usesClasses(): boolean {
    if (this.#usesClasses && this.#version !== this.classes.version) this.#forget()
    return this.#usesClasses
  }

  /** Whether the property that every value fits its schema is still open. */
  get watchesTypes(): boolean {
    return this.#types >= 0 && !this.findings.has(TYPES)
  }

  /** The class of a state by its halves, or -1 where classes are not worth their while. */
  classOf(left: number, right: number): number {
    return this.usesClasses ? this.classes.of(left, right) : -1
  }

  /** Judges a new state. True where that ends the search; so for the other judges. */
  judgeState(state: number, left: number, right: number): boolean {
    this.#judged++
    const known = this.#remembers ? this.classOf(left, right) : -1
    const isKnown = known >= 0 && this.#goodStates[known] === 1
    if (isKnown && !this.#asksPlainly) return false
    this.store.loadNext(left, right)
    let isGood = true
    let stop = false
    for (const property of this.#openOfStates) {
      const isPlain = this.plainly.has(property)
      if (isKnown && !isPlain) continue
      const closes = this.memo.properties[property]!.kind === 'sometimes'
      const { holds } = isPlain ? this.#askPlainly(property, left, right) : this.#ask(property)
      if (holds !== closes) continue
      isGood = false
      if (this.#close(property, state, undefined)) stop = true
    }
    if (isGood && !isKnown && known >= 0 && this.#version === this.classes.version) this.#rememberState(known)
    return stop
  }

  #ask(property: number): Judgement {
    const judgement = this.memo.judge(property)
    if (this.plainly.noteAsked(property, this.#judged)) this.#sortOut()
    return judgement
  }

  #askPlainly(property: number, left: number, right: number): Judgement {
    const judgement = this.plainly.judge(property, left, right)
    if (this.plainly.pays(property, this.#judged)) this.#sortOut()
    return judgement
  }

  #sortOut(): void {
    this.#asksPlainly = this.#openOfStates.some((property) => this.plainly.has(property))
    this.#remembers = !this.#openOfStates.every((property) => this.plainly.has(property))
  }

  /** Whether a step between states of two classes was judged well before. */
  isGoodStep(from: number, to: number): boolean {
    if (from < 0 || this.#version !== this.classes.version) return false
    return this.#goodSteps.has(from, to)
  }

  /** Judges the step from `state`, the store's current, to its next; of these classes. */
  judgeStep(leaf: () => Leaf | undefined, state: number, from: number, to: number): boolean {
    const version = this.#version
    let isGood = true
    let stop = false
    for (const property of this.#openOfSteps) {
      if (this.memo.judge(property).holds) continue
      isGood = false
      if (this.#close(property, state, leaf())) stop = true
    }
    if (isGood && from >= 0 && version === this.classes.version) this.#goodSteps.intern(from, to)
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

  /** Takes over what was found elsewhere: its property is closed. */
  adopt(finding: Finding): void {
    this.#closed(finding)
  }

  /** A new state holds a value that does not fit its schema. */
  foundMisfit(state: number): boolean {
    return this.#close(this.#types, state, undefined)
  }

  /** A new state violates a property by what it is: an initial one. */
  found(property: Property, state: number): boolean {
    return this.#close(this.memo.properties.indexOf(property), state, undefined)
  }

  #close(property: number, state: number, leaf: Leaf | undefined): boolean {
    const closed = this.memo.properties[property]!
    if (this.findings.has(closed.name)) return false
    this.#closed({ property: closed, state, leaf })
    return closed.kind !== 'sometimes' && this.options.stopsAtViolation
  }

  #closed(finding: Finding): void {
    this.findings.set(finding.property.name, finding)
    const isOpen = (other: number) => this.memo.properties[other] !== finding.property
    this.#openOfStates = this.#openOfStates.filter(isOpen)
    this.#openOfSteps = this.#openOfSteps.filter(isOpen)
    this.#openOfDeadlocks = this.#openOfDeadlocks.filter(isOpen)
    this.#sortOut()
  }

  #rememberState(known: number): void {
    if (known >= this.#goodStates.length) this.#goodStates = grown(this.#goodStates, 2 * (known + 1))
    this.#goodStates[known] = 1
    if (this.classes.size > this.options.mostClasses && this.classes.size * WORTH > this.store.size) this.#giveUp()
  }

  #giveUp(): void {
    this.#usesClasses = false
    this.classes.close()
    this.#goodStates = new Uint8Array(0)
    this.#goodSteps = new PairTable()
  }

  #forget(): void {
    this.#version = this.classes.version
    this.#goodStates = new Uint8Array(64)
    this.#goodSteps = new PairTable()
  }
}
