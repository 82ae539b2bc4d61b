/**
 * Jepsen's history.txt, `0	:invoke	:read	nil`, and the log that it prints, in which the same follows
 * `2024-08-10 07:24:27,635{GMT}	INFO	[jepsen worker 0] jepsen.util: ` (older ones: `INFO  jepsen.util - `). Other lines
 * of a log are about other things; what comes after the value is an error's text, which anybody may have written.
 */
import { badHistory } from '../operation.ts'
import { firstForm } from './edn.ts'
import type { Entry } from './entry.ts'

const LINE =
  /^(?:.*\bjepsen\.(?:util|core|generator\.interpreter)(?: -|:) )?\s*(:?[\w.-]+)\s+:(invoke|ok|fail|info)\s+(\S+)\s+(.*)$/

export const isLogLine = (line: string): boolean => LINE.test(line)

/** @throws SplitbrainError `bad-history` where an operation's value cannot be read */
export function logEntries(lines: readonly string[], where: string): Entry[] {
  const isLog = lines.some((line) => /\bjepsen\.\w+/.test(line))
  return lines.flatMap((line, i) => {
    const entry = entryOf(line, where, i + 1)
    if (entry !== undefined) return [entry]
    if (isLog || line.trim() === '') return []
    throw badHistory(
      `${where}, line ${i + 1}`,
      'this is no operation',
      'process, :type, :f and value, with tabs between',
    )
  })
}

function entryOf(line: string, where: string, number: number): Entry | undefined {
  const [, process, type, f, rest] = LINE.exec(line) ?? []
  if (process === undefined) return undefined
  const hasValue = type === 'invoke' || type === 'ok' // of the others it may be anything
  const content = {
    process: process.replace(/^:/, ''),
    type,
    f: f!.replace(/^:/, ''),
    value: hasValue ? (firstForm(rest!, where, number) ?? null) : null,
  }
  return { place: `line ${number}`, content }
}
