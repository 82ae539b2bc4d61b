/** A sweep for other programs and for documents: JSON, CSV (RFC 4180), a table in Markdown. */
import { instanceOf, valueText } from './axis.ts'
import { boundsOf, columnsOf, conclusion, growthTexts, rowOf, type Told } from './sweep-text.ts'

export function markdown(told: Told): string {
  const { protocol, axes, results, growths } = told
  const columns = columnsOf(axes)
  const line = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`
  const bounds = axes.map((axis) => `${axis.name} ${axis.values.map((_, at) => valueText(axis, at)).join(', ')}`)
  return [
    `**${protocol}**: ${bounds.join(' · ')}`,
    '',
    line(columns),
    line(columns.map(() => '---')),
    ...results.map((result) => line(rowOf(axes, result))),
    '',
    ...growths.map((growth) => `- ${growthTexts(axes, growth).join('; ')}`),
    ...(growths.length > 0 ? [''] : []),
    ...boundsOf(told).flatMap((bounds) => [`What holds does so ${bounds}.`, '']),
    conclusion(told).text,
  ].join('\n')
}

/** Numbers without separators and milliseconds, each parameter in a column of its own. */
export function csv({ axes, results }: Told): string {
  const head = [...axes.map(({ name }) => name), 'verdict', 'property', 'steps', 'distinct', 'ms']
  const rows = results.map(({ cell, outcome }) => [
    ...axes.map((axis, i) => valueText(axis, cell[i]!)),
    outcome.verdict,
    'property' in outcome ? outcome.property : '',
    outcome.verdict === 'violated' ? outcome.steps : '',
    'distinct' in outcome ? (outcome.distinct ?? '') : '',
    'ms' in outcome ? (outcome.ms ?? '') : '',
  ])
  return [head, ...rows].map((row) => row.map((field) => quoted(String(field))).join(',')).join('\r\n')
}

const quoted = (field: string): string => (/[",\r\n]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field)

export const jsonOf = (told: Told): object => ({
  version: 1,
  protocol: told.protocol,
  axes: told.axes.map((axis) => ({
    name: axis.name,
    values: axis.of === 'bugs' ? axis.values : [...axis.values],
  })),
  cells: told.results.map(({ cell, outcome }) => ({
    ...instanceOf(told.axes, cell),
    ...outcome,
    ...('by' in outcome && { by: instanceOf(told.axes, outcome.by) }),
  })),
  growth: told.growths.map(({ axis, cell, guess, ...growth }) => ({
    parameter: axis.name,
    ...growth,
    at: instanceOf(told.axes, cell),
    guess: { distinct: Math.round(guess.distinct), ms: Math.round(guess.ms) },
  })),
  verdict: conclusion(told).verdict,
  ms: Math.round(told.ms),
})
