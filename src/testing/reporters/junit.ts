/**
 * JUnit's XML as Jenkins' schema has it (junit-10.xsd), which GitLab and others read too: a suite for each protocol.
 * Written by hand, for what the packages write has attributes that the schema does not know.
 */
import { visibleLines } from '../../value/visible.ts'
import type { Reporter } from '../reporter.ts'
import type { TestResult } from '../test.ts'

export const junit = (): Reporter => ({
  end: ({ command = 'verify test', results, ms }) => {
    const protocols = [...new Set(results.map(({ test }) => test.protocol))].sort()
    const suites = protocols.map((name) => {
      const own = results.filter(({ test }) => test.protocol === name)
      return element('testsuite', { name, ...counts(own), skipped: number(own, 'left out') }, own.map(caseOf))
    })
    const all = element('testsuites', { name: command, ...counts(results), time: seconds(ms) }, suites)
    return `<?xml version="1.0" encoding="UTF-8"?>\n${all}`
  },
})

/** A proof that was not finished is no failure of the protocol, and no success. */
const counts = (results: readonly TestResult[]) => ({
  tests: String(results.length),
  failures: number(results, 'failed'),
  errors: number(results, 'broken', 'unknown'),
})

const number = (results: readonly TestResult[], ...statuses: TestResult['status'][]): string =>
  String(results.filter(({ status }) => statuses.includes(status)).length)

const seconds = (ms: number): string => (ms / 1000).toFixed(3)

function caseOf(result: TestResult): string {
  const { test, status, found, ms } = result
  return element('testcase', { name: test.name, classname: test.protocol, time: seconds(ms) }, [
    ...(status === 'left out' ? [element('skipped', {})] : []),
    ...(status === 'failed' ? [element('failure', { message: found }, [text(told(result))])] : []),
    ...(status === 'broken' || status === 'unknown'
      ? [element('error', { message: found }, [text(told(result))])]
      : []),
  ])
}

/** What was expected, what was found, the trace. */
export const told = ({ expected, found, repeat, violation }: TestResult): string =>
  [
    ...(expected === '' ? [] : [`expected: ${expected}`]),
    `found: ${found}`,
    `repeat: ${repeat}`,
    ...(violation === undefined ? [] : ['', violation.text]),
  ].join('\n')

function element(name: string, attributes: Readonly<Record<string, string>>, content: readonly string[] = []): string {
  const given = Object.entries(attributes).map(([key, value]) => ` ${key}="${text(value).replaceAll('\n', '&#10;')}"`)
  const head = `<${name}${given.join('')}`
  return content.length === 0 ? `${head}/>` : `${head}>${content.join('\n')}</${name}>`
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

/** XML has no place for control characters, however they are written. */
const text = (plain: string): string => visibleLines(plain).replaceAll(/[&<>"]/g, (sign) => ENTITIES[sign]!)
