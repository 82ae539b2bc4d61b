/**
 * What workers have found and nobody has expanded: ranges of ids, each within a block of those that its finder took
 * (shared-states.ts).
 *
 * The blocks of each worker make a chain, and at the next level it expands what it found itself, some blocks at a time, in
 * that order; who has nothing left takes of what another found. States found one after another are alike, and so are those
 * that they lead to.
 *
 * Of two levels there are chains: of the one being expanded, and of the one being found. A block may have a range in each.
 */
import { reserve, viewAgain } from '../store/reserve.ts'
import { type Control, HEAD, OF_WORKER } from './control.ts'
import type { Rendezvous } from './rendezvous.ts'

/** Ids to a block. */
export const BLOCK = 128

/** By block, for each of two levels: 1 + the next block of its chain, or 0; the range's first id; where the range ends. */
const RANGE = { next: 0, first: 1, end: 2, length: 3 } as const
const BLOCK_BYTES = 4 * 2 * RANGE.length

/** A worker takes such a share of what is left of its own, or of another's, and at most so many blocks. */
const OWN_SHARE = 1 / 2
const SHARE_OF_OTHERS = 1 / 8
const MOST_TAKEN = 1 << 11

/** Ids from `first` to before `end`. */
export interface Range {
  readonly first: number
  end: number
}

export class Finds {
  #ranges: Int32Array = new Int32Array(0)
  readonly #ints: Int32Array
  /** The worker's line. */
  readonly #line: number
  /** Where the range under way is, or -1; and where it ends. */
  #at = -1
  #end = -1

  /** @param worker who finds and takes */
  constructor(
    readonly control: Control,
    readonly rendezvous: Rendezvous,
    readonly buffer: SharedArrayBuffer,
    readonly worker: number,
  ) {
    this.#ints = control.ints
    this.#line = control.lineOfWorker(worker)
    this.refresh()
  }

  /** @throws RangeError where there is no memory */
  static make(): SharedArrayBuffer {
    return reserve(BLOCK_BYTES / 4).buffer
  }

  /** Adds a new state. */
  add(id: number): void {
    this.addRange(id, id + 1)
  }

  /** Adds new states, whose ids follow one another. */
  addRange(first: number, end: number): void {
    for (let id = first; id < end; ) {
      const next = Math.min(end, id + BLOCK - (id % BLOCK))
      if (id !== this.#end || id % BLOCK === 0) this.#open(id)
      this.#ranges[this.#at + RANGE.end] = next
      this.#end = next
      this.#ints[this.#line + OF_WORKER.found]! += next - id
      id = next
    }
  }

  /** To be called when a level is done, by everybody: what was found is for the next. */
  close(): void {
    this.#at = -1
    this.#end = -1
  }

  /** Some states of the level that nobody has taken, of its own if there are any; none where there are none. */
  take(): Range[] {
    const { worker, control } = this
    for (let i = 0; i < control.workers; i++) {
      const ranges = this.#takeFrom((worker + i) % control.workers, i === 0 ? OWN_SHARE : SHARE_OF_OTHERS)
      if (ranges.length > 0) return ranges
    }
    return []
  }

  /** Whether anything was found in this level. */
  get isAnythingFound(): boolean {
    return this.control.sum(OF_WORKER.blocks) > 0
  }

  /** What was found is to be expanded. Nobody has anything left to do. */
  turnLevel(): void {
    const ints = this.#ints
    for (let worker = 0; worker < this.control.workers; worker++) {
      const line = this.control.lineOfWorker(worker)
      ints[line + OF_WORKER.toExpand] = ints[line + OF_WORKER.chain]!
      ints[line + OF_WORKER.toTake] = ints[line + OF_WORKER.blocks]!
      ints[line + OF_WORKER.chain] = 0
      ints[line + OF_WORKER.blocks] = 0
    }
    ints[HEAD.depth]!++
  }

  /** What it takes to have room for so many ids. */
  bytesFor(ids: number): number {
    return Math.max(0, BLOCK_BYTES * Math.ceil(ids / BLOCK) - this.buffer.byteLength)
  }

  /** Makes room; nobody else is at work. False where there cannot be. @throws RangeError where no memory is */
  makeRoomFor(ids: number): boolean {
    const bytes = this.buffer.byteLength + this.bytesFor(ids)
    if (bytes > this.buffer.maxByteLength) return false
    this.buffer.grow(bytes)
    this.refresh()
    return true
  }

  /** Sees it as long as it is now. */
  refresh(): void {
    this.#ranges = viewAgain(this.#ranges, this.buffer)
  }

  get bytes(): number {
    return this.buffer.byteLength
  }

  /** Where the range of a block is, in the level being expanded (0) or found (1). */
  #rangeOf(block: number, level: 0 | 1): number {
    return RANGE.length * (2 * block + ((this.#ints[HEAD.depth]! + level) & 1))
  }

  #open(id: number): void {
    const block = Math.floor(id / BLOCK)
    const at = this.#rangeOf(block, 1)
    if (this.#at < 0) this.#ints[this.#line + OF_WORKER.chain] = block + 1
    else this.#ranges[this.#at + RANGE.next] = block + 1
    this.#ranges[at + RANGE.next] = 0
    this.#ranges[at + RANGE.first] = id
    this.#at = at
    this.#ints[this.#line + OF_WORKER.blocks]!++
  }

  /** Takes a share of the blocks that another, or the worker itself, has left to expand. */
  #takeFrom(worker: number, share: number): Range[] {
    const ints = this.#ints
    const line = this.control.lineOfWorker(worker)
    const most = Math.min(MOST_TAKEN, Math.ceil(share * Atomics.load(ints, line + OF_WORKER.toTake)))
    const taken: Range[] = []
    let blocks = 0
    while (blocks < most) {
      const block = Atomics.load(ints, line + OF_WORKER.toExpand) - 1
      if (block < 0) break
      const at = this.#rangeOf(block, 0)
      const next = this.#ranges[at + RANGE.next]!
      if (Atomics.compareExchange(ints, line + OF_WORKER.toExpand, block + 1, next) !== block + 1) continue
      blocks++
      const first = this.#ranges[at + RANGE.first]!
      const end = this.#ranges[at + RANGE.end]!
      if (taken.at(-1)?.end === first) taken.at(-1)!.end = end
      else taken.push({ first, end })
    }
    Atomics.sub(ints, line + OF_WORKER.toTake, blocks)
    return taken
  }
}
