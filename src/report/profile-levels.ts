/** How wide the space is at each depth, as a chart: a space that bends has an end in sight, one that goes on widening has none. */
import type { Profile } from '../engine/profile/profile.ts'
import type { SearchResult } from '../engine/result.ts'
import { count, plural } from './quantities.ts'
import { type Column, table } from './table.ts'

const MOST_ROWS = 12
const LONGEST_BAR = 40
const EIGHTHS = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉']

interface Row {
  readonly depths: string
  readonly distinct: number
  /** Of each depth of the row, on average: so rows of one depth and of three compare. */
  readonly mean: number
}

/** Neighbouring depths share a row where there are many. Empty without levels. */
export function levelChart(result: SearchResult, { levels }: Profile): string {
  if (levels === undefined || levels.length < 2) return ''
  const step = Math.ceil(levels.length / MOST_ROWS)
  const rows = Array.from({ length: Math.ceil(levels.length / step) }, (_, i): Row => {
    const first = i * step
    const widths = levels.slice(first, first + step)
    const distinct = widths.reduce((sum, width) => sum + width, 0)
    const depths = widths.length === 1 ? `${first}` : `${first}-${first + widths.length - 1}`
    return { depths, distinct, mean: distinct / widths.length }
  })
  const widest = Math.max(...rows.map(({ mean }) => mean))
  const columns: readonly Column<Row>[] = [
    { head: 'depth', cell: ({ depths }) => depths, align: 'right' },
    { head: 'distinct', cell: ({ distinct }) => count(distinct), align: 'right' },
    { head: step === 1 ? '' : 'per depth', cell: ({ mean }) => bar(mean / widest), align: 'left' },
  ]
  return `${table(columns, rows)}\n${verdictOn(levels, result)}`
}

function bar(share: number): string {
  const eighths = Math.ceil(share * LONGEST_BAR * 8)
  return '█'.repeat(eighths >> 3) + EIGHTHS[eighths & 7]!
}

/** The last level of a search that was cut short may lack states: it says nothing of growth. */
function verdictOn(levels: readonly number[], { stop, frontier }: SearchResult): string {
  const isWhole = frontier === 0 || stop.reason === 'max-depth'
  const whole = isWhole ? levels : levels.slice(0, -1)
  const widest = whole.lastIndexOf(Math.max(...whole))
  const deepest = whole.length - 1
  if (stop.reason === 'exhausted') return `Widest at depth ${widest} of ${deepest}.`
  const unfinished = isWhole ? [] : [`Depth ${levels.length - 1} was not finished.`]
  return [...growthText(whole, widest), ...unfinished].join(' ')
}

function growthText(levels: readonly number[], widest: number): string[] {
  const [before, width] = levels.slice(-2)
  if (before === undefined || width === undefined) return []
  const deepest = levels.length - 1
  const growth = `${plural(width, 'state')} at depth ${deepest}, ${(width / before).toFixed(2)} times the ${count(before)} before.`
  if (widest < deepest) return [`Widest at depth ${widest}, narrowing since: ${growth}`]
  return [`${width > before ? 'Still widening' : 'Not narrowing'}: ${growth}`]
}
