/**
 * The terminal, or whatever stands in its place. A reader who has seen enough (`verify raft | head -1`) takes nothing from
 * the verdict: the command goes on, and its exit code is what it would have been. A full disk does: whoever reads the
 * answer later must not take half of it for the whole, so the exit code is 2.
 */
import { isatty } from 'node:tty'

const CLEAR_LINE = '\r\x1b[2K'

/** Whoever read our words has gone: the other end of a pipe, or the terminal. */
const GONE = ['EPIPE', 'EIO']

const SPOKEN =
  '! The protocol prints this, once for each run of its code that is remembered, not once for each state:\n'

/** @typedef {Pick<NodeJS.Process, 'stdin' | 'stdout' | 'stderr'>} Streams */

export class Output {
  /** Whether a part of the answer could not be written. */
  hasFailed = false
  /** Whoever is to be told of keys. @type {(key: string) => void} */
  keys = () => {}
  #hasSpoken = false
  #readsKeys = false

  /** @param {Streams} streams */
  constructor(streams) {
    this.streams = streams
    streams.stdout.on('error', (/** @type {NodeJS.ErrnoException} */ error) => {
      if (GONE.includes(error.code ?? '') || this.hasFailed) return // a stream that failed may fail again
      this.hasFailed = true
      this.complain(`verify: what was found cannot be printed (${error.message})`)
    })
    streams.stderr.on('error', () => {}) // nobody is left to be told
  }

  /** What the command must know of it. */
  get terminal() {
    const { stdout, stderr } = this.streams
    /** @param {NodeJS.WriteStream} stream */
    const tty = ({ isTTY, columns, rows }) => ({ isTTY: isTTY === true, columns, rows })
    return { stdin: isatty(0), stdout: tty(stdout), stderr: tty(stderr) }
  }

  /** What the thread says. @param {string} what @param {any} value */
  hear(what, value) {
    if (what === 'stdout') this.print(value)
    else if (what === 'stderr') this.streams.stderr.write(value)
    else if (what === 'spoken') this.#speak(value)
    else if (what === 'keys') this.readKeys(value)
  }

  /** @param {string} text */
  print(text) {
    this.streams.stdout.write(text)
  }

  /** @param {string} line */
  complain(line) {
    this.streams.stderr.write(`${line}\n`)
  }

  clearStatusLine() {
    if (this.streams.stderr.isTTY) this.streams.stderr.write(CLEAR_LINE)
  }

  /** @param {boolean} isWanted */
  readKeys(isWanted) {
    if (isWanted === this.#readsKeys) return
    this.#readsKeys = isWanted
    const { stdin } = this.streams
    stdin.setRawMode(isWanted)
    if (isWanted) stdin.setEncoding('utf8').on('data', this.keys).resume()
    else stdin.off('data', this.keys).pause()
  }

  /** Words of the protocol. @param {string} text */
  #speak(text) {
    this.clearStatusLine()
    this.streams.stderr.write(this.#hasSpoken ? text : SPOKEN + text)
    this.#hasSpoken = true
  }
}
