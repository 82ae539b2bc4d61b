/**
 * `verify test --update`: writes what was found into the scenarios' files in place of what was expected. Only the text
 * after `expect:` changes; comments, order and everything else stay as they are.
 */
import { readFileSync } from 'node:fs'
import MagicString from 'magic-string'
import type { Found } from '../report/claims.ts'
import { type Node, objectLiterals } from '../source/syntax.ts'
import { writeWhole } from '../trace/write-trace.ts'
import type { TestResult } from './test.ts'

export interface Updated {
  readonly file: string
  /** Names of scenarios whose expectation was written anew. */
  readonly written: readonly string[]
  /** And of those that are not written as `{ name: '...', expect: { ... } }`, so that there is no text to change. */
  readonly missed: readonly string[]
}

/** @throws SplitbrainError `cannot-write` */
export function updateScenarios(results: readonly TestResult[]): Updated[] {
  const byFile = new Map<string, TestResult[]>()
  for (const result of results) {
    const { test, outcome } = result
    if (test.kind !== 'scenario' || test.file === undefined || outcome === undefined || isToTheFigure(result)) continue
    byFile.set(test.file, [...(byFile.get(test.file) ?? []), result])
  }
  return [...byFile].map(([file, changed]) => updated(file, changed))
}

/** Whether everything is told, and as it was found. */
const isToTheFigure = ({ outcome, expectation = { verdict: 'holds' } }: TestResult): boolean =>
  expectationText(outcome!) === expectationText(expectation as Found)

function updated(file: string, results: readonly TestResult[]): Updated {
  const text = readFileSync(file, 'utf8')
  const places = expectationsIn(text)
  const edited = new MagicString(text)
  const [written, missed]: string[][] = [[], []]
  for (const { test, outcome } of results) {
    const place = places.get(test.name)
    if (place === undefined) missed!.push(test.name)
    else {
      edited.overwrite(place.start, place.end, expectationText(outcome!))
      written!.push(test.name)
    }
  }
  if (written!.length > 0) writeWhole(file, edited.toString(), 'the scenarios', 'run without --update')
  return { file, written: written!, missed: missed! }
}

/** As a person would write it. */
export function expectationText(outcome: Found): string {
  const fields = Object.entries(outcome).map(
    ([name, value]) => `${name}: ${typeof value === 'number' ? figure(value) : `'${value}'`}`,
  )
  return `{ ${fields.join(', ')} }`
}

const figure = (value: number): string => String(value).replace(/\B(?=(\d{3})+$)/g, '_')

/** By scenario, the value of its `expect`. */
function expectationsIn(text: string): ReadonlyMap<string, Node> {
  const places = new Map<string, Node>()
  for (const fields of objectLiterals(text) ?? []) {
    const valueAt = (wanted: string) => fields.find(({ name }) => name === wanted)?.value
    const [name, expected] = [valueAt('name'), valueAt('expect')]
    if (name?.type === 'StringLiteral' && expected?.type === 'ObjectExpression')
      places.set(String(name.value), expected)
  }
  return places
}
