/**
 * What workers have found and nobody has left: entries that become part of the log (shared-log.ts) when somebody begins to
 * leave them.
 *
 * Each worker fills chunks, which make a chain, and at the next level leaves what it found itself, some chunks at a time,
 * in that order; who has nothing left takes of what another found. States found one after another are alike, and so are
 * those that they lead to. (Where the states of a word were sent to one worker, whoever found them, each had less to
 * learn; but values turned up in an order in which those with ids side by side are less alike. Words then held 7 to 13
 * states where they hold 17, which cost more than was won.)
 *
 * Of two levels there are chains: of the one being left, and of the one being found.
 */
import { SplitbrainError } from '../../value/splitbrain-error.ts'
import { reserve, viewAgain } from '../store/reserve.ts'
import { populationOf } from '../store/word.ts'
import { ENTRY, type Found, writeEntry } from '../store/word-log.ts'
import { type Control, HEAD, OF_WORKER } from './control.ts'
import type { Rendezvous } from './rendezvous.ts'

/** What a thread needs to see it. */
export interface FindsHandle {
  readonly entries: SharedArrayBuffer
  readonly filled: SharedArrayBuffer
  readonly next: SharedArrayBuffer
}

/** Entries to a chunk. */
const CHUNK = 64
const CHUNK_INTS = CHUNK * ENTRY.length

/** A worker takes such a share of what is left of its own, or of another's, and at most so many chunks. */
const OWN_SHARE = 1 / 2
const SHARE_OF_OTHERS = 1 / 8
const MOST_TAKEN = 1 << 11

export class Finds {
  /** By chunk, its entries; how many are in use; and 1 + the next chunk of its chain, or 0. */
  #entries: Int32Array = new Int32Array(0)
  #filled: Int32Array = new Int32Array(0)
  #next: Int32Array = new Int32Array(0)
  readonly #ints: Int32Array
  /** The worker's line. */
  readonly #line: number
  /** The chunk under way, or -1; how many entries are in it. */
  #chunk = -1
  #used = CHUNK
  /** Chunks that may be filled anew. */
  readonly #free: number[] = []

  /** @param worker who finds and takes */
  constructor(
    readonly control: Control,
    readonly rendezvous: Rendezvous,
    readonly handle: FindsHandle,
    readonly worker: number,
  ) {
    this.#ints = control.ints
    this.#line = control.lineOfWorker(worker)
    this.refresh()
  }

  /** With room for so many entries and more. @throws RangeError where there is no memory */
  static make(entries: number, workers: number): FindsHandle {
    // in less, room might be lacking (`#lacksRoom`) before there was to be more (`isFilled`), and all would wait for ever
    const chunks = Math.max(4 * workers, 2 * Math.ceil(entries / CHUNK))
    return {
      entries: reserve(CHUNK_INTS * chunks).buffer,
      filled: reserve(chunks).buffer,
      next: reserve(chunks).buffer,
    }
  }

  /** Adds new states of a word. While it waits for room, tables may move. */
  add(found: Found): void {
    if (this.#used === CHUNK) this.#open()
    const at = CHUNK_INTS * this.#chunk + ENTRY.length * this.#used++
    writeEntry(this.#entries, at, found)
    this.#ints[this.#line + OF_WORKER.found]! += populationOf(found.bits)
    this.#ints[this.#line + OF_WORKER.entries]!++
  }

  /** To be called when a level is done, by everybody: what was found is for the next. */
  close(): void {
    if (this.#chunk < 0) return
    this.#filled[this.#chunk] = this.#used
    this.#chunk = -1
    this.#used = CHUNK
  }

  /** Some entries of the level that nobody has taken, of its own if there are any; undefined where there are none. */
  take(): Int32Array | undefined {
    const { worker, control } = this
    for (let i = 0; i < control.workers; i++) {
      const chunks = this.#takeFrom((worker + i) % control.workers, i === 0 ? OWN_SHARE : SHARE_OF_OTHERS)
      if (chunks.length > 0) return this.#read(chunks)
    }
    return undefined
  }

  /** How many entries were found in this level. */
  get found(): number {
    return this.control.sum(OF_WORKER.entries)
  }

  /** What was found is to be left. Nobody has anything left to do. */
  turnLevel(): void {
    const ints = this.#ints
    for (let worker = 0; worker < this.control.workers; worker++) {
      const line = this.control.lineOfWorker(worker)
      ints[line + OF_WORKER.toLeave] = ints[line + OF_WORKER.filled]!
      ints[line + OF_WORKER.chunks] = Math.ceil(ints[line + OF_WORKER.entries]! / CHUNK)
      ints[line + OF_WORKER.filled] = 0
      ints[line + OF_WORKER.entries] = 0
    }
  }

  /** Whatever nobody has begun to leave, entry by entry: of both levels. Nobody else is at work, and all have closed. */
  *waiting(): Generator<Int32Array, void> {
    for (let worker = 0; worker < this.control.workers; worker++) {
      const line = this.control.lineOfWorker(worker)
      for (const chain of [line + OF_WORKER.toLeave, line + OF_WORKER.filled]) {
        for (let chunk = this.#ints[chain]! - 1; chunk >= 0; chunk = this.#next[chunk]! - 1) {
          const own = this.#entriesOf(chunk)
          for (let at = 0; at < own.length; at += ENTRY.length) yield own.subarray(at, at + ENTRY.length)
        }
      }
    }
  }

  /** Whether there should be more room, while there is an occasion. */
  get isFilled(): boolean {
    return this.#ints[HEAD.chunks]! * 2 >= this.#room
  }

  get bytesToGrow(): number {
    return 4 * (CHUNK_INTS + 2) * (this.#roomAfter - this.#room)
  }

  /** Makes more room; nobody else is at work. False where there cannot be more. @throws RangeError where no memory is */
  grow(): boolean {
    const chunks = this.#roomAfter
    if (chunks === this.#room) return false
    const { entries, filled, next } = this.handle
    filled.grow(4 * chunks)
    next.grow(4 * chunks)
    entries.grow(4 * CHUNK_INTS * chunks)
    this.refresh()
    return true
  }

  /** Sees it as long as it is now. */
  refresh(): void {
    const { entries, filled, next } = this.handle
    this.#entries = viewAgain(this.#entries, entries)
    this.#filled = viewAgain(this.#filled, filled)
    this.#next = viewAgain(this.#next, next)
  }

  get bytes(): number {
    return 4 * CHUNK_INTS * this.#ints[HEAD.chunks]!
  }

  get #room(): number {
    return this.#filled.length
  }

  get #roomAfter(): number {
    return Math.min(2 * this.#room, this.handle.entries.maxByteLength / (4 * CHUNK_INTS))
  }

  #entriesOf(chunk: number): Int32Array {
    return this.#entries.subarray(CHUNK_INTS * chunk, CHUNK_INTS * chunk + ENTRY.length * this.#filled[chunk]!)
  }

  /** Takes a share of the chunks that another, or the worker itself, has left to leave. */
  #takeFrom(worker: number, share: number): number[] {
    const ints = this.#ints
    const line = this.control.lineOfWorker(worker)
    const most = Math.min(MOST_TAKEN, Math.ceil(share * Atomics.load(ints, line + OF_WORKER.chunks)))
    const chunks: number[] = []
    while (chunks.length < most) {
      const chunk = Atomics.load(ints, line + OF_WORKER.toLeave) - 1
      if (chunk < 0) break
      const next = this.#next[chunk]!
      if (Atomics.compareExchange(ints, line + OF_WORKER.toLeave, chunk + 1, next) === chunk + 1) chunks.push(chunk)
    }
    Atomics.sub(ints, line + OF_WORKER.chunks, chunks.length)
    return chunks
  }

  /** Reads chunks, which may be filled anew then. */
  #read(chunks: readonly number[]): Int32Array {
    const entries = new Int32Array(ENTRY.length * chunks.reduce((sum, chunk) => sum + this.#filled[chunk]!, 0))
    let at = 0
    for (const chunk of chunks) {
      const own = this.#entriesOf(chunk)
      entries.set(own, at)
      at += own.length
    }
    this.#free.push(...chunks)
    return entries
  }

  #open(): void {
    const chunk = this.#free.pop() ?? this.#newChunk()
    if (this.#chunk < 0) this.#ints[this.#line + OF_WORKER.filled] = chunk + 1
    else {
      this.#filled[this.#chunk] = CHUNK
      this.#next[this.#chunk] = chunk + 1
    }
    this.#next[chunk] = 0
    this.#chunk = chunk
    this.#used = 0
  }

  #newChunk(): number {
    while (this.#lacksRoom()) this.rendezvous.grow()
    return Atomics.add(this.#ints, HEAD.chunks, 1)
  }

  /** When no more room can be had, the search ends; the batches under way may take what is left. */
  #lacksRoom(): boolean {
    const room = this.#room
    const mostEnd = Atomics.load(this.#ints, HEAD.chunks) + this.control.workers // others may open one in the same moment
    if (mostEnd <= room - room / 4) return false
    if (this.#ints[HEAD.exhausted] === 0) return true
    if (mostEnd <= room) return false
    throw new SplitbrainError('internal', 'there is no room for states that workers share; search with --workers 1')
  }
}
