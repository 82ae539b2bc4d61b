/** Entries written as JSON: a document, an array, or an object on each line. Every number is exact. */
import { z } from 'zod'
import { badHistory } from '../operation.ts'
import { parseExactly } from '../recorded.ts'
import type { Entry } from './entry.ts'
import { HistoryEntry } from './own.ts'

/** A document. The events alone, as an array, will do as well. */
export const HistoryDocument = z.strictObject({
  format: z.literal('splitbrain history'),
  version: z.literal(1),
  events: z.array(HistoryEntry),
})

/** @throws SplitbrainError `bad-history` */
export function jsonEntries(json: unknown, where: string): Entry[] {
  if (Array.isArray(json)) return json.map((content, i) => ({ place: `events[${i}]`, content }))
  if (typeof json !== 'object' || json === null) throw badHistory(where, `it holds ${String(json)}`, 'events')
  if (!('events' in json) || !Array.isArray(json.events)) {
    if ('type' in json || 'ClientId' in json) return [{ place: 'line 1', content: json }]
    throw badHistory(
      where,
      'it has no list of events',
      '{ "format": "splitbrain history", "version": 1, "events": [...] }',
    )
  }
  const { events, ...head } = json
  const { error } = HistoryDocument.safeParse({ ...head, events: [] })
  if (error !== undefined) {
    const { path, message } = error.issues[0]!
    throw badHistory(
      where,
      `${path.join('.') || 'the document'}: ${message}`,
      '"format": "splitbrain history", "version": 1',
    )
  }
  return events.map((content, i) => ({ place: `events[${i}]`, content }))
}

/** @throws SplitbrainError `bad-history` */
export function lineEntries(lines: readonly string[], where: string): Entry[] {
  return lines.flatMap((line, i): Entry[] => {
    if (line.trim() === '') return []
    const json = jsonOf(line)
    if ('value' in json) return [{ place: `line ${i + 1}`, content: json.value }]
    throw badHistory(`${where}, line ${i + 1}`, json.problem, 'a JSON object on each line')
  })
}

/** The text as JSON, or where and why it is none. */
export function jsonOf(
  text: string,
): { readonly value: unknown } | { readonly line: number; readonly problem: string } {
  try {
    return { value: parseExactly(text) }
  } catch (error) {
    const { message } = error as SyntaxError
    const end = text.trimEnd().length
    const at = Number(/at position (\d+)/.exec(message)?.[1] ?? 0)
    const isCutOff = /reached end of input/.test(message)
    const line = text.slice(0, isCutOff ? end : at).split('\n').length
    return { line, problem: isCutOff ? 'the file is cut off' : message.replace(/ at position \d+$/, '') }
  }
}
