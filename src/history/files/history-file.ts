/** What was read from a history file. */
import type { HistoryEvent } from '../../value/history.ts'
import type { Operation } from '../operation.ts'

export interface HistoryFile {
  /** Empty where the file holds operations with times, and no events. */
  readonly events: readonly HistoryEvent[]
  readonly operations: readonly Operation[]
  /** How many entries were the nemesis's, and are not among the events. */
  readonly skipped: number
  /** Whether keys stand in a field of their own. */
  readonly hasKeys: boolean
  /** Where an event stands: `line 3`. */
  readonly placeOf: (event: number) => string
}
