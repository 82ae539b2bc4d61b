/** A path through a model's states, told by names: what a search hands over, and what the judge steps through. */
import type { Step, Value } from '../model.ts'

export interface Path {
  /** The choices of the initial body. */
  readonly initial: Readonly<Record<string, Value>>
  readonly steps: readonly Step[]
}
