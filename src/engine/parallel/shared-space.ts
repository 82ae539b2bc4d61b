/**
 * Everything that the threads of a search share, as one of them sees it: made from a search that has come to the end of a
 * level (share.ts), and seen by the others through what can be sent to them.
 */
import { Memory } from '../store/memory.ts'
import { PairTable } from '../store/pair-table.ts'
import type { Tables } from '../store/state-store.ts'
import { Control, ENDS, type End, HEAD, OF_WORKER } from './control.ts'
import { Finds, type FindsHandle } from './finds.ts'
import { Rendezvous, type Upkeep } from './rendezvous.ts'
import { type LogHandle, SharedLog } from './shared-log.ts'
import { type PairsHandle, SharedPairs } from './shared-pairs.ts'
import { SharedWords } from './shared-words.ts'

/** What a thread needs to see the space. */
export interface SpaceHandle {
  readonly workers: number
  readonly control: SharedArrayBuffer
  readonly words: SharedArrayBuffer
  /** By inner node from 2 on. */
  readonly below: readonly PairsHandle[]
  /** So many slots of a table move while all wait. */
  readonly slice: number
  readonly log: SharedArrayBuffer
  readonly states: LogHandle
  readonly finds: FindsHandle
  /** How many states were left before the workers began. */
  readonly leftBefore: number
  /** By level, from the first one that workers left: how many states the workers had found when it was done. */
  readonly foundBy: SharedArrayBuffer
}

export class SharedSpace implements Upkeep {
  readonly control: Control
  readonly rendezvous: Rendezvous
  readonly finds: Finds
  readonly states: SharedLog
  readonly words: SharedWords
  readonly foundBy: Int32Array<SharedArrayBuffer>
  /** By inner node from 2 on. */
  readonly below: readonly SharedPairs[]
  readonly #all: readonly (SharedPairs | SharedWords)[]

  /** @param worker which of the workers this is; who only looks on may be any */
  constructor(
    readonly handle: SpaceHandle,
    worker: number,
    readonly memory = new Memory(),
  ) {
    this.control = new Control(handle.control, handle.workers)
    this.rendezvous = new Rendezvous(this.control, this)
    this.states = new SharedLog(this.control, handle.states)
    this.finds = new Finds(this.control, this.rendezvous, handle.finds, worker)
    this.foundBy = new Int32Array(handle.foundBy)
    const { slice, leftBefore } = handle
    this.words = new SharedWords(0, handle.words, slice, this.states, this.finds, leftBefore)
    this.below = handle.below.map((own, i) => new SharedPairs(this.rendezvous, i + 1, own, slice))
    this.#all = [this.words, ...this.below]
    this.refresh()
  }

  get tables(): Tables {
    return { inner: [new PairTable(), new PairTable(), ...this.below], words: this.words }
  }

  /** How many states have not been left. */
  get waiting(): number {
    const { control } = this
    return control.sum(OF_WORKER.found) - control.sum(OF_WORKER.left)
  }

  growTables(): void {
    if (this.finds.isFilled) this.#grow(this.finds.bytesToGrow, () => this.finds.grow())
    for (const table of this.#all) table.keepUp((bytes, make) => this.#grow(bytes, make))
  }

  turnLevel(): void {
    const { foundBy } = this
    const { ints } = this.control
    const level = ints[HEAD.levels]!++
    if (level < foundBy.length) foundBy[level] = this.control.sum(OF_WORKER.found)
    const { found } = this.finds
    const end = this.#endHere(found)
    if (end !== undefined) {
      ints[HEAD.ended] = 1 + ENDS.indexOf(end)
      return
    }
    this.finds.turnLevel()
    this.#grow(this.states.bytesFor(found), () => this.states.makeRoomFor(found))
    ints[HEAD.depth]!++
  }

  refresh(): void {
    this.states.refresh()
    this.finds.refresh()
    for (const table of this.#all) table.refresh()
  }

  /** Where there is no room, the search is to end. */
  #grow(bytes: number, make: () => boolean): void {
    let isDone = false
    const mayTry = this.memory.grow(bytes, () => {
      isDone = make()
    })
    if (isDone) return
    if (mayTry) this.memory.refused()
    Atomics.store(this.control.ints, HEAD.exhausted, 1)
    this.control.stopFor('max-memory')
  }

  /** How the search ends with this level, if it does. Where it was stopped, not all of the level may have been left. */
  #endHere(found: number): End | undefined {
    const { control } = this
    if (control.stop !== undefined) return 'stopped'
    if (control.ints[HEAD.found] === 1) return 'violation'
    return found === 0 ? 'exhausted' : undefined
  }
}
