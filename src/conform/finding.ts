/** What the search for an explanation finds, and how far it gets. */
import type { Property, State } from '../model.ts'
import type { Path } from '../trace/path.ts'
import type { LogEvent } from './event.ts'
import type { Head, Reached } from './heads.ts'

/** Which property an explanation breaks, and by which event; undefined: in the beginning. */
export interface Breach {
  readonly property: Property
  readonly event: LogEvent | undefined
}

/** `breach`: what this explanation breaks, since every one breaks something. `path`: absent where it is too long to be kept. */
interface Conforms {
  readonly verdict: 'conforms'
  readonly path?: Path
  readonly breach?: Breach
  /** Where that was asked and there is no breach: what another explanation breaks. */
  readonly mayBreak?: Breach | 'nothing' | 'unknown'
}

export type Finding =
  | Conforms
  | { readonly verdict: 'does not conform' }
  | { readonly verdict: 'unknown'; readonly ranOut: 'states' | 'time' }

/** How far it got. */
export interface Progress {
  /** Events that were explained, at most. */
  readonly explained: number
  /** The states in which that left the protocol, silent steps included; `isAll`: every one that there is. */
  readonly frontier: readonly Standing[]
  readonly isAll: boolean
  readonly states: number
}

export interface Standing {
  readonly state: State
  /** By node of the log, how much of it was explained, and what would be next. */
  readonly reached: readonly Reached[]
  readonly next: readonly Head[]
}

export interface Limits {
  /** Beyond one for each event that is explained. */
  readonly maxStates: number
  readonly isOver: () => boolean
  /** Whether to look at every explanation for what it may have broken, too. */
  readonly may: boolean
}
