/** What a consistency check found, for a person: the time line, the longest prefix that can be ordered, and what cannot. */
import { basename } from 'node:path'
import { type Consistency, PHRASES } from '../history/consistencies.ts'
import { callOf, type Operation } from '../history/operation.ts'
import type { Evidence, Outcome, Placed, Resource } from '../history/outcome.ts'
import type { SequentialObject } from '../history/sequential-object.ts'
import { expectedIn, tellsResult } from '../history/tell.ts'
import { show } from '../value/show.ts'
import { brush } from './canvas.ts'
import { drawTimeline, isSame, labelOf, type TellsResult } from './history-timeline.ts'
import { kebabCase } from './kebab-case.ts'
import type { Paint } from './paint.ts'
import { count, plural } from './quantities.ts'
import { table } from './table.ts'
import { wrap } from './wrap.ts'

/** What was asked, and of what. */
export interface Checked {
  readonly file: string
  readonly object: SequentialObject
  readonly consistency: Consistency
  readonly operations: readonly Operation[]
  readonly outcome: Outcome
  /** Where an event stands in the file. */
  readonly placeOf: (event: number) => string
  /** How many events of the nemesis are in the file besides. */
  readonly skipped: number
}

export interface HistoryReportOptions {
  readonly width: number
  readonly colour: boolean
  readonly paint: Paint
}

/** What `verify history` remembers at most: a gigabyte or so. */
export const MOST_CONFIGURATIONS = 8_000_000

/** Of a long history, so many operations are drawn, and so many of an order are told: the last ones. */
const MOST = 24

export function historyReport(checked: Checked, { width, colour, paint }: HistoryReportOptions): string {
  const { file, object, operations, outcome, skipped } = checked
  const paragraph = (text: string) => wrap(text, width)
  const processes = new Set(operations.map(({ process }) => process)).size
  const head = `${basename(file)} · ${object.name} · ${plural(operations.length, 'operation')} of ${plural(processes, 'process', 'processes')}`
  const others = skipped > 0 ? ` · ${plural(skipped, 'event')} of the nemesis skipped` : ''
  const evidence = outcome.verdict === 'violated' ? outcome.evidence : undefined
  const drawn = section(operations, evidence)
  const left = operations.length - drawn.length
  const blocked = evidence?.blocked
  const lines = drawTimeline(drawn, { width, blocked, tellsResult: tellsResultOf(object) }).map((line) =>
    line.render(brush(colour)),
  )
  return [
    paint.bold(paragraph(`${head}${others}`)),
    '',
    ...(left > 0 ? [paragraph(`(${plural(left, 'other operation')} not drawn)`), ''] : []),
    ...lines,
    ...(lines.length > 0 ? [''] : []),
    ...verdictLines(checked, paint, paragraph),
  ].join('\n')
}

/** The last operations that were invoked before what has no place returned, of the part that it is about; else the last. */
function section(operations: readonly Operation[], evidence: Evidence | undefined): readonly Operation[] {
  if (evidence === undefined) return operations.slice(-MOST)
  const { blocked, order, part } = evidence
  const isAbout = (operation: Operation) =>
    part === undefined || isSame(operation, blocked) || order.some((placed) => isSame(placed.operation, operation))
  return operations.filter((operation) => operation.invokedAt < blocked.endedAt && isAbout(operation)).slice(-MOST)
}

const REMEDIES: Readonly<Record<Resource, string>> = {
  time: 'give it more time with --timeout',
  memory: 'memory is used up: too many operations overlap, or the states are too large',
  configurations: 'no more than these are remembered: too many operations overlap',
  updates: 'its updates are too many for this question',
}

function verdictLines(checked: Checked, paint: Paint, paragraph: (text: string) => string): string[] {
  const { outcome, consistency, operations } = checked
  const [yes, no] = PHRASES[consistency]
  const isIdle = operations.every((operation) => operation.outcome !== 'returned')
  switch (outcome.verdict) {
    case 'holds':
      return [
        ...(outcome.order === undefined || outcome.order.length > MOST
          ? []
          : [...orderLines(outcome.order, 0, tellsResultOf(checked.object)), '']),
        paint.green(paragraph(isIdle ? `Holds, since no operation returned.` : `Holds: the history ${yes}.`)),
      ]
    case 'unknown':
      return [
        paragraph(
          `Unknown: no answer for ${plural(operations.length, 'operation')} after ${plural(outcome.configurations, 'configuration')}; ${REMEDIES[outcome.ranOut]}.`,
        ),
      ]
    case 'violated':
      return [
        ...evidenceLines(checked, outcome.evidence, paragraph),
        paint.bold(paint.red(paragraph(`✗ ${kebabCase(consistency)}: ${outcome.evidence.because}`))),
        '',
        paragraph(`Violated: the history ${no}, from ${checked.placeOf(outcome.evidence.blocked.endedAt)} on.`),
        ...hints(checked, outcome.evidence).flatMap((hint) => ['', paragraph(hint)]),
      ]
  }
}

const NIL_READ =
  'Here a read of nil says that there was nothing. If it says that nobody knows what was read, as in the histories of Knossos, ask again with --nil-is-unknown.'

const EMPTY_GET =
  'Here a get returns null where there is nothing. If it returns "", as in the histories of Porcupine, ask again with --absent-is-empty.'

/** What the results that were read before the history broke may have meant instead. */
function hints({ object, operations }: Checked, { blocked }: Evidence): string[] {
  const read = operations.filter(
    ({ name, outcome, endedAt }) => outcome === 'returned' && object.isQuery(name) && endedAt <= blocked.endedAt,
  )
  const atFirst = ({ name, argument = null }: Operation) => object.apply(object.initial, name, argument)?.result
  const isNilRead = read.some(({ result }) => result === null)
  const isEmptyGot = object.name === 'kv' && read.some((get) => get.result === '' && atFirst(get) === null)
  return [...(isNilRead ? [NIL_READ] : []), ...(isEmptyGot ? [EMPTY_GET] : [])]
}

function evidenceLines(checked: Checked, evidence: Evidence, paragraph: (text: string) => string): string[] {
  const { blocked, order, part } = evidence
  const { placeOf, object } = checked
  const of = part === undefined ? '' : ` of ${part}`
  const until = `${blocked.process}'s ${callOf(blocked)} returned (${placeOf(blocked.endedAt)})`
  if (!isOneOrder(checked)) return []
  const left = Math.max(0, order.length - MOST)
  const state = order.at(-1)?.state ?? object.initial
  const expected = expectedIn(object, state, blocked)
  const instead = expected === undefined ? 'it cannot happen' : `it would return ${show(expected)}`
  return [
    paragraph(
      `The longest prefix that can be explained${of} ends before ${until}${order.length === 0 ? '.' : '; in order:'}`,
    ),
    ...(left > 0 ? [`  … ${count(left)} before these`] : []),
    ...orderLines(order.slice(left), left, tellsResultOf(object)),
    paragraph(`  Next would be ${blocked.process}'s ${labelOf(blocked, tellsResultOf(object))}, but here ${instead}.`),
    '',
  ]
}

const tellsResultOf =
  (object: SequentialObject): TellsResult =>
  (operation) =>
    tellsResult(object, operation)

/** Whether the evidence is one order of all operations, and not what one process saw. */
const isOneOrder = ({ consistency }: Checked): boolean =>
  consistency === 'linearizable' || consistency === 'sequentiallyConsistent'

function orderLines(order: readonly Placed[], before: number, tellsResult: TellsResult): string[] {
  if (order.length === 0) return []
  const rows = order.map(({ operation, state }, i) => ({ operation, state, number: before + i + 1 }))
  const text = table(
    [
      { head: '', cell: ({ number }) => String(number), align: 'right' },
      { head: 'process', cell: ({ operation }) => operation.process, align: 'left' },
      { head: 'operation', cell: ({ operation }) => labelOf(operation, tellsResult), align: 'left' },
      { head: 'after it', cell: ({ state }) => show(state), align: 'left' },
    ],
    rows,
  )
  return text.split('\n').map((line) => `  ${line}`)
}
