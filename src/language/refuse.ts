/** How a protocol's text is refused: what was found and where, what was meant, what was expected. */
import { didYouMean } from '../value/nearest-name.ts'
import { SplitbrainError } from '../value/splitbrain-error.ts'
import { oneLine, visible } from '../value/visible.ts'

/** @throws SplitbrainError `bad-protocol` */
export function refuse(found: string, expected: string): never {
  throw new SplitbrainError('bad-protocol', oneLine(`${found}; expected ${expected}`))
}

/** As `refuse`, of a name that is none of the known ones. */
export function refuseName(found: string, name: string, known: readonly string[]): never {
  if (known.length === 0) refuse(found, 'nothing there, since none is declared')
  const hint = didYouMean(name, known)
  const expected = `${hint === '' ? '; expected' : `${hint} Expected`} ${known.join(', ')}`
  throw new SplitbrainError('bad-protocol', oneLine(`${found}${expected}`))
}

/** Refuses keys that nobody would look at. `where` is '' for the `whole` text. */
export function checkKeys(where: string, table: unknown, known: readonly string[], whole = 'definition'): void {
  const other = Object.keys(table ?? {}).find((key) => !known.includes(key))
  if (other === undefined) return
  refuseName(`there is no ${where === '' ? `${other} in the ${whole}` : `${where}.${other}`}`, other, known)
}

/** Refuses a name with what cannot be seen, or breaks a line: it would stand in every report. */
export function checkVisible(where: string, name: string): void {
  if (visible(name) !== name) refuse(`${where}.${visible(name)} cannot be used`, 'a name that can be seen, in one line')
}

export function isTable(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
