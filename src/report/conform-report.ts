/** Whether logs conform to a protocol, for a person: the verdict, the line where it breaks, and what stands against each explanation. */
import type { Conformance, Stuck } from '../conform/conform.ts'
import { placeText } from '../conform/event.ts'
import type { Breach } from '../conform/finding.ts'
import type { Census } from '../conform/read-log.ts'
import type { Model } from '../model.ts'
import { isOfSeveral, type StuckOptions, stuckLines } from './conform-stuck.ts'
import { headline } from './headline.ts'
import { plural } from './quantities.ts'
import { wrap, wrapItems } from './wrap.ts'

export interface ConformReportOptions extends StuckOptions {
  readonly parameters: readonly string[]
  readonly logs: readonly string[]
}

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
      ? `Unknown: ${RAN_OUT[found.ranOut]}; ${first(found)} can be explained.`
      : `✗ does not conform: no behaviour of ${model.protocol} explains ${tooMuch(found)}.`
  const verdict = wrap(said, width)
  return [
    ...lines,
    found.verdict === 'unknown' ? verdict : paint.bold(paint.red(verdict)),
    '',
    ...stuckLines(model, found, options),
  ].join('\n')
}

const tooMuch = (stuck: Stuck): string =>
  stuck.explained === 0 ? `${isOfSeveral(stuck) ? 'any' : 'the first'} event` : `more than ${first(stuck)}`

/** The events of several nodes are in no order. */
const first = (stuck: Stuck): string =>
  isOfSeveral(stuck) ? plural(stuck.explained, 'event') : `the first ${plural(stuck.explained, 'event')}`

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
