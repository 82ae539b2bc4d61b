/** The committed counterexamples: the judge reproduces each, and each is the one that its scenario documents. */
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { replay } from '../src/trace/replay.ts'
import { readTrace } from '../src/trace/trace-file.ts'
import { documentedRuns, modelOf } from './corpus/documented-run.ts'

const folder = fileURLToPath(new URL('../counterexamples', import.meta.url))
const documented = (await documentedRuns()).filter(({ scenario }) => scenario.trace !== undefined)

it('are those that scenarios document, no more and no fewer', () => {
  expect(readdirSync(folder).sort()).toEqual(documented.map(({ scenario }) => scenario.trace).sort())
})

it.each(documented.map((run) => [run.scenario.trace!, run] as const))('%s', (file, run) => {
  const model = modelOf(run)
  const trace = readTrace(join(folder, file))
  expect(trace).toMatchObject({ protocol: model.protocol, parameters: model.parameters, bugs: model.bugs })
  const loop = trace.loop === undefined ? {} : { loop: trace.steps.length - trace.loop }
  const found = { verdict: trace.verdict, property: trace.property.name, steps: trace.steps.length, ...loop }
  expect(found).toEqual(run.scenario.expect)
  expect(replay(model, trace)).toEqual({ outcome: 'reproduced', because: trace.because })
})
