/** A reporter: how results are told, to a person or to a program. */
import type { Paint } from '../report/paint.ts'
import type { TestResult } from './test.ts'

export interface Reporter {
  /** What is printed as the tests begin, and as each ends; nothing for reports that are written whole. */
  readonly begin?: (count: number) => string
  readonly result?: (result: TestResult) => string
  /** The end of the report, or the whole of it. */
  readonly end: (sum: Sum) => string
}

/** All results, in the order in which the tests ended, and the time that went by. */
export interface Sum {
  /** What was run. Left out: `verify test`. */
  readonly command?: string
  /** What is to be said of all results together, a sentence each. */
  readonly remarks?: readonly string[]
  readonly results: readonly TestResult[]
  readonly ms: number
}

export interface Printing {
  readonly width: number
  readonly paint: Paint
}
