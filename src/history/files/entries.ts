/** Entries of a history file, in our own shape and in Jepsen's, as events. */
import type { HistoryEvent } from '../../value/history.ts'
import type { Entry, Reading } from './entry.ts'
import { jepsenReader } from './jepsen.ts'
import { ownReader } from './own.ts'

/** Events in the order of the file, each with its place. */
export interface Events {
  readonly events: readonly HistoryEvent[]
  readonly places: readonly string[]
  /** How many entries were the nemesis's. */
  readonly skipped: number
  /** Whether keys stood in a field of their own. */
  readonly hasKeys: boolean
}

/** @throws SplitbrainError `bad-history` */
export function eventsOf(entries: readonly Entry[], reading: Reading): Events {
  const events: HistoryEvent[] = []
  const places: string[] = []
  let skipped = 0
  const isJepsen = entries.some(({ content }) => Array.isArray(content) || hasField(content, 'f'))
  const read = isJepsen ? jepsenReader(reading) : ownReader(reading)
  for (const entry of entries) {
    const event = read(entry)
    if (event === 'skipped') skipped++
    else {
      events.push(event)
      places.push(entry.place)
    }
  }
  return { events, places, skipped, hasKeys: entries.some(({ content }) => hasField(content, 'key')) }
}

const hasField = (content: unknown, field: string): boolean =>
  typeof content === 'object' && content !== null && Object.hasOwn(content, field)
