/** An entry of a history file, in whatever shape, and what reads it. */
import type { HistoryEvent } from '../../value/history.ts'
import { badHistory } from '../operation.ts'

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

/** One entry as an event. `skipped`: it is no client's. */
export type ReadEntry = (entry: Entry) => HistoryEvent | 'skipped'

/** @throws SplitbrainError `bad-history` where `key` has been there before */
export function once(known: Map<string | number, string>, key: string | number, place: string, what: string): void {
  const first = known.get(key)
  if (first !== undefined) throw badHistory(place, `${what} ${key} occurs twice (first in ${first})`, 'each once')
  known.set(key, place)
}
