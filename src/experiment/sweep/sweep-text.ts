/** A sweep for a person: a table as it grows, then what it comes to. */
import { kebabCase } from '../../report/kebab-case.ts'
import type { Paint } from '../../report/paint.ts'
import { commandTo } from '../../report/program.ts'
import { count, duration, plural } from '../../report/quantities.ts'
import { wrap } from '../../report/wrap.ts'
import { type Axis, type Cell, cellText, instanceOf, isVaried, valueText } from './axis.ts'
import type { Growth } from './growth.ts'
import type { Result } from './sweep.ts'

export interface Told {
  /** What the protocol was loaded by, and its own name. */
  readonly name: string
  readonly protocol: string
  readonly axes: readonly Axis[]
  readonly results: readonly Result[]
  readonly growths: readonly Growth[]
  readonly isForSmallest: boolean
  readonly ms: number
}

export interface Printing {
  readonly width: number
  readonly paint: Paint
}

/** The columns of a table, as every format has them. */
export const columnsOf = (axes: readonly Axis[]): string[] => [
  ...axes.filter(isVaried).map(({ name }) => name),
  ...['verdict', 'steps', 'distinct', 'time'],
]

/** The cells of a row as words. */
export function rowOf(axes: readonly Axis[], { cell, outcome }: Result): string[] {
  const settings = axes.flatMap((axis, i) => (isVaried(axis) ? [valueText(axis, cell[i]!)] : []))
  const steps =
    outcome.verdict === 'violated'
      ? count(outcome.steps)
      : outcome.verdict === 'implied'
        ? `≤ ${count(outcome.steps)}`
        : ''
  const size = 'distinct' in outcome && outcome.distinct !== undefined ? outcome : undefined
  const distinct =
    size === undefined
      ? ''
      : `${count(size.distinct!)}${outcome.verdict === 'holds' || outcome.verdict === 'unwitnessed' ? '' : '+'}`
  return [...settings, verdictText(axes, cell, outcome), steps, distinct, size === undefined ? '' : duration(size.ms!)]
}

/** `+` after a number of states says that there may be more: the search was cut short. */
export function verdictText(axes: readonly Axis[], cell: Cell, outcome: Result['outcome']): string {
  switch (outcome.verdict) {
    case 'holds':
      return 'holds'
    case 'violated':
      return `violated: ${outcome.property}`
    case 'unwitnessed':
      return `no witness: ${outcome.property}`
    case 'implied':
      return `violated, as with ${differenceText(axes, outcome.by, cell)}`
    case 'beyond':
      return `not searched: ${differenceText(axes, outcome.by, cell)} violates`
    default:
      return outcome.verdict
  }
}

/** What of a cell is not as in another one. */
function differenceText(axes: readonly Axis[], cell: Cell, other: Cell): string {
  const told = axes.flatMap((axis, i) => (cell[i] === other[i] ? [] : [`${axis.name} ${valueText(axis, cell[i]!)}`]))
  return told.join(', ')
}

export class GrowingTable {
  readonly #widths: readonly number[]
  readonly #columns: readonly string[]

  /**
   * @param properties their names: a verdict may have to name any
   * @param growing the axes along which one cell may imply another
   */
  constructor(
    readonly axes: readonly Axis[],
    properties: readonly string[],
    growing: readonly Axis[] = [],
  ) {
    this.#columns = columnsOf(axes)
    const settings = axes
      .filter(isVaried)
      .map((axis) => Math.max(axis.name.length, ...axis.values.map((_, at) => valueText(axis, at).length)))
    const implied = growing.flatMap((axis) =>
      axis.values.map((_, at) => `violated, as with ${axis.name} ${valueText(axis, at)}`),
    )
    const told = properties.flatMap((name) => [`violated: ${name}`, `no witness: ${name}`])
    const verdicts = ['unknown', ...told, ...implied]
    const verdict = Math.max(...verdicts.map((text) => text.length))
    this.#widths = [...settings, verdict, 'steps'.length, 'distinct+'.length + 2, 0]
  }

  get head(): string {
    return this.#line(this.#columns)
  }

  row(result: Result, paint: Paint): string {
    const line = this.#line(rowOf(this.axes, result))
    return COLOURS[result.outcome.verdict](paint)(line)
  }

  #line(cells: readonly string[]): string {
    const settings = this.#widths.length - 4
    const padded = cells.map((cell, i) => {
      const width = this.#widths[i]!
      return i > settings && i < cells.length - 1 ? cell.padStart(width) : cell.padEnd(width)
    })
    return padded.join('  ').trimEnd()
  }
}

const COLOURS: Readonly<Record<Result['outcome']['verdict'], (paint: Paint) => (text: string) => string>> = {
  holds: ({ green }) => green,
  violated: ({ red }) => red,
  unwitnessed: ({ yellow }) => yellow,
  implied: ({ dim }) => dim,
  beyond: ({ dim }) => dim,
  unknown: ({ yellow }) => yellow,
  refused: ({ dim }) => dim,
  broken: ({ red }) => red,
}

export function beginText({ protocol, axes }: Pick<Told, 'protocol' | 'axes'>, many: number, width: number): string {
  const told = axes.map((axis) => `${axis.name} ${axis.values.map((_, at) => valueText(axis, at)).join(', ')}`)
  return wrap([`${protocol} · ${plural(many, 'cell')}`, ...told].join(' · '), width, '  ')
}

/** All that comes after the table. */
export function endText(told: Told, { width, paint }: Printing): string {
  const lines = [
    ...reasons(told),
    ...boundsOf(told).map((bounds) => `  What holds does so ${bounds}.`),
    ...growthLines(told),
    ...(told.isForSmallest ? smallestLines(told) : []),
  ]
  const wrapped = lines.map((line) => (line.startsWith('  verify') ? line : wrap(line, width, '      ')))
  const { text, verdict } = conclusion(told)
  const ending = paint[verdict === 'holds' ? 'green' : verdict === 'unknown' ? 'yellow' : 'red'](
    wrap(text, width, '  '),
  )
  return [...wrapped, ...(wrapped.length > 0 ? [''] : []), ending].join('\n')
}

/** What answers rest on besides the cells' settings, each once. */
export const boundsOf = ({ results }: Pick<Told, 'results'>): string[] => [
  ...new Set(results.flatMap(({ outcome }) => ('bounds' in outcome ? [outcome.bounds] : []))),
]

/** Why cells have no answer: each reason once. */
function reasons({ axes, results }: Told): string[] {
  const found = new Map<string, Cell[]>()
  for (const { cell, outcome } of results) {
    if (!('why' in outcome)) continue
    const text = `${outcome.verdict}: ${outcome.why}`
    found.set(text, [...(found.get(text) ?? []), cell])
  }
  return [...found].map(([text, [first, ...more]]) => {
    const others = more.length === 0 ? '' : `, and ${plural(more.length, 'other')}`
    return `  ${cellText(axes, first!)}${others}: ${text}`
  })
}

function growthLines({ axes, growths }: Told): string[] {
  return growths.flatMap((growth) => {
    const [sizes, guess] = growthTexts(axes, growth)
    return [`  ${sizes}`, `    ${guess}`]
  })
}

/** `clients (crashes 2): 60 with 2, 168 with 3 (×2.8) states`, and `with 4 some 470 states, 0.1 s: ...`. */
export function growthTexts(axes: readonly Axis[], growth: Growth): readonly [sizes: string, guess: string] {
  const { axis, cell, values, distinct, next, guess } = growth
  const others = cellText(axes, cell, axis)
  const sizes = values.map((value, i) => {
    const times = i === 0 ? '' : ` (×${factor(distinct[i]! / distinct[i - 1]!)})`
    return `${count(distinct[i]!)} with ${value}${times}`
  })
  return [
    `${axis.name}${others === '' ? '' : ` (${others})`}: ${sizes.join(', ')} states`,
    `with ${next} some ${count(rough(guess.distinct))}, ${duration(guess.ms)}: ${ruleText(growth)}`,
  ]
}

const RULES: Readonly<Record<Growth['rule'], string>> = {
  factor: 'the same factor again',
  power: 'the same power again',
  'changing factor': 'a factor that changes as it did',
}

const ruleText = ({ rule, error }: Growth): string =>
  error === undefined ? `${RULES[rule]}, which nothing confirms yet` : `${RULES[rule]}, off by ×${factor(error)} so far`

const factor = (value: number): string =>
  value < 10 ? value.toFixed(2).replace(/\.?0+$/, '') : count(Math.round(value))

/** Two digits that count. */
function rough(value: number): number {
  if (!Number.isFinite(value)) return Number.MAX_SAFE_INTEGER
  const unit = 10 ** Math.max(0, Math.floor(Math.log10(value)) - 1)
  return Math.round(value / unit) * unit
}

function smallestLines({ name, axes, results }: Told): string[] {
  const smallest = results.filter(({ outcome }) => outcome.verdict === 'violated')
  if (smallest.length === 0) return []
  return [
    `Violated from ${smallest.length === 1 ? 'here' : 'each of these'} on, and in no smaller cell that was searched:`,
    ...smallest.flatMap(({ cell, outcome }) => [
      `  ${cellText(axes, cell)}: ${outcome.verdict === 'violated' ? `${outcome.property} after ${plural(outcome.steps, 'step')}` : ''}`,
      `  ${commandTo(name, ...optionsOf(axes, cell))}`,
    ]),
  ]
}

function optionsOf(axes: readonly Axis[], cell: Cell): string[] {
  const { parameters, bugs } = instanceOf(axes, cell)
  const given = axes.flatMap((axis) => (axis.of === 'parameter' && !axis.isDefault ? [axis.name] : []))
  const options = given.flatMap((name) => {
    const value = parameters[name]!
    if (typeof value === 'boolean') return [`--${value ? '' : 'no-'}${kebabCase(name)}`]
    return [`--${kebabCase(name)}`, String(value)]
  })
  return [...options, ...(bugs.length === 0 ? [] : ['--bug', bugs.map(kebabCase).join(',')])]
}

/** Of all cells together, in a sentence. */
export function conclusion({ results, ms }: Told): { readonly verdict: Verdict; readonly text: string } {
  const many = (...verdicts: readonly string[]) =>
    results.filter(({ outcome }) => verdicts.includes(outcome.verdict)).length
  const [holds, violated, implied] = [many('holds'), many('violated', 'implied'), many('implied')]
  const [unknown, broken, unwitnessed] = [many('unknown'), many('broken'), many('unwitnessed')]
  const rest = [
    ...(unwitnessed > 0 ? [`no witness in ${count(unwitnessed)}`] : []),
    ...(many('beyond') > 0 ? [`${count(many('beyond'))} not searched`] : []),
    ...(many('refused') > 0 ? [`${count(many('refused'))} refused`] : []),
  ]
  const told = (head: string, verdict: Verdict, ...more: readonly string[]) => {
    const parts = [`${head} of ${plural(results.length, 'cell')}`, ...more, ...rest]
    return { verdict, text: `${parts.join(', ')} · ${duration(ms)}` }
  }
  const holding = holds > 0 ? [`holds in ${count(holds)}`] : []
  if (broken > 0) return told(`Broken in ${count(broken)}`, 'broken', ...holding)
  const open = unknown > 0 ? [`unknown in ${count(unknown)}`] : []
  const followed = implied > 0 ? [`${count(implied)} of them implied`] : []
  if (violated > 0) return told(`Violated in ${count(violated)}`, 'violated', ...followed, ...holding, ...open)
  if (unknown > 0) return told(`Unknown in ${count(unknown)}`, 'unknown', ...holding)
  return told(`Holds in ${count(holds)}`, 'holds')
}

type Verdict = 'holds' | 'violated' | 'unknown' | 'broken'
