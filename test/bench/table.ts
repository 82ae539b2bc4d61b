/** The measurements as one table: a section for each question, a row for each entrant. */
import type { Entrant } from './entrant.ts'
import { type Measured, median } from './measure.ts'
import type { Cost } from './measured-run.ts'
import type { Question } from './question.ts'

const COLUMNS = [
  'distinct',
  'generated',
  'calls',
  '',
  'wall s',
  'user s',
  '(min-max)',
  'M/s',
  'peak MB',
  'B/state',
  'cost',
]

const LEGEND = `\
Medians of whole processes that ran in turns. calls: runs of the protocol's own code. user s: CPU seconds of all threads.
The title of each part says whether it compares user or wall-clock time: min-max, M/s (million transitions per second) and
cost (time per transition) are of that. B/state: peak memory beyond start-up per distinct state. Ratios (x) are to the first
row of the part. ?: hidden, since the program does not wait for the processes that it forks.`

export function drawTable(questions: readonly Question[], measured: ReadonlyMap<Entrant, Measured>): string {
  const parts = questions.map((question) => ({ head: headOf(question), rows: rowsOf(question, measured) }))
  const [columns, ...lines] = aligned([['', ...COLUMNS], ...parts.flatMap(({ rows }) => rows)])
  const drawn = parts.flatMap(({ head, rows }) => ['', ...head, ...lines.splice(0, rows.length)])
  return [LEGEND, '', columns, ...drawn].join('\n')
}

/** Cells below each other: those of the first column at its left, others at their right. */
export function aligned(rows: readonly (readonly string[])[]): string[] {
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)))
  return rows.map((row) =>
    row
      .map((cell, i) => (i === 0 ? cell.padEnd(widths[i]!) : cell.padStart(widths[i]!)))
      .join('  ')
      .trimEnd(),
  )
}

const TIMES = { user: 'user time', wall: 'wall-clock time' }

function headOf({ title, time, remark }: Question): string[] {
  return [`${title}; compared by ${TIMES[time]}`, ...(remark === undefined ? [] : [`  (${remark})`])]
}

function rowsOf(question: Question, measured: ReadonlyMap<Entrant, Measured>): string[][] {
  const rows = question.entrants.map((entrant) => figuresOf(entrant, question, measured))
  return rows.map((row) => [
    `  ${row[question.label]}`,
    row.distinct.toLocaleString('en-US'),
    row.generated.toLocaleString('en-US'),
    row.calls?.toLocaleString('en-US') ?? '-',
    row.calls && rows[0]!.calls ? `${(row.calls / rows[0]!.calls).toFixed(2)}x` : '',
    row.wallSeconds.toFixed(2),
    unlessHidden(row, row.cpuSeconds.toFixed(2)),
    row.range,
    (1e-6 / row.secondsPerTransition).toPrecision(3),
    unlessHidden(row, (row.peakBytes / 1e6).toFixed(0)),
    unlessHidden(row, (row.searchBytes / row.distinct).toFixed(1)),
    `${(row.secondsPerTransition / rows[0]!.secondsPerTransition).toFixed(2)}x`,
  ])
}

const unlessHidden = ({ hidesCost }: Entrant, figure: string): string => (hidesCost ? '?' : figure)

function figuresOf(entrant: Entrant, { time, netOfStartUp }: Question, measured: ReadonlyMap<Entrant, Measured>) {
  const { answer, costs } = measured.get(entrant)!
  const own = mediansOf(costs)
  const startUp = entrant.startUp ? mediansOf(measured.get(entrant.startUp)!.costs) : NOTHING
  const compared = time === 'user' ? 'cpuSeconds' : 'wallSeconds'
  const times = costs.map((cost) => cost[compared])
  const searchSeconds = own[compared] - (netOfStartUp ? startUp[compared] : 0)
  return {
    ...entrant,
    ...answer,
    ...own,
    range: `(${Math.min(...times).toFixed(2)}-${Math.max(...times).toFixed(2)})`,
    secondsPerTransition: Math.max(CLOCK_SECONDS, searchSeconds) / answer.generated,
    searchBytes: own.peakBytes - startUp.peakBytes,
  }
}

const mediansOf = (costs: readonly Cost[]): Cost => ({
  wallSeconds: median(costs.map(({ wallSeconds }) => wallSeconds)),
  cpuSeconds: median(costs.map(({ cpuSeconds }) => cpuSeconds)),
  peakBytes: median(costs.map(({ peakBytes }) => peakBytes)),
})

const NOTHING: Cost = { wallSeconds: 0, cpuSeconds: 0, peakBytes: 0 }

/** What GNU time can tell from nothing. */
const CLOCK_SECONDS = 0.01
