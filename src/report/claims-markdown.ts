/** The claims of the documents as Markdown: a table for each protocol, for a repository's page or the summary of a CI run. */
import { oneLine } from '../value/visible.ts'
import { answerOf, type CheckedClaim } from './claims.ts'
import { claimsTable } from './claims-table.ts'
import { answerLines, claimsSummary, MARKS, sourceText } from './claims-text.ts'

/** @param claims those of a protocol stand together */
export function claimsMarkdown(claims: readonly CheckedClaim[]): string {
  const protocols = [...new Set(claims.map(({ protocol }) => protocol))]
  const sections = protocols.map((name) => section(claims.filter(({ protocol }) => protocol === name)))
  return ['## Claims', claimsSummary(claims).join('\n'), LEGEND, ...sections].join('\n\n')
}

const LEGEND = '✓ confirmed · ✗ refuted · ! otherwise than documented · ? not known · · not checked'

function section(claims: readonly CheckedClaim[]): string {
  const { protocol, summary } = claims[0]!
  return [
    `### ${protocol}`,
    '',
    ...(summary === '' ? [] : [`${capitalised(summary)}.`, '']),
    '|   | claim | source | answer | scenario |',
    '| - | ----- | ------ | ------ | -------- |',
    ...claims.map(row),
    ...asCode(claimsTable(claims)),
  ].join('\n')
}

const asCode = (lines: readonly string[]): string[] =>
  lines.length === 0 ? [] : ['', '```text', ...lines.map((line) => line.replace(/^ {2}/, '')), '```']

function row(claim: CheckedClaim): string {
  const { scenario, evidence } = claim
  const name = `\`${scenario.name}\``
  const cells = [
    MARKS[answerOf(claim)],
    scenario.claim,
    sourceText(scenario),
    answerLines(claim).join(' '),
    evidence === undefined ? name : `[${name}](${evidence.file})`,
  ]
  return `| ${cells.map((cell) => escaped(cell)).join(' | ')} |`
}

/** Claims are texts of scenarios: no cell ends early, and no tag begins. */
const escaped = (cell: string): string => oneLine(cell).replaceAll('|', '\\|').replaceAll('<', '&lt;')

const capitalised = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)
