/** CLAIMS.md is what `verify claims --slow --markdown` prints where each claim comes out as it is documented. */
import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { uncheckedClaim } from '../../src/cli/check-claim.ts'
import { chooseClaims } from '../../src/cli/choose-claims.ts'
import { claimsMarkdown } from '../../src/report/claims-markdown.ts'

it('CLAIMS.md is up to date; `npm run claims` writes it anew', async () => {
  const claims = (await chooseClaims([], undefined)).map(uncheckedClaim)
  const asDocumented = claims.map((claim) => ({ ...claim, found: claim.scenario.expect }))
  expect(readFileSync(new URL('../../CLAIMS.md', import.meta.url), 'utf8')).toBe(`${claimsMarkdown(asDocumented)}\n`)
})
