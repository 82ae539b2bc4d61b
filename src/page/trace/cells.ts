/** What stands in a lane at a step: what arrived, what changed, what was sent, a line each. */
import type { EndedFlight, FlightData, StepData } from '../trace-data.ts'

/** The lane of the variables that belong to no process. */
export const SHARED = 'shared state'
/** The lane of the abstract protocol that the property of the trace refines. */
export const ABSTRACT = '≙'

export interface CellLine {
  readonly kind: 'received' | 'lost' | 'change' | 'operation' | 'sent' | 'quiet'
  readonly text: string
  /** Where the field is that it is about, for a change; `history` for an operation. */
  readonly place?: string
}

/** A cell has no more lines than this; the rest is told beside the diagram. */
const MOST_LINES = 7

/** By lane. */
export function cellsOf(step: StepData): ReadonlyMap<string, readonly CellLine[]> {
  const cells = new Map<string, CellLine[]>()
  const put = (lane: string, line: CellLine) => cells.set(lane, [...(cells.get(lane) ?? []), line])
  for (const flight of step.ended) put(flight.to, arrival(flight))
  for (const { component, kind, process, path, text } of step.changes) {
    const lane = kind === 'shared' ? SHARED : process
    const place = kind === 'process' ? path : component
    if (lane !== null) put(lane, { kind: kind === 'history' ? 'operation' : 'change', text, place })
  }
  for (const [from, text] of sendings(step.sent)) put(from, { kind: 'sent', text })
  const { process, abstract } = step
  if (abstract !== undefined)
    put(ABSTRACT, { kind: 'change', text: `${abstract.isOne ? '' : '✗ '}${abstract.changes}` })
  if (process !== null && cells.size === 0) put(process, { kind: 'quiet', text: 'nothing changes' })
  return new Map([...cells].map(([lane, lines]) => [lane, shortened(lines)]))
}

const FATES = { received: 'received', copied: 'received, a copy', lost: 'lost' } as const

const arrival = ({ number, type, fate }: EndedFlight): CellLine => ({
  kind: fate === 'lost' ? 'lost' : 'received',
  text: `#${number} ${type} ${FATES[fate]}`,
})

/** Equal messages of one sender in one line: `#3 #4 Vote to n2, n3 {term 1}`. */
function sendings(sent: readonly FlightData[]): (readonly [from: string, text: string])[] {
  const groups = new Map<string, FlightData[]>()
  for (const flight of sent) {
    const key = JSON.stringify([flight.from, flight.text])
    groups.set(key, [...(groups.get(key) ?? []), flight])
  }
  return [...groups.values()].map((group) => {
    const numbers = group.map(({ number }) => `#${number}`).join(' ')
    const { from, type, text } = group[0]!
    return [
      from,
      `${numbers} ${type} to ${group.map(({ to }) => to).join(', ')} ${text.slice(type.length)}`.trimEnd(),
    ] as const
  })
}

function shortened(lines: readonly CellLine[]): readonly CellLine[] {
  if (lines.length <= MOST_LINES) return lines
  const left = lines.length - MOST_LINES + 1
  return [...lines.slice(0, MOST_LINES - 1), { kind: 'quiet', text: `… ${left} more` }]
}
