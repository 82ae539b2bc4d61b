/** Whether logs conform to a protocol, for a person: the verdict, the line where it breaks, and what stands against each explanation. */
import type { Conformance, Stuck } from '../conform/conform.ts'
import { excerpt, type LogEvent, placeText } from '../conform/event.ts'
import type { Census } from '../conform/read-log.ts'
import type { Breach } from '../conform/search.ts'
import type { Model, State } from '../model.ts'
import { changesBetween } from '../trace/changes.ts'
import { describeChange, placeOf } from '../trace/describe-step.ts'
import { show } from '../value/show.ts'
import { oneLine } from '../value/visible.ts'
import { headline } from './headline.ts'
import type { Paint } from './paint.ts'
import { plural } from './quantities.ts'
import { wrap, wrapItems } from './wrap.ts'

export interface ConformReportOptions {
  readonly width: number
  readonly paint: Paint
  readonly parameters: readonly string[]
  readonly logs: readonly string[]
}

/** So many of the states that the protocol may be in are told, and so many explanations of a line. */
const MOST_STATES = 3
const MOST_REASONS = 5

export function conformReport(model: Model, found: Conformance, options: ConformReportOptions): string {
  const { width, paint, parameters, logs } = options
  const head = [
    headline(model, parameters, width),
    wrapItems([logs.join(', '), ...censusItems(found.census)], width, '  '),
  ]
  const notes = censusNotes(found.census).map((note) => wrap(`  ${note}`, width, '  '))
  const lines = [paint.bold(head.join('\n')), ...(notes.length > 0 ? ['', ...notes] : []), '']
  if (found.verdict === 'conforms') return [...lines, ...conformingLines(model, found, options)].join('\n')
  const said =
    found.verdict === 'unknown'
      ? `Unknown: ${RAN_OUT[found.ranOut]}; the first ${plural(found.explained, 'event')} can be explained.`
      : `✗ does not conform: no behaviour of ${model.protocol} explains ${tooMuch(found.explained)}.`
  const verdict = wrap(said, width)
  return [
    ...lines,
    found.verdict === 'unknown' ? verdict : paint.bold(paint.red(verdict)),
    '',
    ...stuckLines(model, found, options),
  ].join('\n')
}

const tooMuch = (explained: number): string =>
  explained === 0 ? 'the first event' : `more than the first ${plural(explained, 'event')}`

const RAN_OUT = {
  states: 'more states than --max-states would have to be looked at',
  time: 'the time ran out',
} as const

const censusItems = ({ lines, events, others }: Census): string[] => [
  plural(lines, 'line'),
  plural(events, 'event'),
  ...(others > 0 ? [plural(others, 'other line')] : []),
]

function censusNotes({ unmapped, cutOff, malformed }: Census): string[] {
  return [
    ...[...unmapped].map(
      ([name, { count, first }]) =>
        `${plural(count, 'event')} ${name}, which nobody mapped; the first at ${placeText(first)}`,
    ),
    ...(malformed === undefined ? [] : [`${plural(malformed.count, 'line')} left out; ${malformed.first}`]),
    ...(cutOff === undefined ? [] : [`the last line, ${placeText(cutOff)}, is cut off, and left out`]),
  ]
}

function conformingLines(
  model: Model,
  found: Extract<Conformance, { verdict: 'conforms' }>,
  { width, paint }: ConformReportOptions,
): string[] {
  const { breach, mayBreak, census } = found
  const events = plural(census.events, 'event')
  if (breach !== undefined) {
    const said =
      `✗ ${breach.property.name} (${breach.property.claim}) was broken ${whenOf(breach)}: ` +
      `a behaviour of ${model.protocol} explains ${events}, and none does that keeps every property.`
    return [paint.bold(paint.red(wrap(said, width)))]
  }
  const conforms = paint.green(wrap(`✓ conforms: a behaviour of ${model.protocol} explains ${events}.`, width))
  return mayBreak === undefined ? [conforms] : [conforms, '', wrap(mayText(mayBreak), width)]
}

function mayText(mayBreak: Breach | 'nothing' | 'unknown'): string {
  if (mayBreak === 'nothing') return 'No behaviour that explains them breaks a property.'
  if (mayBreak === 'unknown') return 'Whether another behaviour explains them and breaks a property is unknown.'
  return `${mayBreak.property.name} may have been broken ${whenOf(mayBreak)}: another behaviour explains them, too.`
}

const whenOf = ({ event }: Breach): string =>
  event === undefined ? 'in the beginning' : `by ${placeText(event.place)}`

function stuckLines(model: Model, { standing, explained }: Stuck, { width, paint }: ConformReportOptions): string[] {
  const told = standing.slice(0, MOST_STATES)
  const left = standing.length - told.length
  const one = `After ${explained === 1 ? 'it' : 'them'} the protocol is in this state:`
  const several = `After ${explained === 1 ? 'it' : 'them'} the protocol is in one of ${standing.length} states${left > 0 ? `, of which ${MOST_STATES} are told` : ''}:`
  return [
    wrap(standing.length === 1 ? one : several, width),
    ...told.flatMap(({ state, against }, i) => [
      ...(told.length > 1 ? [`${i + 1}.`] : []),
      ...stateLines(model, state, i === 0 ? undefined : told[0]!.state).map((line) => wrap(`  ${line}`, width, '    ')),
      ...against.flatMap(({ event, reasons }) => [
        ...eventLines(event, width, paint),
        ...reasons.slice(0, MOST_REASONS).flatMap(({ candidate, against: why }) => reasonLines(candidate, why, width)),
        ...(reasons.length > MOST_REASONS
          ? [`    … and ${plural(reasons.length - MOST_REASONS, 'other explanation')}`]
          : []),
        ...(reasons.length === 0 ? ['    the map has no explanation for it'] : []),
      ]),
    ]),
  ]
}

const eventLines = ({ place, text }: LogEvent, width: number, paint: Paint): string[] => [
  '',
  paint.bold(wrap(`  ${placeText(place)}  ${excerpt(oneLine(text))}`, width, '    ')),
]

function reasonLines(candidate: string, why: readonly string[], width: number): string[] {
  const head = candidate === '' ? '' : `${candidate}: `
  return [wrap(`    ${head}${why.join('; ')}`, width, '      ')]
}

/** All of it, or how it differs from another; empty channels are left out. */
function stateLines({ components, ...model }: Model, state: State, from: State | undefined): string[] {
  if (from !== undefined) {
    const changes = changesBetween({ ...model, components }, from, state)
    return changes.map((change) => describeChange(change, placeOf(change)))
  }
  return components.flatMap(({ name, kind }, i) => {
    const value = state[i]!
    return (kind === 'channel' || kind === 'history') && (value as readonly unknown[]).length === 0
      ? []
      : [`${name}  ${show(value)}`]
  })
}
