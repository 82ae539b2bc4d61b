/**
 * Where the workers meet. The last one to arrive sees to what nobody may do while others work - tables grow, the next
 * level begins - and then all go on.
 *
 * Somebody who waits holds nothing half done: no lock, no slot that others wait for.
 */
import { type Control, HEAD } from './control.ts'

export interface Upkeep {
  /** Makes the tables that are nearly full larger. Nobody else is at work. */
  growTables(): void
  /** Begins the next level, or ends the search. Nobody has anything left to do. */
  turnLevel(): void
  /** To be called by everyone before going on: the tables may have moved. */
  refresh(): void
}

export class Rendezvous {
  constructor(
    readonly control: Control,
    readonly upkeep: Upkeep,
  ) {}

  get isWanted(): boolean {
    return this.control.ints[HEAD.wanted] !== 0
  }

  /** Waits until all are here. @param isIdle whether that is for lack of work */
  meet(isIdle: boolean): void {
    const { control, upkeep } = this
    const { ints } = control
    control.lock(HEAD.lock)
    const epoch = Atomics.load(ints, HEAD.epoch)
    Atomics.add(ints, HEAD.waiting, 1)
    if (isIdle) Atomics.add(ints, HEAD.idle, 1)
    const isLast = this.#goOnIfAllAreHere()
    control.unlock(HEAD.lock)
    if (!isLast) while (Atomics.load(ints, HEAD.epoch) === epoch) Atomics.wait(ints, HEAD.epoch, epoch)
    upkeep.refresh()
  }

  /** A table is nearly full: all are to come, so that it can grow. */
  grow(): void {
    Atomics.store(this.control.ints, HEAD.wanted, 1)
    this.meet(false)
  }

  /** Takes part alone, when all others have finished. */
  takeOver(): void {
    Atomics.store(this.control.ints, HEAD.present, 1)
    this.upkeep.refresh()
  }

  /** Does nothing any more, but for coming whenever all are wanted, until the search has ended for all. */
  finish(): void {
    while (this.control.end === undefined) this.meet(true)
  }

  /** Under the lock. */
  #goOnIfAllAreHere(): boolean {
    const { ints } = this.control
    const present = Atomics.load(ints, HEAD.present)
    if (Atomics.load(ints, HEAD.waiting) < present) return false
    this.upkeep.growTables()
    if (Atomics.load(ints, HEAD.idle) === present) this.upkeep.turnLevel()
    Atomics.store(ints, HEAD.wanted, 0)
    Atomics.store(ints, HEAD.waiting, 0)
    Atomics.store(ints, HEAD.idle, 0)
    Atomics.add(ints, HEAD.epoch, 1)
    Atomics.notify(ints, HEAD.epoch)
    return true
  }
}
