/** Schemas in words: what `verify show` says of a field, and help and errors of a parameter. */
import { z } from 'zod'

type Schema = z.core.$ZodType

/** `1 to 7`, `follower | candidate | leader`, `list of integers`, `server or null`. */
export function describeSchema(schema: Schema): string {
  if (schema instanceof z.ZodDefault || schema instanceof z.ZodReadonly) return describeSchema(schema.unwrap())
  if (schema instanceof z.ZodNullable) return `${describeSchema(schema.unwrap())} or null`
  if (schema instanceof z.ZodOptional) return `${describeSchema(schema.unwrap())}, may be absent`
  if (schema instanceof z.ZodNumber) return describeNumber(schema)
  if (schema instanceof z.ZodEnum) return schema.options.join(' | ')
  if (schema instanceof z.ZodLiteral) return [...schema.values].map(String).join(' | ')
  if (schema instanceof z.ZodUnion) return schema.options.map(describeSchema).join(' | ')
  if (schema instanceof z.ZodArray) return `list of ${describeSchema(schema.element)}`
  if (schema instanceof z.ZodSet) return `set of ${describeSchema(schema.def.valueType)}`
  if (schema instanceof z.ZodRecord) return `${describeSchema(schema.valueType)} by ${describeSchema(schema.keyType)}`
  if (schema instanceof z.ZodTuple) return `[${schema.def.items.map(describeSchema).join(', ')}]`
  if (schema instanceof z.ZodObject) return describeShape(schema.shape)
  if (schema instanceof z.ZodString) return roleOfId(schema) ?? 'text'
  return schema._zod.def.type
}

/** `{ term: integer, granted: boolean }` */
export function describeShape(shape: Readonly<Record<string, Schema>>): string {
  const fields = Object.entries(shape).map(([field, schema]) => `${field}: ${describeSchema(schema)}`)
  return fields.length === 0 ? '{}' : `{ ${fields.join(', ')} }`
}

/** What the schema is for, wherever in it `.describe(...)` was said. */
export function meaningOf(schema: z.ZodType): string | undefined {
  return schema.description ?? (schema instanceof z.ZodDefault ? meaningOf(schema.unwrap() as z.ZodType) : undefined)
}

/** What JSON Schema says of a number. (The older drafts that zod's type also covers have booleans here.) */
interface Bounds {
  readonly type: 'integer' | 'number'
  readonly minimum?: number
  readonly maximum?: number
  readonly exclusiveMinimum?: number
  readonly exclusiveMaximum?: number
}

function describeNumber(schema: z.ZodNumber): string {
  const { type, minimum, maximum, exclusiveMinimum, exclusiveMaximum } = z.toJSONSchema(schema) as Bounds
  const step = type === 'integer' ? 1 : 0
  const least = minimum ?? (exclusiveMinimum === undefined ? undefined : exclusiveMinimum + step)
  const most = maximum ?? (exclusiveMaximum === undefined ? undefined : exclusiveMaximum - step)
  const from = least === undefined || least <= Number.MIN_SAFE_INTEGER ? undefined : least
  const to = most === undefined || most >= Number.MAX_SAFE_INTEGER ? undefined : most
  if (from !== undefined && to !== undefined) return `${from} to ${to}`
  if (from !== undefined) return `${type} from ${from}`
  return to === undefined ? type : `${type} to ${to}`
}

const roleOfId = (schema: z.ZodString): string | undefined => schema.meta()?.processOf as string | undefined
