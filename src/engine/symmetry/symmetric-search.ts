/**
 * A breadth-first search of orbits: of the states that differ in the names of processes only, the first that is met is
 * kept, in its canonical form, and only its steps are taken (Clarke, Enders, Filkorn, Jha, "Exploiting Symmetry in Temporal
 * Logic Model Checking", 1996; Ip & Dill, "Better Verification Through Symmetry", 1996). What is different here: nobody
 * declares the symmetry. It is checked on every run of a body or a predicate that the search learns from (equivariance.ts).
 *
 * States are expanded one by one, not in batches: each costs more, and there are fewer.
 *
 * Its place among the rooms of the engine: docs/architecture.md.
 */
import type { Model, Property } from '../../model.ts'
import type { Path } from '../../trace/path.ts'
import type { Frontier } from '../frontier.ts'
import type { StateGraph } from '../liveness/state-graph.ts'
import type { LastStep, Leaf } from '../memo/leaves.ts'
import type { Orbits } from '../result.ts'
import { INITIAL, Search, type Searching, withoutStart } from '../search.ts'
import { takeStep } from '../steps/target-of.ts'
import { Memory } from '../store/memory.ts'
import { Parents } from '../store/origins.ts'
import { grown } from '../values/grown.ts'
import { CanonicalForm } from './canonical-form.ts'
import { concretePath } from './concrete-path.ts'
import { Equivariance } from './equivariance.ts'
import { sampleOf } from './group.ts'
import { type Moved, movedModel } from './moved-model.ts'
import { Names } from './names.ts'
import { RenamedValues } from './renamed-values.ts'
import type { Role } from './renaming.ts'
import { RulesOfTwins } from './rules-of-twins.ts'
import { Start } from './start.ts'
import { statesBeyond } from './states-beyond.ts'

/** So many states are expanded between two looks at memory. */
const STATES_AT_ONCE = 64

/** Room is made for so many states at a time, half of which one state may lead to. */
const ROOM = 1 << 13

export class SymmetricSearch extends Search {
  readonly names: Names
  readonly form: CanonicalForm
  /** By stabiliser: how many orbits there are, and transitions from them. */
  readonly #represented = { distinct: new Counts(), generated: new Counts() }
  #starting = 0
  /** Whether runs are checked under all renamings, and not under some. */
  readonly #isChecked: boolean
  /** By orbit: the stabiliser of its states. */
  #orbits = new Int32Array(1 << 10)
  /** By orbit of an initial state: what its processes have become. */
  readonly #starts: Int8Array[] = []
  readonly #renamedValues: RenamedValues
  readonly #moved: readonly Moved[]
  readonly #rulesOfTwins: RulesOfTwins
  readonly #start = new Start()
  readonly #room: Memory
  readonly #deepest: number
  #expanded = 0

  constructor(
    model: Model,
    frontier: Frontier,
    checked: readonly Property[],
    searching: Searching,
    roles: readonly Role[],
  ) {
    super(model, frontier, checked, searching)
    this.origins = new Parents()
    this.#room = searching.memory ?? new Memory()
    this.#deepest = searching.maxDepth
    this.names = new Names(roles)
    this.#renamedValues = new RenamedValues(this.values, this.names)
    this.form = new CanonicalForm(model.components, this.names, this.#renamedValues)
    const { renamings, isWhole } = sampleOf(roles)
    this.#isChecked = isWhole
    this.#moved = renamings.map((by) => movedModel(model, this.names, by))
    this.#rulesOfTwins = new RulesOfTwins(this.#moved, this.names, model.rules.length)
    new Equivariance(this, this.#moved, this.#renamedValues)
  }

  override get expanded(): number {
    return this.#expanded
  }

  override advance(room = Number.POSITIVE_INFINITY): 'more' | 'done' | 'stop' | 'full' {
    if (!this.initial.isDone) return this.#begin(room)
    const { frontier, store, rules } = this
    const first = frontier.next()
    if (first < 0) return 'done'
    const { depth, ready } = frontier
    if (depth >= this.#deepest) {
      this.isCutOff = true
      frontier.expanded(ready)
      return 'more'
    }
    if (rules.isFull) rules.forget()
    const most = store.size + room
    let expanded = 0
    let spacious = 0
    while (expanded < Math.min(ready, STATES_AT_ONCE) && store.size < most && !this.judge.isCutShort) {
      if (store.size >= spacious && !store.visited.makeRoom(ROOM, this.#room)) return 'full'
      if (store.size >= spacious) spacious = store.size + ROOM / 2
      this.#expand(first + expanded++, depth)
    }
    this.#expanded = expanded
    frontier.expanded(expanded)
    return this.judge.stops && frontier.isAtEndOfLevel ? 'stop' : 'more'
  }

  /** The path to a state of the model itself: the orbits on the way, and the names that its processes had. */
  override pathTo(state: number, leaf?: LastStep): Path {
    return concretePath(this, state, this.#starts, leaf)
  }

  /** The graph has an edge for many: what is reached from one state of an orbit is gone through state by state. */
  override countBeyond(_: StateGraph, orbit: number): Generator<undefined, number> {
    return statesBeyond(this, orbit)
  }

  get orbits(): Orbits {
    const roles = this.names.roles.map(({ name }) => name)
    const { distinct, generated } = this.#represented
    const { stabilisers } = this.form
    return {
      roles,
      isChecked: this.#isChecked,
      distinct: countOf(stabilisers.sum(distinct.of)),
      generated: countOf(stabilisers.sum(generated.of) + BigInt(this.#starting)),
    }
  }

  #expand(state: number, depth: number): void {
    const { store, watch, judge, executions } = this
    const stabiliser = this.#orbits[state]!
    let ways = 0
    executions?.graph.leave()
    store.load(state)
    for (const { rule, weight } of this.#rulesOfTwins.of(this.form.ranksOfTwins(store.cells, store.width))) {
      this.successors.walkRule(rule, (leaf) => {
        leaf.fired++
        this.generated++
        this.#represented.generated.add(stabiliser, weight)
        if (!leaf.isFault) ways++
        takeStep(this, leaf)
        if (watch.watchesSteps) this.#judgeStep(leaf, state)
        const target = this.#arrive(leaf, state, depth + 1)
        executions?.graph.add(leaf, target)
        return false
      })
    }
    if (ways > 0 || !watch.watchesDeadlocks || judge.isCutShort) return
    try {
      if (watch.judgeDeadlock(state)) judge.stops = true
    } catch (thrown) {
      judge.catch(thrown, { state, leaf: undefined })
    }
  }

  #judgeStep(leaf: Leaf, state: number): void {
    const { watch, judge } = this
    if (judge.isCutShort) return
    try {
      if (watch.judgeStep(() => leaf, state, -1, -1)) judge.stops = true
    } catch (thrown) {
      judge.catch(thrown, { state, leaf })
    }
  }

  /** Stores the orbit of the next state, if it is new, and judges it. Its id. */
  #arrive(leaf: Leaf | undefined, parent: number, depth: number): number {
    const { store } = this
    const { images, stabiliser } = this.form.canonise(store.cells, store.next + store.width)
    const [left, right] = store.halvesOfNext()
    const id = store.visited.add(left, right)
    if (id < 0) return -1 - id
    if (leaf === undefined) {
      this.initial.keep()
      this.#starts.push(images.slice())
    }
    if (id >= this.#orbits.length) this.#orbits = grown(this.#orbits, 2 * id)
    this.#orbits[id] = stabiliser
    this.#represented.distinct.add(stabiliser, 1)
    this.enter(id, leaf, parent, depth, left, right)
    return id
  }

  #begin(room: number): 'more' | 'stop' | 'full' {
    const { store, initial } = this
    if (!store.visited.makeRoom(STATES_AT_ONCE, this.#room)) return 'full'
    for (let met = 0; met < STATES_AT_ONCE && store.size < room && initial.next(); met++) {
      this.generated++
      this.#starting++
      const at = store.next + store.width
      this.#start.add(store.cells.slice(at, at + this.model.components.length))
      this.#arrive(undefined, INITIAL, 0)
    }
    if (!initial.isDone) return 'more'
    if (this.distinct === 0) throw withoutStart()
    this.#start.check(this.#moved, this.#renamedValues)
    return this.judge.stops ? 'stop' : 'more'
  }
}

/** By index, how many. */
class Counts {
  of = new Float64Array(16)

  add(index: number, many: number): void {
    if (index >= this.of.length) this.of = grown(this.of, 2 * index)
    this.of[index]! += many
  }
}

/** As a number, where that is exact. */
const countOf = (sum: bigint): number | bigint => (sum <= Number.MAX_SAFE_INTEGER ? Number(sum) : sum)
