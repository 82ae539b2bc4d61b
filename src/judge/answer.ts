/** What the judge answers of the end of a walk, and how much it may do for that. */
import type { Trace } from '../trace/trace.ts'

/** The verdict that the end makes, or undefined where it shows nothing. */
export interface Ending {
  readonly verdict: Trace['verdict'] | undefined
  /** Of whom, or for what reason; without a verdict, why there is none, and empty where there is no more to say. */
  readonly because: string
  /** The step that decided it; absent: the last one. */
  readonly step?: number
  /** Of a `canAlways`, whatever the verdict: the states looked at beyond the end, and whether those are all. */
  readonly beyond?: { readonly states: number; readonly isAll: boolean }
}

/** How much the judge may do. */
export interface Diligence {
  /** How many states it looks at to see that a goal is out of reach. */
  readonly mostStates?: number
}
