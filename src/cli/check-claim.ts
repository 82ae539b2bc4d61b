/** Checks a claim: searches its scenario as if nobody ever had, and has the judge replay the counterexample on file. */
import { existsSync } from 'node:fs'
import { join, relative } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { corpus } from '../../specs/index.ts'
import { outcomeOf, outcomeOfTrace } from '../check/scenario-outcome.ts'
import { explore } from '../engine/explore.ts'
import type { Budget, SearchOptions } from '../engine/result.ts'
import { loadTrace } from '../load/load-trace.ts'
import { withinTraps } from '../load/within-traps.ts'
import type { Model } from '../model.ts'
import { packageRoot } from '../own-code.ts'
import { type CheckedClaim, type Claim, type Found, isSame, type Replayed } from '../report/claims.ts'
import { replay } from '../trace/replay.ts'
import { SplitbrainError } from '../value/splitbrain-error.ts'

export interface ClaimCheck extends Pick<SearchOptions, 'signal' | 'onProgress'> {
  /** Search those that take long as well. */
  readonly slow: boolean
  readonly budget: Budget
}

export async function checkClaim(claim: Claim, options: ClaimCheck): Promise<CheckedClaim> {
  const evidence = evidenceOf(claim)
  const replayed = evidence === undefined ? {} : { evidence: { ...evidence, outcome: await judged(claim, evidence) } }
  if (claim.scenario.slow && !options.slow) return { ...claim, ...replayed }
  return { ...claim, ...replayed, found: await searched(claim, options) }
}

/** As it is documented, nothing tried. */
export function uncheckedClaim(claim: Claim): CheckedClaim {
  const evidence = evidenceOf(claim)
  return evidence === undefined ? claim : { ...claim, evidence }
}

function evidenceOf({ scenario }: Claim): Replayed | undefined {
  if (scenario.trace === undefined) return undefined
  return { file: relative('', join(packageRoot(), 'counterexamples', scenario.trace)) }
}

async function modelOf({ protocol, scenario }: Claim): Promise<Model> {
  return (await corpus[protocol]!.protocol()).instantiate(scenario.parameters ?? {}, scenario.bugs ?? [])
}

async function searched(claim: Claim, { budget, signal, onProgress }: ClaimCheck): Promise<Found> {
  const { properties } = claim.scenario
  const result = await explore(await modelOf(claim), {
    budget,
    ...(signal && { signal }),
    ...(properties && { properties }),
    ...(onProgress && { onProgress }),
  })
  return outcomeOf(result, budget)
}

/** The counterexample on file must be the one that is documented, and must still be one. */
async function judged(claim: Claim, { file }: Replayed): Promise<NonNullable<Replayed['outcome']>> {
  if (!existsSync(file)) return { problem: 'there is no such file' }
  try {
    const { trace, model } = await loadTrace(file)
    const documented = await modelOf(claim)
    const isOfModel = isDeepStrictEqual(identityOf(model), identityOf(documented))
    if (!isOfModel || !isSame(outcomeOfTrace(trace), claim.scenario.expect)) {
      return { problem: 'it is a trace of something else than this scenario' }
    }
    const { outcome } = withinTraps(() => replay(model, trace))
    if (outcome === 'reproduced') return outcome
    return { problem: outcome === 'diverged' ? 'the protocol has changed since it was saved' : 'no longer violated' }
  } catch (thrown) {
    if (thrown instanceof SplitbrainError) return { problem: thrown.message }
    throw thrown
  }
}

const identityOf = ({ protocol, parameters, bugs }: Model) => [protocol, parameters, bugs]
