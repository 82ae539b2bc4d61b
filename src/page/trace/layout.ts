/**
 * Where everything in the diagram is, in pixels: a column of words, then a lane per process; a row per step, as high as
 * its fullest cell. Messages arrive at the top of a row and leave at its bottom, so that an arrow from one row to the
 * next crosses no text.
 */
import type { TraceData } from '../trace-data.ts'
import { ABSTRACT, type CellLine, cellsOf, SHARED } from './cells.ts'
import { involvedIn } from './filter.ts'
import type { Row } from './rows.ts'

export interface Lane {
  readonly name: string
  /** Of its lifeline. */
  readonly x: number
  readonly width: number
}

export interface Placed {
  readonly row: Row
  readonly top: number
  readonly height: number
  readonly cells: ReadonlyMap<string, readonly CellLine[]>
}

export interface Layout {
  readonly lanes: readonly Lane[]
  /** Processes that have no lane, since nothing shown is about them. */
  readonly idle: readonly string[]
  /** Whether lanes are wide enough for words; the arrows alone give an overview of many. */
  readonly hasWords: boolean
  readonly rows: readonly Placed[]
  readonly gutter: number
  readonly width: number
  readonly height: number
}

const LINE = 18
/** Above the first line of a row, where messages arrive, and below the last, where they leave. */
export const ARRIVAL = 9
const ABOVE = 19
const BELOW = 13
const DEPARTURE = 4
/** From a lane's left edge to its lifeline. */
const INSET = 18
/** Beside the lanes, for what repeats for ever. */
export const LOOP_MARGIN = 112

export interface Room {
  /** Pixels that there are. */
  readonly width: number
  readonly gutter: number
  /** Lanes are no narrower; the diagram is scrolled where they need more room than there is. */
  readonly narrowest: number
}

const WIDEST = 300
/** Lanes narrower than this have no words in them. */
const NARROWEST_FOR_WORDS = 64

export function layOut(data: TraceData, rows: readonly Row[], room: Room): Layout {
  const names = laneNames(data, rows)
  const margin = data.loop === undefined ? 16 : LOOP_MARGIN
  const share = Math.floor((room.width - room.gutter - margin) / Math.max(1, names.length))
  const laneWidth = Math.max(room.narrowest, Math.min(WIDEST, share))
  const lanes = names.map((name, i) => ({ name, x: room.gutter + i * laneWidth + INSET, width: laneWidth }))
  const hasWords = laneWidth >= NARROWEST_FOR_WORDS
  const placed: Placed[] = []
  let top = 0
  for (const row of rows) {
    const cells = row.kind === 'step' && row.step > 0 ? cellsOf(data.steps[row.step - 1]!) : new Map()
    const height = heightOf(row, hasWords ? cells : new Map(), data, room.gutter)
    placed.push({ row, top, height, cells })
    top += height
  }
  const shown = new Set(names)
  const idle = data.components.flatMap(({ name, kind }) => (kind === 'process' && !shown.has(name) ? [name] : []))
  return {
    lanes,
    idle,
    hasWords,
    rows: placed,
    gutter: room.gutter,
    width: room.gutter + names.length * laneWidth + margin,
    height: top,
  }
}

/** The processes that the shown steps are about, in the model's order, and the shared state where one changes it; an abstract protocol. */
function laneNames({ components, steps, inFlight, abstract }: TraceData, rows: readonly Row[]): string[] {
  const shown = rows.flatMap((row) => (row.kind === 'step' && row.step > 0 ? [steps[row.step - 1]!] : []))
  const involved = new Set(shown.flatMap(involvedIn))
  if (rows.some((row) => row.kind === 'step' && row.step === 0)) {
    for (const { from, to } of inFlight) involved.add(from).add(to)
  }
  const processes = components.flatMap(({ name, kind }) => (kind === 'process' && involved.has(name) ? [name] : []))
  const isShared = shown.some(({ changes }) => changes.some(({ kind }) => kind === 'shared'))
  return [...processes, ...(isShared ? [SHARED] : []), ...(abstract === undefined ? [] : [ABSTRACT])]
}

/** Of a character of the words beside the lanes, about. */
const CHARACTER = 6.9
const MOST_WORDS = 4

function heightOf(row: Row, cells: Placed['cells'], data: TraceData, gutter: number): number {
  if (row.kind === 'folded' || row.kind === 'loop') return 32
  if (row.kind === 'end') return 44
  const told = row.step === 0 ? '' : data.steps[row.step - 1]!.told
  const words = Math.min(MOST_WORDS, Math.ceil((told.length * CHARACTER) / (gutter - 56)))
  const lines = Math.max(0, ...[...cells.values()].map((cell) => cell.length))
  return Math.max(ABOVE + lines * LINE, 10 + words * LINE) + BELOW
}

/** Where messages arrive in a row, and whoever acts is marked. */
export const arrivalIn = ({ row, top, height }: Placed): number =>
  row.kind === 'step' ? top + ARRIVAL : top + height / 2

/** Where messages leave from a row. */
export const departureIn = ({ row, top, height }: Placed): number =>
  row.kind === 'step' ? top + height - DEPARTURE : top + height / 2
