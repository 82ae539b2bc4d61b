/** Entries of a history file, in our own shape and in Jepsen's, as events. */
import { z } from 'zod'
import type { Value } from '../../model.ts'
import { canonical, fromJson, textOf } from '../../value/canonical.ts'
import type { HistoryEvent } from '../../value/history.ts'
import { SplitbrainError } from '../../value/splitbrain-error.ts'
import { badHistory } from '../operation.ts'

/** Something that stands for an event, and where it stands. */
export interface Entry {
  readonly place: string
  readonly content: unknown
}

const process = z.union([z.string().min(1), z.int()]).describe('who did it; one operation at a time')
const id = z.union([z.string(), z.int()]).describe('of the operation, if the file has ids')
const operation = z.string().min(1)

/** Our own shape. An end may leave out its operation: it is the pending one's. */
export const HistoryEntry = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('invoke'), process, operation, argument: z.json().optional(), id: id.optional() }),
  z.strictObject({
    type: z.literal('return'),
    process,
    operation: operation.optional(),
    result: z.json().optional(),
    id: id.optional(),
  }),
  z.strictObject({ type: z.enum(['fail', 'unknown']), process, operation: operation.optional(), id: id.optional() }),
])

/** Jepsen's shape. `value` is the argument of an invocation, and the result of an `ok`. */
const JepsenEntry = z.looseObject({
  type: z.enum(['invoke', 'ok', 'fail', 'info']),
  process: z.union([z.int(), z.string()]),
  f: z.string(),
  value: z.unknown().optional(),
  index: z.int().optional(),
})

/** @throws SplitbrainError `bad-history` */
export function eventsOf(entries: readonly Entry[]): { events: HistoryEvent[]; places: string[] } {
  const events: HistoryEvent[] = []
  const places: string[] = []
  const isJepsen = entries.some(({ content }) => typeof content === 'object' && content !== null && 'f' in content)
  const read = isJepsen ? jepsenReader() : ownReader()
  for (const entry of entries) {
    const event = read(entry)
    if (event === undefined) continue
    events.push(event)
    places.push(entry.place)
  }
  return { events, places }
}

function ownReader(): (entry: Entry) => HistoryEvent {
  const pending = new Map<string, { readonly operation: string; readonly id?: string | number | undefined }>()
  const invoked = new Map<string | number, string>()
  return ({ place, content }) => {
    const entry = parsed(HistoryEntry, content, place)
    const process = String(entry.process)
    if (entry.type === 'invoke') {
      if (entry.id !== undefined) once(invoked, entry.id, place, 'the operation')
      pending.set(process, { operation: entry.operation, id: entry.id })
      const { operation, argument } = entry
      return {
        type: 'invoke',
        process,
        operation,
        ...(argument === undefined ? {} : { argument: valueAt(place, argument) }),
      }
    }
    const open = pending.get(process)
    if (entry.id !== undefined && open !== undefined && entry.id !== open.id) {
      const found = `${process} ends the operation ${entry.id}, and has invoked ${open.id ?? 'one without an id'}`
      throw badHistory(place, found, 'the end of that one')
    }
    const operation = entry.operation ?? open?.operation ?? 'an operation'
    if (entry.type !== 'return') return { type: entry.type, process, operation }
    return { type: 'return', process, operation, result: valueAt(place, entry.result ?? null) }
  }
}

const OUTCOMES = { fail: 'fail', info: 'unknown' } as const

/**
 * Undefined for what the nemesis does. What returns nothing of its own returns its argument in Jepsen: that is no result;
 * of a `cas` it says that it found what it looked for.
 */
function jepsenReader(): (entry: Entry) => HistoryEvent | undefined {
  const indices = new Map<string | number, string>()
  const asked = new Map<string, Value>()
  return ({ place, content }) => {
    const { type, process: who, f: operation, value, index } = parsed(JepsenEntry, content, place)
    if (index !== undefined) once(indices, index, place, 'the index')
    if (typeof who === 'string' && !/^\d+$/.test(who)) return undefined
    const process = String(who)
    const read = canonical(plain(value) ?? null, place)
    if (type === 'invoke') {
      asked.set(process, read)
      return { type, process, operation, ...(read === null ? {} : { argument: read }) }
    }
    if (type !== 'ok') return { type: OUTCOMES[type], process, operation }
    const isEcho = textOf(read) === textOf(asked.get(process) ?? null)
    return { type: 'return', process, operation, result: isEcho ? (operation === 'cas' ? true : null) : read }
  }
}

/** Sets of containers, which values cannot have, become lists. */
function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain)
  if (value instanceof Set)
    return [...value].some((e) => typeof e === 'object' && e !== null) ? [...value].map(plain) : value
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, field]) => [key, plain(field)]))
}

function once(known: Map<string | number, string>, key: string | number, place: string, what: string): void {
  const first = known.get(key)
  if (first !== undefined) throw badHistory(place, `${what} ${key} occurs twice (first in ${first})`, 'each once')
  known.set(key, place)
}

function valueAt(place: string, json: unknown): Value {
  try {
    return fromJson(json, place)
  } catch (thrown) {
    if (thrown instanceof SplitbrainError) throw new SplitbrainError('bad-history', thrown.message, { cause: thrown })
    throw thrown
  }
}

function parsed<T>(schema: z.ZodType<T>, content: unknown, place: string): T {
  const result = schema.safeParse(content)
  if (result.success) return result.data
  const { path, message } = result.error.issues[0]!
  throw badHistory(
    place,
    `${path.length === 0 ? 'this' : path.join('.')}: ${message}`,
    'an event such as {"type": "invoke", "process": "c1", "operation": "write", "argument": 1}',
  )
}
