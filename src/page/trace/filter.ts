/** Which steps are about what the reader asks for. Those that are not are folded away, not lost. */
import type { StepData, TraceData } from '../trace-data.ts'

export interface Filter {
  /** Names; an empty set asks for nothing. */
  readonly processes: ReadonlySet<string>
  /** Types of messages. */
  readonly types: ReadonlySet<string>
  /** A part of a field's place, such as `term` or `n2.log`. */
  readonly field: string
  /** Only the steps that matter. */
  readonly matter: boolean
}

export const NO_FILTER: Filter = { processes: new Set(), types: new Set(), field: '', matter: false }

export const isFiltering = ({ processes, types, field, matter }: Filter): boolean =>
  processes.size + types.size > 0 || field.trim() !== '' || matter

/** The steps that are about every one of the things asked for. */
export const stepsFound = ({ steps, matter }: TraceData, filter: Filter): ReadonlySet<number> =>
  new Set(
    steps.flatMap((step, i) =>
      matches(step, filter) && (!filter.matter || matter === undefined || matter.includes(i + 1)) ? [i + 1] : [],
    ),
  )

function matches(step: StepData, { processes, types, field }: Filter): boolean {
  return (
    (processes.size === 0 || involvedIn(step).some((name) => processes.has(name))) &&
    (types.size === 0 || [...step.sent, ...step.ended].some(({ type }) => types.has(type))) &&
    (field.trim() === '' || placesIn(step).some((place) => place.includes(field.trim().toLowerCase())))
  )
}

/** The processes that act, change, send or are sent to; a name may come twice. */
export function involvedIn({ process, changes, sent, ended }: StepData): string[] {
  const changed = changes.flatMap((change) => (change.process === null ? [] : [change.process]))
  const ends = [...sent, ...ended].flatMap(({ from, to }) => [from, to])
  return [...(process === null ? [] : [process]), ...changed, ...ends]
}

const placesIn = ({ changes }: StepData): string[] =>
  changes.map(({ component, path }) => `${component}${path === '' ? '' : `.${path}`}`.toLowerCase())

/** What can be asked for in this trace. */
export function choicesIn({ components, steps, inFlight }: TraceData): {
  readonly processes: readonly string[]
  readonly types: readonly string[]
  readonly fields: readonly string[]
} {
  const involved = new Set(steps.flatMap(involvedIn))
  const flights = [...inFlight, ...steps.flatMap(({ sent, ended }) => [...sent, ...ended])]
  const changes = steps.flatMap((step) => step.changes)
  const fields = changes.flatMap(({ kind, path }) => (kind === 'process' && path !== '' ? [path] : []))
  const variables = changes.flatMap(({ component, kind }) => (kind === 'process' ? [] : [component]))
  return {
    processes: components.flatMap(({ name, kind }) => (kind === 'process' && involved.has(name) ? [name] : [])),
    types: [...new Set(flights.map(({ type }) => type))].sort(),
    fields: [...new Set([...fields.sort(), ...variables.sort()])],
  }
}
