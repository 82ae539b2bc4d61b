/** What a check answers: one verdict, and everything that it rests on, as data and in words. */
import type { GroupResult, PropertyResult, SearchResult, Stop, Verdict } from '../engine/result.ts'
import type { Value } from '../model.ts'
import type { Trace } from '../trace/trace.ts'
import { SplitbrainError } from '../value/splitbrain-error.ts'

/** `verdict` tells them apart. */
export type CheckResult = Holds | Violated | Unknown

/** Every reachable state was visited, and all properties hold. */
export interface Holds extends Checked {
  readonly verdict: 'holds'
}

/** At least one property is violated; the judge has re-executed the trace of each. */
export interface Violated extends Checked {
  readonly verdict: 'violated'
  /** In the order of the properties; the first one unless the search went on. */
  readonly violations: readonly [Violation, ...Violation[]]
}

/** The search ended before it could say, and found no violation. */
export interface Unknown extends Checked {
  readonly verdict: 'unknown'
}

interface Checked {
  readonly protocol: string
  /** All of them, defaults included. */
  readonly parameters: Readonly<Record<string, Value>>
  readonly bugs: readonly string[]
  /** By name, in the order of the protocol's text. */
  readonly properties: Readonly<Record<string, PropertyAnswer>>
  /** Distinct states. */
  readonly distinct: number
  /** Transitions, and the initial states. */
  readonly generated: number
  /** The greatest depth at which a state was first found; initial states have depth 0. */
  readonly depth: number
  /** Why the search ended, and after how long. */
  readonly stop: Stop
  /** How often each action, delivery and fault fired. */
  readonly groups: readonly GroupResult[]
  /** Of a search up to symmetry, where there was any: `distinct` and `generated` are about orbits then, these about states. */
  readonly orbits?: NonNullable<SearchResult['orbits']>
  /** Of random walks. */
  readonly simulation?: NonNullable<SearchResult['simulation']>
  /** What makes the verdict weaker than it looks: actions that never fired, properties never put to the test. */
  readonly warnings: readonly string[]
  /** As `verify` prints it, 100 columns wide, without colours. */
  readonly text: string
}

export interface PropertyAnswer {
  readonly claim: string
  readonly kind: PropertyResult['property']['kind']
  readonly verdict: Verdict
  /** False where nothing was ever there to test it: it holds, but says nothing. */
  readonly exercised: boolean
  /** Of a violation, and of the witness of a `sometimes`. */
  readonly steps?: number
}

export interface Violation {
  readonly property: string
  readonly claim: string
  /** How many steps the counterexample has; of a lasso, stem and loop together. */
  readonly steps: number
  /** Of a lasso: how many of the steps are its loop; 0 where the execution stops for ever. */
  readonly loop?: number
  /** Which processes and values broke it. */
  readonly because: string
  /** Absent where a witness is missing: that no state is one has no trace. */
  readonly trace?: Trace
  /** The trace, drawn. */
  readonly text: string
}

/** The protocol cannot be checked: a body or a predicate threw, was impure, or did what none may. */
export class BrokenProtocol extends SplitbrainError {
  /** The way to where it broke; absent where there is none that can be told. */
  readonly trace: Trace | undefined

  constructor(cause: SplitbrainError, message: string, trace: Trace | undefined) {
    super(cause.code, message, { cause })
    this.trace = trace
  }
}
