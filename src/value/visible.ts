/**
 * Text that cannot pass for what it is not. Names, values, reasons and messages of errors come from anybody's protocol or
 * trace; what moves a cursor, breaks a line, turns the reading direction or cannot be seen is written as an escape, so
 * that no output has a line, a colour or an order that we did not give it. Everything that is printed goes through here.
 *
 * The escapes are those of JSON, so that a JSON text stays the same value: within it such characters stand in strings.
 */

/** Controls (C0, DEL, C1), lone surrogates, separators of lines, bidirectional controls (UAX #9), and what has no width. */
const HIDDEN =
  /[\p{Cc}\p{Cs}\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\u{e0000}-\u{e007f}]/gu

const BREAKS = /\s*[\n\v\f\r\u0085\u2028\u2029]\s*/gu

const SHORT: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' }

/** Hidden characters as escapes, line breaks too. */
export const visible = (text: string): string => text.replace(HIDDEN, escapeOf)

function escapeOf(character: string): string {
  const units = Array.from({ length: character.length }, (_, i) => character.charCodeAt(i))
  return SHORT[character] ?? units.map((unit) => `\\u${unit.toString(16).padStart(4, '0')}`).join('')
}

/** The same in one line: a line break, with the blanks around it, is one blank. */
export const oneLine = (text: string): string => visible(text.replace(BREAKS, ' ').replaceAll('\t', ' '))

/** The same with the lines that it has. */
export const visibleLines = (text: string): string => text.split('\n').map(visible).join('\n')

const COLOUR = new RegExp(`(${String.fromCharCode(0x1b)}\\[\\d{1,2}m)`)

/** The same with colours (SGR codes), for text that was painted from what is visible. */
export const visibleInColour = (text: string): string =>
  text
    .split(COLOUR)
    .map((part, i) => (i % 2 === 1 ? part : visibleLines(part)))
    .join('')

/** What was thrown, in one line: `RangeError: n1 explodes`. Anything can be thrown, a thing without a text too. */
export function thrownText(thrown: unknown): string {
  try {
    if (!(thrown instanceof Error)) return oneLine(String(thrown))
    return oneLine(thrown.name === 'SplitbrainError' ? thrown.message : `${thrown.name}: ${thrown.message}`)
  } catch {
    return 'something that cannot be told'
  }
}
