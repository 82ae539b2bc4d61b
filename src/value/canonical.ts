/**
 * The canonical form of values: equal values have equal text, whatever order their keys or set elements were made in.
 *
 * Identity of states rests on this file. `JSON.stringify` would not do: it writes a Set as `{}`, NaN as `null` and
 * drops `undefined`, so different states would merge and a bug be missed in silence. Everything that has no canonical
 * form is refused with the path at which it was found.
 *
 * Key order is code-unit order; elements of sets are ordered by type, then by value. Cost: linear in the value's size, but
 * for the sorting.
 */
import type { Value } from '../model.ts'
import { SplitbrainError } from './splitbrain-error.ts'
import { type Canon, isContainer, Members, native, readOnlySet, valueSet } from './value-set.ts'

/** The key under which a set is written as JSON. Objects may not use keys that start with '#'. */
const SET = '#set'

/** Nested deeper than this, a value is taken for a cycle. */
const DEEPEST = 100

/**
 * A deep, frozen copy of `input` in canonical form. It shares nothing with `input` that is not canonical already.
 * `where` names the place for errors, such as `n1` or `message Vote`. `before` is a canonical value that `input` may share
 * parts with: what is in it at the same place is taken as it is.
 * @throws SplitbrainError `not-a-value`
 */
export function canonical(input: unknown, where: string, before?: Value): Value {
  return canonicalAt(input, where, 0, before)
}

function canonicalAt(input: unknown, where: string, depth: number, before?: Value): Value {
  switch (typeof input) {
    case 'string':
    case 'boolean':
      return input
    case 'number':
      if (!Number.isFinite(input)) throw notAValue(where, String(input))
      return input === 0 ? 0 : input // -0 and 0 are one number here
    case 'object':
      if (input === null) return null
      if (input === before) return before
      if (depth > DEEPEST) throw notAValue(`${where.slice(0, 40)}…`, `a cycle, or more than ${DEEPEST} levels,`)
      refuseExtras(input, where)
      if (Array.isArray(input)) return canonicalArray(input, where, depth, before)
      if (input instanceof Set) return canonicalSet(input, where, depth, before)
      return canonicalObject(input, where, depth, before)
    default:
      throw notAValue(where, input === undefined ? 'undefined' : `a ${typeof input}`)
  }
}

function refuseExtras(input: object, where: string): void {
  const extra = extraOf(input)
  if (extra !== undefined) throw notAValue(where, extra)
}

/** What is in an object, array or set besides what a value has there; undefined where nothing is. */
export function extraOf(input: object): string | undefined {
  const symbol = Object.getOwnPropertySymbols(input).find((key) =>
    Object.prototype.propertyIsEnumerable.call(input, key),
  )
  if (symbol !== undefined) return `the key ${String(symbol)}`
  if (!Array.isArray(input) && !(input instanceof Set)) return hiddenIn(input)
  const names = Object.keys(input)
  if (names.length <= (Array.isArray(input) ? input.length : 0)) return undefined
  return `${Array.isArray(input) ? 'an array' : 'a set'} with the name ${names.at(-1)}`
}

function hiddenIn(input: object): string | undefined {
  const [names, keys] = [Object.getOwnPropertyNames(input), Object.keys(input)]
  if (names.length === keys.length) return undefined
  return `the key ${names.find((name) => !keys.includes(name))}, which is not enumerable,`
}

function canonicalArray(input: readonly unknown[], where: string, depth: number, before: Value | undefined): Value {
  const known = Array.isArray(before) ? (before as readonly Value[]) : []
  const copy: Value[] = []
  for (let i = 0; i < input.length; i++) copy.push(canonicalAt(input[i], `${where}[${i}]`, depth + 1, known[i]))
  return Object.freeze(copy)
}

function canonicalSet(input: ReadonlySet<unknown>, where: string, depth: number, before: Value | undefined): Value {
  const isKnown = (element: unknown) => before instanceof Set && native.has(before, element as Value)
  const elements = [...input].map((element) =>
    canonicalAt(element, `${where} (element)`, depth + 1, isKnown(element) ? (element as Value) : undefined),
  )
  return Object.freeze(frozenSet(distinct(elements).sort(compareValues)))
}

/** Sets that nobody has made here know objects by identity, and may hold equal ones. */
function distinct(elements: Value[]): Value[] {
  if (!elements.some(isContainer)) return elements
  return [...new Map(elements.map((element) => [textOf(element), element])).values()]
}

const CANON: Canon = { valueOf: (element) => canonical(element, 'an element of a set'), textOf }

/** Knows the elements of a set, which are frozen values, by value. */
export const setMembers = (set: Set<Value>): Members => new Members(set, CANON)

/** A set of these frozen values, to be changed in place, which knows its elements by value. */
export const mutableSet = (elements: Iterable<Value>): Set<Value> => valueSet(elements, CANON)

/** The same for looking at only. */
export const frozenSet = (elements: Iterable<Value>): Set<Value> => readOnlySet(elements, CANON)

function canonicalObject(input: object, where: string, depth: number, before: Value | undefined): Value {
  const prototype = Object.getPrototypeOf(input)
  if (prototype !== Object.prototype && prototype !== null) {
    throw notAValue(where, `a ${prototype.constructor?.name ?? 'class instance'}`)
  }
  const copy: Record<string, Value> = {}
  for (const key of Object.keys(input).sort()) {
    if (key.startsWith('#') || key === '__proto__') throw notAValue(where, `the key ${JSON.stringify(key)}`)
    const known = isContainer(before) ? (before as Fields)[key] : undefined
    copy[key] = canonicalAt((input as Record<string, unknown>)[key], `${where}.${key}`, depth + 1, known)
  }
  return Object.freeze(copy)
}

function notAValue(where: string, found: string, fix = 'values are JSON, and sets'): SplitbrainError {
  return new SplitbrainError('not-a-value', `${where}: ${found} cannot be part of a state; ${fix}`)
}

const rank = (value: Value): number => {
  if (value === null) return 0
  if (typeof value !== 'object') return typeof value === 'boolean' ? 1 : typeof value === 'number' ? 2 : 3
  return Array.isArray(value) ? 4 : value instanceof Set ? 5 : 6
}

/** Total order over canonical values: null, booleans, numbers, strings by code unit; lists, sets, objects by their parts. */
export function compareValues(a: Value, b: Value): number {
  const byType = rank(a) - rank(b)
  if (byType !== 0) return byType
  if (isContainer(a) && isContainer(b)) return compareLists(partsOf(a), partsOf(b))
  return a === b ? 0 : (a as string) < (b as string) ? -1 : 1
}

function partsOf(value: Value): readonly Value[] {
  if (Array.isArray(value)) return value
  return value instanceof Set ? [...value] : Object.entries(value as object)
}

function compareLists(a: readonly Value[], b: readonly Value[]): number {
  for (const [i, part] of a.entries()) {
    const order = i < b.length ? compareValues(part, b[i]!) : 1
    if (order !== 0) return order
  }
  return a.length - b.length
}

/**
 * The canonical text of a canonical value: equal values, equal texts; different values, different texts. It is the JSON of
 * `toJson(value)`, made without that: a search makes millions of them.
 */
export function textOf(value: Value): string {
  switch (typeof value) {
    case 'string':
      return quoted(value)
    case 'number':
    case 'boolean':
      return String(value)
    default:
      if (value === null) return 'null'
      if (value instanceof Set) return `{"${SET}":${listed(value)}}`
      return Array.isArray(value) ? listed(value) : fieldsText(value as Fields)
  }
}

type Fields = { readonly [key: string]: Value }

function listed(elements: Iterable<Value>): string {
  let text = ''
  for (const element of elements) text += text === '' ? textOf(element) : `,${textOf(element)}`
  return `[${text}]`
}

function fieldsText(fields: Fields): string {
  let text = ''
  for (const key of Object.keys(fields)) text += `${text === '' ? '' : ','}${quoted(key)}:${textOf(fields[key]!)}`
  return `{${text}}`
}

/** Most strings have nothing to escape. */
const PLAIN = /^[ !#-[\]-~]*$/

const quoted = (text: string): string => (PLAIN.test(text) ? `"${text}"` : JSON.stringify(text))

/** The length of `textOf(value)`, which is not made for it. */
export function textLength(value: Value): number {
  if (value instanceof Set) return listLength([...value]) + `{"${SET}":}`.length
  if (Array.isArray(value)) return listLength(value)
  if (typeof value !== 'object' || value === null) return JSON.stringify(value).length
  const fields = Object.entries(value)
  const names = fields.reduce((sum, [key]) => sum + JSON.stringify(key).length + 1, 0)
  return names + listLength(fields.map(([, field]) => field))
}

/** With its brackets and commas. */
const listLength = (elements: readonly Value[]): number =>
  elements.reduce<number>((sum, element) => sum + textLength(element), 2 + Math.max(0, elements.length - 1))

/** A canonical value as plain JSON; a set becomes `{"#set": [...]}`. */
export function toJson(value: Value): unknown {
  if (value instanceof Set) return { [SET]: [...value].map(toJson) }
  if (Array.isArray(value)) return value.map(toJson)
  if (typeof value === 'object' && value !== null) {
    const copy: Record<string, unknown> = {}
    for (const [key, field] of Object.entries(value)) copy[key] = toJson(field)
    return copy
  }
  return value
}

/** The inverse of `toJson`. @throws SplitbrainError `not-a-value` */
export function fromJson(json: unknown, where: string): Value {
  return canonical(reviveSets(json), where)
}

function reviveSets(json: unknown): unknown {
  if (typeof json !== 'object' || json === null) return json
  if (Array.isArray(json)) return json.map(reviveSets)
  const elements = (json as Record<string, unknown>)[SET]
  if (Array.isArray(elements) && Object.keys(json).length === 1) return new Set(elements.map(reviveSets))
  return Object.fromEntries(Object.entries(json).map(([key, field]) => [key, reviveSets(field)]))
}

/**
 * Structural equality, for bodies and properties: `===` compares objects by identity, which no state has.
 * Looks at the whole of both values.
 */
export function equal(a: unknown, b: unknown): boolean {
  return textOf(canonical(a, 'equal(a, …)')) === textOf(canonical(b, 'equal(…, b)'))
}
