/**
 * zod's schemas parse: one that says yes may hand back another value than it was asked about. It drops the fields that
 * it does not know, fills in defaults, coerces. A model is checked, not parsed, so that is refused: by the text of the
 * schema where it can be seen there, else by comparing the answer with the value.
 */
import { z } from 'zod'
import { didYouMean } from '../value/nearest-name.ts'
import { pathTo, show } from '../value/show.ts'
import { isTable } from './refuse.ts'

/** A schema and all schemas within it. */
export function* schemasWithin(schema: z.core.$ZodType, seen = new Set<unknown>()): Generator<z.core.$ZodType> {
  if (seen.has(schema)) return
  seen.add(schema)
  yield schema
  const inner = schema instanceof z.ZodLazy ? [schema.unwrap()] : Object.values(schema._zod.def).flatMap(schemasIn)
  for (const part of inner) yield* schemasWithin(part, seen)
}

/** The schemas that a part of a schema's definition holds: one, a list of them, or fields. */
function schemasIn(part: unknown): z.core.$ZodType[] {
  if (part instanceof z.core.$ZodType) return [part]
  const parts = Array.isArray(part) || isPlain(part) ? Object.values(part) : []
  return parts.filter((each) => each instanceof z.core.$ZodType)
}

/** What in a schema makes another value of the one it is given, as it is written; undefined where nothing can be seen. */
export function alteringPart(schema: z.core.$ZodType): string | undefined {
  for (const part of schemasWithin(schema)) {
    const { type, checks = [], ...def } = part._zod.def
    if (type === 'catch') return '.catch(...)'
    if (type === 'transform' || 'transform' in def) return '.transform(...) or z.preprocess(...)'
    if ('coerce' in def && def.coerce === true) return 'z.coerce'
    if (checks.some(({ _zod }) => _zod.def.check === 'overwrite')) return '.trim(), .toLowerCase() or the like'
  }
  return undefined
}

/** How the answer of a schema differs from the value it was asked about, and what to do; undefined where it does not. */
export function alteration(schema: z.core.$ZodType, value: unknown, answer: unknown): string | undefined {
  const difference = firstDifference(value, answer, '')
  if (difference === undefined) return undefined
  const { at, dropped } = difference
  const told = dropped === undefined ? difference.told : unknownField(schema, dropped)
  const isOfUnion = dropped !== undefined && [...schemasWithin(schema)].some(({ _zod }) => _zod.def.type === 'union')
  const hint = isOfUnion ? '. Of a union the first option that fits counts: make its options z.strictObject' : ''
  return `${at === '' ? '' : `${at}: `}${told}${hint}`
}

interface Difference {
  readonly at: string
  readonly told: string
  /** A field that the schema does not know. */
  readonly dropped?: string
}

function firstDifference(value: unknown, answer: unknown, at: string): Difference | undefined {
  if (value === answer) return undefined
  if (value instanceof Set && answer instanceof Set) {
    const [was, is] = [[...value], [...answer]] // a schema answers in the order in which it was asked
    if (was.length !== is.length) return altered(value, answer, at)
    return firstOf(was.keys(), (i) => firstDifference(was[i], is[i], pathTo(at, i)))
  }
  if (Array.isArray(value) && Array.isArray(answer) && value.length === answer.length) {
    return firstOf(value.keys(), (i) => firstDifference(value[i], answer[i], pathTo(at, i)))
  }
  if (!isPlain(value) || !isPlain(answer)) return altered(value, answer, at)
  const names = Object.keys(answer)
  return (
    firstOf(Object.keys(value), (name) =>
      Object.hasOwn(answer, name) ? undefined : { at, told: '', dropped: name },
    ) ??
    firstOf(names, (name) => (Object.hasOwn(value, name) ? undefined : filledIn(answer[name], pathTo(at, name)))) ??
    firstOf(names, (name) => firstDifference(value[name], answer[name], pathTo(at, name)))
  )
}

function firstOf<T>(items: Iterable<T>, find: (item: T) => Difference | undefined): Difference | undefined {
  for (const item of items) {
    const difference = find(item)
    if (difference !== undefined) return difference
  }
  return undefined
}

const isPlain = (value: unknown): value is Readonly<Record<string, unknown>> =>
  isTable(value) && [Object.prototype, null].includes(Object.getPrototypeOf(value))

/** That a field is in none of the objects of a schema. */
export function unknownField(schema: z.core.$ZodType, name: string): string {
  const names = [...schemasWithin(schema)].flatMap((part) =>
    part instanceof z.ZodObject ? Object.keys(part.shape) : [],
  )
  const known = [...new Set(names)].filter((each) => each !== name)
  return `there is no field ${name}${didYouMean(name, known) || `; the fields are ${known.join(', ') || 'none'}`}`
}

const filledIn = (answer: unknown, at: string): Difference => ({
  at,
  told: `it is missing, and the schema fills in ${inWords(answer)}; expected a value, for only what starts has defaults`,
})

const altered = (value: unknown, answer: unknown, at: string): Difference => ({
  at,
  told: `it is ${inWords(value)}, of which the schema makes ${inWords(answer)}; expected a schema that takes a value as it is`,
})

const inWords = (value: unknown): string => {
  const isValue =
    typeof value !== 'object' || value === null || value instanceof Set || Array.isArray(value) || isPlain(value)
  return isValue && value !== undefined ? show(value as never) : String(value)
}
