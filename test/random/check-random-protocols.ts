/** Draws random protocols and holds the engine's answers to the oracle's. Protocols with too many states are not counted. */
import fc from 'fast-check'
import { ask, assertAgreement } from './agreement.ts'
import { somePlan } from './random-plan.ts'
import { protocolOf } from './random-protocol.ts'

/** `cap`: the most distinct states that a protocol may have. */
export function checkRandomProtocols({ runs, cap }: { readonly runs: number; readonly cap: number }): Promise<void> {
  const seed = process.env.RANDOM_SEED
  const agree = fc.asyncProperty(somePlan, async (plan) => {
    const model = protocolOf(plan).instantiate()
    const oracle = ask(model, cap)
    fc.pre(oracle !== undefined)
    await assertAgreement(model, oracle)
  })
  return fc.assert(agree, { numRuns: runs, maxSkipsPerRun: 3, ...(seed === undefined ? {} : { seed: Number(seed) }) })
}
