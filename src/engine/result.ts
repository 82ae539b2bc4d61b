/** What a search answers. Verdicts are words, never exit codes; wording them is report/'s work. */
import type { Component, Fairness, Property } from '../model.ts'
import type { Path } from '../trace/path.ts'
import type { SplitbrainError } from '../value/splitbrain-error.ts'
import type { FieldProfile, Profile } from './profile/profile.ts'

/** `holds`: every reachable state was visited. `unknown`: a budget ran out first. */
export type Verdict = 'holds' | 'violated' | 'unknown'

/** Why a search ended. `broken`: a body threw, was impure, or did what no body may. */
export type StopReason =
  | 'exhausted'
  /** A compact store: nothing was left to explore, but for what was missed. */
  | 'collisions'
  | 'violation'
  /** Every random walk was taken. */
  | 'walks'
  | 'max-states'
  | 'max-depth'
  | 'timeout'
  | 'max-memory'
  | 'interrupted'
  | 'broken'

export interface PropertyResult {
  readonly property: Property
  readonly verdict: Verdict
  /** False where nothing was ever there to test it: it holds, but says nothing. */
  readonly exercised: boolean
  /**
   * Violated: the way to the violation. A `sometimes` that holds: the way to its witness. Shortest if `bfs`. Of a
   * violated `eventually`, `alwaysEventually` or `leadsTo`: a lasso (`path.loop`), as short as practical. Of a violated
   * `canAlways`: the way to a state from which its goal cannot be reached.
   */
  readonly path?: Path
  /**
   * Of a violated `canAlways`: how many distinct states can be reached from the end of `path` without a further fault,
   * itself included. None of them satisfies the goal.
   */
  readonly proof?: { readonly states: number }
  /**
   * Of a violated question under fairness: each single name whose fairness, assumed besides, would make the property
   * hold; weak where that is enough. Those that need weak fairness only come first. Empty where no single one would do;
   * absent where the search ended before it was worked out.
   */
  readonly cures?: readonly Cure[]
  /** A `leadsTo` whose trigger was true in no state seen: it says nothing, and `exercised` is false. */
  readonly neverTriggered?: true
  /** Names under `fairness` that no step seen belongs to: assuming them assumes nothing. Absent where there are none. */
  readonly idleFairness?: readonly string[]
  /** It holds, but would not if an execution could stop where something can happen that no fairness speaks of. */
  readonly restsOnProgress?: true
  /** A question about whole executions that a search with this option does not ask: it is unknown. */
  readonly unasked?: Unasked
}

/** The option, the constraint or the view that keeps questions about whole executions from being asked. */
export type Unasked = 'simulate' | 'dfs' | 'compact' | 'workers' | 'constraint' | 'view' | 'symmetry'

/** Fairness that a question does not assume and could. */
export type Cure = Pick<Fairness, 'of' | 'strength'>

/** How often the steps of a group (an action, a kind of message, a fault) were generated. */
export interface GroupResult {
  readonly group: string
  readonly fired: number
  /** How many of these steps led to a state not seen before. */
  readonly discovered: number
}

/** How the values of a component grew, for finding what makes a space explode. */
export interface ComponentResult {
  readonly name: string
  readonly distinctValues: number
  /** The largest canonical text of any of its values, in characters. */
  readonly largestText: number
  /** Whether new, larger values kept turning up in the last quarter of the search. */
  readonly stillGrowing: boolean
}

export interface Stats {
  /** Runs of rules' bodies: how often the protocol's own code was called for a step. */
  readonly bodyRuns: number
  /** Runs of properties' predicates. */
  readonly predicateRuns: number
  /** Values interned, over all sorts. */
  readonly values: number
  /** Inner nodes and leaves of the memo tries. */
  readonly trieNodes: number
  readonly trieLeaves: number
  readonly storeBytes: number
}

export interface Stop {
  readonly reason: StopReason
  readonly elapsedMs: number
  /** With `max-memory`: what ran short. */
  readonly shortage?: Shortage
  /** Runs of bodies and predicates that the audit did not repeat, for want of time. Absent where it repeated all. */
  readonly unrepeated?: number
  /** With `timeout`, where it was late: the one run of the protocol's code that was under way when time was up. */
  readonly overrun?: Overrun
}

/** A component that goes on taking new values. */
export interface Swelling {
  readonly name: string
  /** Of all components of its sort. */
  readonly values: number
  /** How many times as many there are with each level. */
  readonly growth: number
}

/** The same at the end, and what of its values grows, where that is one part. */
export interface Swollen extends ComponentResult {
  readonly kind: Component['kind']
  readonly field?: FieldProfile
}

export interface Overrun {
  /** What was run: `property safe`, `n1 acquire`. */
  readonly what: string
  readonly ms: number
}

/** The budget, V8's heap (for values), or what the system gives (for tables). */
export type Shortage = { readonly of: 'budget' | 'system' } | { readonly of: 'heap'; readonly limitBytes: number }

/** What a compact store may have missed; under the assumption that its hashes are as good as random. */
export interface Compactness {
  /** Of the array of bits. */
  readonly bytes: number
  /** How many bits a state sets. */
  readonly hashes: number
  /** The share of the bits that are set. */
  readonly fill: number
  /** How many of the states that were met, to be expected, were taken for known ones. What lies beyond them is not counted. */
  readonly expectedMissed: number
  /** How likely none was. */
  readonly chanceOfNoneMissed: number
}

/** What a search up to symmetry found: `distinct` and `generated` of the result are about orbits. */
export interface Orbits {
  /** The roles whose processes are told apart by nothing but their names. */
  readonly roles: readonly string[]
  /** Whether that was checked under all renamings; with many processes, under some. */
  readonly isChecked: boolean
  /**
   * The states in the orbits, and the transitions from them with the initial states: what a search without symmetry
   * counts. Beyond what a number is exact for, as a bigint.
   */
  readonly distinct: number | bigint
  readonly generated: number | bigint
}

/** A role that is searched without symmetry, and what tells its processes apart. */
export interface Unlike {
  readonly role: string
  readonly why: string
}

export interface SearchResult {
  /** The constraints of the model: what holds, holds within them. Absent where there are none. */
  readonly within?: readonly string[]
  /** The model's view told states apart: what holds, holds as far as it tells them apart. */
  readonly viewed?: true
  /** Of all checked properties together. */
  readonly verdict: Verdict
  readonly stop: Stop
  readonly order: 'bfs' | 'dfs' | 'random'
  readonly distinct: number
  readonly generated: number
  /** The greatest depth at which a state was first found. */
  readonly depth: number
  /** States found but not left when the search ended. */
  readonly frontier: number
  readonly properties: readonly PropertyResult[]
  readonly groups: readonly GroupResult[]
  readonly components: readonly ComponentResult[]
  /** Of a search that was cut short: the components that went on taking new values, the worst first. */
  readonly swelling?: readonly Swollen[]
  readonly stats: Stats
  /** Of a search up to symmetry, where there was any. */
  readonly orbits?: Orbits
  /** Where it was asked for: the roles that have none. */
  readonly unlike?: readonly Unlike[]
  /** Of a search with a compact store. */
  readonly compact?: Compactness
  /** Where it was asked for: the same for searches that found the same states, whatever the order. */
  readonly digest?: string
  /** Where it was asked for. */
  readonly counted?: number
  /** Where it was asked for. */
  readonly profile?: Profile
  /** Of a simulation (order `random`): the walks begun, and how many steps each had at most. */
  readonly simulation?: { readonly seed: number; readonly walks: number; readonly maxDepth: number }
  /** With `broken`: what went wrong, and the path to the state in which it did; its last step may be the culprit. */
  readonly broken?: { readonly error: SplitbrainError; readonly path: Path }
}
