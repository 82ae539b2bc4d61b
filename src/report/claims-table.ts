/**
 * The table that some protocols' claims make up: each cell tells what holds and what falls there. `verify claims` prints
 * it below the claims, and what shows each fall below the table.
 */
import type { Cell } from '../language/scenario.ts'
import { answerOf, type CheckedClaim } from './claims.ts'
import { outcomeText } from './claims-text.ts'
import { table } from './table.ts'

type CellClaim = CheckedClaim & { readonly scenario: { readonly cell: Cell } }

/** Empty where no claim has a place in a table. The claims are those of one protocol. */
export function claimsTable(claims: readonly CheckedClaim[]): string[] {
  const placed = claims.filter((claim): claim is CellClaim => claim.scenario.cell !== undefined)
  if (placed.length === 0) return []
  const { rows, columns } = axesOf(placed)
  const text = (row: string, column: string) =>
    placed
      .filter(({ scenario: { cell } }) => cell.row === row && cell.column === column)
      .map((claim) => claim.scenario.cell.asks.map((asked) => `${asked} ${markOf(claim)}`).join('  '))
      .join('  ')
  const heads = columns.map((head) => ({ head, cell: (row: string) => text(row, head), align: 'left' as const }))
  const body = table([{ head: '', cell: (row: string) => row, align: 'left' }, ...heads], rows)
  return [
    ...body.split('\n').map((line) => `  ${line}`),
    '',
    ...placed.filter((claim) => markOf(claim) === '✗').map(fallLine),
  ]
}

function axesOf(placed: readonly CellClaim[]) {
  const cells = placed.map(({ scenario }) => scenario.cell)
  return { rows: [...new Set(cells.map(({ row }) => row))], columns: [...new Set(cells.map(({ column }) => column))] }
}

/** What was found, or, where nothing was searched for, what a replay or the document says; `!` where the two differ. */
function markOf(claim: CellClaim): string {
  const answer = answerOf(claim)
  if (answer === 'otherwise') return '!'
  if (answer === 'unknown') return '?'
  if (answer === 'unchecked') return '·'
  return falls(claim) ? '✗' : '✓'
}

const falls = ({ scenario }: CellClaim): boolean => scenario.expect.verdict === 'violated'

function fallLine({ scenario, evidence }: CellClaim): string {
  const { row, column, asks } = scenario.cell
  const file = evidence === undefined ? scenario.name : evidence.file
  const fallen = asks.length === 1 ? `${asks[0]} falls` : `${asks.join(' and ')} fall`
  return `  ${row}, ${column}: ${fallen}: ${outcomeText(scenario.expect, scenario.properties)}: ${file}`
}
