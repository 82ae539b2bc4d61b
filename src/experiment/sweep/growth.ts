/**
 * How the space grows with a parameter, and what the next size would take. Along a line of cells that differ in one
 * parameter only, three rules guess the next size from those before: the same factor again, the same power of the
 * parameter, and a factor that changes as it did. Each is tried on the sizes that are known; the one that was least wrong
 * guesses the next, and how wrong it was is said with it.
 */
import { type Axis, type Cell, keyOf } from './axis.ts'
import type { Outcome, Result } from './sweep.ts'

export interface Growth {
  readonly axis: Axis
  /** The cell that the line ends with. */
  readonly cell: Cell
  readonly values: readonly number[]
  readonly distinct: readonly number[]
  readonly next: number
  readonly guess: { readonly distinct: number; readonly ms: number }
  readonly rule: Rule['name']
  /** By which factor its past guesses were off at most; absent where there was none. */
  readonly error?: number
}

interface Point {
  readonly at: number
  /** The natural logarithm of the number of states. */
  readonly log: number
}

interface Rule {
  readonly name: 'factor' | 'power' | 'changing factor'
  /** How many sizes it takes. */
  readonly takes: number
  readonly fits: (points: readonly Point[]) => boolean
  readonly guess: (points: readonly Point[], at: number) => number
}

const slope = (a: Point, b: Point, scale: (at: number) => number): number =>
  (b.log - a.log) / (scale(b.at) - scale(a.at))

const same = (at: number): number => at

const RULES: readonly Rule[] = [
  {
    name: 'factor',
    takes: 2,
    fits: () => true,
    guess(points, at) {
      const [a, b] = points.slice(-2) as [Point, Point]
      return b.log + slope(a, b, same) * (at - b.at)
    },
  },
  {
    name: 'power',
    takes: 2,
    fits: (points) => points.every((point) => point.at > 0),
    guess(points, at) {
      const [a, b] = points.slice(-2) as [Point, Point]
      return b.log + slope(a, b, Math.log) * (Math.log(at) - Math.log(b.at))
    },
  },
  {
    name: 'changing factor',
    takes: 3,
    fits: () => true,
    guess(points, at) {
      const [a, b, c] = points.slice(-3) as [Point, Point, Point]
      const [before, last] = [slope(a, b, same), slope(b, c, same)]
      const bend = (last - before) / (c.at - a.at)
      return c.log + (last + bend * (at - b.at)) * (at - c.at)
    },
  },
]

/** Of each parameter with two sizes at least that were searched to the end: along its longest line, the largest of those. */
export function growthOf(axes: readonly Axis[], results: readonly Result[]): Growth[] {
  const settled = new Map(
    results.flatMap(({ cell, outcome }) => (outcome.verdict === 'holds' ? [[keyOf(cell), { cell, outcome }]] : [])),
  )
  return axes.flatMap((axis, i) => {
    if (axis.of !== 'parameter') return []
    const lines = [...linesOf(i, [...settled.values()])].filter((line) => line.length > 1)
    const [longest] = lines.sort((a, b) => b.length - a.length || largest(b) - largest(a))
    const growth = longest && growthAlong(axis, i, longest)
    return growth === undefined ? [] : [growth]
  })
}

type Settled = { readonly cell: Cell; readonly outcome: Extract<Outcome, { verdict: 'holds' }> }

/** Cells that differ in one axis only, in the order of its values. */
export function linesOf<R extends { readonly cell: Cell }>(axis: number, results: readonly R[]): R[][] {
  const lines = new Map<string, R[]>()
  for (const result of results) {
    const key = keyOf(result.cell.filter((_, i) => i !== axis))
    lines.set(key, [...(lines.get(key) ?? []), result])
  }
  return [...lines.values()]
}

const largest = (line: readonly Settled[]): number => Math.max(...line.map(({ outcome }) => outcome.distinct))

function growthAlong(axis: Axis, i: number, line: readonly Settled[]): Growth | undefined {
  const known = line
    .map((settled) => ({ ...settled, at: axis.values[settled.cell[i]!]! }))
    .filter((one): one is Settled & { at: number } => typeof one.at === 'number')
    .sort((a, b) => a.at - b.at)
  if (known.length < 2) return undefined
  const last = known.at(-1)!
  const points = known.map(({ at, outcome }) => ({ at, log: Math.log(outcome.distinct) }))
  const next = last.at + 1
  const { rule, error } = bestRule(points)
  const distinct = Math.exp(rule.guess(points, next))
  return {
    axis,
    cell: last.cell,
    values: known.map(({ at }) => at),
    distinct: known.map(({ outcome }) => outcome.distinct),
    next,
    guess: { distinct, ms: (last.outcome.ms * distinct) / last.outcome.distinct },
    rule: rule.name,
    ...(error !== undefined && { error }),
  }
}

/** The one whose past guesses were least wrong; the first where none has been tried. */
function bestRule(points: readonly Point[]): { readonly rule: Rule; readonly error?: number } {
  const tried = RULES.filter((rule) => rule.fits(points)).flatMap((rule) => {
    const errors = points.slice(rule.takes).map(({ at, log }, before) => {
      return Math.exp(Math.abs(rule.guess(points.slice(0, rule.takes + before), at) - log))
    })
    return errors.length === 0 ? [] : [{ rule, error: Math.max(...errors) }]
  })
  const [best] = tried.sort((a, b) => a.error - b.error)
  return best ?? { rule: RULES[0]! }
}
