/**
 * A trace: a path together with the evidence that it is one. It names the protocol, what was found, every step by
 * action and arguments, what each step changed, and a hash of each state, so that a replay notices an edit to the spec.
 *
 * The judge makes traces (judge/record.ts) and replays them (judge/replay.ts); here they are kept, read and told.
 */
import type { Step, Value } from '../model.ts'

/** The name and claim that stand in a trace for a body or predicate that throws, which breaks no property of the text. */
export const RUNS = { name: 'runs', claim: 'every body and every predicate runs without an error' } as const

/** The same for a trace that explains a log: every step can be taken, and nothing else is asked. */
export const EXPLAINS = { name: 'explains', claim: 'every step can be taken' } as const

/** The name of the choice that a receive makes. */
export const MESSAGE = 'message'

/** Reasons of a predicate's own words may be long; more characters than this are for nobody. */
export const LONGEST_REASON = 10_000

export interface Trace {
  readonly protocol: string
  /** The spec's file, relative to the folder of the trace; absent for a protocol that comes with splitbrain. */
  readonly spec?: string
  readonly parameters: Readonly<Record<string, Value>>
  readonly bugs: readonly string[]
  readonly property: { readonly name: string; readonly claim: string }
  /** `violated`: the end breaks the property, or the whole execution does. `witnessed`: the end is what a `sometimes` asks for. */
  readonly verdict: 'violated' | 'witnessed'
  /** Which processes and values made the verdict. */
  readonly because: string
  readonly initial: InitialState
  readonly steps: readonly RecordedStep[]
  /** As in `Path`: present where the trace is a lasso. */
  readonly loop?: number
  /** The execution is one of those that may stop wherever fairness lets them (`--stutter`). */
  readonly stutters?: true
  /** It starts in any state in which its invariant is true, reachable or not (`--inductive`). */
  readonly inductive?: true
  /**
   * Of a `canAlways`: how many distinct states can be reached from the end without a further fault; the goal is true in
   * none of them. `judge`: it has looked at all of them. `search`: they are more than the judge looks at.
   */
  readonly proof?: { readonly states: number; readonly by: 'judge' | 'search' }
  /** How the search's path was made easier to read: fewer steps, or the steps of each process gathered (tidy.ts). */
  readonly tidied?: { readonly shortenedFrom?: number; readonly gathered?: true }
  /**
   * Of a run of a real system that does otherwise than the protocol after these steps: what the protocol has at the end
   * beside what the system showed there, as far as it did. Both sides as text, since a system may show anything.
   */
  readonly system?: readonly SystemPart[]
}

/** A process, or the shared variables. */
export interface SystemPart {
  readonly name: string
  readonly has: string
  readonly shown: string
  readonly differs: boolean
}

export interface InitialState {
  /** The choices of the initial state. */
  readonly choices: Readonly<Record<string, Value>>
  /** The values of all components by name; empty channels are left out. */
  readonly state: Readonly<Record<string, Value>>
  readonly hash: string
}

export interface RecordedStep extends Step {
  readonly changes: readonly Change[]
  /** Of the state after the step. */
  readonly hash: string
}

/**
 * A difference between two states: `n1.term` from 0 to 1. Without `before` it was added there, without `after` it was
 * removed. A channel's messages are added (sent) and removed (received, lost) one by one.
 */
export interface Change {
  readonly component: string
  /** Where in the component: `term`, `next.n2`, `log[0]`; empty for the component itself, and for a channel's message. */
  readonly path: string
  readonly before?: Value
  readonly after?: Value
}

/** What a replay finds. Steps are counted from 1; 0 is the initial state. */
export type Replay = Reproduced | NoLongerViolated | Unsettled | Diverged

/** The end breaks the property, or is the witness, still. */
export interface Reproduced {
  readonly outcome: 'reproduced'
  readonly because: string
  /** Absent where every state was as recorded. */
  readonly anew?: Anew
}

/** The violation on the protocol of today, by what the trace's steps mean there. */
export interface Anew {
  readonly trace: Trace
  /** How many of its steps are not the saved trace's, and how many of the saved trace's are not in it. */
  readonly others: number
  readonly left: number
  /** What came of the steps as they were recorded. */
  readonly exact: NoLongerViolated | Diverged
}

/** Until `step` could not happen any more, or the last state is no longer what it was. */
export interface NoLongerViolated {
  readonly outcome: 'no-longer-violated'
  readonly step: number
  readonly reason: string
  /** The first state that is not as recorded: the steps were followed by what they mean now. */
  readonly changed?: Difference
  /** How far the search around the trace went; absent where there was none. */
  readonly nearby?: Nearby
}

/** How far a search around a trace went. */
export interface Nearby {
  /** With up to so many other steps between its own, all that can be made of it was looked at. */
  readonly others: number
  /** All states that were looked at. */
  readonly states: number
}

/** As recorded; but that the goal of a `canAlways` is out of reach there is more than the judge has looked at. */
export interface Unsettled {
  readonly outcome: 'unsettled'
  readonly step: number
  readonly reason: string
}

/**
 * The spec has changed: after `step` the state is another one, or the spec has no such step, or fails in it. This
 * says nothing about the violation; `afterwards` says how the rest of the steps went.
 */
export interface Diverged extends Difference {
  readonly outcome: 'diverged'
  readonly afterwards: string
}

/** What the trace says about a step, and what happened now: `n1.term 0 → 1`, `n1.term 0 → 2`. */
export interface Difference {
  readonly step: number
  readonly expected: string
  readonly found: string
}
