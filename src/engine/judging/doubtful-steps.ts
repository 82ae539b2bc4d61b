/**
 * Sorts out which steps of a batch must be judged one by one. Nearly all are like a step that was judged well before
 * (classes.ts), and that can be told from the classes of the halves that they lead from and to.
 */
import type { Batch } from '../steps/batch.ts'
import type { Watch } from './watch.ts'

/** A step from one state. */
interface DoubtfulStep {
  /** Its place among the steps of the batch. */
  readonly step: number
  /** The state of the batch that it leads from. */
  readonly from: number
  /** The halves that it leads to. */
  readonly left: number
  readonly right: number
}

export class DoubtfulSteps {
  /** The steps to be judged, ... */
  readonly steps: DoubtfulStep[] = []
  /** ... and the states of which a step that changes nothing is to be judged. */
  readonly states: number[] = []
  /** By state, then by step: the classes of the halves. */
  readonly #lefts: Int32Array
  readonly #rights: Int32Array
  #toLefts = new Int32Array(64)
  #toRights = new Int32Array(64)
  /** By state: its class, and whether steps within the class are known to be good. */
  readonly #classes: Int32Array
  readonly #isGood: Uint8Array

  constructor(
    readonly batch: Batch,
    readonly watch: Watch,
  ) {
    this.#lefts = new Int32Array(batch.left.room)
    this.#rights = new Int32Array(batch.left.room)
    this.#classes = new Int32Array(batch.left.room)
    this.#isGood = new Uint8Array(batch.left.room)
  }

  sort(): void {
    this.steps.length = 0
    this.states.length = 0
    if (this.watch.usesClasses) this.#sortByClass()
    else this.#takeAll()
  }

  #sortByClass(): void {
    const { batch, watch } = this
    const { count, sources, from, left, right } = batch.steps
    this.#readClasses()
    for (let i = 0; i < batch.states; i++) {
      const own = watch.classes.ofHalves(this.#lefts[i]!, this.#rights[i]!)
      this.#classes[i] = own
      this.#isGood[i] = watch.isGoodStep(own, own) ? 1 : 0
      if (batch.taking.idles[i] === 1 && this.#isGood[i] === 0) this.states.push(i)
    }
    for (let step = 0; step < count; step++) {
      if (sources[step] !== 0) this.#sortNeighbours(step)
      else if (!this.#isGoodStep(from[step]!, this.#toLefts[step]!, this.#toRights[step]!))
        this.steps.push({ step, from: from[step]!, left: left[step]!, right: right[step]! })
    }
  }

  /** Sorts the steps of neighbours, each by itself. */
  #sortNeighbours(step: number): void {
    const { batch, watch } = this
    const { classes, store } = watch
    const { left, right } = batch.steps
    const { isTurned } = store
    batch.eachOfNeighbours(step, (from, minor) => {
      const toLeft = isTurned ? classes.at(store.leftHalf, minor) : this.#toLefts[step]!
      const toRight = isTurned ? this.#toRights[step]! : classes.at(store.rightHalf, minor)
      if (this.#isGoodStep(from, toLeft, toRight)) return
      this.steps.push({ step, from, left: isTurned ? minor : left[step]!, right: isTurned ? right[step]! : minor })
    })
  }

  #isGoodStep(from: number, toLeft: number, toRight: number): boolean {
    if (toLeft === this.#lefts[from] && toRight === this.#rights[from]) return this.#isGood[from] === 1
    return this.watch.isGoodStep(this.#classes[from]!, this.watch.classes.ofHalves(toLeft, toRight))
  }

  #readClasses(): void {
    const { batch, watch } = this
    const { classes, store } = watch
    const { steps, states } = batch
    const { values } = batch.left
    if (this.#toLefts.length < steps.count) {
      this.#toLefts = new Int32Array(2 * steps.count)
      this.#toRights = new Int32Array(2 * steps.count)
    }
    classes.read(store.leftHalf, values[store.leftHalf]!, states, this.#lefts)
    classes.read(store.rightHalf, values[store.rightHalf]!, states, this.#rights)
    classes.read(store.leftHalf, steps.left, steps.count, this.#toLefts)
    classes.read(store.rightHalf, steps.right, steps.count, this.#toRights)
  }

  #takeAll(): void {
    const { batch, steps } = this
    const { count, sources, from, left, right } = batch.steps
    const { isTurned } = batch.store
    for (let step = 0; step < count; step++) {
      if (sources[step] === 0) steps.push({ step, from: from[step]!, left: left[step]!, right: right[step]! })
      else
        batch.eachOfNeighbours(step, (i, minor) => {
          steps.push({ step, from: i, left: isTurned ? minor : left[step]!, right: isTurned ? right[step]! : minor })
        })
    }
    for (let i = 0; i < batch.states; i++) if (batch.taking.idles[i] === 1) this.states.push(i)
  }
}
