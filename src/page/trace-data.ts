/**
 * What the page of a trace is given: JSON inside the page's own file, made by report/trace-page.ts and read by
 * page/trace/main.ts. Everything that needs the model is worked out before; the page only lays out, filters and shows.
 *
 * Values are as `toJson` writes them (a set is `{"#set": [...]}`). A state is the initial one with the `values` of each
 * step put over it, so that a long trace does not repeat what does not change.
 */
export interface TraceData {
  readonly protocol: string
  /** `raft (specs/raft.ts)`, `nodes 3`, ... */
  readonly settings: readonly string[]
  readonly bugs: readonly string[]
  readonly property: { readonly name: string; readonly claim: string }
  /** Whether the claim says what must not be. */
  readonly isNever: boolean
  readonly verdict: 'violated' | 'witnessed' | 'broken'
  /** `electionSafety is violated after 7 steps`. */
  readonly sentence: string
  readonly because: string
  /** What else there is to say of it: assumptions of fairness, how large a proof is. */
  readonly details: readonly string[]
  /** Who waits for what at the end, where the violation is that something cannot happen. */
  readonly waiting: readonly { readonly name: string; readonly told: readonly string[] }[]
  /** What clients recorded, drawn on a time line in characters; absent where nothing was. */
  readonly timeline?: string
  /** What the protocol has and what a real system showed at the end, as a table in characters. */
  readonly system?: string
  /** The command that replays the trace. */
  readonly command: string
  /** What the judge found when the page was made. */
  readonly replay: {
    readonly outcome: 'reproduced' | 'no-longer-violated' | 'unsettled' | 'diverged' | 'not-replayed'
    readonly told: string
  }
  readonly components: readonly ComponentData[]
  /** By component. */
  readonly initial: readonly unknown[]
  /** What the state before the first step is called. */
  readonly start: string
  readonly inFlight: readonly FlightData[]
  readonly steps: readonly StepData[]
  /** How many steps lie before the loop; all of them where the execution stops for ever. Absent without a loop. */
  readonly loop?: number
  /** The steps that matter for the violation (report/slice.ts); absent where all do. */
  readonly matter?: readonly number[]
  /** The state is known up to and including the one after this many steps: beyond, the protocol has changed. */
  readonly known: number
  /** Of a refinement: what the execution is to the abstract protocol. */
  readonly abstract?: {
    readonly protocol: string
    /** The abstract state at the start, and after each step. */
    readonly states: readonly string[]
    /** What could have happened instead of the last step, where that is none of the abstract protocol. */
    readonly instead: readonly { readonly name: string; readonly told: readonly string[] }[]
  }
}

export interface ComponentData {
  readonly name: string
  readonly kind: 'process' | 'channel' | 'history' | 'shared' | 'budget'
}

export interface StepData {
  /** In one line, messages by number. */
  readonly told: string
  readonly kind: 'action' | 'receive' | 'fault' | 'recovery'
  readonly process: string | null
  readonly sent: readonly FlightData[]
  readonly ended: readonly EndedFlight[]
  /** Of everything but channels. */
  readonly changes: readonly ChangeData[]
  /** The whole new value of each component that changed, by its index. */
  readonly values: Readonly<Record<number, unknown>>
  /** What it is to the abstract protocol of a refinement; absent where it changes nothing there. */
  readonly abstract?: { readonly isOne: boolean; readonly told: string; readonly changes: string }
}

export interface FlightData {
  readonly number: number
  readonly from: string
  readonly to: string
  readonly type: string
  /** `Vote{term 2}`. */
  readonly text: string
}

export interface EndedFlight extends FlightData {
  /** `copied`: it was delivered and is still in flight. */
  readonly fate: 'received' | 'copied' | 'lost'
}

export interface ChangeData {
  readonly component: string
  readonly kind: Exclude<ComponentData['kind'], 'channel'>
  /** The process in whose lane it is told; of no process for variables and budgets. */
  readonly process: string | null
  /** In the component: `term`, `next.n2`; empty for the whole of it. */
  readonly path: string
  /** `term 0 → 1`, without the component where it is a process. */
  readonly text: string
}
