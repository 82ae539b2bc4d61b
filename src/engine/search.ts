/**
 * The one search loop. Breadth first and depth first differ in their frontier only.
 *
 * A state is taken from the frontier and loaded. Each of its steps changes a few cells of the next state, whose inner
 * nodes are then folded up to the root's table: a pair that is new there is a new state. One parent per state is kept,
 * from which every path can be told (path-finder.ts). (Looking up all steps of a state together, so that their cache
 * misses overlap, was tried: with the few steps that a state has, it cost a seventh more than it saved.)
 */
import { isDeepStrictEqual } from 'node:util'
import type { Model, Property, Value } from '../model.ts'
import { initialOutcomes, type Outcome } from '../trace/plain-run.ts'
import { SplitbrainError } from '../value/splitbrain-error.ts'
import type { Frontier } from './frontier.ts'
import { type Executions, executionsOf } from './liveness/executions.ts'
import { Probes } from './probes.ts'
import { PropertyMemo } from './property-memo.ts'
import { guarded } from './purity.ts'
import type { Followed, Walkable } from './random-walks.ts'
import { explained, type Leaf, nameOf, RuleMemo } from './rule-memo.ts'
import { StateStore } from './state-store.ts'
import { Successors } from './successors.ts'
import { targetOf } from './target-of.ts'
import { Updates } from './updates.ts'
import { Values } from './values.ts'
import { Watch } from './watch.ts'

/** What the parent of an initial state is. */
export const INITIAL = -1

export class Search implements Walkable {
  readonly values: Values
  readonly store: StateStore
  readonly probes = new Probes()
  readonly updates: Updates
  readonly rules: RuleMemo
  readonly properties: PropertyMemo
  readonly watch: Watch
  readonly successors: Successors
  /** Present where a question is about executions: they are decided when the search is done. */
  readonly executions: Executions | undefined
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
  /** Where a predicate threw: in this state, or at this step from it. */
  brokenAt: { readonly state: number; readonly leaf: Leaf | undefined } | undefined

  readonly #maxDepth: number

  constructor(
    readonly model: Model,
    readonly frontier: Frontier,
    checked: readonly Property[],
    { maxDepth, stopsAtViolation }: { maxDepth: number; stopsAtViolation: boolean },
  ) {
    this.#maxDepth = maxDepth
    this.values = Values.of(model)
    this.store = new StateStore(model.components.length)
    this.updates = new Updates(this.values)
    this.rules = new RuleMemo(model, this.values, this.probes, this.updates, this.store)
    this.properties = new PropertyMemo(model, checked, this.values, this.probes, this.store)
    this.watch = new Watch(this.properties, stopsAtViolation)
    this.successors = new Successors(this.rules, this.store, this.probes, this.values)
    this.executions = executionsOf(this, checked)
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
      this.#welcome(id, INITIAL, 0)
      const isMisfit = this.#tookMisfit() && this.watch.foundMisfit(id)
      if (this.#judgeInitial(id) || isMisfit) return true
    }
    if (this.distinct > 0) return false
    throw new SplitbrainError('bad-protocol', 'start: there is no initial state, for one of its choices has no options')
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

  initialStates(): readonly number[] {
    return [...this.initialChoices.keys()]
  }

  /** Takes one of the steps from a state, for random walks (see `Walkable`). */
  follow(state: number, depth: number, choose: Parameters<Walkable['follow']>[2]): Followed {
    this.rules.trim()
    this.current = state
    this.store.load(state)
    this.watch.leaving()
    const leaves: Leaf[] = []
    this.successors.walk((leaf) => {
      leaves.push(leaf)
      return false
    })
    if (leaves.every(({ isFault }) => isFault) && this.watch.judgeDeadlock(state)) return { state, stops: true }
    if (leaves.length === 0) return { state: undefined, stops: false }
    const leaf = leaves[choose(leaves.map(({ group }) => group))]!
    const stops = this.#take(leaf, state, depth)
    this.watch.left(this.successors)
    return { state: targetOf(this, leaf), stops }
  }

  #initialOutcomes(): readonly Outcome[] {
    const run = () => guarded('start', () => [...initialOutcomes(this.model)])
    try {
      const outcomes = run()
      if (isDeepStrictEqual(run(), outcomes)) return outcomes
    } catch (thrown) {
      throw explained(thrown, 'start')
    }
    throw new SplitbrainError('impure', 'start is not pure: run twice, it did two different things')
  }

  #leave(state: number, depth: number): boolean {
    this.watch.leaving()
    this.executions?.graph.leave()
    let ways = 0
    const stopped = this.successors.walk((leaf) => {
      if (!leaf.isFault) ways++
      return this.#take(leaf, state, depth)
    })
    this.watch.left(this.successors)
    return stopped || (ways === 0 && this.watch.judgeDeadlock(state))
  }

  /** Makes a step: the state it leads to is stored. True where a finding ends the search. */
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
    if (!isChange) {
      this.executions?.graph.add(leaf, state)
      return this.#judgeStep(leaf, state)
    }
    for (let i = 0; i < path.length; i++) {
      const node = path[i]!
      const left = next + 2 * node
      cells[next + node] = tables[node]!.intern(cells[left]!, cells[left + 1]!)
    }
    const size = store.size
    const id = store.root.intern(cells[next + 2]!, cells[next + 3]!)
    this.executions?.graph.add(leaf, id)
    const stopsInState = id === size && this.#enter(leaf, id, state, depth)
    const stopsInStep = this.#judgeStep(leaf, state)
    for (let i = 0; i < changes.length; i += 2) cells[next + changes[i]!] = cells[changes[i]!]!
    for (let i = 0; i < path.length; i++) cells[next + path[i]!] = cells[path[i]!]!
    return stopsInState || stopsInStep
  }

  /** A step led to a new state, the store's next. */
  #enter(leaf: Leaf, id: number, parent: number, depth: number): boolean {
    leaf.discovered++
    this.#welcome(id, parent, depth)
    const stopsAtMisfit = this.#tookMisfit() && this.watch.foundMisfit(id)
    try {
      this.executions?.marks.judge(id, leaf, parent)
      return this.watch.judgeNew(leaf, id) || stopsAtMisfit
    } catch (thrown) {
      throw this.#broken(thrown, id)
    }
  }

  #judgeInitial(state: number): boolean {
    try {
      this.executions?.marks.judge(state)
      return this.watch.judgeInitial(state)
    } catch (thrown) {
      throw this.#broken(thrown, state)
    }
  }

  #judgeStep(leaf: Leaf, state: number): boolean {
    if (!this.watch.concernsSteps(leaf)) return false
    try {
      return this.watch.judgeStep(leaf, state)
    } catch (thrown) {
      throw this.#broken(thrown, state, leaf)
    }
  }

  /** Takes note of where a predicate threw. */
  #broken(thrown: unknown, state: number, leaf?: Leaf): unknown {
    this.brokenAt = { state, leaf }
    return thrown
  }

  #update(update: number, old: number, leaf: Leaf): number {
    try {
      return this.updates.apply(update, old)
    } catch (thrown) {
      throw explained(thrown, nameOf(leaf.rule))
    }
  }

  /** Takes note of a new state. */
  #welcome(id: number, parent: number, depth: number): void {
    if (id >= this.parents.length) {
      const longer = new Int32Array(Math.ceil(this.parents.length * 1.5))
      longer.set(this.parents)
      this.parents = longer
    }
    this.parents[id] = parent
    if (depth > this.depth) this.depth = depth
    this.frontier.add(id, depth)
  }

  #tookMisfit(): boolean {
    if (!this.values.sawMisfit) return false
    this.values.sawMisfit = false
    return true
  }
}
