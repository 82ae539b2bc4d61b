/** Claims and their answers in words, for every answer that there is. */
import { describe, expect, it } from 'vitest'
import type { Scenario } from '../../src/language/scenario.ts'
import { answerOf, type CheckedClaim } from '../../src/report/claims.ts'
import { ClaimsJson, claimsJson } from '../../src/report/claims-json.ts'
import { claimsMarkdown } from '../../src/report/claims-markdown.ts'
import { claimsSummary, claimText, documentedText } from '../../src/report/claims-text.ts'
import { paintIf } from '../../src/report/paint.ts'

const holds = { verdict: 'holds', distinct: 1_200, generated: 3_400, depth: 9 } as const
const violated = { verdict: 'violated', property: 'safe', steps: 7 } as const

const claimOf = (scenario: Omit<Scenario, 'name'>, more: Partial<CheckedClaim> = {}): CheckedClaim => ({
  protocol: 'lock',
  summary: 'a lock | of sorts',
  row: 'locks',
  scenario: { name: 'late', claim: 'A late holder does harm.', source: 'document 002', ...scenario },
  ...more,
})

const file = 'counterexamples/lock-late.json'

const claims = {
  confirmed: claimOf({ expect: violated }, { found: violated, evidence: { file, outcome: 'reproduced' } }),
  refuted: claimOf(
    { expect: holds, refuted: true, finding: 'It is refused.', properties: ['safe', 'live', 'tidy'] },
    { found: holds },
  ),
  replayed: claimOf({ expect: violated, slow: true }, { evidence: { file, outcome: 'reproduced' } }),
  longer: claimOf({ expect: violated }, { found: { ...violated, steps: 9 } }),
  fewer: claimOf({ expect: holds, properties: ['safe'] }, { found: { ...holds, generated: 3_399 } }),
  broken: claimOf({ expect: holds }, { found: { verdict: 'broken', why: 'n1 act threw Error: no' } }),
  unwitnessed: claimOf({ expect: holds }, { found: { verdict: 'unwitnessed', property: 'aHolder' } }),
  mended: claimOf(
    { expect: violated },
    { found: violated, evidence: { file, outcome: { problem: 'no longer violated' } } },
  ),
  unknown: claimOf(
    { expect: holds },
    { found: { verdict: 'unknown', why: 'the search stopped at 5 distinct states' } },
  ),
  slow: claimOf({ expect: holds, slow: true }),
  listed: claimOf({ expect: { ...violated, loop: 3 }, refuted: true }, { evidence: { file } }),
}

const repeats = ({ protocol, scenario }: CheckedClaim) => `verify ${protocol} --scenario ${scenario.name}`
const text = (claim: CheckedClaim) => claimText(claim, { width: 80, paint: paintIf(false), repeats })

/** The lines of a claim's text that tell its answer. */
const answerIn = (claim: CheckedClaim) =>
  text(claim)
    .split('\n')
    .slice(2)
    .filter((line) => !/verify|\.json$/.test(line))

it('have an answer each', () => {
  expect(Object.entries(claims).map(([name, claim]) => [name, answerOf(claim)])).toEqual([
    ['confirmed', 'confirmed'],
    ['refuted', 'refuted'],
    ['replayed', 'confirmed'],
    ['longer', 'otherwise'],
    ['fewer', 'otherwise'],
    ['broken', 'otherwise'],
    ['unwitnessed', 'otherwise'],
    ['mended', 'otherwise'],
    ['unknown', 'unknown'],
    ['slow', 'unchecked'],
    ['listed', 'unchecked'],
  ])
})

describe('as text', () => {
  it('are told with source, answer, command and evidence', () => {
    expect(text(claims.confirmed)).toBe(
      [
        '  ✓ A late holder does harm.',
        '    document 002',
        '    Confirmed: safe is violated after 7 steps.',
        '    verify lock --scenario late',
        '    counterexamples/lock-late.json',
      ].join('\n'),
    )
    expect(text(claims.refuted)).toBe(
      [
        '  ✗ A late holder does harm.',
        '    document 002',
        '    Refuted: safe, live and tidy hold: 1,200 distinct, 3,400 generated, depth 9.',
        '    It is refused.',
        '    verify lock --scenario late',
      ].join('\n'),
    )
  })

  it('without a source are our own', () => {
    const { source: _, ...scenario } = claims.confirmed.scenario
    expect(text({ ...claims.confirmed, scenario }).split('\n')[1]).toBe('    our own claim')
  })

  it.each([
    [
      'replayed',
      ['    Confirmed: safe is violated after 7 steps (replayed; --slow searches for a', '    shorter way).'],
    ],
    [
      'longer',
      [
        '    Otherwise than documented. Expected: safe is violated after 7 steps.',
        '    Found: safe is violated after 9 steps.',
      ],
    ],
    [
      'fewer',
      [
        '    Otherwise than documented. Expected: safe holds: 1,200 distinct, 3,400',
        '    generated, depth 9.',
        '    Found: safe holds: 1,200 distinct, 3,399 generated, depth 9.',
      ],
    ],
    [
      'broken',
      [
        '    Otherwise than documented. Expected: every property holds: 1,200 distinct,',
        '    3,400 generated, depth 9.',
        '    Found: n1 act threw Error: no.',
      ],
    ],
    [
      'unwitnessed',
      [
        '    Otherwise than documented. Expected: every property holds: 1,200 distinct,',
        '    3,400 generated, depth 9.',
        '    Found: no reachable state is a witness of aHolder.',
      ],
    ],
    [
      'unknown',
      [
        '    Not known: the search stopped at 5 distinct states.',
        '    Documented as confirmed: every property holds: 1,200 distinct, 3,400',
        '    generated, depth 9.',
      ],
    ],
    ['slow', ['    Documented as confirmed: every property holds: 1,200 distinct, 3,400', '    generated, depth 9.']],
    [
      'listed',
      [
        '    Documented as refuted: safe is violated by an execution that goes round for',
        '    ever (4 steps, then 3 again and again).',
      ],
    ],
  ] as const)('%s', (name, lines) => expect(answerIn(claims[name])).toEqual(lines))

  it('tell what is wrong with the evidence', () => {
    expect(text(claims.mended).split('\n').slice(2, 5)).toEqual([
      '    Otherwise than documented. Expected: safe is violated after 7 steps.',
      '    Found: safe is violated after 7 steps.',
      '    counterexamples/lock-late.json: no longer violated.',
    ])
  })

  it('are counted', () => {
    const { confirmed, refuted, longer, unknown, slow, listed } = claims
    expect(claimsSummary([confirmed, refuted])).toEqual([
      '2 claims of 1 protocol: 1 confirmed, 1 refuted. Each came out as documented.',
    ])
    expect(claimsSummary([confirmed, longer, unknown, { ...slow, protocol: 'other' }])).toEqual([
      '4 claims of 2 protocols: 1 confirmed, 1 otherwise, 1 not known, 1 not checked.',
      'Otherwise than documented: lock late.',
      'What takes long is checked with --slow.',
    ])
    expect(claimsSummary([listed])).toEqual([
      '1 claim of 1 protocol: 1 not checked.',
      'What was not checked is told as it is documented.',
    ])
  })
})

it('are Markdown tables', () => {
  const odd = claimOf({ expect: holds, claim: 'a | b' }, { found: holds, protocol: 'odd', summary: '' })
  expect(claimsMarkdown([claims.confirmed, claims.refuted, odd])).toBe(
    [
      '## Claims',
      '',
      '3 claims of 2 protocols: 2 confirmed, 1 refuted. Each came out as documented.',
      '',
      '✓ confirmed · ✗ refuted · ! otherwise than documented · ? not known · · not checked',
      '',
      '### lock',
      '',
      'A lock | of sorts.',
      '',
      '|   | claim | source | answer | scenario |',
      '| - | ----- | ------ | ------ | -------- |',
      `| ✓ | A late holder does harm. | document 002 | Confirmed: safe is violated after 7 steps. | [\`late\`](${file}) |`,
      '| ✗ | A late holder does harm. | document 002 | Refuted: safe, live and tidy hold: 1,200 distinct, 3,400 generated, depth 9. It is refused. | `late` |',
      '',
      '### odd',
      '',
      '|   | claim | source | answer | scenario |',
      '| - | ----- | ------ | ------ | -------- |',
      '| ✓ | a \\| b | document 002 | Confirmed: every property holds: 1,200 distinct, 3,400 generated, depth 9. | `late` |',
    ].join('\n'),
  )
})

it('are JSON that fits its schema', () => {
  const report = ClaimsJson.parse(JSON.parse(JSON.stringify(claimsJson(Object.values(claims), repeats))))
  expect(report.claims[0]).toEqual({
    protocol: 'lock',
    row: 'locks',
    scenario: 'late',
    command: 'verify lock --scenario late',
    claim: 'A late holder does harm.',
    source: 'document 002',
    answer: 'confirmed',
    expected: violated,
    found: violated,
    evidence: { file, outcome: 'reproduced' },
  })
  expect(report.claims.map(({ answer }) => answer)).toEqual(Object.values(claims).map(answerOf))
})

it('are told beside a single run', () => {
  const { scenario } = claims.confirmed
  expect(documentedText(violated, scenario)).toBe(
    'As documented, this confirms: A late holder does harm. (document 002)',
  )
  expect(documentedText(holds, claims.refuted.scenario)).toMatch(/^As documented, this refutes: /)
  expect(documentedText(holds, { name: 'plain', expect: holds })).toBe('This is what is documented.')
  expect(documentedText(holds, scenario)).toBe('This is not what is documented: safe is violated after 7 steps.')
  expect(documentedText({ verdict: 'unknown', why: 'it stopped' }, scenario)).toBeUndefined()
})
