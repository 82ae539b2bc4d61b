/** Long traces are folded: of the steps that matter less, only the headlines are left, or one line for many of them. */
import { Line } from './canvas.ts'
import { wrap } from './text-width.ts'

/** Traces with no more steps than this are told whole, and those of which more than this share matters. */
const MOST_UNFOLDED = 12
const NEARLY_ALL = 0.8

export const isWorthFolding = (steps: number, matter: ReadonlySet<number> | undefined): boolean =>
  matter !== undefined && steps > MOST_UNFOLDED && matter.size <= NEARLY_ALL * steps

/** So many folded steps in a row become one line. */
const MOST_HEADLINES = 3

/** The lines of one step: the headline, then what it did. */
export interface StepLines {
  readonly headline: readonly Line[]
  readonly details: readonly Line[]
}

/**
 * @param matter the steps to tell whole, counted from 1; undefined: all
 * @param blank a line with nothing on it yet
 */
export function foldSteps(
  steps: readonly StepLines[],
  matter: ReadonlySet<number> | undefined,
  blank: () => Line,
): Line[][] {
  const whole = steps.map(({ headline, details }) => [...headline, ...details])
  if (matter === undefined) return whole
  const isFolded = (index: number) => index >= 0 && index < steps.length && !matter.has(index + 1)
  return steps.map(({ headline }, i) => {
    if (!isFolded(i)) return whole[i]!
    let first = i
    while (isFolded(first - 1)) first--
    let last = i
    while (isFolded(last + 1)) last++
    if (last - first < MOST_HEADLINES) return [...headline]
    return i === first ? [foldLine(first + 1, last + 1, blank())] : []
  })
}

const foldLine = (first: number, last: number, blank: Line): Line =>
  blank.cover(new Line().put(2, '⋯', 'faint').put(5, `steps ${first}–${last} are folded (--full tells them)`, 'faint'))

/** Which steps matter, in words, for the head of a trace. */
export function matterLines(matter: ReadonlySet<number>, of: number, width: number): Line[] {
  const text = `Steps that matter: ${ranges([...matter].sort((a, b) => a - b))} of ${of}; they wrote or sent what the property read, or what such a step read on the way.`
  return wrap(text, width - 2, 2).map((line) => new Line().put(2, line))
}

/** `1, 3–5, 9` */
function ranges(sorted: readonly number[]): string {
  const runs: [number, number][] = []
  for (const number of sorted) {
    const run = runs.at(-1)
    if (run !== undefined && run[1] === number - 1) run[1] = number
    else runs.push([number, number])
  }
  return runs
    .map(([from, to]) => (from === to ? `${from}` : to === from + 1 ? `${from}, ${to}` : `${from}–${to}`))
    .join(', ')
}
