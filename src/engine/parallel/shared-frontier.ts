/** The frontier of a worker: what nobody has taken yet of the level; then, when all are done, the next level. */
import type { Frontier } from '../frontier.ts'
import { Arrangement } from '../store/arrangement.ts'
import { ENTRY } from '../store/word-log.ts'
import { HEAD, OF_WORKER } from './control.ts'
import type { Finds } from './finds.ts'
import type { SharedLog } from './shared-log.ts'

export class SharedFrontier implements Frontier {
  depth: number
  readonly isInOrder = false
  readonly growth = undefined
  readonly widths = undefined
  /** The workers end a level together, which none of them knows alone. */
  readonly isAtEndOfLevel = false
  /** What is waiting is known to all together (shared-space.ts). */
  readonly size = 0
  readonly #ints: Int32Array
  readonly #line: number
  readonly #arrangement = new Arrangement()
  #at = 0
  #end = 0

  constructor(
    readonly finds: Finds,
    readonly log: SharedLog,
  ) {
    const { control, worker } = finds
    this.#ints = control.ints
    this.#line = control.lineOfWorker(worker)
    this.depth = this.#ints[HEAD.depth]!
  }

  /** They are among what was found (finds.ts). */
  add(): void {}

  next(): number {
    return this.#at < this.#end || this.#take() ? this.#at : -1
  }

  get ready(): number {
    return this.#end - this.#at
  }

  leave(entries: number, states: number): void {
    this.#at += entries
    this.#ints[this.#line + OF_WORKER.left]! += states
  }

  /** Takes some entries of the level, or of the next one when all were taken. */
  #take(): boolean {
    const { finds } = this
    while (finds.control.stop === undefined) {
      const taken = finds.take()
      if (taken !== undefined) {
        const entries = this.#arrangement.of(taken)
        this.#at = this.log.add(entries)
        this.#end = this.#at + entries.length / ENTRY.length
        return true
      }
      if (!this.#nextLevel()) return false
    }
    return false
  }

  #nextLevel(): boolean {
    const { finds } = this
    finds.close()
    finds.rendezvous.meet(true)
    this.depth = Atomics.load(this.#ints, HEAD.depth)
    return finds.control.end === undefined
  }
}
