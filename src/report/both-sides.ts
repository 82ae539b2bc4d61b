/** What a model has and what a real system showed in its place, beside each other; below each other where that is too wide. */
import type { SystemPart } from '../trace/trace.ts'
import { type Column, table } from './table.ts'
import { widthOf, wrap } from './text-width.ts'

const COLUMNS: readonly Column<SystemPart>[] = [
  { head: '', cell: ({ name }) => name, align: 'left' },
  { head: 'the model has', cell: ({ has }) => has, align: 'left' },
  { head: 'the system shows', cell: ({ shown }) => shown, align: 'left' },
  { head: '', cell: ({ differs }) => (differs ? '✗' : ''), align: 'left' },
]

export function bothSidesLines(parts: readonly SystemPart[], width: number): readonly string[] {
  if (parts.length === 0) return []
  const lines = table(COLUMNS, parts).split('\n')
  if (lines.every((line) => widthOf(line) <= width)) return lines
  return parts.flatMap(({ name, has, shown, differs }) => [
    ...wrap(`${name}${differs ? '  ✗' : ''}`, width, 2),
    ...wrap(`the model has     ${has}`, width - 2, 2).map((line) => `  ${line}`),
    ...wrap(`the system shows  ${shown}`, width - 2, 2).map((line) => `  ${line}`),
  ])
}
