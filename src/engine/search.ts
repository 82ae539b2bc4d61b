/**
 * The one search loop. Breadth first and depth first differ in their frontier only.
 *
 * A state is taken from the frontier and loaded; each of its steps changes a few cells of the next state, whose inner
 * nodes are then folded up to the root's table: a pair that is new there is a new state. One parent per state is kept,
 * from which every path can be told (path-finder.ts).
 */
import type { Model, Property, Value } from '../model.ts'
import { TYPES } from '../property/types.ts'
import { initialOutcomes } from '../trace/plain-run.ts'
import { SplitbrainError } from '../value/splitbrain-error.ts'
import type { Frontier } from './frontier.ts'
import { Probes } from './probes.ts'
import { PropertyMemo } from './property-memo.ts'
import { guarded } from './purity.ts'
import { explained, type Leaf, RuleMemo } from './rule-memo.ts'
import { StateStore } from './state-store.ts'
import { Successors } from './successors.ts'
import { Updates } from './updates.ts'
import { Values } from './values.ts'

/** Where a property was violated, or a witness found: in a state, or in a step from it. */
export interface Finding {
  readonly property: Property
  readonly state: number
  readonly leaf: Leaf | undefined
}

/** What the parent of an initial state is. */
export const INITIAL = -1

export class Search {
  readonly values: Values
  readonly store: StateStore
  readonly probes = new Probes()
  readonly updates: Updates
  readonly rules: RuleMemo
  readonly properties: PropertyMemo
  readonly successors: Successors
  /** By property name; a property is closed once it is in here. */
  readonly findings = new Map<string, Finding>()
  /** By state. Longer than needed. */
  parents = new Int32Array(1 << 10)
  /** The choices that led to each initial state. */
  readonly initialChoices = new Map<number, Readonly<Record<string, Value>>>()
  generated = 0
  /** The greatest depth at which a state was found. */
  depth = 0
  /** Whether a state was not left because of `maxDepth`. */
  isCutOff = false
  /** The state that is being left. */
  current = INITIAL

  /** Whether the search ends with the first violation. */
  readonly #stopsAtViolation: boolean
  readonly #maxDepth: number
  /** The properties still unanswered, by what they judge. */
  #openOfStates: number[]
  #openOfSteps: number[]
  #openOfDeadlocks: number[]
  /** Whether every open step property holds of the step that changes nothing, in the state being left. */
  #stuttersWell = true

  constructor(
    readonly model: Model,
    readonly frontier: Frontier,
    checked: readonly Property[],
    { maxDepth, stopsAtViolation }: { maxDepth: number; stopsAtViolation: boolean },
  ) {
    this.#maxDepth = maxDepth
    this.#stopsAtViolation = stopsAtViolation
    this.values = Values.of(model)
    this.store = new StateStore(model.components.length)
    this.updates = new Updates(this.values)
    this.rules = new RuleMemo(model, this.values, this.probes, this.updates, this.store)
    this.properties = new PropertyMemo(model, checked, this.values, this.probes, this.store)
    this.successors = new Successors(this.rules, this.store, this.probes, this.values)
    const ofKind = (...kinds: Property['kind'][]) =>
      checked.map((_, i) => i).filter((i) => kinds.includes(checked[i]!.kind) && checked[i]!.name !== TYPES)
    this.#openOfStates = ofKind('always', 'never', 'sometimes')
    this.#openOfSteps = ofKind('step')
    this.#openOfDeadlocks = ofKind('deadlock')
  }

  get distinct(): number {
    return this.store.size
  }

  /** Stores the initial states. True where the search must stop. @throws SplitbrainError where the initial body does */
  start(): boolean {
    for (const { state, choices } of this.#initialOutcomes()) {
      state.forEach((value, component) => {
        this.store.cells[this.store.next + this.store.cellOf(component)] = this.values.intern(component, value)
      })
      this.generated++
      const size = this.store.size
      const id = this.store.storeNext()
      if (id < size) continue
      this.initialChoices.set(id, choices)
      if (this.#welcome(id, INITIAL, 0)) return true
      if (this.#judgeState(this.#openOfStates, id)) return true
    }
    if (this.distinct === 0) {
      throw new SplitbrainError(
        'bad-protocol',
        'start: there is no initial state, for one of its choices has no options',
      )
    }
    return false
  }

  /** Leaves the next state of the frontier. `done` where there is none, `stop` where a finding ends the search. */
  advance(): 'more' | 'done' | 'stop' {
    const state = this.frontier.take()
    if (state < 0) return 'done'
    const { depth } = this.frontier
    if (depth >= this.#maxDepth) {
      this.isCutOff = true
      return 'more'
    }
    this.rules.trim()
    this.current = state
    this.store.load(state)
    return this.#leave(state, depth + 1) ? 'stop' : 'more'
  }

  #initialOutcomes() {
    try {
      return guarded('start', () => [...initialOutcomes(this.model)])
    } catch (thrown) {
      throw explained(thrown, 'start')
    }
  }

  #leave(state: number, depth: number): boolean {
    const steps = this.#openOfSteps
    this.#stuttersWell = steps.every((property) => this.properties.judgement(property).holds)
    let ways = 0
    const stopped = this.successors.walk((leaf) => {
      if (!leaf.isFault) ways++
      return this.#take(leaf, state, depth)
    })
    for (const property of steps) if (!this.properties.exercised[property]) this.#exercise(property)
    return stopped || (ways === 0 && this.#judgeDeadlock(state))
  }

  /**
   * The step that changes nothing puts a property to the test in this state. So does any real step that changes nothing
   * the property looks at; such steps are not judged one by one.
   */
  #exercise(property: number): void {
    if (!this.properties.judgement(property).exercised) return
    this.successors.walk((leaf) => {
      this.properties.exercised[property] ||= !this.#affects(leaf, property)
      return this.properties.exercised[property]
    })
  }

  /** Makes the step: the state it leads to is stored, and checked if new. */
  #take(leaf: Leaf, state: number, depth: number): boolean {
    this.generated++
    leaf.fired++
    const { store, updates } = this
    const { cells, next, tables } = store
    const { changes, path } = leaf
    const results = updates.results.of
    let isChange = false
    for (let i = 0; i < changes.length; i += 2) {
      const cell = changes[i]!
      const old = cells[cell]!
      const known = results[changes[i + 1]!]![old]!
      const value = known >= 0 ? known : this.#update(changes[i + 1]!, old, leaf)
      cells[next + cell] = value
      if (value !== old) isChange = true
    }
    if (!isChange) return this.#openOfSteps.length > 0 && this.#judgeStep(leaf, state)
    for (let i = 0; i < path.length; i++) {
      const node = path[i]!
      const left = next + 2 * node
      cells[next + node] = tables[node]!.intern(cells[left]!, cells[left + 1]!)
    }
    const size = store.size
    const id = store.root.intern(cells[next + 2]!, cells[next + 3]!)
    let stop = false
    if (id === size) {
      leaf.discovered++
      if (leaf.affectedAsOf !== this.properties.version) this.#findAffected(leaf)
      stop = this.#welcome(id, state, depth)
      if (this.#judgeState(leaf.affectedStates, id)) stop = true
    }
    if (this.#openOfSteps.length > 0 && this.#judgeStep(leaf, state)) stop = true
    for (let i = 0; i < changes.length; i += 2) cells[next + changes[i]!] = cells[changes[i]!]!
    for (let i = 0; i < path.length; i++) cells[next + path[i]!] = cells[path[i]!]!
    return stop
  }

  #update(update: number, old: number, leaf: Leaf): number {
    try {
      return this.updates.apply(update, old)
    } catch (thrown) {
      throw explained(thrown, leaf.rule.action)
    }
  }

  /** Takes note of a new state. True where it ends the search: a value in it does not fit its schema. */
  #welcome(id: number, parent: number, depth: number): boolean {
    if (id >= this.parents.length) {
      const longer = new Int32Array(Math.ceil(this.parents.length * 1.5))
      longer.set(this.parents)
      this.parents = longer
    }
    this.parents[id] = parent
    if (depth > this.depth) this.depth = depth
    this.frontier.add(id, depth)
    if (!this.values.sawMisfit) return false
    this.values.sawMisfit = false
    const types = this.properties.properties.findIndex(({ name }) => name === TYPES)
    return this.#close(types, { state: id, leaf: undefined })
  }

  #judgeState(open: readonly number[], state: number): boolean {
    let stop = false
    for (const property of open) {
      const closes = this.properties.properties[property]!.kind === 'sometimes'
      const { holds } = this.properties.judge(property)
      if (holds === closes && this.#close(property, { state, leaf: undefined })) stop = true
    }
    return stop
  }

  /** A step that changes nothing a property looks at is judged like the step that changes nothing at all. */
  #judgeStep(leaf: Leaf, state: number): boolean {
    if (leaf.affectedAsOf !== this.properties.version) this.#findAffected(leaf)
    let stop = false
    for (const property of this.#stuttersWell ? leaf.affectedSteps : this.#openOfSteps) {
      const { holds } = this.properties.judge(property)
      if (!holds && this.#close(property, { state, leaf })) stop = true
    }
    return stop
  }

  #judgeDeadlock(state: number): boolean {
    let stop = false
    for (const property of this.#openOfDeadlocks) {
      const { holds } = this.properties.judge(property)
      if (!holds && this.#close(property, { state, leaf: undefined })) stop = true
    }
    return stop
  }

  /** Answers a property. True where that ends the search. */
  #close(property: number, { state, leaf }: Omit<Finding, 'property'>): boolean {
    const closed = this.properties.properties[property]!
    if (this.findings.has(closed.name)) return false
    this.findings.set(closed.name, { property: closed, state, leaf })
    const isOpen = (other: number) => other !== property
    this.#openOfStates = this.#openOfStates.filter(isOpen)
    this.#openOfSteps = this.#openOfSteps.filter(isOpen)
    this.#openOfDeadlocks = this.#openOfDeadlocks.filter(isOpen)
    this.properties.version++
    return closed.kind !== 'sometimes' && this.#stopsAtViolation
  }

  /** The open properties that a leaf can affect: those that ever looked at a component it changes. */
  #findAffected(leaf: Leaf): void {
    const isAffected = (property: number) => this.#affects(leaf, property)
    leaf.affectedAsOf = this.properties.version
    leaf.affectedStates = this.#openOfStates.filter(isAffected)
    leaf.affectedSteps = this.#openOfSteps.filter(isAffected)
  }

  #affects({ components }: Leaf, property: number): boolean {
    return components.some((component) => this.properties.looksAt[property]!.has(component))
  }
}
