/**
 * A scenario: one documented run of a protocol - its parameters, the bugs switched on, and the outcome its author stands
 * behind. It is data, not code: `verify show` prints it, `verify claims` answers a document with it, `verify test` runs it,
 * and a reader can repeat it with `verify PROTOCOL --scenario NAME`. Those of `lock.ts` are exported as `scenarios` by it,
 * or by `lock.scenarios.ts` beside it.
 */

export interface Scenario {
  readonly name: string
  /** The statement that the scenario puts to the test, as the document makes it. `verify claims` prints and checks it. */
  readonly claim?: string
  /** Where the claim is made: `document 001 §2.2; Ongaro & Ousterhout 2014, §5.2`. Left out: the claim is our own. */
  readonly source?: string
  /** The search refutes the claim: `expect` is what it found. The claim's text stays as the document makes it. */
  readonly refuted?: true
  /** What the search found, in a sentence, where verdict and claim do not tell: what is true instead, or how far. */
  readonly finding?: string
  /** Its place in the table that the protocol's claims make up, if they do. */
  readonly cell?: Cell
  /** Left out: the protocol's defaults. */
  readonly parameters?: Readonly<Record<string, unknown>>
  readonly bugs?: readonly string[]
  /** Left out: all properties of the protocol. */
  readonly properties?: readonly string[]
  readonly expect: Expected
  /** Too long for every run of the tests. */
  readonly slow?: boolean
  /** The recorded counterexample: a file in the folder counterexamples/ beside the protocol. */
  readonly trace?: string
}

/** What a run is to come out as. Figures that are given must be met to the last state; in the corpus all are. */
export type Expected =
  | (Pick<HoldsOutcome, 'verdict'> & Partial<HoldsOutcome>)
  | (Pick<ViolatedOutcome, 'verdict' | 'property'> & Partial<ViolatedOutcome>)

/** `verify claims` shows what the run asks as fallen where it is violated, and as standing where it holds. */
export interface Cell {
  readonly row: string
  readonly column: string
  readonly asks: readonly string[]
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
  /** Of a lasso: of stem and loop together. */
  readonly steps: number
  /** Of a lasso: how many of the steps are its loop; 0 where the execution stops for ever. Left out: no lasso. */
  readonly loop?: number
}
