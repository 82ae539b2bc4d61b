/** Runs the real command as a user's shell would, in a folder of its own. */
import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'

export const VERIFY = fileURLToPath(new URL('../../bin/verify.mjs', import.meta.url))

export interface Ran {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

export interface RunOptions {
  /** Ctrl-C once this text has appeared. */
  readonly interruptAfter?: string
  /** And once more, so long after that. */
  readonly interruptAgainAfterMs?: number
  readonly env?: Readonly<Record<string, string>>
}

/** What it printed, with times masked. */
export function runVerify(cwd: string, args: readonly string[], options: RunOptions = {}): Promise<Ran> {
  const { interruptAfter, interruptAgainAfterMs, env: more } = options
  const { npm_command: _, FORCE_COLOR: __, COLUMNS: ___, ...env } = process.env
  const child = spawn(process.execPath, [VERIFY, ...args], {
    cwd,
    env: { ...env, ...more },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const printed = { stdout: '', stderr: '' }
  const hasAppeared = () =>
    interruptAfter !== undefined && Object.values(printed).some((text) => text.includes(interruptAfter))
  const collect = (stream: 'stdout' | 'stderr') => (chunk: Buffer) => {
    const hadAppeared = hasAppeared()
    printed[stream] += chunk.toString()
    if (hadAppeared || !hasAppeared()) return
    child.kill('SIGINT')
    if (interruptAgainAfterMs !== undefined) setTimeout(() => child.kill('SIGINT'), interruptAgainAfterMs)
  }
  child.stdout.on('data', collect('stdout'))
  child.stderr.on('data', collect('stderr'))
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (code) => resolve({ code, stdout: masked(printed.stdout), stderr: masked(printed.stderr) }))
  })
}

/** Times differ from run to run. */
const masked = (text: string): string => text.replace(/\b[\d.]+ s\b/g, 'TIME').trimEnd()

export { newFolder } from '../new-folder.ts'
