/** No protocol of the corpus keeps anything outside of its state: `verify` repeats a sample of users' protocols only. */
import { expect, it } from 'vitest'
import { explore } from '../../src/engine/explore.ts'
import { recruiting } from '../../src/load/take-part.ts'
import { documentedRuns, modelOf, propertiesAsked } from '../corpus/documented-run.ts'

const runs = (await documentedRuns()).filter(({ scenario }) => !scenario.slow)
const names = [...new Set(runs.map(({ protocol }) => protocol.name))]

it.each(names)('%s', async (name) => {
  for (const run of runs.filter(({ protocol }) => protocol.name === name).slice(0, 3)) {
    const model = modelOf(run)
    const { parameters = {}, bugs = [] } = run.scenario
    const properties = propertiesAsked(run, model).map((property) => property.name)
    const fresh = recruiting({ name, parameters, bugs, part: 'repeat' })
    const { broken, stop } = await explore(model, { properties, fresh, budget: { maxStates: 2_000 } })
    expect({ error: broken?.error.message, unrepeated: stop.unrepeated }).toEqual({})
  }
})
