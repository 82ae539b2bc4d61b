/**
 * Every documented run that workers can take, on two, three or four threads, in turns. `WORKERS=2,3,4` searches every run
 * on each of these.
 */
import { expect, it } from 'vitest'
import { explore } from '../../../src/engine/explore.ts'
import { isExecution } from '../../../src/engine/liveness/marks.ts'
import { recruiting } from '../../../src/load/take-part.ts'
import { documentedRuns, isViewed, modelOf, propertiesAsked } from '../../corpus/documented-run.ts'
import { RESTLESS } from '../../engine/parallel/several.ts'
import { told } from '../../engine/parallel/told.ts'

/** States: with blocks of three, larger spaces would take hours. */
const RESTLESS_BELOW = 50_000

const runs = (await documentedRuns()).filter((run) => !run.scenario.slow && !isViewed(run))
const asked = process.env.WORKERS?.split(',').map(Number)
const titled = runs.map((run, i) => {
  const threads = asked ?? [2 + (i % 3)]
  return [`${run.protocol.name}: ${run.scenario.name} on ${threads.join(', ')} threads`, run, threads] as const
})

it.each(titled)('%s', async (_, run, threads) => {
  const model = modelOf(run)
  const asked = propertiesAsked(run, model).filter((property) => !isExecution(property))
  const properties = asked.map(({ name }) => name)
  const { parameters = {}, bugs = [] } = run.scenario
  const alone = told(await explore(model, { properties }))
  const tuning = alone.counts[0]! < RESTLESS_BELOW ? RESTLESS : {}
  for (const workers of threads) {
    const parallel = { workers, ...recruiting({ name: run.protocol.name, parameters, bugs }) }
    expect(told(await explore(model, { properties, parallel, tuning }))).toEqual(alone)
  }
})
