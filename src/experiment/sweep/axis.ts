/** What a sweep varies: a parameter, or which bugs are seeded, and the values that it takes. */
import { UNLIMITED } from '../../language/budgets.ts'
import { kebabCase } from '../../report/kebab-case.ts'

export type Setting = number | string | boolean

export type Axis =
  /** `isDefault`: nobody gave it, and it has its default as its only value. */
  | { readonly of: 'parameter'; readonly name: string; readonly values: readonly Setting[]; readonly isDefault?: true }
  /** Each value is a set of bugs that are seeded together; `none` is the empty one. */
  | { readonly of: 'bugs'; readonly name: 'bug'; readonly values: readonly (readonly string[])[] }

/** A combination: of each axis, which of its values. Cells are numbered in the order of their table, the last axis turns fastest. */
export type Cell = readonly number[]

export function cellsOf(axes: readonly Axis[]): Cell[] {
  let cells: Cell[] = [[]]
  for (const { values } of axes) cells = cells.flatMap((cell) => values.map((_, at) => [...cell, at]))
  return cells
}

/** Of one value, as a table has it. */
export function valueText({ of, values }: Axis, at: number): string {
  const value = values[at]!
  return of === 'bugs' ? bugsText(value as readonly string[]) : String(value)
}

const bugsText = (bugs: readonly string[]): string => (bugs.length === 0 ? 'none' : bugs.map(kebabCase).join('+'))

/** `clients 2, bug none`, without axes that have one value only, unless all of them have. */
export function cellText(axes: readonly Axis[], cell: Cell, without?: Axis): string {
  const told = axes.map((axis, i) => ({ axis, text: `${axis.name} ${valueText(axis, cell[i]!)}` }))
  const shown = told.filter(({ axis }) => axis !== without && isVaried(axis))
  return (shown.length > 0 || without !== undefined ? shown : told).map(({ text }) => text).join(', ')
}

export const isVaried = ({ values }: Axis): boolean => values.length > 1

export interface Instance {
  readonly parameters: Readonly<Record<string, Setting>>
  readonly bugs: readonly string[]
}

export function instanceOf(axes: readonly Axis[], cell: Cell): Instance {
  const parameters: Record<string, Setting> = {}
  let bugs: readonly string[] = []
  for (const [i, axis] of axes.entries()) {
    if (axis.of === 'bugs') bugs = axis.values[cell[i]!]!
    else parameters[axis.name] = axis.values[cell[i]!]!
  }
  return { parameters, bugs }
}

/** Whether the value at `a` is less than the one at `b`: fewer, or less than everything. Names are not ordered. */
export function isBelow(axis: Axis, a: number, b: number): boolean {
  if (axis.of === 'bugs') {
    const [some, more] = [axis.values[a]!, axis.values[b]!]
    return some.length < more.length && some.every((bug) => more.includes(bug))
  }
  const [low, high] = [axis.values[a]!, axis.values[b]!]
  return typeof low === 'number' && (high === UNLIMITED || (typeof high === 'number' && low < high))
}

/** The cells that differ from one in one of these axes only, and are less in it. Every cell below it is reached over such ones. */
export function rightBelow(axes: readonly Axis[], along: readonly Axis[], cell: Cell): Cell[] {
  return axes.flatMap((axis, i) => {
    if (!along.includes(axis)) return []
    const lower = axis.values.flatMap((_, at) => (isBelow(axis, at, cell[i]!) ? [at] : []))
    return lower.map((at) => cell.map((other, j) => (j === i ? at : other)))
  })
}

/** How many steps up it is from the least: cells of a low rank are cheap. */
export const rankOf = (axes: readonly Axis[], cell: Cell): number =>
  cell.reduce((sum, at, i) => sum + axes[i]!.values.filter((_, other) => isBelow(axes[i]!, other, at)).length, 0)

export const keyOf = (cell: Cell): string => cell.join(' ')
