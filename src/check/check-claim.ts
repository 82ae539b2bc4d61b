/** Checks a claim: runs its scenario. */
import { loadProtocol } from '../load/load-protocol.ts'
import type { CheckedClaim, Claim } from '../report/claims.ts'
import { evidenceOf, runScenario, type ScenarioOptions } from './run-scenario.ts'

export async function checkClaim(claim: Claim, options: ScenarioOptions): Promise<CheckedClaim> {
  const { protocol: name, scenario } = claim
  const { search: _, ...answer } = await runScenario({ name, loaded: await loadProtocol(name), scenario }, options)
  return { ...claim, ...answer }
}

/** As it is documented, nothing tried. */
export async function uncheckedClaim(claim: Claim): Promise<CheckedClaim> {
  const { protocol, scenario } = claim
  const evidence = evidenceOf({ loaded: await loadProtocol(protocol), scenario })
  return evidence === undefined ? claim : { ...claim, evidence }
}
