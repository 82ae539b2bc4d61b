/**
 * The side of the thread that runs the command. What it says goes to the main thread as messages, which are sent even
 * while the thread is busy: words to print, keys wanted, the answer. A protocol may do in this thread what it likes: it
 * ends the thread at worst.
 */
import { SharedState } from './shared-state.mjs'

/**
 * @typedef {{ readonly isTTY: boolean, readonly columns: number | undefined, readonly rows: number | undefined }} Tty
 * @typedef {{ readonly stdin: boolean, readonly stdout: Tty, readonly stderr: Tty }} Terminal
 * @typedef {{ readonly args: readonly string[], readonly terminal: Terminal, readonly state: SharedArrayBuffer }} Given
 */

/** @param {import('node:worker_threads').MessagePort} port @param {Given} given */
export function threadSide(port, { args, terminal, state: buffer }) {
  const state = new SharedState(buffer)
  const beat = state.newBeat()
  /** @param {string} what @param {unknown} value */
  const say = (what, value) => port.postMessage([what, value])
  captureWords(say)
  /** @param {'stdout' | 'stderr'} name */
  const stream = (name) => ({ ...terminal[name], write: (/** @type {string} */ text) => say(name, text) })
  return {
    args,
    stdout: stream('stdout'),
    stderr: stream('stderr'),
    beat,
    /** What search threads are told. */
    state: buffer,
    /** @type {import('../../src/engine/search-options.ts').Interruption} */
    interruption: {
      patienceMs: 500,
      get aborted() {
        return state.isInterrupted
      },
    },
    heed: () => state.heed(),
    know: (/** @type {import('./shared-state.mjs').Known} */ known) => state.know(known),
    endIn: (/** @type {number} */ ms) => state.endIn(ms),
    /** @template T @param {() => T} run */
    whole: (run) => state.whole(run),
    ...(terminal.stdin && terminal.stdout.isTTY ? { keys: keysFrom(port, say) } : {}),
    answer: (/** @type {number} */ code) => say('answer', code),
  }
}

/**
 * What the protocol prints must not get among the words of the answer.
 * @param {(what: string, value: unknown) => void} say
 */
function captureWords(say) {
  /** @param {string | Uint8Array} chunk @param {(string | (() => void))[]} more @returns {boolean} */
  const write = (chunk, ...more) => {
    say('spoken', typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString())
    for (const callback of more) if (typeof callback === 'function') callback()
    return true
  }
  // the streams themselves stay: Node looks for its own in their place
  for (const stream of [process.stdout, process.stderr]) Object.defineProperty(stream, 'write', { value: write })
}

/**
 * Keys of the terminal: only the main thread can read them.
 * @param {import('node:worker_threads').MessagePort} port @param {(what: string, value: unknown) => void} say
 */
function keysFrom(port, say) {
  /** @returns {AsyncIterable<string> & { close(): void }} */
  return () => {
    /** @type {string[]} */
    const waiting = []
    let wake = () => {}
    /** @param {string} key */
    const hear = (key) => {
      waiting.push(key)
      wake()
    }
    port.on('message', hear)
    say('keys', true)
    return {
      async *[Symbol.asyncIterator]() {
        for (;;) {
          const key = waiting.shift()
          if (key !== undefined) yield key
          else await new Promise((resume) => (wake = () => resume(undefined)))
        }
      },
      close() {
        port.off('message', hear)
        say('keys', false)
      },
    }
  }
}
