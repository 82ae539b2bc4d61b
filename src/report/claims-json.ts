/** `verify claims --json`: the claims and their answers as one document for programs. Field names are stable. */
import { z } from 'zod'
import { answerOf, type CheckedClaim, type Found } from './claims.ts'

const whole = z.int().min(0)

const outcome = z.discriminatedUnion('verdict', [
  z.strictObject({ verdict: z.literal('holds'), distinct: whole, generated: whole, depth: whole }),
  z.strictObject({
    verdict: z.literal('violated'),
    property: z.string(),
    steps: whole.describe('of a lasso: of stem and loop together'),
    loop: whole.optional().describe('of a lasso: how many of the steps are its loop'),
  }),
])

const expected = z.discriminatedUnion('verdict', [
  outcome.options[0].partial({ distinct: true, generated: true, depth: true }),
  outcome.options[1].partial({ steps: true }),
])

const found = z.discriminatedUnion('verdict', [
  outcome.options[0].extend({ bounds: z.string().optional().describe('a constraint or a view that it rests on') }),
  outcome.options[1],
  z.strictObject({ verdict: z.literal('unwitnessed'), property: z.string() }),
  z.strictObject({ verdict: z.literal('unknown'), why: z.string() }),
  z.strictObject({ verdict: z.literal('broken'), why: z.string() }),
])

export const ClaimsJson = z.strictObject({
  format: z.literal('splitbrain claims'),
  version: z.literal(1),
  claims: z.array(
    z.strictObject({
      protocol: z.string(),
      row: z.string().describe('of the catalogue'),
      scenario: z.string(),
      command: z.string().describe('repeats it'),
      claim: z.string().describe('as the document makes it'),
      source: z.string().optional(),
      answer: z
        .enum(['confirmed', 'refuted', 'otherwise', 'unknown', 'unchecked'])
        .describe('otherwise: not what is documented'),
      finding: z.string().optional(),
      expected: expected.describe('what is documented'),
      found: found.optional().describe('absent: not searched'),
      evidence: z
        .strictObject({
          file: z.string(),
          outcome: z.union([z.literal('reproduced'), z.strictObject({ problem: z.string() })]).optional(),
        })
        .optional()
        .describe('the saved counterexample, and what its replay says'),
    }),
  ),
})

export type ClaimsJson = z.infer<typeof ClaimsJson>

export function claimsJson(claims: readonly CheckedClaim[], repeats: (claim: CheckedClaim) => string): ClaimsJson {
  return { format: 'splitbrain claims', version: 1, claims: claims.map((claim) => claimJson(claim, repeats(claim))) }
}

function claimJson(claim: CheckedClaim, command: string): ClaimsJson['claims'][number] {
  const { protocol, row, scenario, evidence } = claim
  return {
    protocol,
    row,
    scenario: scenario.name,
    command,
    claim: scenario.claim,
    ...(scenario.source !== undefined && { source: scenario.source }),
    answer: answerOf(claim),
    ...(scenario.finding !== undefined && { finding: scenario.finding }),
    expected: { ...scenario.expect },
    ...(claim.found && { found: { ...(claim.found satisfies Found) } }),
    ...(evidence && { evidence: { ...evidence } }),
  }
}
