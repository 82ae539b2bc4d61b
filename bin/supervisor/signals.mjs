/**
 * Whoever wants the command to end: Ctrl-C, `kill`, a terminal that is closed. npx starts a shell that starts us. It sends
 * on what it is sent, so that a Ctrl-C comes twice; but the shell does not, and where npx is killed nobody says so. Then
 * the shell is gone, or whoever started the shell.
 */
import { readFileSync } from 'node:fs'

const SIGNALS = /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])
const PARENT_MS = 500

/** @param {(signal: NodeJS.Signals) => void} hear @param {NodeJS.Process} process */
export function hearSignals(hear, process = globalThis.process) {
  for (const signal of SIGNALS) process.on(signal, hear)
  const starters = startersOf(process)
  const isThroughNpx = process.env.npm_command === 'exec'
  const looking = setInterval(() => {
    if (isThroughNpx && startersOf(process) !== starters) hear('SIGHUP')
  }, PARENT_MS)
  return {
    stop() {
      clearInterval(looking) // the signals are heard, and change nothing any more
    },
  }
}

/** The parent; and where that is a shell and the system tells, the parent's parent. @param {NodeJS.Process} process */
function startersOf({ ppid }) {
  try {
    const [, name = '', parent] = /\((.*)\) \S+ (\d+)/.exec(readFileSync(`/proc/${ppid}/stat`, 'utf8')) ?? []
    return /sh$/.test(name) ? `${ppid} ${parent}` : `${ppid}`
  } catch {
    return `${ppid}`
  }
}
