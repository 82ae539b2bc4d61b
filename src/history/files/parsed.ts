/** An entry held against its schema: what is wrong with it, where, and what to do. */
import { z } from 'zod'
import { didYouMean } from '../../value/nearest-name.ts'
import { badHistory } from '../operation.ts'

/** A process's name or number, as histories write them. */
export const process = z.union([z.string().min(1), z.int(), z.bigint()])

/** Without the fields that say nothing. @throws SplitbrainError `bad-history` */
export function parsed<T extends z.ZodObject | z.ZodDiscriminatedUnion>(
  schema: T,
  content: unknown,
  place: string,
  ignored: readonly string[],
): z.infer<T> {
  const result = schema.safeParse(without(content, ignored))
  if (result.success) return result.data as z.infer<T>
  const issue = result.error.issues[0]!
  if (issue.code === 'unrecognized_keys') throw unknownField(place, issue.keys[0]!, FIELDS)
  const { path, message } = issue
  throw badHistory(
    place,
    `${path.length === 0 ? 'this' : path.join('.')}: ${message}`,
    'an event such as {"type": "invoke", "process": "c1", "operation": "write", "argument": 1}',
  )
}

const FIELDS = [
  'type',
  'process',
  'operation',
  'argument',
  'result',
  'id',
  'f',
  'value',
  'key',
  'index',
  'time',
  'error',
]

function unknownField(place: string, field: string, known: readonly string[]) {
  return badHistory(
    place,
    `the field ${field} is not known here${didYouMean(field, known)}`,
    `none but the format's, or --ignore ${field} if it says nothing about the operation`,
  )
}

function without(content: unknown, ignored: readonly string[]): unknown {
  if (ignored.length === 0 || typeof content !== 'object' || content === null || Array.isArray(content)) return content
  return Object.fromEntries(Object.entries(content).filter(([field]) => !ignored.includes(field)))
}
