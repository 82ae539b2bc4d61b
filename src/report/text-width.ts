/**
 * Text on a terminal, measured in columns: wide characters (CJK, most emoji) take two, combining marks none. Control
 * characters never reach the terminal. An approximation of Unicode's East Asian Width, good for what specs contain.
 */
const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\u33ff\u3400-\u4dbf\u4e00-\u9fff\ua000-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u
const INVISIBLE = /[\p{Mn}\p{Me}\p{Cf}]/u

/** Without anything that moves the cursor: line breaks and control characters become spaces. */
export const printable = (text: string): string => text.replace(/\p{Cc}+/gu, ' ')

export const columnsOf = (character: string): number => (INVISIBLE.test(character) ? 0 : WIDE.test(character) ? 2 : 1)

export function widthOf(text: string): number {
  let width = 0
  for (const character of text) width += columnsOf(character)
  return width
}

/** At most `width` columns; what was cut off is told by `…`. */
export function cut(text: string, width: number): string {
  if (widthOf(text) <= width) return text
  return `${prefixOf(text, width - 1)}…`
}

/** Lines of at most `width` columns, broken at spaces where there are any, or after a brace; later lines are indented by `hang`. */
export function wrap(text: string, width: number, hang = 0): string[] {
  const lines: string[] = []
  let rest = printable(text)
  let room = width
  while (widthOf(rest) > room) {
    const head = prefixOf(rest, room)
    const space = rest[head.length] === ' ' ? head.length : head.lastIndexOf(' ')
    const brace = head.lastIndexOf('{') + 1
    const end = space > 0 ? space : brace > 0 ? brace : head.length
    lines.push(rest.slice(0, end))
    rest = rest.slice(end).trimStart()
    room = width - hang
  }
  return [...lines, rest].map((line, i) => (i === 0 ? line : ' '.repeat(hang) + line))
}

/** The longest beginning that fits, but one character at least. */
function prefixOf(text: string, width: number): string {
  let prefix = ''
  let used = 0
  for (const character of text) {
    used += columnsOf(character)
    if (used > width && prefix !== '') break
    prefix += character
  }
  return prefix
}
