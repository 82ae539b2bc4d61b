/** A summary in Markdown, with each violation that nobody expected drawn as a Mermaid diagram. */
import { oneLine } from '../../value/visible.ts'
import type { Reporter, Sum } from '../reporter.ts'
import type { Status, TestResult } from '../test.ts'
import { sumText } from './terminal.ts'

const SIGNS: Readonly<Record<Status, string>> = {
  passed: '✅',
  failed: '❌',
  unknown: '❔',
  broken: '⚠️',
  'left out': '➖',
}

/** GitHub takes a summary of a megabyte, and draws no more than so many characters of a diagram. */
const MOST_CHARACTERS = 900_000
const MOST_OF_A_DIAGRAM = 50_000

export const markdown = (): Reporter => ({ end: (sum) => markdownOf(sum) })

export function markdownOf(sum: Sum): string {
  const rows = sum.results.map(
    ({ test, status, found }) => `| ${SIGNS[status]} | ${cell(test.protocol)} | ${cell(test.name)} | ${cell(found)} |`,
  )
  const table = [
    `## ${sum.command ?? 'verify test'}`,
    '',
    sumText(sum),
    '',
    ...(sum.remarks ?? []).flatMap((remark) => [remark, '']),
    '| | protocol | test | found |',
    '| --- | --- | --- | --- |',
    ...rows,
  ]
  const sections = sum.results.filter(({ status }) => status !== 'passed' && status !== 'left out').map(section)
  let text = `${table.join('\n')}\n`
  for (const [at, more] of sections.entries()) {
    if (text.length + more.length > MOST_CHARACTERS) return `${text}\n${sections.length - at} more did not pass.\n`
    text += `\n${more}\n`
  }
  return text
}

function section({ test, expected, found, repeat, violation }: TestResult): string {
  return [
    `### ${inline(`${test.protocol} ${test.name}`)}`,
    '',
    ...(expected === '' ? [] : [`- expected: ${inline(expected)}`]),
    `- found: ${inline(found)}`,
    `- repeat: \`${oneLine(repeat).replaceAll('`', "'")}\``,
    ...(violation === undefined ? [] : diagram(violation.mermaid)),
  ].join('\n')
}

function diagram(mermaid: string): string[] {
  if (mermaid.length > MOST_OF_A_DIAGRAM || mermaid.includes('```')) return []
  return ['', '```mermaid', mermaid.trimEnd(), '```']
}

/** In a line of text: what Markdown or HTML would take for its own is plain. */
const inline = (text: string): string =>
  oneLine(text).replaceAll(/[\\`*_[\]<>#|~]/g, (sign) => (sign === '<' ? '&lt;' : sign === '>' ? '&gt;' : `\\${sign}`))

const cell = inline
