/**
 * A protocol's text with every mutant in it, each behind a switch: `(x < y)` becomes `($mutant(7) ? (x <= y) : (x < y))`.
 * Which one is on is a constant of the module's instance (load/mutated.ts), so that a body remains a pure function, and
 * what a module keeps for itself is never another mutant's. Lines stay where they are.
 */
import MagicString from 'magic-string'
import { type Piece, SWITCH } from './mutant.ts'

/** Of the module that the text becomes. */
const ADDRESS = ['import', 'meta', 'url'].join('.')

/** How threads know of switches (load/mutated.ts). */
const HEAD = `const ${SWITCH} = globalThis[Symbol.for('splitbrain.mutants')](${ADDRESS}); `

export function switched(text: string, pieces: readonly Piece[]): string {
  const edited = new MagicString(text)
  // outer pieces before inner ones; of the same place, those that were found first are the outer ones
  const wraps = pieces.filter(({ start, end }) => start < end).sort((a, b) => a.start - b.start || b.end - a.end)
  for (const { start, open } of wraps) edited.appendRight(start, open)
  for (const { end, close } of [...wraps].reverse()) edited.appendLeft(end, close)
  for (const { start, end, open } of pieces) if (start === end) edited.appendLeft(start, open)
  return `${HEAD}${edited.toString()}`
}

export const inPlaceOf = (key: number, start: number, end: number, text: string): Piece => ({
  start,
  end,
  open: `(${SWITCH}(${key}) ? (${text}) : (`,
  close: '))',
})

/** `void` begins a statement where a parenthesis would go on with the line before. */
export const leavingOut = (key: number, start: number, end: number): Piece => ({
  start,
  end,
  open: `void (${SWITCH}(${key}) ? 0 : (`,
  close: '))',
})

export const atEntry = (key: number, at: number, statement: string): Piece => ({
  start: at,
  end: at,
  open: `if (${SWITCH}(${key})) { ${statement} }`,
  close: '',
})

/** Does the second of two statements before the first. */
export const swapping = (key: number, first: number, second: readonly [number, number], text: string): Piece[] => [
  atEntry(key, first, text),
  { start: second[0], end: second[1], open: `if (!${SWITCH}(${key})) { `, close: ' }' },
]
