/**
 * The memory that shared tables take their regions from: buffers that grow in place (reserve.ts), so that none is asked
 * for before it is used. Regions are powers of two of cache lines, and lie in one buffer each; one that a table has
 * outgrown serves the next table that grows to its size. A region is known by its number of cache lines from the
 * beginning of the first buffer. Taken and given back by one thread at a time (rendezvous.ts).
 *
 * Room for 32 GB; the largest region has 2^30 integers.
 */
import { reserve } from '../store/reserve.ts'
import { type Control, HEAD, LINE } from './control.ts'

const BUFFERS = 8
/** Cache lines to a buffer. */
const LINES = 2 ** 26

export class Arena {
  constructor(
    readonly control: Control,
    readonly buffers: readonly SharedArrayBuffer[],
  ) {}

  static make(control: Control): Arena {
    control.ints[HEAD.arenaEnd] = 1 // 0 is nowhere
    return new Arena(
      control,
      Array.from({ length: BUFFERS }, () => reserve(0).buffer),
    )
  }

  /** Where a region of 2^bits integers begins, all zeros; -1 where there is no room. @throws RangeError where no memory is */
  take(bits: number): number {
    const { ints } = this.control
    const length = Math.max(2 ** bits, LINE)
    const free = ints[HEAD.free + bits]!
    if (free !== 0) {
      const region = this.view(free, length)
      ints[HEAD.free + bits] = region[0]!
      region.fill(0)
      return free
    }
    return this.#cut(length / LINE)
  }

  give(start: number, bits: number): void {
    const { ints } = this.control
    this.view(start, 1)[0] = ints[HEAD.free + bits]!
    ints[HEAD.free + bits] = start
  }

  view(start: number, length: number): Int32Array<SharedArrayBuffer> {
    return new Int32Array(this.buffers[Math.floor(start / LINES)]!, 4 * LINE * (start % LINES), length)
  }

  /** Cuts so many lines off the unused part; where the buffer has not so many left, off the next. */
  #cut(lines: number): number {
    const { ints } = this.control
    const end = ints[HEAD.arenaEnd]!
    const isFull = (end % LINES) + lines > LINES
    const start = isFull ? Math.ceil(end / LINES) * LINES : end
    const buffer = this.buffers[Math.floor(start / LINES)]
    const bytes = 4 * LINE * ((start % LINES) + lines)
    if (lines > LINES || buffer === undefined || bytes > buffer.maxByteLength) return -1
    buffer.grow(bytes)
    ints[HEAD.arenaEnd] = start + lines
    return start
  }
}
