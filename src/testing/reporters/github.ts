/**
 * For a workflow on GitHub: annotations at the property's line in the protocol, and a summary of the job, appended to the
 * file that GITHUB_STEP_SUMMARY names. GitHub shows ten annotations of a kind for each step, so no more are made.
 */
import { appendFileSync } from 'node:fs'
import { visibleLines } from '../../value/visible.ts'
import type { Reporter } from '../reporter.ts'
import { placesIn } from '../source-places.ts'
import type { TestResult } from '../test.ts'
import { markdownOf } from './markdown.ts'

const MOST = 10

export const github = (env: NodeJS.ProcessEnv = process.env): Reporter => ({
  end: (sum) => {
    const summary = env.GITHUB_STEP_SUMMARY
    const problem = summary && appended(summary, markdownOf(sum))
    const told = sum.results.filter(({ status }) => status !== 'passed' && status !== 'left out')
    const errors = told.filter(({ status }) => status !== 'unknown').slice(0, MOST)
    const warnings = told.filter(({ status }) => status === 'unknown').slice(0, MOST)
    return [
      ...errors.map((one) => annotation('error', one)),
      ...warnings.map((one) => annotation('warning', one)),
      ...(problem ? [`::warning::${textOf(`the summary cannot be written: ${problem}`)}`] : []),
    ].join('\n')
  },
})

/** Appends; what keeps it from that is no reason to tell nothing. */
function appended(file: string, text: string): string | undefined {
  try {
    appendFileSync(file, text)
    return undefined
  } catch (thrown) {
    return (thrown as Error).message
  }
}

function annotation(kind: 'error' | 'warning', result: TestResult): string {
  const { test, expected, found, repeat } = result
  const { file, line } = placeOf(result)
  const fields = { file, line, title: `${test.protocol} ${test.name}` }
  const given = Object.entries(fields).flatMap(([name, value]) =>
    value === undefined ? [] : `${name}=${fieldOf(String(value))}`,
  )
  const text = [...(expected === '' ? [] : [`expected: ${expected}`]), `found: ${found}`, `repeat: ${repeat}`].join(
    '\n',
  )
  return `::${kind} ${given.join(',')}::${textOf(text)}`
}

/** The line of the property, where there is one; else the place of the test. */
function placeOf({ test, violation }: Pick<TestResult, 'test' | 'violation'>): { file?: string; line?: number } {
  const line = violation && placesIn(test.protocol)?.propertyLine(violation.property)
  if (line !== undefined) return { file: plain(test.protocol), line }
  return test.file === undefined ? {} : { file: plain(test.file), ...(test.line !== undefined && { line: test.line }) }
}

const plain = (path: string): string => path.replace(/^\.\//, '')

/** As the runner reads commands: github.com/actions/toolkit, docs/commands.md. */
const textOf = (text: string) => visibleLines(text).replaceAll('%', '%25').replaceAll('\n', '%0A')
const fieldOf = (text: string) => textOf(text).replaceAll(':', '%3A').replaceAll(',', '%2C')
