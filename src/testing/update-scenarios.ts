/**
 * `verify test --update`: writes what was found into the scenarios' files in place of what was expected. Only the text
 * after `expect:` changes; comments, order and everything else stay as they are. Another verdict is no new figure but
 * another statement: a proof becomes a violation by a defect of the protocol, and is written only where that is asked for.
 */
import { readFileSync } from 'node:fs'
import MagicString from 'magic-string'
import type { Found } from '../report/claims.ts'
import { type Node, objectLiterals } from '../source/syntax.ts'
import { writeWhole } from '../trace/write-trace.ts'
import type { TestResult } from './test.ts'

export interface Updated {
  readonly file: string
  /** Whose expectation was written anew. */
  readonly written: readonly TestResult[]
  /** That came to another verdict, or to a violation of another property, and stay as they are. */
  readonly refused: readonly TestResult[]
  /** That are not written as `{ name: '...', expect: { ... } }`, so that there is no text to change. */
  readonly missed: readonly TestResult[]
}

/**
 * @param verdicts write changes of verdict, too
 * @throws SplitbrainError `cannot-write`
 */
export function updateScenarios(results: readonly TestResult[], verdicts: boolean): Updated[] {
  const byFile = new Map<string, TestResult[]>()
  for (const result of results) {
    const { file } = result.test
    if (file === undefined || !isDue(result)) continue
    byFile.set(file, [...(byFile.get(file) ?? []), result])
  }
  return [...byFile].map(([file, due]) => updated(file, due, verdicts))
}

/** Whether it was found otherwise than it is written: in a figure, or more. */
export const isDue = ({ test, outcome, expectation = { verdict: 'holds' } }: TestResult): boolean =>
  test.kind === 'scenario' &&
  outcome !== undefined &&
  expectationText(outcome) !== expectationText(expectation as Found)

/** Whether it came to another verdict, or to a violation of another property. */
export function isOtherVerdict({ outcome, expectation = { verdict: 'holds' } }: TestResult): boolean {
  if (outcome?.verdict !== expectation.verdict) return true
  return (
    outcome.verdict === 'violated' && expectation.verdict === 'violated' && outcome.property !== expectation.property
  )
}

function updated(file: string, results: readonly TestResult[], verdicts: boolean): Updated {
  const text = readFileSync(file, 'utf8')
  const places = expectationsIn(text)
  const edited = new MagicString(text)
  const [written, refused, missed]: [TestResult[], TestResult[], TestResult[]] = [[], [], []]
  for (const result of results) {
    const place = places.get(result.test.name)
    if (!verdicts && isOtherVerdict(result)) refused.push(result)
    else if (place === undefined) missed.push(result)
    else {
      edited.overwrite(place.start, place.end, expectationText(result.outcome!))
      written.push(result)
    }
  }
  if (written.length > 0) writeWhole(file, edited.toString(), 'the scenarios', 'run without --update')
  return { file, written, refused, missed }
}

/** As a person would write it. */
export function expectationText(outcome: Found): string {
  const expected = Object.entries(outcome).filter(([name]) => name !== 'bounds')
  const fields = expected.map(([name, value]) => `${name}: ${typeof value === 'number' ? figure(value) : `'${value}'`}`)
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
