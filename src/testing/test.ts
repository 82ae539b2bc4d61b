/** A test that `verify test` runs, or a mutant of `verify mutate`, and what came of it. Both cross from thread to thread: they are plain data. */

import type { Expected as ExpectedOutcome } from '../language/scenario.ts'
import type { Found } from '../report/claims.ts'
import type { PageContent } from '../report/html-page.ts'

export interface Test {
  /** What it is called in reports: the scenario's name, or the trace's file. */
  readonly name: string
  /** What the protocol is loaded by: a file, relative to the working directory, or a name of the corpus. */
  readonly protocol: string
  /** Where it is written: the file of the scenarios, or the trace; absent for a scenario of the corpus. */
  readonly file?: string
  /** Of `file`, counted from 1, where a test is about a line. */
  readonly line?: number
  readonly kind: 'scenario' | 'trace' | 'mutant'
  /** Left out unless it is asked for. */
  readonly slow: boolean
  /** How much work it is, roughly: transitions, as far as they are documented. The least is run first. */
  readonly cost: number
}

/**
 * `passed`, `failed`: it came out as expected, or otherwise. `unknown`: a budget or an interrupt ended it. `broken`: the
 * protocol, the scenario or the trace is none. `left out`: it is slow, or another one had failed and that was to be enough.
 */
export type Status = 'passed' | 'failed' | 'unknown' | 'broken' | 'left out'

export interface TestResult {
  readonly test: Test
  readonly status: Status
  /** In words: what was to come out, and what did. Of a test that is `broken`, what is wrong with it. */
  readonly expected: string
  readonly found: string
  readonly ms: number
  /** The command that repeats it. */
  readonly repeat: string
  /** Of a trace: the code that it was replayed with, as absolute paths; absent where that is not known. */
  readonly rests?: readonly string[]
  /** Of a trace that came out as it should, by other steps than it was saved with: its file's text as it goes now. */
  readonly anew?: string
  /** It was known from an earlier run of the same sources. */
  readonly cached?: true
  /** What the search came to, where it was one. */
  readonly outcome?: Found
  /** Of the counterexample on file, where it is none of this run any more: the file and why. */
  readonly onFile?: string
  /** What was expected of it. */
  readonly expectation?: ExpectedOutcome
  /** Of a violation that was not expected: the property, and its trace as text, as a diagram and as a page. */
  readonly violation?: ViolationTold
}

export interface ViolationTold {
  readonly property: string
  readonly claim: string
  readonly because: string
  /** Drawn in lanes. */
  readonly text: string
  readonly mermaid: string
  readonly page: PageContent
  /** Which action of which role or message each step is, for finding its lines in the source. */
  readonly steps: readonly { readonly group: string; readonly told: string }[]
}
