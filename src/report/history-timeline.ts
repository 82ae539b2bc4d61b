/**
 * Operations on a time line: one row per process, time to the right, in the order of the events (not to scale).
 *
 *   c1  ├─ write(1) ─┤
 *   c2                 ╞═ read() → 0 ═╡
 *
 * What has no place is drawn double; ┄ leads on for ever, where an operation is pending or of unknown outcome; ✗ ends one
 * that failed. Where there is no room for all, it is drawn in bands, each beginning where the one above it ends.
 */
import { callOf, type Operation } from '../history/operation.ts'
import { show } from '../value/show.ts'
import { Line } from './canvas.ts'
import { cut, widthOf } from './text-width.ts'

/** A longer label is cut. */
const WIDEST_LABEL = 30
const GAP = 2

export interface TimelineOptions {
  readonly width: number
  readonly blocked?: Operation | undefined
  readonly tellsResult?: TellsResult
}

/** Where an operation begins and ends, in columns of an endless line. One that is open leads on for ever. */
interface Bar {
  readonly operation: Operation
  readonly label: string
  readonly from: number
  readonly to: number
  readonly isOpen: boolean
}

/** The lines of a time line of these operations, in the order of their invocations. */
export function drawTimeline(
  operations: readonly Operation[],
  { width, blocked, tellsResult }: TimelineOptions,
): Line[] {
  const processes = [...new Set(operations.map(({ process }) => process))].sort(byNumber)
  const margin = Math.max(0, ...processes.map(widthOf)) + GAP
  const { bars, end } = placed(operations, tellsResult)
  const lines: Line[] = []
  for (const [from, to] of bandsOf(bars, end, width - margin)) {
    if (lines.length > 0) lines.push(new Line())
    for (const process of processes) {
      const line = new Line().put(0, process, 'strong')
      for (const bar of bars) if (bar.operation.process === process) draw(line, bar, { from, to, margin, blocked })
      lines.push(line)
    }
  }
  return lines
}

/** `c2` before `c10`. What Intl has for this takes longer to set up than a thousand operations to be checked. */
function byNumber(a: string, b: string): number {
  const [x, y] = [a, b].map((name) => /^(.*?)(\d*)$/s.exec(name)!)
  if (x![1] !== y![1]) return x![1]! < y![1]! ? -1 : 1
  return Number(x![2]) - Number(y![2])
}

/** Whether what an operation returned is a result, and not an echo, or a null that says that there is none. */
export type TellsResult = (operation: Operation) => boolean

/** Where nothing is known of the object: what takes no argument has a result, and so has what returned one. */
const isAsked: TellsResult = ({ argument, result = null }) => argument === undefined || result !== null

/** `write(1)`, `read() → 0`. */
export function labelOf(operation: Operation, tellsResult: TellsResult = isAsked): string {
  const { outcome, result = null } = operation
  const isTold = outcome === 'returned' && tellsResult(operation)
  return `${callOf(operation)}${isTold ? ` → ${show(result)}` : ''}`
}

/** Columns that a bar needs: `├─ label ─┤`. */
const roomFor = (label: string): number => widthOf(label) + 6

/** Every event has a column of its own, each bar has room for its label, and no two bars of a process touch. */
function placed(operations: readonly Operation[], tellsResult: TellsResult | undefined): { bars: Bar[]; end: number } {
  const begun = new Map<Operation, number>()
  const free = new Map<string, number>()
  const bars: Bar[] = []
  let column = 0
  const add = (operation: Operation, from: number, least: number) => {
    const label = cut(labelOf(operation, tellsResult), WIDEST_LABEL)
    const to = Math.max(least, from + roomFor(label) - 1)
    const isOpen = operation.endedAt === Number.POSITIVE_INFINITY
    bars.push({ operation, label, from, to, isOpen })
    free.set(operation.process, to + 2)
    if (!isOpen) column = to
  }
  for (const { operation, isEnd } of inOrder(operations)) {
    if (isEnd) add(operation, begun.get(operation)!, column + 1)
    else {
      column = Math.max(column + 1, free.get(operation.process) ?? 0)
      begun.set(operation, column)
      if (operation.endedAt === Number.POSITIVE_INFINITY) add(operation, column, 0)
    }
  }
  const end = Math.max(0, ...bars.map(({ to }) => to)) + 1
  const isLast = ({ operation }: Bar) => operation.outcome === 'pending'
  return { bars: bars.map((bar) => (isLast(bar) ? { ...bar, to: end - 1 } : bar)), end }
}

function inOrder(operations: readonly Operation[]) {
  const events = operations.flatMap((operation) => [
    { operation, at: operation.invokedAt, isEnd: false },
    ...(operation.endedAt < Number.POSITIVE_INFINITY ? [{ operation, at: operation.endedAt, isEnd: true }] : []),
  ])
  return events.sort((a, b) => a.at - b.at)
}

/** Stretches of the endless line, each broken where a bar ends if it can be. */
function bandsOf(bars: readonly Bar[], end: number, room: number): (readonly [from: number, to: number])[] {
  const breaks = bars.map(({ to }) => to + 1).sort((a, b) => a - b)
  const bands: (readonly [number, number])[] = []
  let from = 1
  while (from < end) {
    const best = breaks.findLast((at) => at > from + room / 2 && at <= from + room)
    const to = from + room >= end ? end : (best ?? from + room)
    bands.push([from, to])
    from = to
  }
  return bands
}

interface Band {
  readonly from: number
  readonly to: number
  readonly margin: number
  readonly blocked: Operation | undefined
}

function draw(line: Line, { operation, label, from, to, isOpen }: Bar, band: Band): void {
  const first = Math.max(from, band.from)
  const last = Math.min(to, band.to - 1)
  if (first > last) return
  const isBlocked = band.blocked !== undefined && isSame(operation, band.blocked)
  const style = isBlocked ? 'bad' : undefined
  const [open, dash, close] = isBlocked ? ['╞', '═', '╡'] : ['├', '─', operation.outcome === 'failed' ? '✗' : '┤']
  const at = (column: number) => band.margin + column - band.from
  for (let column = first; column <= last; column++) line.put(at(column), isOpen ? '┄' : dash, style)
  if (first === from) line.put(at(from), `${open}${dash}`, style)
  if (last === to && !isOpen) line.put(at(to), close, style)
  if (last - first + 1 >= roomFor(label) - 2) line.put(at(first) + 2, ` ${label} `, style)
}

/** Operations are told apart by who invoked them when: a prefix of a history has copies of its own. */
export const isSame = (a: Operation, b: Operation): boolean => a.process === b.process && a.invokedAt === b.invokedAt
