/**
 * Commands that are ended at a random moment: what is known is told, the exit code is 3, and nothing is left behind - no
 * file, no process.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdirSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { seeded } from '../../src/engine/walks/random.ts'
import { newFolder, VERIFY } from '../cli/run-verify.ts'

const KILLS = 50
/** At once: one for each processor of a small machine. */
const AT_ONCE = 2
const LATEST_MS = 6_000
const LOOKS = 50
const LOOK_MS = 100

/** None is done within the time, but for those that save what they find. */
const COMMANDS: readonly (readonly string[])[] = [
  ['raft', '--nodes', '3', '--elections', '3'],
  ['raft', '--nodes', '3', '--elections', '3', '--workers', '2'],
  ['raft', '--nodes', '3', '--elections', '3', '--compact', '50MB'],
  ['raft', '--nodes', '3', '--elections', '3', '--bug', 'forget-vote', '--continue'],
  ['raft', '--simulate', '--walks', '1e9', '--json'],
  ['raft', '--dfs', '--quiet', '--property', 'log-matching'],
  ['claims', 'raft', 'paxos', '--slow'],
  ['graph', 'raft', '--max-nodes', '20000', '--out', 'graph.html'],
  ['snowflake', '--bug', 'shared-number', '--property', 'unique'],
]

interface Killed {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
  /** Files left in the working folder and in that for temporary files. */
  readonly left: readonly string[]
  readonly orphans: number
}

async function killed(args: readonly string[], signals: readonly NodeJS.Signals[], afterMs: number): Promise<Killed> {
  const cwd = newFolder()
  const tmp = join(cwd, 'tmp')
  mkdirSync(tmp)
  const { npm_command: _, FORCE_COLOR: __, ...env } = process.env
  const child = spawn(process.execPath, [VERIFY, ...args], {
    cwd,
    env: { ...env, TMPDIR: tmp },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true, // a group of its own, whose members can be counted
  })
  const words = { stdout: '', stderr: '' }
  child.stdout.on('data', (chunk: Buffer) => (words.stdout += chunk))
  child.stderr.on('data', (chunk: Buffer) => (words.stderr += chunk))
  const timers = signals.map((signal, i) => setTimeout(() => child.kill(signal), afterMs + 1_000 * i))
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve))
  for (const timer of timers) clearTimeout(timer)
  const left = readdirSync(cwd, { recursive: true, encoding: 'utf8' }).filter((file) => file !== 'tmp')
  rmSync(cwd, { recursive: true })
  return { code, ...words, left, orphans: await groupOf(child) }
}

/** How many groups are left of the process: none, or one. Whoever compiles for it ends a moment after it. */
async function groupOf({ pid }: ChildProcess): Promise<number> {
  for (let look = 0; look < LOOKS; look++) {
    try {
      process.kill(-pid!, 0) // a signal of 0 only finds out
    } catch {
      return 0
    }
    await new Promise((resume) => setTimeout(resume, LOOK_MS))
  }
  return 1
}

/** What is wrong with how it ended. */
function faults(args: readonly string[], { code, stdout, stderr, left, orphans }: Killed): string[] {
  const told = args[0] === 'graph' ? stderr : stdout // a graph is what stdout is for
  const isDone = /^(Holds|Violated):|is written/m.test(stdout)
  const hasNotBegun = code === null && stdout + stderr === ''
  const wasGoing = code === null && /Unknown:|not checked|not known/.test(stdout) // Node itself, after all was said
  const unfinished = left.filter(
    (file) => /tmp|probe|splitbrain-/.test(file) || !/^counterexamples|^graph\.html$/.test(file),
  )
  return [
    ...(code === 3 || hasNotBegun || wasGoing || (isDone && (code === 0 || code === 1)) ? [] : [`exit code ${code}`]),
    ...(code === 3 && !args.includes('--json') && !/unknown|unchecked|not checked|interrupt/i.test(told)
      ? ['no answer']
      : []),
    ...(/defect|could not go on/.test(stderr) ? [`stderr: ${stderr}`] : []),
    ...unfinished.map((file) => `left ${file}`),
    ...(orphans > 0 ? ['an orphan'] : []),
  ]
}

describe(`a command that is ended at ${KILLS} random moments`, () => {
  it('tells what is known, exits with 3 and leaves nothing behind', async () => {
    const seed = Number(process.env.SEED ?? Date.now() % 1e6)
    const random = seeded(seed)
    const pick = <T>(options: readonly T[]): T => options[Math.floor(random() * options.length)]!
    const plans = Array.from({ length: KILLS }, (_, i) => {
      const signal = pick(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
      const afterMs = Math.floor(random() * LATEST_MS)
      return { args: COMMANDS[i % COMMANDS.length]!, signals: random() < 0.3 ? [signal, signal] : [signal], afterMs }
    })
    const wrong: unknown[] = []
    const hands = Array.from({ length: AT_ONCE }, async () => {
      for (let plan = plans.pop(); plan !== undefined; plan = plans.pop()) {
        const ended = await killed(plan.args, plan.signals, plan.afterMs)
        const found = faults(plan.args, ended)
        if (found.length > 0)
          wrong.push({ seed, ...plan, found, stdout: ended.stdout.slice(-300), stderr: ended.stderr })
      }
    })
    await Promise.all(hands)
    expect(wrong).toEqual([])
  })
})
