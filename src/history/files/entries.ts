/** Entries of a history file, in our own shape and in Jepsen's, as events. */
import type { HistoryEvent } from '../../value/history.ts'
import { badHistory } from '../operation.ts'
import { jepsenReader } from './jepsen.ts'
import { ownReader } from './own.ts'

/** Something that stands for an event, and where it stands. */
export interface Entry {
  readonly place: string
  readonly content: unknown
}

/** What a reader must know besides the text. */
export interface Reading {
  /** Whether operations take `[key, argument]`: what a field `key` becomes. */
  readonly keyed: boolean
  /** Fields that say nothing about the operations. */
  readonly ignored: readonly string[]
}

/** Events in the order of the file, each with its place. */
export interface Events {
  readonly events: readonly HistoryEvent[]
  readonly places: readonly string[]
  /** How many entries were the nemesis's. */
  readonly skipped: number
  /** Whether keys stood in a field of their own. */
  readonly hasKeys: boolean
}

/** One entry as an event. `skipped`: it is no client's. */
export type ReadEntry = (entry: Entry) => HistoryEvent | 'skipped'

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

/** @throws SplitbrainError `bad-history` where `key` has been there before */
export function once(known: Map<string | number, string>, key: string | number, place: string, what: string): void {
  const first = known.get(key)
  if (first !== undefined) throw badHistory(place, `${what} ${key} occurs twice (first in ${first})`, 'each once')
  known.set(key, place)
}
