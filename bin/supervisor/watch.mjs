/**
 * What is looked at from outside while the command runs: a piece of the protocol's code that does not return is named, and
 * ended where somebody has asked for that, by a signal or by --timeout. It is also ended where it takes more and more
 * memory: V8 may look for more for long, or end the process where a large piece is wanted, and buffers have no limit at
 * all. Whoever looks only needs the memory that the threads share.
 */
import { getHeapStatistics } from 'node:v8'

const LOOK_MS = 25

/** After so long, code that has not returned is named. */
const LONG_MS = 10_000

/** Two signals within this time are one, sent by two. */
const TWICE_MS = 400

/** So long after the deadline code is ended that has not returned; where it began later, so long after that. */
const GRACE_MS = 2000
const GRACE_SHARE = 0.02

/** So much of what V8 gives to values may be taken by one run. What grows is copied, and needs room twice. */
const RUN_SHARE = 0.5

/** However much V8 gives: it ends the process where an array of numbers grows beyond 0.9 GB. */
const RUN_BYTES = 750e6

/** So long after a signal that nobody repeats by hand code is ended that has not returned; or after its own beginning. */
const PATIENCE_MS = 5000

/** NaN where too many files are open to read it: nothing is told of memory then. */
function residentBytes() {
  try {
    return process.memoryUsage.rss()
  } catch {
    return Number.NaN
  }
}

const MEMORY = {
  residentBytes,
  heapBytes: getHeapStatistics().heap_size_limit,
}

/**
 * @typedef {{ readonly number: number, readonly since: number, readonly residentBytes: number }} Run
 * @typedef {{ readonly notice: (text: string) => void, readonly end: (why: string) => void }} Telling
 */

export class Watch {
  /** By thread, the run under way. @type {Map<number, Run>} */
  #runs = new Map()
  /** At the look before this one: a run that has begun since may have taken much already. */
  #residentBytes
  /** What was named already: other threads may not return from it, either. @type {Set<string>} */
  #named = new Set()
  /** @type {{ readonly signal: string, readonly at: number } | undefined} */
  #heard

  /** @param {import('./shared-state.mjs').SharedState} state @param {Telling} telling */
  constructor(state, { notice, end }, memory = MEMORY) {
    this.state = state
    this.memory = memory
    this.#residentBytes = memory.residentBytes()
    this.notice = notice
    this.end = end
    this.looking = setInterval(() => this.look(Date.now()), LOOK_MS)
  }

  stop() {
    clearInterval(this.looking)
  }

  /** A signal came. @param {string} signal */
  hear(signal, now = Date.now()) {
    if (this.#heard !== undefined) {
      // npm sends on what it was sent, however late on a busy machine; by hand only Ctrl-C is repeated
      const isCopy = signal === this.#heard.signal && (signal !== 'SIGINT' || now - this.#heard.at <= TWICE_MS)
      if (!isCopy) this.end(`a second interrupt ended the command${during(this.running())}`)
      return
    }
    this.#heard = { signal, at: now }
    this.state.interrupt()
    if (!this.state.isHeeded) this.end(`an interrupt ended the command${during(this.running())}`)
  }

  /** What of the protocol's code runs, by the first thread that runs any. */
  running() {
    return this.state.beats().find(({ number }) => number % 2 === 1)?.what
  }

  /** @param {number} now */
  look(now) {
    for (const [line, beat] of this.state.beats().entries()) {
      const { number, what } = beat
      const before = this.#runs.get(line)
      if (number % 2 === 0) this.#runs.delete(line)
      else if (before?.number !== number) {
        this.#runs.set(line, { number, since: now, residentBytes: this.#residentBytes })
      } else if (beat.number === number) this.#judge(before, what, now)
    }
    this.#residentBytes = this.memory.residentBytes()
  }

  /** In bytes. Other threads may take memory meanwhile. */
  get #mostOfRun() {
    return Math.min(RUN_SHARE * this.memory.heapBytes, RUN_BYTES) * this.state.beats().length
  }

  /** @param {Run} run @param {string} what @param {number} now */
  #judge(run, what, now) {
    if (now - run.since >= LONG_MS && !this.#named.has(what)) {
      this.#named.add(what)
      this.notice(`${what} has not come to an end for 10 s; Ctrl-C asks the command to end, a second one ends it`)
    }
    const taken = this.memory.residentBytes() - run.residentBytes
    if (taken > this.#mostOfRun)
      this.end(`${what} has taken ${inMegabytes(taken)} MB of memory without coming to an end`)
    const { deadline, timeoutMs } = this.state
    const grace = Math.max(GRACE_MS, GRACE_SHARE * timeoutMs)
    if (now > Math.max(deadline, run.since) + grace) this.end(`the time was up (--timeout) within ${what}`)
    const { signal, at } = this.#heard ?? {}
    if (signal === undefined || at === undefined || signal === 'SIGINT') return
    if (now > Math.max(at, run.since) + PATIENCE_MS) this.end(`${signal} ended the command${during(what)}`)
  }
}

/** @param {string | undefined} what */
const during = (what) => (what === undefined ? '' : ` within ${what}`)

/** @param {number} bytes */
const inMegabytes = (bytes) => Math.round(bytes / 1e6)
