/** The two programs of our own: `verify`, and the tests' plain explorer as a process of its own. */
import type { Entrant } from './entrant.ts'

/** Two-phase commit as Gray & Lamport specify it. */
export const plainCommit = (rms: number): string => `two-phase-commit-plain --rms ${rms}`

const verify = (model: string): Entrant => ({
  tool: 'splitbrain',
  model,
  command: ['node', 'bin/verify.mjs', ...model.split(' '), '--json'],
  answerIn(output) {
    const { verdict, stop, distinct, generated, stats } = JSON.parse(output)
    if (verdict !== 'holds') throw new Error(`${model}: ${verdict} (${stop.reason}), expected that it holds`)
    return { distinct, generated, calls: stats.bodyRuns }
  },
})

const explorePlainly = (model: string): Entrant => ({
  tool: 'plain explorer',
  model,
  command: ['node', '--import', 'tsx', 'test/bench/explore-plainly.ts', ...model.split(' ')],
  answerIn: (output) => JSON.parse(output),
})

/** With next to nothing to explore. */
export const splitbrainStartUp = verify(plainCommit(1))
export const plainStartUp = explorePlainly(plainCommit(1))

/** This tool, as its users run it. */
export const splitbrain = (model: string): Entrant => ({ ...verify(model), startUp: splitbrainStartUp })

/** The tests' oracle. */
export const plainExplorer = (model: string): Entrant => ({ ...explorePlainly(model), startUp: plainStartUp })
