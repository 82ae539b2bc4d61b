/** Draws random protocols and holds the engine's answers to the oracle's. */
import fc from 'fast-check'
import { ask, assertAgreement } from './agreement.ts'
import { type Census, count } from './census.ts'
import type { Plan } from './plan.ts'
import { somePlan } from './random-plan.ts'
import { protocolOf } from './random-protocol.ts'

export interface Check {
  readonly runs: number
  /** The most distinct states a protocol may have; one with more is not counted as a run. */
  readonly cap: number
  /** Absent: another one each time. A failure prints it. */
  readonly seed?: number
  /** Makes of each plan another one, for what is rare in those that are drawn. */
  readonly alter?: (plan: Plan) => Plan
}

/** What the protocols that were looked at exercised. @throws Error with the shrunken plan where engine and oracle differ */
export async function checkRandomProtocols({ runs, cap, seed, alter = (plan) => plan }: Check): Promise<Census> {
  const census: Census = new Map()
  const agree = fc.asyncProperty(somePlan.map(alter), async (plan) => {
    const model = protocolOf(plan).instantiate()
    const oracle = ask(model, cap)
    fc.pre(oracle !== undefined)
    count(census, plan, model, oracle)
    await assertAgreement(model, oracle)
  })
  await fc.assert(agree, { numRuns: runs, maxSkipsPerRun: 3, ...(seed === undefined ? {} : { seed }) })
  return census
}
