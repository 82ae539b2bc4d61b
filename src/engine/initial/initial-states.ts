/**
 * The initial states of a model, one by one: every combination of the choices that its setups make, those of the last turn
 * fastest. Setups go through a memo of their own, as rules do: each runs once for what it looks at, so seven processes with
 * seven choices each are 49 runs, and a million states that are looked up.
 *
 * One walk for each setup is under way, on what those before it have made.
 *
 * Its place among the rooms of the engine: docs/architecture.md.
 */
import type { Model, Rule, Setup, Value } from '../../model.ts'
import { SplitbrainError } from '../../value/splitbrain-error.ts'
import type { Leaf } from '../memo/leaves.ts'
import { explained, type Ground, nameOf, RuleMemo } from '../memo/rule-memo.ts'
import { TrieWalk } from '../memo/trie-walk.ts'
import type { Updates } from '../memo/updates.ts'
import type { StateStore } from '../store/state-store.ts'
import type { Probes } from '../values/probes.ts'
import type { Values } from '../values/values.ts'
import { SetupTree, UNTOUCHED } from './setup-tree.ts'

/** A setup whose walk is under way. */
interface Stage {
  readonly walk: TrieWalk
  /** What it starts from: its node in the tree, and the cells of its components. */
  node: number
  readonly cells: Int32Array
  hasBegun: boolean
}

export class InitialStates {
  readonly memo: RuleMemo
  /** Whether all have been made. */
  isDone = false
  readonly #tree = new SetupTree()
  readonly #stages: readonly Stage[]
  #depth = 0
  /** The node and the leaf that the state made last comes from. */
  #last: readonly [node: number, leaf: number] | undefined
  /** By name of a choice: the setup that makes it. */
  readonly #owners = new Map<string, Rule>()

  constructor(
    model: Model,
    readonly values: Values,
    probes: Probes,
    readonly updates: Updates,
    readonly store: StateStore,
  ) {
    const ground = this.#ground()
    this.memo = new RuleMemo({ ...model, rules: model.initial.map(ruleOf) }, values, probes, updates, ground)
    this.#stages = model.initial.map(() => {
      const walk = new TrieWalk(this.memo, ground, probes, values)
      return { walk, node: UNTOUCHED, cells: new Int32Array(store.width), hasBegun: false }
    })
  }

  /** Makes the next one the store's next state. False where there are no more. @throws SplitbrainError where a setup does */
  next(): boolean {
    if (this.#stages.length === 0) return this.#makeOnly()
    if (this.#isUntouched) this.#loadStart(this.#stages[0]!.cells)
    while (this.#depth >= 0) {
      const stage = this.#stages[this.#depth]!
      const leaf = this.#leafAfter(stage)
      if (leaf === undefined) this.#depth--
      else if (this.#depth === this.#stages.length - 1) {
        this.#last = [stage.node, leaf]
        this.#apply(leaf, stage.cells, this.store.cells, this.store.next + this.store.width)
        return true
      } else this.#descend(stage, leaf)
    }
    this.isDone = true
    return false
  }

  /** The state made last is new, and has the next id. */
  keep(): void {
    this.#tree.addState(this.#last === undefined ? UNTOUCHED : this.#tree.add(...this.#last))
  }

  /** How many there are so far. */
  get size(): number {
    return this.#tree.states
  }

  get bytes(): number {
    return this.#tree.bytes
  }

  has(state: number): boolean {
    return state < this.size // they were stored before all others
  }

  /** The choices that led to an initial state, by name. */
  choicesOf(state: number): Readonly<Record<string, Value>> {
    const leaves = this.#tree.leavesTo(this.#tree.nodeOf(state))
    return Object.assign({}, ...leaves.map((leaf) => this.memo.leaves.all[leaf]!.choices))
  }

  /** The ids of up to `most` of them, evenly spread; the first is among them. */
  *some(most: number): Generator<number> {
    const step = Math.max(1, Math.ceil(this.size / most))
    for (let state = 0; state < this.size; state += step) yield state
  }

  get #isUntouched(): boolean {
    return this.#depth === 0 && !this.#stages[0]!.hasBegun
  }

  /** A model in which nothing is set up has one. */
  #makeOnly(): boolean {
    if (this.size > 0) this.isDone = true
    else this.#loadStart(this.store.cells, this.store.next + this.store.width)
    return !this.isDone
  }

  /** The next outcome of a setup; undefined where it has no more. */
  #leafAfter(stage: Stage): number | undefined {
    const { store, memo } = this
    store.cells.set(stage.cells, store.width)
    store.current = stage.node
    let found: number | undefined
    const meet = (leaf: number) => {
      if (leaf !== 0) found = leaf
      return leaf !== 0
    }
    const { walk } = stage
    if (stage.hasBegun) walk.resume(meet)
    else walk.walk(walk.rootOf(this.#depth), meet)
    stage.hasBegun = true
    if (found !== undefined && memo.leaves.all[found]!.fired++ === 0) this.#own(memo.leaves.all[found]!)
    return found
  }

  #descend({ node, cells }: Stage, leaf: number): void {
    const below = this.#stages[++this.#depth]!
    below.node = this.#tree.add(node, leaf)
    below.hasBegun = false
    this.#apply(leaf, cells, below.cells, 0)
  }

  /** Writes into `to`, from `at` on, what an outcome makes of the cells of the components. */
  #apply(index: number, from: Int32Array, to: Int32Array, at: number): void {
    to.set(from, at)
    const { changes, rule } = this.memo.leaves.all[index]!
    try {
      for (let i = 0; i < changes.length; i += 2) {
        const component = changes[i]!
        to[at + component] = this.updates.apply(changes[i + 1]!, from[component]!)
      }
    } catch (thrown) {
      throw explained(thrown, nameOf(rule))
    }
  }

  #loadStart(to: Int32Array, at = 0): void {
    for (const [component, { start }] of this.values.components.entries()) {
      to[at + component] = this.values.intern(component, start)
    }
  }

  /** Where the memo finds what a setup starts from: in the store's cells, and by node. */
  #ground(): Ground {
    const { store } = this
    const load = (node: number) => {
      let cells = new Int32Array(store.width)
      this.#loadStart(cells)
      for (const leaf of this.#tree.leavesTo(node)) {
        const after = new Int32Array(store.width)
        this.#apply(leaf, cells, after, 0)
        cells = after
      }
      store.cells.set(cells, store.width)
    }
    return {
      cells: store.cells,
      cellOf: (component) => store.cellOf(component),
      load,
      get current() {
        return store.current
      },
    }
  }

  /** @throws SplitbrainError where another setup calls a choice alike */
  #own({ choices, rule }: Leaf): void {
    for (const name of Object.keys(choices)) {
      const owner = this.#owners.get(name) ?? rule
      if (owner !== rule) {
        throw new SplitbrainError('bad-step', `start: two choices are called ${name}; give each its own name`)
      }
      this.#owners.set(name, owner)
    }
  }
}

/** A setup as the memo takes it. */
const ruleOf = ({ process, body }: Setup): Rule => {
  return { action: 'start', process, fixed: {}, kind: 'action', group: 'start', body }
}
