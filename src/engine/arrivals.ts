/**
 * Looks up where the steps of a batch lead (steps/batch.ts), and takes note of the states that are new: where they were
 * found from, by which action, that they are to be expanded, and how the properties judge them.
 */
import type { Frontier } from './frontier.ts'
import type { Judge } from './judging/judge.ts'
import type { Executions } from './liveness/executions.ts'
import type { Marks } from './liveness/marks.ts'
import type { Leaf } from './memo/leaves.ts'
import type { Batch } from './steps/batch.ts'
import type { Origins } from './store/origins.ts'
import type { StateStore } from './store/state-store.ts'
import type { Views } from './views.ts'

/** What a search knows of its states, by id. */
export interface Known {
  readonly frontier: Frontier
  readonly origins: Origins
  /** The greatest depth at which a state was found. */
  depth: number
}

export class Arrivals {
  /** By step: what `Visited.add` said. */
  #arrived = new Int32Array(1 << 10)

  constructor(
    readonly known: Known,
    readonly store: StateStore,
    readonly batch: Batch,
    readonly judge: Judge,
    readonly executions: Executions | undefined,
    /** Present where not all of a state tells it apart. */
    readonly views: Views | undefined,
  ) {}

  /** Takes in what the batch leads to, at this depth. @throws what a predicate throws */
  arrive(depth: number): void {
    const { batch, executions } = this
    const { visited } = this.store
    const { left, right, from, count } = batch.steps
    this.known.origins.expand(batch.parents.first)
    if (this.#arrived.length < count) this.#arrived = new Int32Array(2 * count)
    const arrived = this.#arrived
    if (this.views !== undefined) this.#meet(this.views, arrived)
    else for (let step = 0; step < count; step++) arrived[step] = visited.add(left[step]!, right[step]!)
    if (executions !== undefined) this.#draw(executions)
    for (let step = 0; step < count; step++) {
      const id = arrived[step]!
      if (id < 0) continue
      this.enter(id, batch.leafOf(step), batch.parents.idOf(from[step]!), depth, left[step]!, right[step]!)
    }
  }

  /** Takes note of a new state and judges it. `leaf` led to it, unless it is initial. */
  enter(id: number, leaf: Leaf | undefined, parent: number, depth: number, left: number, right: number): void {
    const { known, executions } = this
    if (leaf !== undefined) leaf.discovered++
    known.origins.add(id, parent)
    if (depth > known.depth) known.depth = depth
    known.frontier.add(id, depth)
    if (executions !== undefined) this.#mark(executions, id, leaf, parent, left, right)
    this.judge.judgeState(id, left, right)
  }

  /** Looks up where the steps of the batch lead by what tells states apart. Cut short, it finds no more. */
  #meet(views: Views, arrived: Int32Array): void {
    const { batch, judge } = this
    const { visited } = this.store
    const { left, right, from, count } = batch.steps
    arrived.fill(-1, 0, count)
    for (let step = 0; step < count && !judge.isCutShort; step++) {
      try {
        if (views.meets(left[step]!, right[step]!)) arrived[step] = visited.add(left[step]!, right[step]!)
      } catch (thrown) {
        judge.catch(thrown, { state: batch.parents.idOf(from[step]!), leaf: batch.leafOf(step) })
      }
    }
  }

  /** Enters the steps of the batch into the state graph. */
  #draw({ graph, marks }: Executions): void {
    const { size } = this.batch
    const { from, count } = this.batch.steps
    let step = 0
    for (let i = 0; i < size; i++) {
      graph.leave()
      for (; step < count && from[step] === i; step++) {
        const id = this.#arrived[step]!
        const isDrawn = graph.add(this.batch.leafOf(step), id >= 0 ? id : -1 - id)
        if (isDrawn && marks.areOfSteps) this.#markStep(marks, graph.edges - 1, i, step)
      }
    }
  }

  #markStep(marks: Marks, edge: number, i: number, step: number): void {
    const { batch } = this
    const { left, right } = batch.steps
    if (this.judge.isCutShort) return
    batch.parents.load(i)
    this.store.loadNext(left[step]!, right[step]!)
    try {
      marks.judgeStep(edge)
    } catch (thrown) {
      this.judge.catch(thrown, { state: batch.parents.idOf(i), leaf: batch.leafOf(step) })
    }
  }

  #mark(executions: Executions, id: number, leaf: Leaf | undefined, parent: number, left: number, right: number): void {
    if (this.judge.isCutShort) return
    this.store.loadNext(left, right)
    try {
      executions.marks.judge(id, leaf, parent)
    } catch (thrown) {
      this.judge.catch(thrown, { state: id, leaf: undefined })
    }
  }
}
