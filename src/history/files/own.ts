/** Our own entries: `{"type": "invoke", "process": "c1", "operation": "write", "argument": 1}`. */
import { z } from 'zod'
import { badHistory } from '../operation.ts'
import { recordedJson } from '../recorded.ts'
import { once, type ReadEntry, type Reading } from './entry.ts'
import { process as name, parsed } from './parsed.ts'

const process = name.describe('who did it; one operation at a time')
const id = z.union([z.string(), z.int()]).describe('of the operation, if the file has ids')
const operation = z.string().min(1)
const value = z.unknown().describe('any JSON; a set is {"#set": [...]}; integers are exact')

/** Our own shape. An end may leave out its operation: it is the pending one's. */
export const HistoryEntry = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('invoke'), process, operation, argument: value.optional(), id: id.optional() }),
  z.strictObject({
    type: z.literal('return'),
    process,
    operation: operation.optional(),
    result: value.optional(),
    id: id.optional(),
  }),
  z.strictObject({ type: z.enum(['fail', 'unknown']), process, operation: operation.optional(), id: id.optional() }),
])

interface Pending {
  readonly operation: string
  readonly id: string | number | undefined
}

export function ownReader({ ignored }: Reading): ReadEntry {
  const pending = new Map<string, Pending>()
  const invoked = new Map<string | number, string>()
  return ({ place, content }) => {
    const entry = parsed(HistoryEntry, content, place, ignored)
    const process = String(entry.process)
    if (entry.type === 'invoke') {
      const { operation, argument, id } = entry
      if (id !== undefined) once(invoked, id, place, 'the operation')
      pending.set(process, { operation, id })
      const asked = argument === undefined ? {} : { argument: recordedJson(argument, place) }
      return { type: 'invoke', process, operation, ...asked }
    }
    const open = pending.get(process)
    if (entry.id !== undefined && open !== undefined && entry.id !== open.id) {
      const found = `${process} ends the operation ${entry.id}, and has invoked ${open.id ?? 'one without an id'}`
      throw badHistory(place, found, 'the end of that one')
    }
    const operation = entry.operation ?? open?.operation ?? 'an operation'
    if (entry.type !== 'return') return { type: entry.type, process, operation }
    return { type: 'return', process, operation, result: recordedJson(entry.result ?? null, place) }
  }
}
