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
    this.#lefts = new Int32Array(batch.most)
    this.#rights = new Int32Array(batch.most)
    this.#classes = new Int32Array(batch.most)
    this.#isGood = new Uint8Array(batch.most)
  }

  sort(): void {
    this.steps.length = 0
    this.states.length = 0
    if (this.watch.usesClasses) this.#sortByClass()
    else this.#takeAll()
  }

  #sortByClass(): void {
    const { batch, watch } = this
    this.#readClasses()
    for (let i = 0; i < batch.states; i++) {
      const own = watch.classes.ofHalves(this.#lefts[i]!, this.#rights[i]!)
      this.#classes[i] = own
      this.#isGood[i] = watch.isGoodStep(own, own) ? 1 : 0
      if (batch.idles[i] === 1 && this.#isGood[i] === 0) this.states.push(i)
    }
    for (let step = 0; step < batch.steps; step++) if (!this.#isGoodStep(step)) this.steps.push(step)
  }

  #isGoodStep(step: number): boolean {
    const i = this.batch.from[step]!
    const left = this.#toLefts[step]!
    const right = this.#toRights[step]!
    if (left === this.#lefts[i] && right === this.#rights[i]) return this.#isGood[i] === 1
    return this.watch.isGoodStep(this.#classes[i]!, this.watch.classes.ofHalves(left, right))
  }

  #readClasses(): void {
    const { batch, watch } = this
    const { classes, store } = watch
    const { steps, states, values, root } = batch
    if (this.#toLefts.length < steps) {
      this.#toLefts = new Int32Array(2 * steps)
      this.#toRights = new Int32Array(2 * steps)
    }
    classes.read(store.leftHalf, values[store.leftHalf]!, states, this.#lefts)
    classes.read(store.rightHalf, values[store.rightHalf]!, states, this.#rights)
    classes.read(store.leftHalf, root.left, steps, this.#toLefts)
    classes.read(store.rightHalf, root.right, steps, this.#toRights)
  }

  #takeAll(): void {
    const { batch } = this
    for (let step = 0; step < batch.steps; step++) this.steps.push(step)
    for (let i = 0; i < batch.states; i++) if (batch.idles[i] === 1) this.states.push(i)
  }
}
