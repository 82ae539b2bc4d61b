/**
 * Judges what a search comes across: new states, and of each batch (batch.ts) the steps and the states where nothing can
 * happen. Nearly all of it was judged before, by class (watch.ts).
 */
import { Stopped } from '../memo/deadline.ts'
import type { Leaf } from '../memo/leaves.ts'
import type { Updates } from '../memo/updates.ts'
import type { Batch } from '../steps/batch.ts'
import type { Successors } from '../steps/successors.ts'
import type { StateStore } from '../store/state-store.ts'
import type { Values } from '../values/values.ts'
import type { Beginnings } from './beginnings.ts'
import { DoubtfulSteps } from './doubtful-steps.ts'
import type { Finding, Watch } from './watch.ts'

export class Judge {
  /** Whether a finding ends the search. */
  stops = false
  /** Whether the search stops in the middle of judging: what is new is only taken note of. */
  isCutShort = false
  /** Where a predicate threw: in this state, or at this step from it. */
  brokenAt: Omit<Finding, 'property'> | undefined
  readonly #store: StateStore
  readonly #doubtful: DoubtfulSteps

  constructor(
    readonly batch: Batch,
    readonly watch: Watch,
    readonly successors: Successors,
    readonly values: Values,
    readonly updates: Updates,
  ) {
    this.#store = batch.store
    this.#doubtful = new DoubtfulSteps(batch, watch)
  }

  /** Judges a new state. @throws what a predicate throws */
  judgeState(id: number, left: number, right: number): void {
    const { watch } = this
    if (this.values.misfits.length > 0 && watch.watchesTypes && this.#isMisfit(left, right)) {
      this.stops = watch.foundMisfit(id) || this.stops
    }
    if (!watch.watchesStates || this.isCutShort) return
    try {
      if (watch.judgeState(id, left, right)) this.stops = true
    } catch (thrown) {
      this.catch(thrown, { state: id, leaf: undefined })
    }
  }

  /** Judges an initial state by what it is. @throws what a predicate throws */
  judgeBeginning(beginnings: Beginnings, state: number): void {
    if (this.isCutShort) return
    try {
      if (beginnings.judge(state)) this.stops = true
    } catch (thrown) {
      this.catch(thrown, { state, leaf: undefined })
    }
  }

  /**
   * Judges the step from a state, the store's current one, to the state with these halves.
   * @param leaf the step, told if need be @throws what a predicate throws
   */
  judgeStep(
    leaf: () => Leaf | undefined,
    state: number,
    left: number,
    right: number,
    classes?: [number, number],
  ): void {
    if (this.isCutShort) return
    this.#store.loadNext(left, right)
    try {
      const [from, to] = classes ?? [-1, -1]
      if (this.watch.judgeStep(leaf, state, from, to)) this.stops = true
    } catch (thrown) {
      this.catch(thrown, { state, leaf: leaf() })
    }
  }

  /** A predicate threw here, or there was no time to go on. @param at absent: in an initial state @throws what it threw */
  catch(thrown: unknown, at?: Omit<Finding, 'property'>): void {
    if (thrown instanceof Stopped) {
      this.isCutShort = true
      return
    }
    this.brokenAt = at
    throw thrown
  }

  /** Judges the steps of the batch, and its states from which nothing but faults can happen. */
  judgeBatch(): void {
    const { batch, watch } = this
    if (watch.watchesSteps) this.#judgeSteps()
    if (!watch.watchesDeadlocks) return
    for (let i = 0; i < batch.size; i++) if (batch.taking.ways[i] === 0) this.#judgeDeadlock(i)
  }

  #judgeSteps(): void {
    const { batch, watch } = this
    const { from, left, right } = batch.steps
    const lefts = batch.parents.values[this.#store.leftHalf]!
    const rights = batch.parents.values[this.#store.rightHalf]!
    this.#doubtful.sort()
    for (const step of this.#doubtful.steps) {
      if (watch.watchesSteps) this.#judge(from[step]!, batch.leafOf(step), left[step]!, right[step]!)
    }
    for (const i of this.#doubtful.states) if (watch.watchesSteps) this.#judge(i, undefined, lefts[i]!, rights[i]!)
  }

  /** Judges a step from a state of the batch, unless one like it was judged before. No leaf: one that changes nothing. */
  #judge(i: number, leaf: Leaf | undefined, left: number, right: number): void {
    const { batch, watch } = this
    const { leftHalf, rightHalf } = this.#store
    const from = watch.classOf(batch.parents.values[leftHalf]![i]!, batch.parents.values[rightHalf]![i]!)
    const to = watch.classOf(left, right)
    if (watch.isGoodStep(from, to)) return
    batch.parents.load(i)
    this.judgeStep(() => leaf ?? this.#idleLeaf(), batch.parents.idOf(i), left, right, [from, to])
  }

  /** A step from the store's current state that changes nothing. */
  #idleLeaf(): Leaf | undefined {
    const { cells } = this.#store
    let idle: Leaf | undefined
    return this.successors.walk((leaf) => {
      idle = leaf
      return leaf.changes.every((change, i) => {
        if (i % 2 === 1) return true
        const old = cells[this.#store.cellOf(change)]!
        return this.updates.apply(leaf.changes[i + 1]!, old) === old
      })
    })
      ? idle
      : undefined
  }

  #judgeDeadlock(i: number): void {
    if (!this.watch.watchesDeadlocks || this.isCutShort) return
    this.batch.parents.load(i)
    try {
      if (this.watch.judgeDeadlock(this.batch.parents.idOf(i))) this.stops = true
    } catch (thrown) {
      this.catch(thrown, { state: this.batch.parents.idOf(i), leaf: undefined })
    }
  }

  #isMisfit(left: number, right: number): boolean {
    const { values } = this
    const { cells, next } = this.#store
    this.#store.loadNext(left, right)
    return values.components.some((_, i) => values.isMisfit(i, cells[next + this.#store.cellOf(i)]!))
  }
}
