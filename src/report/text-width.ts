/**
 * Text on a terminal, measured in columns: wide characters (CJK, most emoji) take two, combining marks none. Control
 * characters never reach the terminal (value/visible.ts). An approximation of Unicode's East Asian Width, good for what specs contain.
 */
import { oneLine } from '../value/visible.ts'

const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\u33ff\u3400-\u4dbf\u4e00-\u9fff\ua000-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u
const INVISIBLE = /[\p{Mn}\p{Me}\p{Cf}]/u

export const columnsOf = (character: string): number => (INVISIBLE.test(character) ? 0 : WIDE.test(character) ? 2 : 1)

export function widthOf(text: string): number {
  let width = 0
  for (const character of text) width += columnsOf(character)
  return width
}

/** At most `width` columns; what was cut off is told by `…`. */
export function cut(text: string, width: number): string {
  const line = oneLine(text)
  return widthOf(line) <= width ? line : `${prefixOf(line, width - 1)}…`
}

/**
 * Lines of at most `width` columns, broken at spaces where there are any, or after a brace; later lines are indented by
 * `hang`. Linear in the text.
 */
export function wrap(text: string, width: number, hang = 0): string[] {
  const whole = oneLine(text)
  const lines: string[] = []
  let from = 0
  let room = width
  for (;;) {
    const head = prefixOf(whole, room, from)
    if (from + head.length >= whole.length) break
    const space = whole[from + head.length] === ' ' ? head.length : head.lastIndexOf(' ')
    const brace = head.lastIndexOf('{') + 1
    const end = space > 0 ? space : brace > 0 ? brace : head.length
    lines.push(whole.slice(from, from + end))
    from += end
    while (whole[from] === ' ') from++
    room = width - hang
  }
  return [...lines, whole.slice(from)].map((line, i) => (i === 0 ? line : ' '.repeat(hang) + line))
}

/** The longest part from `from` on that fits, but one character at least. */
function prefixOf(text: string, width: number, from = 0): string {
  let end = from
  let used = 0
  while (end < text.length) {
    const character = String.fromCodePoint(text.codePointAt(end)!)
    used += columnsOf(character)
    if (used > width && end > from) break
    end += character.length
  }
  return text.slice(from, end)
}
