/**
 * Whoever wants the command to end: Ctrl-C, `kill`, a terminal that is closed. npx sends on what it is sent, so that a
 * Ctrl-C comes twice; and where npx is killed, nobody says so, but the parent is another one.
 */

const SIGNALS = /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])
const PARENT_MS = 500

/** @param {(signal: NodeJS.Signals) => void} hear @param {NodeJS.Process} process */
export function hearSignals(hear, process = globalThis.process) {
  for (const signal of SIGNALS) process.on(signal, hear)
  const parent = process.ppid
  const isThroughNpx = process.env.npm_command === 'exec'
  const looking = setInterval(() => {
    if (isThroughNpx && process.ppid !== parent) hear('SIGHUP')
  }, PARENT_MS)
  return {
    stop() {
      clearInterval(looking) // the signals are heard, and change nothing any more
    },
  }
}
