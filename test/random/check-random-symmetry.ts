/** Draws random protocols, and holds what a search up to symmetry says to the oracle, which knows of none. */
import { strict as assert } from 'node:assert'
import fc from 'fast-check'
import { explore } from '../../src/engine/explore.ts'
import type { SearchResult } from '../../src/engine/result.ts'
import { record } from '../../src/judge/record.ts'
import { replay } from '../../src/judge/replay.ts'
import type { Model } from '../../src/model.ts'
import type { NaiveResult } from '../oracle/naive-explore.ts'
import { naiveOrbits } from '../oracle/naive-orbits.ts'
import { ask } from './agreement.ts'
import type { Plan } from './plan.ts'
import { somePlan } from './random-plan.ts'
import { protocolOf } from './random-protocol.ts'

export interface Census {
  /** Protocols with symmetry, and those of them with fewer orbits than states. */
  symmetric: number
  reduced: number
  /** Protocols with a role whose names matter. */
  asymmetric: number
  violated: number
}

export interface Check {
  readonly runs: number
  readonly cap: number
  readonly seed?: number
  readonly alter?: (plan: Plan) => Plan
}

/** @throws Error with the shrunken plan where they differ */
export async function checkRandomSymmetry({ runs, cap, seed, alter = (plan) => plan }: Check): Promise<Census> {
  const census: Census = { symmetric: 0, reduced: 0, asymmetric: 0, violated: 0 }
  const agree = fc.asyncProperty(somePlan.map(alter), async (plan) => {
    const model = protocolOf(plan).instantiate()
    const oracle = ask(model, cap)
    fc.pre(oracle !== undefined && oracle !== 'broken')
    const result = await explore(model, { symmetry: 'auto', keepGoing: true })
    if (result.unlike !== undefined) census.asymmetric++
    if (result.orbits === undefined) return
    census.symmetric++
    if (result.distinct < oracle.distinct) census.reduced++
    if (result.verdict === 'violated') census.violated++
    assertSymmetricAgrees(model, result, oracle)
  })
  await fc.assert(agree, { numRuns: runs, maxSkipsPerRun: 3, ...(seed === undefined ? {} : { seed }) })
  return census
}

/** @throws AssertionError where the answers differ */
export function assertSymmetricAgrees(model: Model, result: SearchResult, oracle: NaiveResult): void {
  const { orbits, distinct, depth, stop } = result
  assert.equal(stop.reason, 'exhausted')
  assert.equal(orbits!.distinct, oracle.distinct)
  assert.equal(orbits!.generated, oracle.generated)
  assert.equal(depth, oracle.depth)
  assert.equal(distinct, naiveOrbits(model, orbits!.roles, oracle.states))
  for (const { property, verdict, path, unasked } of result.properties) {
    if (unasked !== undefined) continue
    const expected = oracle.properties[property.name]!
    assert.equal(verdict, expected.verdict, property.name)
    assert.equal(path?.steps.length, expected.length, property.name)
    if (path === undefined) continue
    assert.equal(replay(model, record(model, property, path)).outcome, 'reproduced')
  }
}

/** The plan with nobody named in it, by place or by name: most of what is drawn is not symmetric otherwise. */
export function impartial(plan: Plan): Plan {
  const named = (value: unknown): unknown => {
    if (value === 'first' || value === 'last') return 'self'
    if (Array.isArray(value)) return value.map(named)
    if (typeof value !== 'object' || value === null) return value
    return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, key === 'int' ? part : named(part)]))
  }
  return { ...(named(plan) as Plan), isImpartial: true }
}
