/**
 * Values of histories. What a client recorded is wider than what a protocol's state may hold (value/canonical.ts), and
 * rounding it would make two values one: integers are exact (a `bigint` beyond 2^53), sets may hold lists and maps, keys
 * may be `__proto__`. In the types they are `Value`s: this file is the one boundary.
 *
 * Equal values have equal texts, and different ones different: `1` and `"1"`, `[1]` and `#{1}`. Linear in the value.
 */
import { parse } from 'lossless-json'
import type { Primitive, Value } from '../model.ts'
import { SplitbrainError } from '../value/splitbrain-error.ts'
import { makeReadOnly } from '../value/value-set.ts'
import { exactNumber } from './exact-number.ts'

/** Nested deeper than this, nothing is read. */
export const DEEPEST = 100

/** How a set is written as JSON, as in every file of ours. */
const SET = '#set'

/** A deep, frozen copy in normal form. @throws SplitbrainError `bad-history` where `input` is no value */
export function recorded(input: unknown, where: string, depth = 0): Value {
  switch (typeof input) {
    case 'string':
    case 'boolean':
      return input
    case 'bigint':
      return asValue(normal(input))
    case 'number':
      if (!Number.isFinite(input)) throw noValue(where, String(input))
      return asValue(Number.isInteger(input) ? normal(BigInt(input)) : input)
    case 'object':
      if (input === null || known.has(input)) return asValue(input)
      return container(input, where, depth)
    default:
      throw noValue(where, input === undefined ? 'undefined' : `a ${typeof input}`)
  }
}

const normal = (integer: bigint): bigint | number =>
  integer >= Number.MIN_SAFE_INTEGER && integer <= Number.MAX_SAFE_INTEGER ? Number(integer) : integer

/** What has been read already, if it is large: a state shares nearly all of the one before. */
const known = new WeakSet<object>()
const LARGE = 8

function remembered<T extends object>(frozen: T, size: number): T {
  if (size >= LARGE) known.add(frozen)
  return frozen
}

/** The one cast: a history's bigint, and its sets of anything, are values to those who ask about it. */
const asValue = (exact: unknown): Value => exact as Value

function container(input: object, where: string, depth: number): Value {
  if (depth >= DEEPEST) throw noValue(where, `more than ${DEEPEST} levels of lists and maps`)
  const inside = (part: unknown) => recorded(part, where, depth + 1)
  if (Array.isArray(input)) return listOf(Array.from(input, inside))
  if (input instanceof Set) return setOf([...input].map(inside))
  const prototype = Object.getPrototypeOf(input)
  if (prototype !== Object.prototype && prototype !== null) {
    throw noValue(where, `a ${prototype.constructor?.name ?? 'class instance'}`)
  }
  return mapOf(Object.entries(input).map(([key, field]) => [key, inside(field)]))
}

/** Recorded values, one after the other. */
export const listOf = (elements: readonly Value[]): Value => remembered(Object.freeze(elements), elements.length)

/** Recorded values under keys. */
export const mapOf = (entries: readonly (readonly [string, Value])[]): Value =>
  remembered(Object.freeze(Object.fromEntries([...entries].sort(([a], [b]) => (a < b ? -1 : 1)))), entries.length)

/** Recorded values, each once, in the order of their texts. */
export function setOf(elements: readonly Value[]): Value {
  const byText = new Map(elements.map((element) => [exactText(element), element]))
  const sorted = [...byText].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, element]) => element)
  return asValue(remembered(Object.freeze(makeReadOnly(new Set(sorted))), sorted.length))
}

const noValue = (where: string, found: string): SplitbrainError =>
  new SplitbrainError(
    'bad-history',
    `${where}: ${found} cannot be read; expected null, booleans, numbers, strings, and lists, maps and sets of them`,
  )

/** The text that tells a recorded value from every other. */
export function exactText(value: Value): string {
  if (typeof value === 'string') return JSON.stringify(value)
  if (typeof value !== 'object' || value === null) return String(value)
  if (Array.isArray(value)) return `[${value.map(exactText).join()}]`
  if (value instanceof Set)
    return `#{${Array.from(value as ReadonlySet<Value>, exactText)
      .sort()
      .join()}}`
  const fields = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))
  return `{${fields.map(([key, field]) => `${JSON.stringify(key)}:${exactText(field)}`).join()}}`
}

export const isSameValue = (a: Value, b: Value): boolean =>
  a === b || (isContainer(a) && isContainer(b) && exactText(a) === exactText(b))

const isContainer = (value: Value): boolean => typeof value === 'object' && value !== null

export const hasElement = (elements: ReadonlySet<Primitive>, element: Value): boolean =>
  typeof element !== 'object' || element === null
    ? elements.has(element)
    : [...(elements as ReadonlySet<Value>)].some((other) => isSameValue(other, element))

/**
 * A key as the key of an object: itself where it is a plain string, else the text that no other key has. So the keys `1`
 * and `"1"` stay two.
 */
export const keyText = (key: Value): string =>
  typeof key === 'string' && !/^$|^["[{#\d-]|^(?:null|true|false|__proto__)$/.test(key) ? key : exactText(key)

/** What an object of a history has under a key; never what JavaScript's objects inherit. */
export const fieldOf = (object: { readonly [key: string]: Value }, key: string): Value | undefined =>
  Object.hasOwn(object, key) ? object[key] : undefined

/** For `stringify` of lossless-json: a set becomes `{"#set": [...]}`, a bigint its digits. */
export function plainJson(value: Value): unknown {
  if (value instanceof Set) return { [SET]: [...value].map(plainJson) }
  if (Array.isArray(value)) return value.map(plainJson)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, field]) => [key, plainJson(field)]))
}

/** JSON with every number exact. @throws SyntaxError, with a position */
export function parseExactly(text: string): unknown {
  try {
    return parse(text, undefined, { parseNumber: exactNumber, onDuplicateKey: refuseTwice })
  } catch (thrown) {
    if (thrown instanceof RangeError) throw new SyntaxError(`it is nested deeper than ${DEEPEST} levels`)
    throw thrown
  }
}

function refuseTwice({ key, position }: { readonly key: string; readonly position: number }): never {
  throw new SyntaxError(`the key ${JSON.stringify(key)} occurs twice at position ${position}`)
}

/** JSON as a recorded value, `{"#set": [...]}` as a set. @throws SplitbrainError `bad-history` */
export const recordedJson = (json: unknown, where: string): Value => recorded(withSets(json, where, 0), where)

function withSets(json: unknown, where: string, depth: number): unknown {
  if (typeof json !== 'object' || json === null || json instanceof Set || known.has(json)) return json
  if (depth > DEEPEST) throw noValue(where, `more than ${DEEPEST} levels of lists and maps`)
  if (Array.isArray(json)) return json.map((part) => withSets(part, where, depth + 1))
  const entries = Object.entries(json).map(([key, field]) => [key, withSets(field, where, depth + 1)] as const)
  const [[key, elements] = []] = entries
  if (entries.length === 1 && key === SET && Array.isArray(elements)) return new Set(elements)
  return Object.fromEntries(entries)
}
