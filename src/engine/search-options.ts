/** What a search is asked, what bounds it, and what it tells on the way. */
import type { Model } from '../model.ts'
import type { Recruiting } from './parallel/recruiting.ts'
import type { Swelling } from './result.ts'
import type { Tuning } from './tuning.ts'

/** Where a search stops though it is not done. Absent: no bound. */
export interface Budget {
  /** Distinct states. */
  readonly maxStates?: number
  /** States at this depth are visited but not left; the initial states have depth 0. */
  readonly maxDepth?: number
  readonly timeoutMs?: number
  /** Of the whole process, resident. */
  readonly maxMemoryBytes?: number
}

export interface SearchOptions {
  /** Breadth first (traces are shortest) or depth first. Default `bfs`. */
  readonly order?: 'bfs' | 'dfs'
  /** The properties to check, by name, `types` besides. Default: all that are not optional. */
  readonly properties?: readonly string[]
  /** Do not ask whether every value fits its schema. Default false. */
  readonly leavesOutTypes?: boolean
  readonly budget?: Budget
  /**
   * Search orbits: of states that differ in the names of processes only, one. `auto`: of every role that turns out to
   * treat names as names; or the roles named, all of which must. Breadth first, one thread. `once-large`: as `auto` from
   * where the space turns out to be large, if that leaves no question open and pays; the search then begins anew.
   * Default: every state counts.
   */
  readonly symmetry?: 'auto' | 'once-large' | readonly string[]
  /** Go on after a violation, until the space is exhausted. Default false. */
  readonly keepGoing?: boolean
  /**
   * Keep the visited states in an array of so many bytes of bits, for spaces beyond memory. Breadth first only. A state
   * may then be taken for a known one and missed, so that nothing is said to hold: the verdict is `violated` or
   * `unknown`. Default: a store that is exact.
   */
  readonly compactBytes?: number
  /** Work out a profile, too. Default false: it goes over everything that was interned once more. */
  readonly profiled?: boolean
  /**
   * Search on several threads: breadth first, questions about executions left out. Counts, verdicts and the
   * lengths of paths are the same as on one thread; which of several shortest paths is told, and which of the steps that
   * lead to a new state is said to have discovered it, may differ from run to run. Default: one thread.
   */
  readonly parallel?: Parallel
  /** How to build a fresh instance of the protocol, which repeats a sample of the search; absent: none does. */
  readonly fresh?: Recruiting
  /** Work out a hash of the set of states, too. One thread. Default false: it goes over every state once more. */
  readonly digested?: boolean
  /** A `never`, by name: in how many of the states it is true what never may be. One thread. */
  readonly counted?: string
  /** Repeat no run of a body or predicate: they differ from pure ones in nothing that could make them impure. Default false. */
  readonly isKnownPure?: boolean
  /** Other versions of the model, to be held against it in every state that is visited. One thread, no symmetry. */
  readonly versions?: Comparing
  /** For tests of the engine: no answer depends on it. */
  readonly tuning?: Partial<Tuning>
  /** Called a few times a second. */
  readonly onProgress?: (progress: Progress) => void
  /** Ends the search with what is known. */
  readonly signal?: Interruption
}

/** What is to happen around runs of the protocol's own code. */
export type Around = <T>(run: () => T) => T

/** Who has other versions of the model, and is told of them. They are known by numbers. */
export interface Comparing {
  /** Is called with each run of the model's own code, which it is to do. */
  readonly around: Around
  /** The versions that may do something else than the last such run. */
  concerned(): Iterable<number>
  /** The model of a version, with the same components, rules and properties; undefined: it counts as one that differs. */
  modelOf(version: number): Model | undefined
  /** It differs, or may. It is not to be concerned again. */
  differs(version: number): void
}

/** An AbortSignal, or whatever else comes true in the same way. */
export interface Interruption {
  readonly aborted: boolean
  /** How long whoever interrupts waits for runs to be repeated. Default 20: a caller is answered within a tenth of a second. */
  readonly patienceMs?: number
}

export interface Parallel extends Recruiting {
  /** `auto`: one until the space is known to be large, then as many as there are processors. */
  readonly workers: number | 'auto'
}

export interface Progress {
  readonly distinct: number
  /** Transitions, and the initial states. */
  readonly generated: number
  readonly depth: number
  /** States that are known and not yet left. */
  readonly frontier: number
  /** How many times as wide the last whole level was as the one before it; undefined in a depth-first search. */
  readonly growth: number | undefined
  readonly elapsedMs: number
  /** What makes the space large; where a search has lasted for half a minute. */
  readonly swelling?: Swelling
  /** Of a simulation: how many random walks have been begun. */
  readonly walks?: number
  /** A violation that ends the search with its level: the property, where it is known, and after how many steps. */
  readonly found?: { readonly property?: string; readonly steps?: number }
  /** The question about executions that is being decided, once all states are known. */
  readonly deciding?: string
}
