/**
 * A scenario: one documented run of a protocol - its parameters, the bugs switched on, and the
 * outcome we stand behind, with exact counts. It is data, not code: `verify show` prints it, the
 * corpus tests run it, and a reader can repeat it from the command line.
 */

export interface Scenario {
  readonly name: string
  /** The statement as the document makes it, when the scenario reproduces one. */
  readonly claim?: string
  readonly source?: string
  /** Left out: the protocol's defaults. */
  readonly parameters?: Readonly<Record<string, unknown>>
  readonly bugs?: readonly string[]
  /** Left out: all properties of the protocol. */
  readonly properties?: readonly string[]
  readonly expect: ScenarioOutcome
  /** Too long for every run of the tests. */
  readonly slow?: boolean
  /** The recorded counterexample: a file name under counterexamples/. */
  readonly trace?: string
}

export type ScenarioOutcome = HoldsOutcome | ViolatedOutcome

/** Everything was explored, and every property held. */
export interface HoldsOutcome {
  readonly verdict: 'holds'
  readonly distinct: number
  readonly generated: number
  readonly depth: number
}

/** The shortest counterexample to `property` has this many steps. */
export interface ViolatedOutcome {
  readonly verdict: 'violated'
  readonly property: string
  readonly steps: number
}
