/**
 * What a search found, for a person: how much was looked at, every property with its verdict, and whatever makes a
 * verdict weaker than it looks - actions that never fired, properties that nothing ever put to the test.
 */
import { leftOpenText } from '../engine/liveness/left-open.ts'
import type { PropertyResult, SearchResult, Verdict } from '../engine/result.ts'
import type { Property } from '../model.ts'
import { type Evidence, evidenceAgainst } from './evidence.ts'
import { fairnessText } from './fairness-text.ts'
import type { Paint } from './paint.ts'
import { count, duration, plural } from './quantities.ts'
import { wrap } from './wrap.ts'

const MARKS: Readonly<Record<Verdict, string>> = { holds: '✓', violated: '✗', unknown: '?' }
const LONGEST_NAME = 30

export interface SummaryOptions {
  readonly width: number
  readonly paint: Paint
}

export function summary(result: SearchResult, evidence: readonly Evidence[], options: SummaryOptions): string {
  const sections = [
    countsLine(result),
    [...propertyLines(result, evidence, options), ...unsettledLine(result, options)].join('\n'),
    warnings(result)
      .map((warning) => options.paint.yellow(wrap(`  ! ${warning}`, options.width, '    ')))
      .join('\n'),
  ]
  return sections.filter((section) => section !== '').join('\n\n')
}

/** `1,234,567 distinct · 5,678,901 generated · depth 41 · 6.2 s` */
function countsLine({ distinct, generated, depth, stop, orbits }: SearchResult): string {
  const counted =
    orbits === undefined
      ? `${count(distinct)} distinct · ${count(generated)} generated`
      : `${plural(distinct, 'orbit')} of ${count(orbits.distinct)} distinct · ${count(generated)} of ${count(orbits.generated)} generated`
  return `${counted} · depth ${depth} · ${duration(stop.elapsedMs)}`
}

function propertyLines(
  result: SearchResult,
  evidence: readonly Evidence[],
  { width, paint }: SummaryOptions,
): string[] {
  const longest = Math.max(...result.properties.map(({ property }) => property.name.length))
  const column = Math.min(longest, LONGEST_NAME)
  const indent = ' '.repeat(column + 6)
  return result.properties.map((checked) => {
    const fairness = fairnessText(checked.property)
    const text = claimOf(checked.property) + (fairness === undefined ? '' : `, ${fairness}`) + noteOn(checked)
    const because = evidenceAgainst(checked.property.name, evidence)?.trace.because
    const lines = wrap(`${MARKS[checked.verdict]} ${checked.property.name.padEnd(column)}  ${text}`, width - 2, indent)
    const reason = because === undefined ? '' : `\n${wrap(indent + because, width, indent)}`
    return paint[COLOURS[checked.verdict]](`  ${lines}${reason}`)
  })
}

/** What a question mark says, where the last line does not: the search had found what it looked for. */
function unsettledLine({ stop, properties, simulation }: SearchResult, { paint }: SummaryOptions): string[] {
  const isOpen = properties.some(({ verdict, unasked }) => verdict === 'unknown' && unasked === undefined)
  return stop.reason === 'violation' && simulation === undefined && isOpen ? [paint.dim(UNSETTLED)] : []
}

const UNSETTLED = '  ? was not settled: the search ended at the violation; --continue goes on'

const COLOURS = { holds: 'green', violated: 'red', unknown: 'yellow' } as const

/** The claim of a `never` names what must not be: without the word, a mark beside it would say the opposite. */
const claimOf = ({ kind, claim }: Property): string => (kind === 'never' ? `never: ${claim}` : claim)

/** What a mark alone does not say. */
function noteOn({ property, verdict, exercised, path, neverTriggered }: PropertyResult): string {
  const isWitness = property.kind === 'sometimes'
  if (verdict === 'holds' && isWitness) return ` (witness after ${plural(path?.steps.length ?? 0, 'step')})`
  if (verdict === 'holds' && neverTriggered) return ' (what it is asked after never came about)'
  if (verdict === 'holds' && !exercised) return ' (never put to the test)'
  if (verdict === 'violated' && isWitness) return ' (no reachable state is a witness)'
  if (verdict === 'unknown' && isWitness) return ' (no witness so far)'
  return ''
}

/** What makes the verdict weaker than it looks. A search that a violation or a broken body cut short says nothing about what it would have reached. */
export function warnings({ stop, groups, properties: all, orbits, unlike = [] }: SearchResult): string[] {
  if (stop.reason === 'violation' || stop.reason === 'broken') return []
  const isWhole = stop.reason === 'exhausted'
  const properties = all.filter(({ unasked }) => unasked === undefined)
  const silent = groups.filter(({ fired }) => fired === 0).map(({ group }) => group)
  const untested = properties
    .filter(({ property, verdict, exercised }) => property.kind !== 'sometimes' && verdict !== 'violated' && !exercised)
    .map(({ property }) => property.name)
  return [
    ...unlike.map(({ role, why }) => `names of ${role} matter: ${why}`),
    ...(orbits?.isChecked === false ? [SAMPLED] : []),
    ...(silent.length === 0 ? [] : [`${isWhole ? 'never fired' : 'has not fired so far'}: ${silent.join(', ')}`]),
    ...(untested.length === 0
      ? []
      : [`nothing ${isWhole ? 'ever' : 'so far'} put to the test: ${untested.join(', ')}; holding, they say nothing`]),
    ...leftOpen(all),
    ...properties.flatMap(({ property, idleFairness = [] }) =>
      idleFairness.length === 0
        ? []
        : [
            `${property.name} assumes fairness of what ${isWhole ? 'never' : 'not once so far'} could happen and change anything: ${idleFairness.join(', ')}`,
          ],
    ),
    ...restingOnProgress(properties),
  ]
}

/** Of many processes. */
const SAMPLED = 'that names do not matter was checked under many renamings, not under all'

function leftOpen(properties: readonly PropertyResult[]): string[] {
  const open = properties.filter(({ unasked }) => unasked !== undefined)
  const unasked = open[0]?.unasked
  const names = open.map(({ property }) => property.name)
  return unasked === undefined ? [] : [leftOpenText(names, unasked)]
}

/** Progress is assumed without a word, so it is told where the verdict would be another one without. */
function restingOnProgress(properties: readonly PropertyResult[]): string[] {
  const names = properties.filter(({ restsOnProgress }) => restsOnProgress).map(({ property }) => property.name)
  if (names.length === 0) return []
  return [
    `an execution is taken to go on while something can happen that need not be fair; without that (--stutter) ${names.join(', ')} would be violated`,
  ]
}
