/** The two programs of our own: `verify`, and the tests' plain explorer as a process of its own. */
import { execFileSync } from 'node:child_process'
import type { Answer, Entrant } from './entrant.ts'

/** Two-phase commit as Gray & Lamport specify it. */
export const plainCommit = (rms: number): string => `two-phase-commit-plain --rms ${rms}`

/** Whether `verify` can be told how many workers to search with. */
export const hasWorkers = (root: string): boolean =>
  execFileSync('node', ['bin/verify.mjs', 'raft', '--help'], { cwd: root, encoding: 'utf8' }).includes('--workers')

const verify = (model: string, options: readonly string[]): Omit<Entrant, 'tool'> => ({
  model,
  command: ['node', 'bin/verify.mjs', ...model.split(' '), ...options, '--json'],
  answerIn: verifyAnswer,
})

export function verifyAnswer(output: string): Answer {
  return answerIn(output, 'holds')
}

function answerIn(output: string, expected: 'holds' | 'unknown'): Answer {
  const { verdict, stop, distinct, generated, stats } = JSON.parse(output)
  if (verdict !== expected) throw new Error(`${verdict} (${stop.reason}), expected ${expected}`)
  return { distinct, generated, calls: stats.bodyRuns }
}

/** The first so many states of a model, on one thread. */
export function firstStates(model: string, states: string): Entrant {
  const asked = `${model} --max-states ${states}`
  return {
    tool: 'splitbrain',
    ...verify(asked, ['--workers', '1']),
    answerIn: (output) => answerIn(output, 'unknown'),
    exitCode: 3,
    startUp: splitbrain(NEXT_TO_NOTHING, 1),
  }
}

/** Two searches at once, each on one thread, until both are done: what two threads could do that shared nothing. */
export function twoSearches(model: string): Entrant {
  const search = `node bin/verify.mjs ${model} --workers 1 --json`
  return {
    tool: 'splitbrain, two searches at once',
    model,
    command: ['sh', '-c', `${search} > /dev/null & ${search}; wait`],
    answerIn: verifyAnswer,
  }
}

const explorePlainly = (model: string): Entrant => ({
  tool: 'plain explorer',
  model,
  command: ['node', '--import', 'tsx', 'test/bench/explore-plainly.ts', ...model.split(' ')],
  answerIn: (output) => JSON.parse(output),
})

/** To explore: what it costs is start-up. */
const NEXT_TO_NOTHING = plainCommit(1)
const plainStartUp = explorePlainly(NEXT_TO_NOTHING)

const made = new Map<string, Entrant>()

/**
 * This tool on so many workers; without `workers`, in a version that cannot be told. Always the same object for the same
 * arguments: what several questions ask for is measured once.
 */
export function splitbrain(model: string, workers?: number): Entrant {
  const key = `${workers} ${model}`
  const entrant = made.get(key) ?? entrantFor(model, workers)
  made.set(key, entrant)
  return entrant
}

function entrantFor(model: string, workers?: number): Entrant {
  // every state, as the peers have it
  const options = workers === undefined ? [] : ['--workers', String(workers), '--symmetry', 'off']
  const tool = workers === undefined || workers === 1 ? 'splitbrain' : `splitbrain, ${workers} workers`
  if (model === NEXT_TO_NOTHING) return { tool, ...verify(model, options) }
  return { tool, ...verify(model, options), startUp: splitbrain(NEXT_TO_NOTHING, workers) }
}

/** The tests' oracle. */
export const plainExplorer = (model: string): Entrant => ({ ...explorePlainly(model), startUp: plainStartUp })
