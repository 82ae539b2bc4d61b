/**
 * Sets that know their elements by value. JavaScript's know objects by identity, which no state has: `{ ballot: 1 }` would
 * be in none of them. These are plain sets, which every library takes for sets, with methods of their own that cannot be
 * seen in them otherwise. An element is a value: what is put in is copied and frozen, so that it cannot be changed where
 * it stands.
 *
 * Primitives are looked for as ever; of others, each look costs a text, linear in the element.
 */
import type { Value } from '../model.ts'
import { SplitbrainError } from './splitbrain-error.ts'

/** What canonical.ts knows of values, which makes sets of this kind itself. */
export interface Canon {
  /** A frozen value, that shares nothing with what it is made of. */
  readonly valueOf: (element: unknown) => Value
  readonly textOf: (value: Value) => string
}

export const isContainer = (value: unknown): value is object => typeof value === 'object' && value !== null

/** What a set holds, by value. */
export class Members {
  /** The containers among the elements, by their texts; from the first look at one on. */
  #byText: Map<string, Value> | undefined

  /** @param set holds values, each once, and is changed here only */
  constructor(
    readonly set: Set<Value>,
    readonly canon: Canon,
  ) {}

  has(element: unknown): boolean {
    return isContainer(element)
      ? this.#containers.has(this.#told(element).text)
      : native.has(this.set, element as Value)
  }

  get #containers(): Map<string, Value> {
    if (this.#byText === undefined) {
      this.#byText = new Map()
      for (const element of native.values(this.set)) {
        if (isContainer(element)) this.#byText.set(this.canon.textOf(element), element)
      }
    }
    return this.#byText
  }

  add(element: unknown): void {
    if (!isContainer(element)) {
      native.add(this.set, element as Value)
      return
    }
    const { value, text } = this.#told(element)
    if (this.#containers.has(text)) return
    this.#containers.set(text, value)
    native.add(this.set, value)
  }

  delete(element: unknown): boolean {
    if (!isContainer(element)) return native.delete(this.set, element as Value)
    const { text } = this.#told(element)
    const held = this.#containers.get(text)
    return held !== undefined && this.#containers.delete(text) && native.delete(this.set, held)
  }

  clear(): void {
    this.#byText?.clear()
    native.clear(this.set)
  }

  /** What a method gives that looks at two sets (`union`, `isSubsetOf`, ...): equal elements are one to it. */
  compare(method: string, [others, ...rest]: readonly unknown[]): unknown {
    const strangers = new Map<string, Value>()
    const known = (element: unknown): unknown => {
      if (!isContainer(element)) return element
      const { value, text } = this.#told(element)
      const same = this.#containers.get(text) ?? strangers.get(text) ?? value
      strangers.set(text, same)
      return same
    }
    const other = isSetLike(others) ? new Set(Array.from(others.keys(), known)) : others
    const result = Reflect.apply(NATIVES[method]!, new Set(native.values(this.set)), [other, ...rest] as never)
    return result instanceof Set ? valueSet(result, this.canon) : result
  }

  #told(element: unknown): { readonly value: Value; readonly text: string } {
    const value = this.canon.valueOf(element)
    return { value, text: this.canon.textOf(value) }
  }
}

const isSetLike = (value: unknown): value is { keys(): Iterable<unknown> } =>
  isContainer(value) && !Array.isArray(value) && typeof (value as { keys?: unknown }).keys === 'function'

/** A set of these elements, which are values, to be changed in place. */
export function valueSet(elements: Iterable<Value>, canon: Canon): Set<Value> {
  const set = new Set(elements)
  return Object.defineProperties(knowing(set, canon), CHANGEABLE)
}

/** The same for looking at only. */
export function readOnlySet(elements: Iterable<Value>, canon: Canon): Set<Value> {
  const set = new Set(elements)
  for (const element of set) if (isContainer(element)) return Object.defineProperties(knowing(set, canon), LOOKED_AT)
  return Object.defineProperties(set, LOOKED_AT_NATIVELY)
}

const knowing = (set: Set<Value>, canon: Canon): Set<Value> =>
  Object.defineProperty(set, MEMBERS, { value: new Members(set, canon) })

/** `JSON.stringify` writes every set as `{}`, so that what it tells of the state would be the same of all. */
const NO_JSON: PropertyDescriptor = {
  value() {
    throw new SplitbrainError('bad-step', 'JSON.stringify writes a set as {}; write its elements: [...set]')
  },
}

/** Sets that are part of a state have this method of their own; it cannot be seen in them otherwise. */
export const unlikeJson = <T>(set: Set<T>): Set<T> => Object.defineProperty(set, 'toJSON', NO_JSON)

function readOnly(): never {
  throw new TypeError('this set is read-only; change a copy: new Set([...set, element])')
}

const READ_ONLY: PropertyDescriptorMap = {
  add: { value: readOnly },
  delete: { value: readOnly },
  clear: { value: readOnly },
}

/** `Object.freeze` leaves a set's elements open to change. */
export const makeReadOnly = <T>(set: Set<T>): Set<T> =>
  Object.getOwnPropertyDescriptor(set, 'add')?.value === readOnly ? set : Object.defineProperties(set, READ_ONLY)

type Any = readonly unknown[]

/** What every set has, methods and the reading of its size. */
export const NATIVES = Object.fromEntries(
  Object.entries(Object.getOwnPropertyDescriptors(Set.prototype)).map(([name, { value, get }]) => [name, value ?? get]),
) as Readonly<Record<string, (...args: never) => unknown>>

/** A native method of sets, as a function of the set. */
const nativeMethod =
  <Result>(name: string) =>
  (set: ReadonlySet<Value>, ...args: Any): Result =>
    Reflect.apply(NATIVES[name]!, set, args as never) as Result

export const native = {
  has: nativeMethod<boolean>('has'),
  add: nativeMethod<Set<Value>>('add'),
  delete: nativeMethod<boolean>('delete'),
  clear: nativeMethod<void>('clear'),
  size: nativeMethod<number>('size'),
  values: nativeMethod<SetIterator<Value>>('values'),
  entries: nativeMethod<SetIterator<[Value, Value]>>('entries'),
}

const OF_ONE_SET = ['constructor', 'has', 'add', 'delete', 'clear', 'size', 'forEach', 'values', 'keys', 'entries']

/** The methods that some engines have besides: they look at two sets. */
export const OF_TWO_SETS = Object.keys(NATIVES).filter((name) => !OF_ONE_SET.includes(name))

const MEMBERS = Symbol('members')
type Known = Set<Value> & { readonly [MEMBERS]?: Members }

/** A method of a set's own. Called on another set, it is the native one. */
const method = (name: string, own: (members: Members, args: Any, set: Known) => unknown): PropertyDescriptor => ({
  configurable: true, // so that it can be made read-only
  value: function (this: Known, ...args: unknown[]): unknown {
    const members = this?.[MEMBERS]
    return members === undefined ? Reflect.apply(NATIVES[name]!, this, args as never) : own(members, args, this)
  },
})

const METHODS: PropertyDescriptorMap = {
  has: method('has', (members, [element]) => members.has(element)),
  add: method('add', (members, [element], set) => {
    members.add(element)
    return set
  }),
  delete: method('delete', (members, [element]) => members.delete(element)),
  clear: method('clear', (members) => members.clear()),
  ...Object.fromEntries(
    OF_TWO_SETS.map((name) => [name, method(name, (members, args) => members.compare(name, args))]),
  ),
}

const CHANGEABLE: PropertyDescriptorMap = { toJSON: NO_JSON, ...METHODS }
const LOOKED_AT: PropertyDescriptorMap = { ...CHANGEABLE, ...READ_ONLY }
const LOOKED_AT_NATIVELY: PropertyDescriptorMap = { toJSON: NO_JSON, ...READ_ONLY }
