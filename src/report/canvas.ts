/** A line of a drawing: characters put at columns, in colour where colour is asked for. Later puts overwrite earlier ones. */
import { oneLine } from '../value/visible.ts'
import { paintIf } from './paint.ts'
import { columnsOf } from './text-width.ts'

export type Style = 'strong' | 'faint' | 'bad' | 'good' | 'message'
export type Brush = (style: Style, text: string) => string

/** Paints in colour, or leaves text as it is. */
export function brush(colour: boolean): Brush {
  const { bold, dim, red, green, cyan } = paintIf(colour)
  const styles = { strong: bold, faint: dim, bad: (text: string) => bold(red(text)), good: green, message: cyan }
  return (style, text) => styles[style](text)
}

interface Cell {
  readonly text: string
  readonly style?: Style | undefined
}

const BLANK: Cell = { text: ' ' }

export class Line {
  readonly #cells: Cell[] = []

  put(column: number, text: string, style?: Style): this {
    let at = column
    for (const character of oneLine(text)) {
      const columns = columnsOf(character)
      if (columns === 0) continue
      while (this.#cells.length < at) this.#cells.push(BLANK)
      this.#cells[at] = { text: character, style }
      if (columns === 2) this.#cells[at + 1] = { text: '', style }
      at += columns
    }
    return this
  }

  /** Puts another line over this one, as far as it goes and a blank farther. */
  cover(other: Line): this {
    for (const [at, cell] of [...other.#cells, BLANK].entries()) this.#cells[at] = cell
    return this
  }

  /** Its text without blanks at the end. */
  render(paint: Brush): string {
    let end = this.#cells.length
    while (end > 0 && this.#cells[end - 1]!.text === ' ') end--
    let text = ''
    for (let i = 0; i < end; ) {
      const { style } = this.#cells[i]!
      let run = ''
      for (; i < end && this.#cells[i]!.style === style; i++) run += this.#cells[i]!.text
      text += style === undefined ? run : paint(style, run)
    }
    return text
  }
}
