/** The committed counterexamples: the judge reproduces each, and each is the one that its scenario documents. */
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { replay } from '../src/judge/replay.ts'
import { readTrace } from '../src/trace/trace-file.ts'
import { committedTraces, FOLDER } from './corpus/committed-traces.ts'
import { type DocumentedRun, documentedRuns, modelOf } from './corpus/documented-run.ts'

const documented = (await documentedRuns()).filter(({ scenario }) => scenario.trace !== undefined)

it('are those that scenarios document, no more and no fewer', () => {
  expect(committedTraces()).toEqual(documented.map(({ scenario }) => scenario.trace).sort())
})

/** The judge goes through all that can be reached from its end. */
const LONG = ['paxos-learners-never-told.json', 'saga-choreographed-step-kept.json']

const titled = (runs: typeof documented) => runs.map((run) => [run.scenario.trace!, run] as const)
const [long, short] = [true, false].map((isLong) =>
  titled(documented.filter(({ scenario }) => LONG.includes(scenario.trace!) === isLong)),
)

it.each(short!)('%s', assertReproduced)
it.each(long!)('%s', { tags: 'slow' }, assertReproduced)

function assertReproduced(file: string, run: DocumentedRun): void {
  const model = modelOf(run)
  const trace = readTrace(join(FOLDER, file))
  expect(trace).toMatchObject({ protocol: model.protocol, parameters: model.parameters, bugs: model.bugs })
  const loop = trace.loop === undefined ? {} : { loop: trace.steps.length - trace.loop }
  const found = { verdict: trace.verdict, property: trace.property.name, steps: trace.steps.length, ...loop }
  expect(found).toEqual(run.scenario.expect)
  expect(replay(model, trace)).toEqual({ outcome: 'reproduced', because: trace.because })
}
