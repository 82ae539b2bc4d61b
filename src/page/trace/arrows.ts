/** The arrows of the diagram: each message from where it was sent to where it arrived, got lost, or is still under way. */
import type { EndedFlight, FlightData, TraceData } from '../trace-data.ts'
import { arrivalIn, departureIn, type Layout } from './layout.ts'
import { rowByStep } from './rows.ts'

export interface Arrow {
  readonly number: number
  readonly fate: EndedFlight['fate'] | 'in flight'
  /** The steps at its two ends; no second one where it is still in flight. */
  readonly sentAt: number
  readonly endedAt: number | undefined
  readonly from: Point
  readonly to: Point
}

export interface Point {
  readonly x: number
  readonly y: number
}

/** How far a message that never arrives is drawn towards its receiver. */
const STUB = 46
/** How far before its receiver's lane a message gets lost. */
const SHORT = 26

/** Those of which an end is shown. */
export function arrowsOf(data: TraceData, layout: Layout): Arrow[] {
  const rowOf = rowByStep(layout.rows.map(({ row }) => row))
  const x = new Map(layout.lanes.map((lane) => [lane.name, lane.x]))
  const at = (step: number) => layout.rows[rowOf[step]!]!
  const isShown = (step: number) => at(step).row.kind === 'step'
  return journeysOf(data).flatMap(({ flight, sentAt, ends }): Arrow[] => {
    const fromX = x.get(flight.from)
    const toX = x.get(flight.to)
    if (fromX === undefined || toX === undefined) return []
    const from = { x: fromX, y: departureIn(at(sentAt)) }
    const direction = Math.sign(toX - fromX)
    if (ends.length === 0) {
      const to = { x: fromX + direction * STUB, y: from.y + 15 }
      return isShown(sentAt) ? [{ number: flight.number, fate: 'in flight', sentAt, endedAt: undefined, from, to }] : []
    }
    return ends.flatMap(({ step, fate }): Arrow[] => {
      if (!isShown(sentAt) && !isShown(step)) return []
      const to = { x: fate === 'lost' ? toX - direction * SHORT : toX, y: arrivalIn(at(step)) }
      return [{ number: flight.number, fate, sentAt, endedAt: step, from, to }]
    })
  })
}

interface Journey {
  readonly flight: FlightData
  readonly sentAt: number
  readonly ends: { readonly step: number; readonly fate: EndedFlight['fate'] }[]
}

/** Every message of the trace, from the step that sent it to those at which it arrived (a copy arrives more than once). */
function journeysOf({ inFlight, steps }: TraceData): readonly Journey[] {
  const journeys = new Map<number, Journey>()
  const send = (flight: FlightData, sentAt: number) => journeys.set(flight.number, { flight, sentAt, ends: [] })
  for (const flight of inFlight) send(flight, 0)
  for (const [i, { sent, ended }] of steps.entries()) {
    for (const flight of ended) {
      if (!journeys.has(flight.number)) send(flight, 0) // of another protocol, perhaps: it was never seen to be sent
      journeys.get(flight.number)!.ends.push({ step: i + 1, fate: flight.fate })
    }
    for (const flight of sent) send(flight, i + 1)
  }
  return [...journeys.values()]
}
