/**
 * CLAIMS.md is what `verify claims --markdown` prints where each claim comes out as it is documented, as the tests of the
 * corpus see to. What takes long is replayed there where there is a counterexample, and else told as documented.
 */
import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { uncheckedClaim } from '../../src/check/check-claim.ts'
import { modelOf } from '../../src/check/investigate.ts'
import { chooseClaims } from '../../src/cli/choose-claims.ts'
import type { ScenarioOutcome } from '../../src/language/scenario.ts'
import { corpusProtocol } from '../../src/load/load-protocol.ts'
import type { CheckedClaim, Claim } from '../../src/report/claims.ts'
import { claimsMarkdown } from '../../src/report/claims-markdown.ts'
import { boundsText } from '../../src/report/conclusion.ts'

it('CLAIMS.md is up to date; `npm run claims` writes it anew', async () => {
  const claims = await Promise.all((await chooseClaims([], undefined)).map(asDocumented))
  expect(readFileSync(new URL('../../CLAIMS.md', import.meta.url), 'utf8')).toBe(`${claimsMarkdown(claims)}\n`)
})

async function asDocumented(claim: Claim): Promise<CheckedClaim> {
  const { evidence, ...rest } = await uncheckedClaim(claim)
  const { slow, expect: documented } = claim.scenario
  const bounds = await boundsOf(claim)
  const found = { ...(documented as ScenarioOutcome), ...(documented.verdict === 'holds' && bounds && { bounds }) }
  return {
    ...rest,
    ...(!slow && { found }),
    ...(evidence && { evidence: { ...evidence, outcome: 'reproduced' } }),
  }
}

async function boundsOf({ protocol, scenario: { parameters = {}, bugs = [] } }: Claim): Promise<string> {
  const { within, view } = modelOf(await corpusProtocol(protocol), { parameters, bugs })
  return boundsText({ ...(within && { within }), ...(view && { viewed: true }) }).trimStart()
}
