/** The table that a protocol's claims make up: cap-register's, and what a cell says of each answer. */
import { expect, it } from 'vitest'
import { scenarios } from '../../specs/cap-register/scenarios.ts'
import type { Scenario, ScenarioOutcome } from '../../src/language/scenario.ts'
import type { CheckedClaim } from '../../src/report/claims.ts'
import { claimsMarkdown } from '../../src/report/claims-markdown.ts'
import { claimsTable } from '../../src/report/claims-table.ts'

const claimOf = (
  scenario: Scenario,
  more: Partial<CheckedClaim> = { found: scenario.expect as ScenarioOutcome },
): CheckedClaim => ({
  protocol: 'cap-register',
  summary: '',
  row: 'cap-register',
  scenario: { claim: 'It is so.', ...scenario },
  ...more,
})

it('shows which letter of CAP falls: of each policy, exactly one, and none without a partition', () => {
  expect(claimsTable(scenarios.map((scenario) => claimOf(scenario)))).toEqual([
    '           no partition: P is given up  a partition',
    '  cp       C ✓  A ✓                     C ✓  A ✗',
    '  cp-wait  C ✓  A ✓                     C ✓  A ✗',
    '  ap       C ✓  A ✓                     C ✗  A ✓',
    '',
    '  cp, a partition: A falls: withoutError is violated after 4 steps: cp-cut-error',
    '  cp-wait, a partition: A falls: answered is violated by an execution that stops for ever after 3 steps: wait-cut-silent',
    '  ap, a partition: C falls: linearizable is violated after 7 steps: ap-cut-inconsistent',
  ])
})

const cell = { row: 'mine', column: 'now', asks: ['safe', 'live'] }
const violated = { verdict: 'violated', property: 'safe', steps: 7 } as const
const file = 'counterexamples/late.json'

it.each<[string, Partial<CheckedClaim>, string, number]>([
  ['searched', { found: violated, evidence: { file } }, '✗', 1],
  ['replayed', { evidence: { file, outcome: 'reproduced' } }, '✗', 1],
  ['otherwise than documented', { found: { ...violated, steps: 6 } }, '!', 0],
  ['not known', { found: { verdict: 'unknown', why: 'the search stopped' } }, '?', 0],
  ['not checked', {}, '·', 0],
])('marks what was %s', (_, more, mark, falls) => {
  const [, row, , ...lines] = claimsTable([claimOf({ name: 'late', cell, expect: violated }, more)])
  expect(row).toBe(`  mine  safe ${mark}  live ${mark}`)
  expect(lines).toEqual(Array(falls).fill(`  mine, now: safe and live fall: safe is violated after 7 steps: ${file}`))
})

it('is none where no claim has a place in it', () => {
  expect(claimsTable([claimOf({ name: 'late', expect: violated })])).toEqual([])
})

it('stands below the claims in Markdown', () => {
  const markdown = claimsMarkdown([claimOf({ name: 'late', cell, expect: violated })])
  expect(markdown).toContain('|\n\n```text\n      now\nmine  safe ✗  live ✗\n\nmine, now: safe and live fall')
})
