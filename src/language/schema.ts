/**
 * Shapes: zod schemas by field name. They type the protocol's text, give the start values (`.default(...)`), bound the
 * parameters, and are checked at run time, so that a state outside its schema is found like any other violation.
 */
import { z } from 'zod'
import { SplitbrainError } from '../value/splitbrain-error.ts'
import { processesOf } from './process-names.ts'
import { alteration, unknownField } from './schema-answer.ts'

export type Shape = { readonly [field: string]: z.ZodType }

/** What a shape's fields hold. */
export type Fields<S extends Shape> = { -readonly [K in keyof S]: z.output<S[K]> }

declare const role: unique symbol

/**
 * The name of a process of role `R`, such as `n1`. Branded, so that a client's id cannot stand where a server's is
 * meant; `Id<'a' | 'b'>` (a sender of either role) can stand for both, and every id is an `Id<never>`.
 */
export type Id<R extends string> = string & { readonly [role]: (of: R) => void }

/** The schema of a process id; a value of a model must name one of its processes. */
export function id<const R extends string>(role: R): z.ZodType<Id<R>, Id<R>> {
  const schema = z
    .string()
    .refine((name) => processesOf(role)?.includes(name) ?? true, {
      error: ({ input }) => `${String(input)} is not a ${role}; ${expectedOf(processesOf(role) ?? [])}`,
    })
    .meta({ processOf: role })
  return schema as unknown as z.ZodType<Id<R>, Id<R>> // the brand exists only for the compiler
}

const expectedOf = (names: readonly string[]): string =>
  names.length > 0 ? `expected ${names.join(', ')}` : 'there is none'

/** The default-less schema of each field: at run time a missing field is an error, not a cue to fill in the default. */
export function strict(shape: Shape): z.ZodType {
  const bare = Object.entries(shape).map(([field, schema]) => [field, undefaulted(schema)])
  return z.strictObject(Object.fromEntries(bare))
}

export function undefaulted(schema: z.ZodType): z.ZodType {
  return schema instanceof z.ZodDefault ? (schema.unwrap() as z.ZodType) : schema
}

/** The value each field starts with. @throws SplitbrainError `bad-protocol` where a field has no default */
export function startOf(shape: Shape, where: string): Record<string, unknown> {
  const start: Record<string, unknown> = {}
  for (const [field, schema] of Object.entries(shape)) {
    const parsed = schema.safeParse(undefined)
    if (!parsed.success) {
      throw new SplitbrainError(
        'bad-protocol',
        `${where}.${field} has no start value; give its schema one with .default(...)`,
      )
    }
    start[field] = parsed.data
  }
  return start
}

/**
 * What is wrong with `value`, in one line, or undefined where it fits. It fits where the schema takes it as it is: an
 * answer that differs from it would hide a misspelt field, or let another value stand for this one.
 */
export function mismatchOf(schema: z.ZodType, value: unknown): string | undefined {
  const parsed = schema.safeParse(value, { reportInput: true })
  if (parsed.success) return alteration(schema, value, parsed.data)
  return parsed.error.issues.map((issue) => `${placeOf(issue)}${wordsOf(schema, issue)}`).join('; ')
}

/** Where it is, and where it is out of bounds what it is, too: `queue.0 is 4: `. Of sets the path names no elements. */
function placeOf({ path, code, input }: z.core.$ZodIssue): string {
  if (path.length === 0) return ''
  const isOutOfBounds = (code === 'too_big' || code === 'too_small') && typeof input === 'number'
  return `${path.join('.')}${isOutOfBounds ? ` is ${input}` : ''}: `
}

function wordsOf(schema: z.ZodType, issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'invalid_key': // says only that a record's key is invalid; why is one level further in
      return issue.issues.map(({ message }) => message).join('; ')
    case 'unrecognized_keys':
      return issue.keys.map((key) => unknownField(schema, key)).join('; ')
    default:
      return issue.message
  }
}
