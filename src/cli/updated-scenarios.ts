/** `verify test --update`, as its user sees it: everything is said that was written, and everything that was not. */
import { relative } from 'node:path'
import { plural } from '../report/quantities.ts'
import { wrap } from '../report/wrap.ts'
import type { TestResult } from '../testing/test.ts'
import { isDue, isOtherVerdict, updateScenarios } from '../testing/update-scenarios.ts'
import type { Console } from './console.ts'
import { writeAnew } from './keep-trace.ts'

export interface Update {
  /** Changes of verdict as well. */
  readonly verdicts: boolean
}

/** @returns the results, those as passed whose expectation is now what was found. @throws SplitbrainError `cannot-write` */
export function updateAndTell(results: readonly TestResult[], { verdicts }: Update, console: Console): TestResult[] {
  const print = (line: string) => console.print(wrap(line, console.width, '  '))
  const complain = (line: string) => console.complain(wrap(`! ${line}`, console.width, '  '))
  const files = updateScenarios(results, verdicts)
  const settled = new Set<TestResult>()
  for (const { file, written, refused, missed } of files) {
    const path = relative('', file)
    const figures = written.filter((result) => !isOtherVerdict(result))
    if (figures.length > 0) print(`${path}: ${plural(figures.length, 'expectation')} written anew: ${namesOf(figures)}`)
    for (const result of written.filter(isOtherVerdict)) print(`${path}: ${result.test.name} ${changeOf(result)}`)
    for (const result of refused)
      complain(`${path}: ${result.test.name} stays as it is, and ${changeOf(result)}; ${ASK}`)
    if (missed.length > 0) complain(`${path}: ${namesOf(missed)}: ${NO_PLACE}`)
    for (const result of written) {
      if (result.onFile === undefined) settled.add(result)
      else complain(`${path}: ${result.test.name}: ${result.onFile}`)
    }
  }
  const theirs = results.filter((result) => result.test.file === undefined && isDue(result))
  if (theirs.length > 0) complain(`${namesOf(theirs)}: ${NOT_YOURS}`)
  const traces = results.flatMap(({ test, anew }) => (anew === undefined ? [] : [{ file: test.name, text: anew }]))
  for (const { file, text } of traces) {
    writeAnew(file, text, console)
    print(`${file} is written anew, step by step as the protocol goes now`)
  }
  if (files.length + theirs.length + traces.length === 0)
    print('Nothing to write: every figure is told, and is what was found.')
  return results.map((result) => (settled.has(result) ? { ...result, status: 'passed' } : result))
}

const namesOf = (results: readonly TestResult[]): string => results.map(({ test }) => test.name).join(', ')

/** `was "every property holds", is "mutualExclusion is violated after 6 steps"` */
const changeOf = ({ expected, found }: TestResult): string => `was expected to say "${expected}", and says "${found}"`

const ASK = 'another verdict is written where --update-verdicts asks for it'
const NO_PLACE = "not written, for there is no { name: '...', expect: { ... } } to change"
const NOT_YOURS = 'not written: a documented run of a protocol that comes with splitbrain is its own'
