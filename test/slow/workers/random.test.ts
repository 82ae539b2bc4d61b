/** Random protocols on two and three threads, new ones each time. */
import { strict as assert } from 'node:assert'
import fc from 'fast-check'
import { it } from 'vitest'
import { explore } from '../../../src/engine/explore.ts'
import { RESTLESS, several } from '../../engine/parallel/several.ts'
import { told } from '../../engine/parallel/told.ts'
import { ask } from '../../random/agreement.ts'
import { somePlan } from '../../random/random-plan.ts'
import { protocolOf } from '../../random/random-protocol.ts'

const runs = Number(process.env.RANDOM_PROTOCOLS ?? 200)

/** Tests of their own, so that shards share them. */
const PARTS = 6

it.each(Array.from({ length: PARTS }, (_, part) => part + 1))('random protocols, part %i', async () => {
  const module = new URL('../../engine/parallel/plans.ts', import.meta.url)
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
  await fc.assert(agree, { numRuns: Math.ceil(runs / PARTS), maxSkipsPerRun: 10 })
})
