/** A path through a model's states, told by names: what a search hands over, and what the judge steps through. */
import type { Step, Value } from '../model.ts'

export interface Path {
  /** The choices of the initial state. */
  readonly initial: Readonly<Record<string, Value>>
  readonly steps: readonly Step[]
  /**
   * Of an execution that never ends: how many steps lie before its loop, which the steps from there on are. Where that
   * is all of them, the execution stops for ever in the last state. Absent where the path just ends.
   */
  readonly loop?: number
}

/** A path without its start: how it goes on, and whether for ever. */
export type Course = Pick<Path, 'steps' | 'loop'>

/** Whether it is an execution that stops for ever in its last state. */
export const isEnd = ({ steps, loop }: Course): boolean => loop === steps.length
