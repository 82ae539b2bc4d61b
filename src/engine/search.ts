/**
 * The one search loop. Breadth first and depth first differ in their frontier only.
 *
 * States are expanded in batches (batch.ts): where their steps lead is worked out for all of them, then those states are
 * looked up, and what is new is judged and put on the frontier. Of every state it is kept where it was found from
 * (origins.ts), from which every path can be told (path-finder.ts).
 *
 * A violation ends a breadth-first search with the level that it was found in: what is known then does not depend on the
 * order within the level.
 */
import type { Model, Property } from '../model.ts'
import type { Path } from '../trace/path.ts'
import { SplitbrainError } from '../value/splitbrain-error.ts'
import { Arrivals } from './arrivals.ts'
import type { Frontier } from './frontier.ts'
import { InitialStates } from './initial/initial-states.ts'
import { Beginnings } from './judging/beginnings.ts'
import { Classes } from './judging/classes.ts'
import { Judge } from './judging/judge.ts'
import { Watch } from './judging/watch.ts'
import { countReachable } from './liveness/can-always.ts'
import { type Executions, executionsOf } from './liveness/executions.ts'
import { isExecution } from './liveness/marks.ts'
import type { StateGraph } from './liveness/state-graph.ts'
import { Deadline } from './memo/deadline.ts'
import type { LastStep, Leaf } from './memo/leaves.ts'
import { PropertyMemo } from './memo/property-memo.ts'
import { RuleMemo } from './memo/rule-memo.ts'
import { TrieWalk } from './memo/trie-walk.ts'
import { Updates } from './memo/updates.ts'
import { pathTo } from './path-finder.ts'
import { Regrouping } from './regrouping.ts'
import type { Progress } from './search-options.ts'
import { Batch } from './steps/batch.ts'
import { Moves } from './steps/moves.ts'
import { StepLists } from './steps/step-lists.ts'
import { Successors } from './steps/successors.ts'
import { Memory } from './store/memory.ts'
import { type Origins, Parents, RangesOfParents } from './store/origins.ts'
import { StateStore, type Tables } from './store/state-store.ts'
import { TUNING, type Tuning } from './tuning.ts'
import { Probes } from './values/probes.ts'
import { Values } from './values/values.ts'
import { Views } from './views.ts'

/** What the parent of an initial state is. */
export const INITIAL = -1

export interface Searching {
  readonly maxDepth: number
  readonly stopsAtViolation: boolean
  readonly memory?: Memory
  /** When it is to stop before it is done. */
  readonly deadline?: Deadline
  /** Whether the store is to be a compact one, and of how many bytes. */
  readonly compactBytes?: number | undefined
  readonly tuning?: Tuning
  /** The tables of the store, where other threads share them. */
  readonly shared?: Tables
}

export class Search {
  readonly values: Values
  readonly store: StateStore
  readonly probes = new Probes()
  readonly updates: Updates
  readonly rules: RuleMemo
  readonly properties: PropertyMemo
  readonly watch: Watch
  readonly beginnings: Beginnings
  readonly successors: Successors
  readonly lists: StepLists
  readonly batch: Batch
  readonly judge: Judge
  /** Present where a question is about executions: they are decided when the search is done. */
  readonly executions: Executions | undefined
  /** Present where the model says what tells states apart. */
  readonly views: Views | undefined
  origins: Origins
  readonly initial: InitialStates
  generated = 0
  /** What other threads hold in their memos, for the statistics. */
  readonly elsewhere = { trieNodes: 0, trieLeaves: 0 }
  /** The greatest depth at which a state was found. */
  depth = 0
  /** Whether a state was not expanded because of `maxDepth`. */
  isCutOff = false

  readonly #memory: Memory
  readonly #maxDepth: number
  readonly tuning: Tuning
  readonly #regrouping: Regrouping
  readonly #arrivals: Arrivals

  constructor(
    readonly model: Model,
    public frontier: Frontier,
    checked: readonly Property[],
    {
      maxDepth,
      stopsAtViolation,
      compactBytes,
      memory = new Memory(),
      deadline = new Deadline(),
      tuning = TUNING,
      shared,
    }: Searching,
  ) {
    const asksExecutions = checked.some(isExecution)
    this.#memory = memory
    this.#maxDepth = maxDepth
    this.tuning = tuning
    this.values = Values.of(model)
    this.store = new StateStore(model.components, {
      compactBytes,
      tables: shared,
    })
    this.updates = new Updates(this.values)
    this.rules = new RuleMemo(model, this.values, this.probes, this.updates, this.store)
    this.initial = new InitialStates(model, this.values, this.probes, this.updates, this.store)
    this.initial.isDone = shared !== undefined // whoever began has stored them
    this.properties = new PropertyMemo(model, checked, this.values, this.probes, this.store)
    this.watch = new Watch(this.store, this.properties, new Classes(this.store, this.properties, this.probes), {
      stopsAtViolation,
      mostClasses: tuning.mostClasses,
      plainAfter: tuning.plainAfter,
    })
    this.beginnings = new Beginnings(model, checked, this.values, this.probes, this.store, this.watch)
    const tries = new TrieWalk(this.rules, this.store, this.probes, this.values)
    const moves = new Moves(this.store, this.updates)
    this.successors = new Successors(this.rules, tries)
    this.lists = new StepLists(this.rules, this.store, tries, moves, asksExecutions)
    this.batch = new Batch(this.store, this.lists, moves, tries, tuning.batch)
    this.origins = this.#originsFor(asksExecutions)
    this.judge = new Judge(this.batch, this.watch, this.successors, this.values, this.updates)
    this.executions = executionsOf(this, checked)
    if (model.view) this.views = new Views(model, model.view, this.values, this.probes, this.store)
    for (const memo of this.memos) memo.afterRun = deadline.afterRun
    moves.afterUpdate = deadline.afterUpdate
    this.#regrouping = new Regrouping(this.rules, this.store, this.lists, tuning)
    this.#arrivals = new Arrivals(this, this.store, this.batch, this.judge, this.executions, this.views)
  }

  /** What is to be repeated of it. */
  get audited(): readonly { readonly lessons: number; audit(): Generator<undefined, void> }[] {
    return [...this.memos, this.watch.plainly]
  }

  /** What bodies and predicates did. */
  get memos(): readonly (RuleMemo | PropertyMemo)[] {
    const { initial, rules, properties, beginnings, executions, views } = this
    const more = [...(executions ? [executions.marks.memo] : []), ...(views ? [views.memo] : [])]
    return [initial.memo, rules, properties, beginnings.memo, ...more]
  }

  /** How often the protocol's own code was run. */
  get runs(): number {
    return this.rules.bodyRuns + this.properties.predicateRuns + (this.views?.memo.predicateRuns ?? 0)
  }

  get distinct(): number {
    return this.store.size
  }

  /**
   * Stores initial states, until all are known; then expands the next states of
   * the frontier, of one depth; at most up to the state with which `room` states are found.
   * `done` where there are none, `stop` where a finding ends the search, `full` where the store has no room for more.
   */
  advance(room = Number.POSITIVE_INFINITY): 'more' | 'done' | 'stop' | 'full' {
    const { frontier, batch } = this
    if (!this.initial.isDone) return this.#enterInitial(room)
    const first = frontier.next()
    if (first < 0) return 'done'
    const { depth, ready } = frontier
    if (depth >= this.#maxDepth) {
      this.isCutOff = true
      frontier.expanded(ready)
      return 'more'
    }
    this.settle()
    try {
      batch.expand(first, ready, room)
    } finally {
      this.generated += batch.taking.generated // of a batch that is cut short, too: their actions are counted
    }
    if (!batch.makeRoom(this.#memory)) return 'full'
    frontier.expanded(batch.size)
    batch.fold()
    this.#arrivals.arrive(depth + 1)
    this.judge.judgeBatch()
    return this.judge.stops && frontier.isAtEndOfLevel ? 'stop' : 'more'
  }

  /** How many states were expanded last. */
  get expanded(): number {
    return this.batch.size
  }

  /** The path to a state, and on by one more step where `leaf` is given. Moves the store's current state. */
  pathTo(state: number, leaf?: LastStep): Path {
    return pathTo(this, state, leaf)
  }

  /** How many states can be reached from one without a fault, itself included. */
  countBeyond(graph: StateGraph, state: number): Generator<undefined, number> {
    return countReachable(graph, state)
  }

  /** How often the steps of each group fired, and how many of them led to new states. */
  counts(): ReturnType<RuleMemo['leaves']['counts']> {
    this.lists.settle()
    return this.rules.leaves.counts()
  }

  /** What was remembered by cluster is forgotten when the clusters change, which they do a few times in a search. */
  settle(): void {
    this.#regrouping.settle()
  }

  /** Gives back what was remembered of steps, so that there is memory to tell paths: the search does not go on. */
  release(): void {
    this.lists.reset()
  }

  /** Takes note of a new state and judges it. `leaf` led to it, unless it is initial. */
  enter(id: number, leaf: Leaf | undefined, parent: number, depth: number, left: number, right: number): void {
    this.#arrivals.enter(id, leaf, parent, depth, left, right)
  }

  /** A violation that ends the search with the level under way. */
  get found(): Progress['found'] {
    const { judge, frontier, watch } = this
    if (frontier.hasFound) return {}
    const property = [...watch.findings.values()].find(({ property: { kind } }) => kind !== 'sometimes')?.property
    if (!judge.stops || frontier.isAtEndOfLevel || property === undefined) return undefined
    return { property: property.name, steps: frontier.depth + (property.kind === 'deadlock' ? 0 : 1) }
  }

  get stops(): boolean {
    return this.judge.stops
  }

  #originsFor(asksExecutions: boolean): Origins {
    return this.frontier.isRange && !asksExecutions ? new RangesOfParents(this.tuning.batch) : new Parents()
  }

  /** Stores some of the initial states, as a search goes on from them when it knows all. */
  #enterInitial(room: number): 'more' | 'stop' | 'full' {
    const { store, initial, judge, tuning } = this
    const most = Math.min(room, tuning.batch)
    if (!store.visited.makeRoom(most, this.#memory)) return 'full'
    for (let entered = 0; entered < most && !judge.isCutShort && initial.next(); ) {
      this.generated++
      const [left, right] = store.halvesOfNext()
      const id = this.#isKnown(left, right) ? -1 : store.visited.add(left, right)
      if (id < 0) continue
      initial.keep()
      entered++
      this.enter(id, undefined, INITIAL, 0, left, right)
      judge.judgeBeginning(this.beginnings, id)
    }
    if (!initial.isDone) return 'more'
    if (this.distinct === 0) throw withoutStart()
    return judge.stops ? 'stop' : 'more'
  }

  /** Whether an initial state is like one that was met, by what tells states apart. */
  #isKnown(left: number, right: number): boolean {
    try {
      return this.views?.meets(left, right) === false
    } catch (thrown) {
      this.judge.catch(thrown)
      return true
    }
  }
}

export const withoutStart = (): SplitbrainError =>
  new SplitbrainError('bad-protocol', 'start: there is no initial state, for one of its choices has no options')
