/**
 * Everything that the threads of a search share, as one of them sees it: made from a search that has come to the end of a
 * level (share.ts), and seen by the others through what can be sent to them.
 */
import { Memory } from '../store/memory.ts'
import { PairTable } from '../store/pair-table.ts'
import type { Tables } from '../store/state-store.ts'
import { Control, ENDS, type End, HEAD, OF_WORKER } from './control.ts'
import { Finds } from './finds.ts'
import { Rendezvous, type Upkeep } from './rendezvous.ts'
import { type PairsHandle, SharedPairs } from './shared-pairs.ts'
import { SharedStates } from './shared-states.ts'

/** What a thread needs to see the space. */
export interface SpaceHandle {
  readonly workers: number
  readonly control: SharedArrayBuffer
  readonly states: PairsHandle
  /** By inner node from 2 on. */
  readonly inner: readonly PairsHandle[]
  /** So many slots of a table move while all wait. */
  readonly slice: number
  /** The log of values (value-log.ts). */
  readonly values: SharedArrayBuffer
  readonly finds: SharedArrayBuffer
  /** How many states were expanded before the workers began. */
  readonly expandedBefore: number
  /** By level, from the first one that workers expanded: how many states the workers had found when it was done. */
  readonly foundBy: SharedArrayBuffer
}

export class SharedSpace implements Upkeep {
  readonly control: Control
  readonly rendezvous: Rendezvous
  readonly finds: Finds
  readonly states: SharedStates
  readonly foundBy: Int32Array<SharedArrayBuffer>
  /** By inner node from 2 on. */
  readonly inner: readonly SharedPairs[]
  readonly #all: readonly SharedPairs[]

  /** @param worker which of the workers this is; who only looks on may be any */
  constructor(
    readonly handle: SpaceHandle,
    worker: number,
    readonly memory = new Memory(),
  ) {
    this.control = new Control(handle.control, handle.workers)
    this.rendezvous = new Rendezvous(this.control, this)
    this.finds = new Finds(this.control, this.rendezvous, handle.finds, worker)
    this.foundBy = new Int32Array(handle.foundBy)
    const { slice, expandedBefore } = handle
    this.states = new SharedStates(0, handle.states, slice, this.finds, expandedBefore)
    this.inner = handle.inner.map((own, i) => new SharedPairs(this.rendezvous, i + 1, own, slice))
    this.#all = [this.states, ...this.inner]
    this.refresh()
  }

  get tables(): Tables {
    return { inner: [new PairTable(), new PairTable(), ...this.inner], visited: this.states }
  }

  /** How many states have not been expanded. */
  get waiting(): number {
    const { control } = this
    return control.sum(OF_WORKER.found) - control.sum(OF_WORKER.expanded)
  }

  growTables(): void {
    for (const table of this.#all) table.keepUp((bytes, make) => this.#grow(bytes, make))
  }

  turnLevel(): void {
    const { foundBy } = this
    const { ints } = this.control
    const level = ints[HEAD.levels]!++
    if (level < foundBy.length) foundBy[level] = this.control.sum(OF_WORKER.found)
    const end = this.#endHere()
    if (end === undefined) this.finds.turnLevel()
    else ints[HEAD.ended] = 1 + ENDS.indexOf(end)
  }

  refresh(): void {
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

  /** How the search ends with this level, if it does. Where it was stopped, not all of the level may have been
   * expanded. */
  #endHere(): End | undefined {
    const { control } = this
    if (control.stop !== undefined) return 'stopped'
    if (control.ints[HEAD.found] === 1) return 'violation'
    return this.finds.isAnythingFound ? undefined : 'exhausted'
  }
}
