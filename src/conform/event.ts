/** From lines to events: what the map makes of each line of a log. */
import type { Model } from '../model.ts'
import { found } from '../value/found.ts'
import { SplitbrainError } from '../value/splitbrain-error.ts'
import { thrownText } from '../value/visible.ts'
import { type AnyLogMap, badMap, type Explanation, type Line, type StepPattern } from './log-map.ts'
import { type Wanted, wantedBy } from './match.ts'
import type { Showing } from './shown.ts'

/** A line that says something. */
export interface LogEvent {
  /** Where it stands: the file, and the line from 1. */
  readonly place: Place
  readonly name: string
  readonly text: string
  /** Whose it is; events of one node happened in the order of their lines. */
  readonly node: string
  /** When it was, at the earliest and at the latest; of all events or of none. */
  readonly time?: readonly [number, number]
  readonly ways: readonly Way[]
}

export interface Place {
  readonly file: string
  readonly line: number
}

export const placeText = ({ file, line }: Place): string => `${file}:${line}`

/** One explanation of an event: its steps in a row, and what is shown before and after them. */
export interface Way {
  readonly steps: readonly Wanted[]
  readonly before: Showing
  readonly after: Showing
}

/** What a line is to the map: an event, none, or one that the map does not know. */
export type Reading = LogEvent | 'none' | { readonly unmapped: string }

/** Reads lines with a map, for a model. Remembers which process stands for which name. */
export function eventReader(model: Model, map: AnyLogMap): (text: string, place: Place) => Reading {
  const ids = idsOf(model)
  const bound = new Map<string, Map<string, string>>()
  const names = { ids, process: (role: string, name: unknown) => bind(bound, ids, role, String(name)) }
  return (text, place) => {
    const line = lineOf(map, text, place)
    if (line === undefined) return 'none'
    return told(place, () => {
      const name = map.event(line)
      if (name === undefined) return 'none'
      if (typeof name !== 'string') throw badMap(`event gives ${found(name)}`, 'the name of an event, or undefined')
      const explain = Object.hasOwn(map.on, name) ? map.on[name] : undefined
      if (explain === undefined) return { unmapped: name }
      if (explain === 'nothing') return 'none'
      const explanations = [explain(line, names as never)].flat() as readonly Explanation[]
      return {
        place,
        name,
        text,
        node: map.node === undefined ? place.file : String(map.node(line)),
        ...(map.time && { time: admitTime(map.time(line)) }),
        ways: explanations.map((explanation) => wayOf(model, explanation)),
      }
    })
  }
}

/** What the map throws is told with the line it was given. */
function told<T>(place: Place, read: () => T): T {
  try {
    return read()
  } catch (thrown) {
    if (thrown instanceof SplitbrainError)
      throw new SplitbrainError(thrown.code, `${placeText(place)}: ${thrown.message}`)
    throw new SplitbrainError('bad-map', `${placeText(place)}: the map fails at this line: ${thrownText(thrown)}`)
  }
}

/** @throws SplitbrainError `bad-log` where it is to be JSON and is not */
function lineOf({ pattern }: AnyLogMap, text: string, place: Place): Line | undefined {
  if (pattern !== undefined) return new RegExp(pattern.source, pattern.flags.replaceAll(/[gy]/g, '')).exec(text)?.groups
  if (text.trim() === '') return undefined
  try {
    const line: unknown = JSON.parse(text)
    if (typeof line === 'object' && line !== null && !Array.isArray(line)) return line as Line
  } catch {
    // told below
  }
  throw new SplitbrainError(
    'bad-log',
    `${placeText(place)}: found ${excerpt(text)}; expected an object of JSON, or a map with a \`pattern\` for lines of text`,
  )
}

const MOST = 240
export const excerpt = (text: string): string => (text.length <= MOST ? text : `${text.slice(0, MOST - 1)}…`)

function wayOf(model: Model, explanation: Explanation): Way {
  if (typeof explanation !== 'object' || explanation === null)
    throw badMap(
      `an explanation is ${found(explanation)}`,
      "{ steps, before, after }, several of them, or 'nothing' in place of the function",
    )
  const { steps = [], before = {}, after = {}, ...others } = explanation
  const unknown = Object.keys(others)[0]
  if (unknown !== undefined) throw badMap(`an explanation has no part ${unknown}`, 'steps, before, after')
  const patterns = (Array.isArray(steps) ? steps : [steps]) as readonly StepPattern[]
  return { steps: patterns.map((pattern) => wantedBy(model, pattern)), before, after }
}

function admitTime(time: readonly [number, number] | undefined): readonly [number, number] {
  if (time === undefined) return [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY]
  const [earliest, latest] = time
  if (Number.isFinite(earliest) && Number.isFinite(latest) && earliest <= latest) return time
  throw badMap(`time is [${earliest}, ${latest}]`, 'two numbers, [earliest, latest]')
}

function idsOf({ components }: Model): Readonly<Record<string, readonly string[]>> {
  const processes = components.flatMap((component) => (component.kind === 'process' ? [component] : []))
  const roles = [...new Set(processes.map(({ role }) => role))]
  return Object.fromEntries(
    roles.map((role) => [role, processes.filter((one) => one.role === role).map(({ name }) => name)]),
  )
}

function bind(
  bound: Map<string, Map<string, string>>,
  ids: Readonly<Record<string, readonly string[]>>,
  role: string,
  name: string,
): string {
  const processes = ids[role]
  if (processes === undefined) throw badMap(`there is no role ${role}`, `one of ${Object.keys(ids).join(', ')}`)
  const known = bound.get(role) ?? new Map<string, string>()
  bound.set(role, known)
  const process = known.get(name) ?? processes[known.size]
  if (process === undefined) {
    throw badMap(
      `the log names ${known.size + 1} processes of role ${role}, ${name} the last, and the model has ${processes.length}`,
      'parameters with as many processes as the log has',
    )
  }
  known.set(name, process)
  return process
}
