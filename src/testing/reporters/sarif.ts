/**
 * SARIF 2.1.0 (OASIS), for code scanning: a result for each test that did not pass, at the line of the property; the steps
 * of the counterexample are its code flow, through the lines of their actions.
 */
import type { CodeFlow, Location, Log, Result } from 'sarif'
import { packageVersion } from '../../own-code.ts'
import { visibleLines } from '../../value/visible.ts'
import type { Reporter } from '../reporter.ts'
import { placesIn, type SourcePlaces } from '../source-places.ts'
import type { Status, TestResult } from '../test.ts'
import { told } from './junit.ts'

const SCHEMA = 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json'

export const sarif = (): Reporter => ({
  end: ({ results }) => {
    const shown = results.filter(({ status }) => status !== 'passed' && status !== 'left out')
    const rules = [...new Set(shown.map(ruleOf))].sort().map((id) => ({ id }))
    const log: Log = {
      $schema: SCHEMA,
      version: '2.1.0',
      runs: [
        {
          tool: { driver: { name: 'splitbrain', version: packageVersion(), rules } },
          columnKind: 'utf16CodeUnits',
          results: shown.map(resultOf),
        },
      ],
    }
    return JSON.stringify(log, null, 2)
  },
})

/** What was violated; of a test that failed in another way, how. */
const ruleOf = ({ test, status, violation }: TestResult): string =>
  violation === undefined ? status : `${test.protocol}/${violation.property}`

const LEVELS = { failed: 'error', broken: 'error', unknown: 'warning' } as const

function resultOf(result: TestResult): Result {
  const { test, status, violation } = result
  const places = placesIn(test.protocol)
  const line = violation ? places?.propertyLine(violation.property) : test.line
  const at = violation && line !== undefined ? test.protocol : (test.file ?? test.protocol)
  return {
    ruleId: ruleOf(result),
    level: LEVELS[status as Exclude<Status, 'passed' | 'left out'>],
    message: { text: visibleLines(`${test.name}: ${told(result)}`) },
    locations: [locationOf(at, line)],
    ...(violation && violation.steps.length > 0 && { codeFlows: [flowOf(test.protocol, violation.steps, places)] }),
  }
}

function flowOf(
  protocol: string,
  steps: NonNullable<TestResult['violation']>['steps'],
  places: SourcePlaces | undefined,
): CodeFlow {
  return {
    threadFlows: [
      {
        locations: steps.map(({ group, told: text }, at) => ({
          location: { ...locationOf(protocol, places?.groupLine(group)), message: { text: visibleLines(text) } },
          executionOrder: at + 1,
        })),
      },
    ],
  }
}

function locationOf(file: string, line: number | undefined): Location {
  return {
    physicalLocation: {
      artifactLocation: {
        uri: file.replace(/^\.\//, '').replaceAll('\\', '/').split('/').map(encodeURIComponent).join('/'),
      },
      ...(line !== undefined && { region: { startLine: line } }),
    },
  }
}
