/**
 * History files: our own JSON, a document or a line per event; Jepsen's, as EDN, as JSON lines, as history.txt or as the
 * log that it prints; Porcupine's operations. Which one it is, is seen from the text.
 */
import { SplitbrainError } from '../../value/splitbrain-error.ts'
import { badHistory, operationsOf } from '../operation.ts'
import { readEdn } from './edn.ts'
import { eventsOf } from './entries.ts'
import type { Entry, Reading } from './entry.ts'
import type { HistoryFile } from './history-file.ts'
import { jsonEntries, jsonOf, lineEntries } from './json-entries.ts'
import { isLogLine, logEntries } from './log.ts'
import { isPorcupine, porcupineOperations } from './porcupine.ts'
import { textIn } from './text.ts'

const PLAIN: Reading = { keyed: false, ignored: [] }

/** @throws SplitbrainError `bad-history`, with the place, where the file cannot be read as a history */
export const readHistory = (file: string, reading: Reading = PLAIN): HistoryFile =>
  parseHistory(textIn(file), file, reading)

/** @throws SplitbrainError `bad-history` */
export function parseHistory(text: string, where: string, reading: Reading = PLAIN): HistoryFile {
  try {
    const entries = entriesOf(text, where)
    const file = isPorcupine(entries) ? porcupineOperations(entries, reading) : fileOf(entries, reading)
    if (file.operations.length > 0) return file
    const others = file.skipped > 0 ? ` besides what the nemesis does` : ''
    throw badHistory(where, `it holds no operation${others}`, 'a history')
  } catch (thrown) {
    if (!(thrown instanceof SplitbrainError) || thrown.message.startsWith(where)) throw thrown
    throw new SplitbrainError('bad-history', `${where}, ${thrown.message}`, { cause: thrown })
  }
}

function fileOf(entries: readonly Entry[], reading: Reading): HistoryFile {
  const { events, places, skipped, hasKeys } = eventsOf(entries, reading)
  const placeOf = (event: number) => places[event]!
  return { events, placeOf, operations: operationsOf(events, placeOf), skipped, hasKeys }
}

const EXPECTED = 'JSON, a JSON object per line, or EDN, history.txt or a log as Jepsen writes it'

function entriesOf(text: string, where: string): readonly Entry[] {
  if (text.trim() === '') throw badHistory(where, 'it is empty', 'a history')
  const lines = text.split('\n')
  if (lines.some(isLogLine)) return logEntries(lines, where)
  if (/^\s*(\{\s*[:"#}]|\[\s*[{[]\s*:|\[\s*\d+\s+:|\(|#|;)/.test(text) && !/^\s*\{\s*"[^"]*"\s*:/.test(text)) {
    return ednEntries(text, where)
  }
  const isPerLine = /^\s*[{[].*[}\]]\s*$/.test(lines.find((line) => line.trim() !== '') ?? '')
  const json = isPerLine && lines.filter((line) => line.trim() !== '').length > 1 ? undefined : jsonOf(text)
  if (json !== undefined && 'value' in json) return jsonEntries(json.value, where)
  if (isPerLine) return lineEntries(lines, where)
  throw badHistory(`${where}, line ${json?.line}`, json!.problem, EXPECTED)
}

function ednEntries(text: string, where: string): Entry[] {
  const forms = readEdn(text, where)
  const [only] = forms
  if (forms.length === 1 && Array.isArray(only?.value) && typeof only.value[0] === 'object') {
    return only.value.map((content, i) => ({ place: `operation ${i + 1}`, content }))
  }
  return forms.map(({ line, value }) => ({ place: `line ${line}`, content: value }))
}
