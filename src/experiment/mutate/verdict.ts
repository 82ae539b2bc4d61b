/** What came of a mutant. */
import type { Parting } from '../parting.ts'
import type { Mutant } from './mutant.ts'

export type Verdict =
  /**
   * `property` falls, after so many steps, in this run. None: a witness is gone, or the counterexample that the run is to
   * find. Of a mutant of a property: the run comes out otherwise.
   */
  | { readonly verdict: 'noticed'; readonly property: string; readonly steps?: number; readonly run: string }
  /** In every run the states and the steps are those of the protocol itself. `isIdle`: its place is never come to. */
  | { readonly verdict: 'same'; readonly isIdle: boolean }
  /** It does something else, and nothing minds. */
  | { readonly verdict: 'survived'; readonly run?: string; readonly parting?: Parting }
  /** A budget ended a search before anything was noticed. */
  | { readonly verdict: 'unknown'; readonly run: string; readonly why: string }
  /** It is no protocol, or a body throws. */
  | { readonly verdict: 'refused'; readonly run: string; readonly why: string }

export interface Judged {
  readonly mutant: Mutant
  readonly outcome: Verdict
}

/** What an argument is about and a property notices all the same is noticed: it may be of another mutant in the same line. */
export const isArguedAway = ({ mutant, outcome }: Judged): boolean =>
  mutant.argument !== undefined && outcome.verdict !== 'noticed'
