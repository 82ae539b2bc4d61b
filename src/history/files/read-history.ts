/**
 * History files: our own JSON, a document or a line per event; and Jepsen's, as EDN, as JSON lines, or as the log that
 * it prints. Which one it is, is seen from the text.
 */
import { readFileSync } from 'node:fs'
import { z } from 'zod'
import type { HistoryEvent } from '../../value/history.ts'
import { SplitbrainError } from '../../value/splitbrain-error.ts'
import { badHistory, type Operation, operationsOf } from '../operation.ts'
import { readEdn } from './edn.ts'
import { type Entry, eventsOf, HistoryEntry } from './entries.ts'

/** A document. The events alone, as an array, will do as well. */
export const HistoryDocument = z.strictObject({
  format: z.literal('splitbrain history'),
  version: z.literal(1),
  events: z.array(HistoryEntry),
})

export interface HistoryFile {
  readonly events: readonly HistoryEvent[]
  readonly operations: readonly Operation[]
  /** Where an event stands: `line 3`. */
  readonly placeOf: (event: number) => string
}

/** @throws SplitbrainError `bad-history`, with the place, where the file cannot be read as a history */
export function readHistory(file: string): HistoryFile {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    throw badHistory(file, code === 'ENOENT' ? 'there is no such file' : `it cannot be read: ${message}`, 'a history')
  }
  return parseHistory(text, file)
}

/** @throws SplitbrainError `bad-history` */
export function parseHistory(text: string, where: string): HistoryFile {
  try {
    const { events, places } = eventsOf(entriesOf(text.replace(/^\uFEFF/, ''), where))
    const placeOf = (event: number) => places[event]!
    return { events, placeOf, operations: operationsOf(events, placeOf) }
  } catch (thrown) {
    if (!(thrown instanceof SplitbrainError) || thrown.message.startsWith(where)) throw thrown
    throw new SplitbrainError('bad-history', `${where}, ${thrown.message}`, { cause: thrown })
  }
}

const LOG_LINE = /jepsen\.util - (\S+)\s+(:\w+)\s+(\S+)\s+(.*)$/

function entriesOf(text: string, where: string): readonly Entry[] {
  if (text.trim() === '') throw badHistory(where, 'it is empty', 'a history')
  const lines = text.split('\n')
  if (lines.some((line) => LOG_LINE.test(line))) return lines.flatMap((line, i) => logEntry(line, i, where))
  if (/^\s*(\{\s*:|\[\s*\{\s*:|\(|#|;)/.test(text)) return ednEntries(text, where)
  const json = jsonOf(text)
  if ('value' in json) return jsonEntries(json.value, where)
  if (/^\s*\{.*\}\s*$/.test(lines.find((line) => line.trim() !== '') ?? '')) return lineEntries(lines, where)
  throw badHistory(
    `${where}, line ${json.line}`,
    json.problem,
    'JSON, a JSON object per line, or EDN as Jepsen writes it',
  )
}

/** `INFO  jepsen.util - 4	:invoke	:cas	[4 0]`; other lines of a log are about other things. */
function logEntry(line: string, index: number, where: string): Entry[] {
  const [, process, type, f, value] = LOG_LINE.exec(line) ?? []
  if (process === undefined) return []
  const [form] = readEdn(value!, `${where}, line ${index + 1}`)
  const content = {
    process: process.replace(/^:/, ''),
    type: type!.slice(1),
    f: f!.replace(/^:/, ''),
    value: form?.value,
  }
  return [{ place: `line ${index + 1}`, content }]
}

function ednEntries(text: string, where: string): Entry[] {
  const forms = readEdn(text, where)
  const [only] = forms
  if (forms.length === 1 && Array.isArray(only?.value)) {
    return only.value.map((content, i) => ({ place: `operation ${i + 1}`, content }))
  }
  return forms.map(({ line, value }) => ({ place: `line ${line}`, content: value }))
}

function jsonEntries(json: unknown, where: string): Entry[] {
  if (Array.isArray(json)) return json.map((content, i) => ({ place: `events[${i}]`, content }))
  if (typeof json !== 'object' || json === null) throw badHistory(where, `it holds ${JSON.stringify(json)}`, 'events')
  if (!('events' in json) || !Array.isArray(json.events)) {
    if ('type' in json) return [{ place: 'line 1', content: json }]
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

function lineEntries(lines: readonly string[], where: string): Entry[] {
  return lines.flatMap((line, i): Entry[] => {
    if (line.trim() === '') return []
    const json = jsonOf(line)
    if ('value' in json) return [{ place: `line ${i + 1}`, content: json.value }]
    throw badHistory(`${where}, line ${i + 1}`, json.problem, 'a JSON object on each line')
  })
}

/** The text as JSON, or where and why it is none. */
function jsonOf(text: string): { readonly value: unknown } | { readonly line: number; readonly problem: string } {
  try {
    return { value: JSON.parse(text) }
  } catch (error) {
    const { message } = error as SyntaxError
    const at = /at position (\d+)/.exec(message)?.[1]
    const end = text.trimEnd().length
    const isCutOff = at === undefined ? /^Unexpected end|^Unterminated/.test(message) : Number(at) >= end
    const line = text.slice(0, isCutOff || at === undefined ? end : Number(at)).split('\n').length
    return { line, problem: isCutOff ? 'the file is cut off' : message.replace(/ in JSON at position.*/, '') }
  }
}
