/**
 * Jepsen's entries, `{:process 0, :type :ok, :f :read, :value 3}`, as a map or as `[0 :ok :read 3]`. `value` is the
 * argument of an invocation and the result of an `ok`; what the result means is the object's affair, since Jepsen echoes
 * the argument where there is none. The nemesis is no client; whoever else has a name is one.
 */
import { z } from 'zod'
import type { Value } from '../../model.ts'
import { recordedJson } from '../recorded.ts'
import { once, type ReadEntry, type Reading } from './entry.ts'
import { process as name, parsed } from './parsed.ts'

const said = z.unknown().optional()

const JepsenEntry = z.strictObject({
  type: z.enum(['invoke', 'ok', 'fail', 'info']),
  process: name,
  f: z.string().nullable(),
  value: said,
  /** As Porcupine's key-value histories have it. */
  key: said,
  index: z.int().optional(),
  // told of an operation, and no part of what it did
  time: said,
  error: said,
  node: said,
  exception: said,
})

const OUTCOMES = { fail: 'fail', info: 'unknown' } as const

export function jepsenReader({ keyed, ignored }: Reading): ReadEntry {
  const indices = new Map<string | number, string>()
  return ({ place, content }) => {
    const entry = parsed(JepsenEntry, fromTuple(content), place, ignored)
    const { type, f, value = null, key, index } = entry
    if (index !== undefined) once(indices, index, place, 'the index')
    const process = String(entry.process)
    if (process === 'nemesis') return 'skipped'
    const operation = String(f)
    if (type === 'fail' || type === 'info') return { type: OUTCOMES[type], process, operation }
    const told = recordedJson(value, place)
    const pair = (): Value => recordedJson([key, told], place)
    if (type === 'ok') return { type: 'return', process, operation, result: key !== undefined && keyed ? pair() : told }
    const isLookup = key !== undefined && told === null && !keyed // `get`, which has no argument besides the key
    const argument = key === undefined ? told : isLookup ? recordedJson(key, place) : pair()
    return { type, process, operation, ...(argument === null ? {} : { argument }) }
  }
}

const TUPLE = ['process', 'type', 'f', 'value', 'error'] as const

const fromTuple = (content: unknown): unknown =>
  Array.isArray(content) ? Object.fromEntries(content.map((part, i) => [TUPLE[i] ?? `part ${i + 1}`, part])) : content
