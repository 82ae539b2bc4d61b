/**
 * Every documented run that workers can take, on two, three or four threads, in turns; random protocols; and one search a
 * hundred times. `WORKERS=2,3,4` searches every run on each of these.
 */
import { strict as assert } from 'node:assert'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { recruiting } from '../../src/cli/take-part.ts'
import { explore } from '../../src/engine/explore.ts'
import { isExecution } from '../../src/engine/liveness/marks.ts'
import { documentedRuns, modelOf, propertiesAsked } from '../corpus/documented-run.ts'
import { cube } from '../engine/parallel/models.ts'
import { RESTLESS, several } from '../engine/parallel/several.ts'
import { told } from '../engine/parallel/told.ts'
import { ask } from '../random/agreement.ts'
import { somePlan } from '../random/random-plan.ts'
import { protocolOf } from '../random/random-protocol.ts'

/** States: with blocks of three, larger spaces would take hours. */
const RESTLESS_BELOW = 50_000

const runs = (await documentedRuns()).filter(({ scenario }) => !scenario.slow)
const asked = process.env.WORKERS?.split(',').map(Number)
const titled = runs.map((run, i) => {
  const threads = asked ?? [2 + (i % 3)]
  return [`${run.protocol.name}: ${run.scenario.name} on ${threads.join(', ')} threads`, run, threads] as const
})

describe('documented runs', () => {
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
})

it('random protocols', async () => {
  const module = new URL('../engine/parallel/plans.ts', import.meta.url)
  const agree = fc.asyncProperty(
    somePlan,
    fc.integer({ min: 2, max: 3 }),
    fc.boolean(),
    async (plan, workers, goesOn) => {
      const model = protocolOf(plan).instantiate()
      const oracle = ask(model, 300)
      fc.pre(oracle !== undefined && oracle !== 'broken')
      const options = { keepGoing: goesOn, tuning: RESTLESS }
      const together = await explore(model, { ...options, parallel: several(workers, module, 'modelOfPlan', plan) })
      assert.deepEqual(told(together), told(await explore(model, options)))
    },
  )
  await fc.assert(agree, { numRuns: Number(process.env.RANDOM_PROTOCOLS ?? 200), maxSkipsPerRun: 10 })
})

it('a hundred times the same', async () => {
  const module = new URL('../engine/parallel/models.ts', import.meta.url)
  const alone = told(await explore(cube(5)))
  for (let i = 0; i < 100; i++) {
    const parallel = several(2 + (i % 3), module, 'cube', 5)
    expect(told(await explore(cube(5), { parallel, tuning: RESTLESS }))).toEqual(alone)
  }
})
