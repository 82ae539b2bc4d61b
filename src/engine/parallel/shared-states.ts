/**
 * What is kept of every state by its id, and of every block of ids (blocks.ts), for all threads. The arrays grow in place
 * (reserve.ts), when everybody is there; each thread has views of its own. Room for 2^29 states.
 */
import { reserve, viewOf } from '../store/reserve.ts'

/** What a thread needs to see them. */
export interface StatesHandle {
  readonly blockSize: number
  readonly pairs: SharedArrayBuffer
  readonly parents: SharedArrayBuffer
  readonly filled: SharedArrayBuffer
  readonly next: SharedArrayBuffer
}

type View = Int32Array<SharedArrayBuffer>

export class SharedStates {
  /** The halves of state i at 2i and 2i + 1. */
  pairs!: View
  /** By state: one that it was found from. */
  parents!: View
  /** By block: how many of its ids are in use. */
  filled!: View
  /** By block: 1 + the next one that the same worker filled for the same level; or 0. */
  next!: View

  constructor(readonly handle: StatesHandle) {
    this.refresh()
  }

  /** With room for so many states at first. @throws RangeError where there is no memory */
  static make(blockSize: number, room: number): SharedStates {
    const empty = () => reserve(0).buffer
    const states = new SharedStates({ blockSize, pairs: empty(), parents: empty(), filled: empty(), next: empty() })
    states.#lengthen(room)
    return states
  }

  /** Ids below it can be used. */
  get room(): number {
    return this.parents.length
  }

  get bytesToGrow(): number {
    return 12 * (this.#roomAfter - this.room)
  }

  /** Makes more room; nobody else is at work. False where there cannot be more. @throws RangeError where no memory is */
  grow(): boolean {
    if (this.#roomAfter === this.room) return false
    this.#lengthen(this.#roomAfter)
    return true
  }

  /** Sees them as long as they are now. */
  refresh(): void {
    const { pairs, parents, filled, next } = this.handle
    if (this.pairs?.byteLength === pairs.byteLength) return
    this.pairs = whole(pairs)
    this.parents = whole(parents)
    this.filled = whole(filled)
    this.next = whole(next)
  }

  get #roomAfter(): number {
    return Math.min(2 * this.room, this.handle.pairs.maxByteLength / 8)
  }

  #lengthen(room: number): void {
    const { blockSize, pairs, parents, filled, next } = this.handle
    const blocks = Math.ceil(room / blockSize)
    filled.grow(4 * blocks)
    next.grow(4 * blocks)
    parents.grow(4 * room)
    pairs.grow(8 * room)
    this.refresh()
  }
}

const whole = (buffer: SharedArrayBuffer): View => viewOf(buffer, buffer.byteLength / 4)
