/** The measurements as one table: a section for each question, a row for each entrant. */
import type { Entrant } from './entrant.ts'
import { type Measured, median } from './measure.ts'
import type { Cost } from './measured-run.ts'
import type { Question } from './questions.ts'

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
M/s: million transitions per user second. B/state: peak memory beyond start-up per distinct state. cost: user time per
transition. Ratios (x) are to the section's first row.`

export function drawTable(questions: readonly Question[], measured: ReadonlyMap<Entrant, Measured>): string {
  const sections = questions.map((question) => ({ title: question.title, rows: rowsOf(question, measured) }))
  const lines = [['', ...COLUMNS], ...sections.flatMap(({ rows }) => rows)]
  const widths = lines[0]!.map((_, column) => Math.max(...lines.map((line) => line[column]!.length)))
  const draw = (line: readonly string[]) =>
    line.map((cell, i) => (i === 0 ? cell.padEnd(widths[i]!) : cell.padStart(widths[i]!))).join('  ')
  const drawn = sections.flatMap(({ title, rows }) => ['', title, ...rows.map(draw)])
  return [LEGEND, '', draw(lines[0]!), ...drawn].join('\n')
}

function rowsOf(question: Question, measured: ReadonlyMap<Entrant, Measured>): string[][] {
  const rows = question.entrants.map((entrant) => figuresOf(entrant, question.netOfStartUp, measured))
  return rows.map((row) => [
    `  ${row[question.label]}`,
    row.distinct.toLocaleString('en-US'),
    row.generated.toLocaleString('en-US'),
    row.calls?.toLocaleString('en-US') ?? '-',
    row.calls && rows[0]!.calls ? `${(row.calls / rows[0]!.calls).toFixed(2)}x` : '',
    row.wallSeconds.toFixed(2),
    row.cpuSeconds.toFixed(2),
    row.cpuRange,
    (1e-6 / row.secondsPerTransition).toPrecision(3),
    (row.peakBytes / 1e6).toFixed(0),
    (row.searchBytes / row.distinct).toFixed(0),
    `${(row.secondsPerTransition / rows[0]!.secondsPerTransition).toFixed(2)}x`,
  ])
}

function figuresOf(entrant: Entrant, netOfStartUp: boolean, measured: ReadonlyMap<Entrant, Measured>) {
  const { answer, costs } = measured.get(entrant)!
  const own = mediansOf(costs)
  const startUp = entrant.startUp ? mediansOf(measured.get(entrant.startUp)!.costs) : NOTHING
  const cpu = costs.map(({ cpuSeconds }) => cpuSeconds)
  const searchSeconds = own.cpuSeconds - (netOfStartUp ? startUp.cpuSeconds : 0)
  return {
    ...entrant,
    ...answer,
    ...own,
    cpuRange: `(${Math.min(...cpu).toFixed(2)}-${Math.max(...cpu).toFixed(2)})`,
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
