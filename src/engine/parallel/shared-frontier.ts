/** The frontier of a worker: what nobody has taken yet of the level; then, when all are done, the next level. */
import type { Frontier } from '../frontier.ts'
import { HEAD, OF_WORKER } from './control.ts'
import type { Finds, Range } from './finds.ts'

export class SharedFrontier implements Frontier {
  depth: number
  readonly isRange = true
  readonly growth = undefined
  readonly widths = undefined
  /** The workers end a level together, which none of them knows alone. */
  readonly isAtEndOfLevel = false
  /** What is waiting is known to all together (shared-space.ts). */
  readonly size = 0
  readonly #ints: Int32Array
  readonly #line: number
  /** What was taken, the next range last. */
  #taken: Range[] = []
  #at = 0
  #end = 0

  constructor(readonly finds: Finds) {
    const { control, worker } = finds
    this.#ints = control.ints
    this.#line = control.lineOfWorker(worker)
    this.depth = this.#ints[HEAD.depth]!
  }

  add(state: number): void {
    this.finds.add(state)
  }

  next(): number {
    return this.#at < this.#end || this.#takeNext() ? this.#at : -1
  }

  get ready(): number {
    return this.#end - this.#at
  }

  expanded(states: number): void {
    this.#at += states
    this.#ints[this.#line + OF_WORKER.expanded]! += states
  }

  #takeNext(): boolean {
    const range = this.#taken.pop() ?? this.#take()
    if (range === undefined) return false
    this.#at = range.first
    this.#end = range.end
    return true
  }

  /** Takes some states of the level, or of the next one when all were taken. */
  #take(): Range | undefined {
    const { finds } = this
    while (finds.control.stop === undefined) {
      this.#taken = finds.take().reverse()
      if (this.#taken.length > 0) return this.#taken.pop()
      if (!this.#nextLevel()) return undefined
    }
    return undefined
  }

  #nextLevel(): boolean {
    const { finds } = this
    finds.close()
    finds.rendezvous.meet(true)
    this.depth = Atomics.load(this.#ints, HEAD.depth)
    return finds.control.end === undefined
  }
}
