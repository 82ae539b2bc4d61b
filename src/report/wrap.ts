/** Breaking lines, so that what we print fits a terminal without being broken by it. */
import { oneLine } from '../value/visible.ts'
import { widthOf } from './text-width.ts'

/** What we print is at most this wide, unless the terminal is narrower. */
export const WIDTH = 100

/**
 * The text in lines of at most `width` columns; every line but the first starts with `indent`, the first as the text
 * does. Spaces within a line stay as they are; words longer than a line stay whole.
 */
export function wrap(text: string, width: number, indent = ''): string {
  const lines: string[] = []
  const whole = oneLine(text)
  const [first = '', ...words] = whole.trimStart().split(' ')
  let line = ' '.repeat(whole.length - whole.trimStart().length) + first
  for (const word of words) {
    const longer = `${line} ${word}`
    if (line.trim() !== '' && widthOf(longer) > width) {
      lines.push(line.trimEnd())
      line = indent + word
    } else {
      line = longer
    }
  }
  return [...lines, line.trimEnd()].join('\n')
}

/** Items in one paragraph with ` · ` between them; a line breaks between two items, never inside one. */
export function wrapItems(items: readonly string[], width: number, indent = ''): string {
  const lines: string[] = []
  let line = ''
  for (const item of items.map(oneLine)) {
    const longer = line.trim() === '' ? line + item : `${line} · ${item}`
    if (line.trim() !== '' && widthOf(longer) > width) {
      lines.push(line)
      line = indent + item
    } else {
      line = longer
    }
  }
  return [...lines, line].join('\n')
}
