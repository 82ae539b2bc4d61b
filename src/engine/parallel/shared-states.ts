/**
 * The visited states that workers share (store/visited.ts): the table of pairs at the root. Each worker takes ids by blocks,
 * so that what it finds are ranges of ids (finds.ts); ids that it has taken and not used are nobody's when it is done.
 */
import { type PairsState, readPairs } from '../store/pair-table.ts'
import type { Visited } from '../store/visited.ts'
import { OF_WORKER } from './control.ts'
import { BLOCK, type Finds } from './finds.ts'
import { type PairsHandle, SharedPairs } from './shared-pairs.ts'
import type { Grow } from './shared-table.ts'

export class SharedStates extends SharedPairs implements Visited {
  constructor(
    table: number,
    handle: PairsHandle,
    slice: number,
    readonly finds: Finds,
    /** How many states were expanded before the workers began. */
    readonly expandedBefore: number,
  ) {
    super(finds.rendezvous, table, handle, slice, BLOCK)
  }

  override begin(state: PairsState): void {
    super.begin(state)
    for (let id = state.taken; id < this.end; id++) this.pairs[2 * id] = -1
    this.finds.makeRoomFor(this.room)
  }

  /** How many states there are. */
  override get size(): number {
    return this.expandedBefore + this.finds.control.sum(OF_WORKER.found)
  }

  override get bytes(): number {
    return super.bytes + this.finds.bytes
  }

  leftOf(id: number): number {
    return this.pairs[2 * id]!
  }

  rightOf(id: number): number {
    return this.pairs[2 * id + 1]!
  }

  read(first: number, count: number, lefts: Int32Array, rights: Int32Array): void {
    readPairs(this.pairs, first, count, lefts, rights)
  }

  override keepUp(grow: Grow): void {
    super.keepUp(grow)
    const { finds, room } = this
    if (finds.bytesFor(room) > 0) grow(finds.bytesFor(room), () => finds.makeRoomFor(room))
  }

  /** The worker adds no more. */
  finish(): void {
    for (; this.spare > 0; this.spare--) this.pairs[2 * (this.spareEnd - this.spare)] = -1
  }
}
