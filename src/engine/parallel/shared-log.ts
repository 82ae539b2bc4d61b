/**
 * The log of visited states (store/word-log.ts) that workers share: each adds entries when it begins to leave them. It
 * grows in place (reserve.ts) between levels, by what the next level adds; each thread has a view of its own. Room for
 * 2^28 entries.
 */
import { reserve, viewAgain } from '../store/reserve.ts'
import { ENTRY, WordLog } from '../store/word-log.ts'
import { type Control, HEAD } from './control.ts'

/** What a thread needs to see it. */
export interface LogHandle {
  readonly entries: SharedArrayBuffer
  /** As of `WordLog`. */
  readonly turns: readonly number[]
}

const ENTRY_BYTES = 4 * ENTRY.length

/** There is always room for so many entries more: for the states of findings that nobody leaves. */
const SPARE = 2 ** 10

export class SharedLog extends WordLog {
  readonly #ints: Int32Array

  constructor(
    control: Control,
    readonly handle: LogHandle,
  ) {
    super()
    this.#ints = control.ints
    this.turns = handle.turns
    this.refresh()
  }

  /** With the first entries of a log. @throws RangeError where there is no memory */
  static make(control: Control, { entries, turns }: WordLog, end: number): LogHandle {
    const own = reserve(ENTRY.length * (end + SPARE))
    own.set(entries.subarray(0, ENTRY.length * end))
    control.ints[HEAD.logged] = end
    return { entries: own.buffer, turns: turns.map((turn) => Math.min(turn, end)) }
  }

  /** Entries are below it. */
  get end(): number {
    return Atomics.load(this.#ints, HEAD.logged)
  }

  /** Adds entries, one after the other, for which there is room. The number of the first. */
  add(entries: Int32Array): number {
    const first = Atomics.add(this.#ints, HEAD.logged, entries.length / ENTRY.length)
    this.entries.set(entries, ENTRY.length * first)
    return first
  }

  /** What it takes to have room for so many more. */
  bytesFor(more: number): number {
    return Math.max(0, ENTRY_BYTES * (this.end + more + SPARE) - this.handle.entries.byteLength)
  }

  /** Has room for so many more; nobody else is at work. False where there cannot be. @throws RangeError where no memory is */
  makeRoomFor(more: number): boolean {
    const { entries } = this.handle
    const bytes = ENTRY_BYTES * (this.end + more + SPARE)
    if (bytes > entries.maxByteLength) return false
    if (bytes > entries.byteLength) entries.grow(bytes)
    this.refresh()
    return true
  }

  /** Sees it as long as it is now. */
  refresh(): void {
    this.entries = viewAgain(this.entries, this.handle.entries)
  }
}
