/**
 * What the threads of one command share, in memory: so one of them is understood by the others though it is busy, and
 * though it may never return to its event loop.
 *
 * Flags: whether an interrupt was heard, whether the command heeds it, whether a file is being saved, how many threads
 * have a line. Then numbers: the deadline, and what the search knows. Then a line for each thread: a beat, which is odd
 * while a piece of the protocol's code runs, and what that is.
 */
const FLAGS = { interrupted: 0, heeded: 1, saving: 2, lines: 3 }
const NUMBERS = { deadline: 0, timeoutMs: 1, distinct: 2, depth: 3, found: 4 }
const FLAG_BYTES = 64
const NUMBER_BYTES = 64
const LINE_BYTES = 256
const MOST_LINES = 65

/** @typedef {{ readonly distinct: number, readonly depth: number, readonly found: number | undefined }} Known */

export class SharedState {
  /** @param {SharedArrayBuffer} buffer */
  constructor(buffer = new SharedArrayBuffer(FLAG_BYTES + NUMBER_BYTES + MOST_LINES * LINE_BYTES)) {
    this.buffer = buffer
    this.flags = new Int32Array(buffer, 0, FLAG_BYTES / 4)
    this.numbers = new Float64Array(buffer, FLAG_BYTES, NUMBER_BYTES / 8)
  }

  get isInterrupted() {
    return Atomics.load(this.flags, FLAGS.interrupted) !== 0
  }

  interrupt() {
    Atomics.store(this.flags, FLAGS.interrupted, 1)
  }

  /** Whether the command ends by itself when it is interrupted. */
  get isHeeded() {
    return Atomics.load(this.flags, FLAGS.heeded) !== 0
  }

  heed() {
    Atomics.store(this.flags, FLAGS.heeded, 1)
  }

  get isSaving() {
    return Atomics.load(this.flags, FLAGS.saving) !== 0
  }

  /** @template T @param {() => T} run what is not to be ended in the middle */
  whole(run) {
    Atomics.add(this.flags, FLAGS.saving, 1)
    try {
      return run()
    } finally {
      Atomics.sub(this.flags, FLAGS.saving, 1)
    }
  }

  /** In milliseconds since 1970; Infinity where there is none. */
  get deadline() {
    return this.numbers[NUMBERS.deadline] || Number.POSITIVE_INFINITY
  }

  get timeoutMs() {
    return this.numbers[NUMBERS.timeoutMs] ?? 0
  }

  /** @param {number} ms from now on */
  endIn(ms) {
    this.numbers[NUMBERS.timeoutMs] = ms
    this.numbers[NUMBERS.deadline] = Date.now() + ms
  }

  /** @returns {Known} */
  get known() {
    const [, , distinct = 0, depth = 0, found = 0] = this.numbers
    return { distinct, depth, found: found > 0 ? found - 1 : undefined }
  }

  /** @param {Known} known */
  know({ distinct, depth, found }) {
    this.numbers[NUMBERS.distinct] = distinct
    this.numbers[NUMBERS.depth] = depth
    this.numbers[NUMBERS.found] = found === undefined ? 0 : found + 1
  }

  /** A line of one's own. */
  newBeat() {
    return new Beat(this.buffer, Math.min(Atomics.add(this.flags, FLAGS.lines, 1), MOST_LINES - 1))
  }

  /** The lines in use. */
  beats() {
    const { buffer, flags } = this
    return Array.from({ length: Atomics.load(flags, FLAGS.lines) }, (_, line) => new Beat(buffer, line))
  }
}

/** Which piece of the protocol's code a thread runs. */
export class Beat {
  #depth = 0

  /** @param {SharedArrayBuffer} buffer @param {number} line */
  constructor(buffer, line) {
    const at = FLAG_BYTES + NUMBER_BYTES + line * LINE_BYTES
    this.ints = new Int32Array(buffer, at, 2)
    this.text = new Uint8Array(buffer, at + 8, LINE_BYTES - 8)
  }

  /** @param {string} what */
  begin(what) {
    if (this.#depth++ > 0) return
    this.ints[1] = encoder.encodeInto(what, this.text).written
    Atomics.add(this.ints, 0, 1)
  }

  end() {
    if (--this.#depth === 0) Atomics.add(this.ints, 0, 1)
  }

  /** Odd while something runs; another number for each run. */
  get number() {
    return Atomics.load(this.ints, 0)
  }

  /** What runs, or ran last. */
  get what() {
    return Buffer.from(this.text.subarray(0, this.ints[1])).toString()
  }
}

const encoder = new TextEncoder()
