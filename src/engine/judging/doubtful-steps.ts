/**
 * Sorts out which steps of a batch must be judged one by one. Nearly all are like a step that was judged well before
 * (classes.ts), and that can be told from the classes of the halves that they lead from and to.
 */
import type { Batch } from '../steps/batch.ts'
import type { Watch } from './watch.ts'

export class DoubtfulSteps {
  /** The steps to be judged, ... */
  readonly steps: number[] = []
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
    this.#lefts = new Int32Array(batch.parents.most)
    this.#rights = new Int32Array(batch.parents.most)
    this.#classes = new Int32Array(batch.parents.most)
    this.#isGood = new Uint8Array(batch.parents.most)
  }

  sort(): void {
    this.steps.length = 0
    this.states.length = 0
    if (this.watch.usesClasses) this.#sortByClass()
    else this.#takeAll()
  }

  #sortByClass(): void {
    const { batch, watch } = this
    const { count, from } = batch.steps
    this.#readClasses()
    for (let i = 0; i < batch.size; i++) {
      const own = watch.classes.ofHalves(this.#lefts[i]!, this.#rights[i]!)
      this.#classes[i] = own
      this.#isGood[i] = watch.isGoodStep(own, own) ? 1 : 0
      if (batch.taking.idles[i] === 1 && this.#isGood[i] === 0) this.states.push(i)
    }
    for (let step = 0; step < count; step++) {
      if (!this.#isGoodStep(from[step]!, this.#toLefts[step]!, this.#toRights[step]!)) this.steps.push(step)
    }
  }

  #isGoodStep(from: number, toLeft: number, toRight: number): boolean {
    if (toLeft === this.#lefts[from] && toRight === this.#rights[from]) return this.#isGood[from] === 1
    return this.watch.isGoodStep(this.#classes[from]!, this.watch.classes.ofHalves(toLeft, toRight))
  }

  #readClasses(): void {
    const { batch, watch } = this
    const { classes, store } = watch
    const { steps, size } = batch
    const { values } = batch.parents
    if (this.#toLefts.length < steps.count) {
      this.#toLefts = new Int32Array(2 * steps.count)
      this.#toRights = new Int32Array(2 * steps.count)
    }
    classes.read(store.leftHalf, values[store.leftHalf]!, size, this.#lefts)
    classes.read(store.rightHalf, values[store.rightHalf]!, size, this.#rights)
    classes.read(store.leftHalf, steps.left, steps.count, this.#toLefts)
    classes.read(store.rightHalf, steps.right, steps.count, this.#toRights)
  }

  #takeAll(): void {
    const { batch, steps } = this
    for (let step = 0; step < batch.steps.count; step++) steps.push(step)
    for (let i = 0; i < batch.size; i++) if (batch.taking.idles[i] === 1) this.states.push(i)
  }
}
