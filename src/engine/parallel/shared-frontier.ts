/** The frontier of a worker: the blocks of the level that nobody has taken yet; then, when all are done, the next level. */
import type { Frontier } from '../frontier.ts'
import type { Blocks } from './blocks.ts'
import { HEAD, OF_WORKER } from './control.ts'

export class SharedFrontier implements Frontier {
  depth: number
  taken = 0
  readonly isInOrder = false
  readonly growth = undefined
  readonly widths = undefined
  /** The workers end a level together, which none of them knows alone. */
  readonly isAtEndOfLevel = false
  readonly #ints: Int32Array
  readonly #line: number
  #at = 0
  #end = 0

  constructor(readonly blocks: Blocks) {
    this.#ints = blocks.control.ints
    this.#line = blocks.control.lineOfWorker(blocks.worker)
    this.depth = this.#ints[HEAD.depth]!
  }

  /** States are found by blocks. */
  add(): void {}

  take(most = 1): number {
    if (this.#at === this.#end && !this.#takeBlock()) return -1
    this.taken = Math.min(most, this.#end - this.#at)
    this.#at += this.taken
    this.#ints[this.#line + OF_WORKER.left]! += this.taken
    return this.#at - this.taken
  }

  giveBack(states: number): void {
    this.#at -= states
    this.taken -= states
    this.#ints[this.#line + OF_WORKER.left]! -= states
  }

  get size(): number {
    return this.#end - this.#at
  }

  #takeBlock(): boolean {
    const { blocks } = this
    while (blocks.control.stop === undefined) {
      const block = blocks.take()
      if (block >= 0) {
        this.#at = blocks.firstOf(block)
        this.#end = this.#at + blocks.states.filled[block]!
        return true
      }
      blocks.close()
      blocks.rendezvous.meet(true)
      if (blocks.control.end !== undefined) return false
      this.depth = Atomics.load(this.#ints, HEAD.depth)
    }
    return false
  }
}
