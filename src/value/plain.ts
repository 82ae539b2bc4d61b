/**
 * Plain data: what bodies and predicates see is arrays, objects and sets that JavaScript cannot tell from any others. The
 * judge hands out copies of the state's values; the engine hands out stand-ins that are watched, and that give a plain
 * copy of themselves to whoever must have one.
 */
import type { Value } from '../model.ts'
import { frozenSet, mutableSet } from './canonical.ts'
import { makeReadOnly } from './value-set.ts'

/** Under this key, what stands for a part of the state answers with a function that gives it as plain data. */
export const PLAIN: unique symbol = Symbol('splitbrain.plain')

type StandIn = { readonly [PLAIN]?: () => unknown }

/** A copy of a state's value, to be changed in place. Shares nothing with it. */
export function mutableCopy(value: Value): unknown {
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map(mutableCopy)
  if (value instanceof Set) return mutableSet([...value].map(frozenCopy))
  return Object.fromEntries(Object.entries(value).map(([key, field]) => [key, mutableCopy(field)]))
}

/** A copy of a state's value, for looking at only: no two places in it are one object. */
export function frozenCopy(value: Value): Value {
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return Object.freeze(value.map(frozenCopy))
  if (value instanceof Set) return frozenSet([...value].map(frozenCopy))
  return Object.freeze(Object.fromEntries(Object.entries(value).map(([key, field]) => [key, frozenCopy(field)])))
}

/**
 * Freezes what became part of a state. If the body made it, nobody has it any more; if it is from outside, such as a
 * constant that every process begins with, whoever goes on to change it is told so. What stands for a part of the state
 * stays as it is.
 */
export function deepFreeze(value: unknown): void {
  if (typeof value !== 'object' || value === null || standsFor(value) !== undefined) return
  if (value instanceof Set) for (const element of makeReadOnly(value)) deepFreeze(element)
  else for (const part of Object.values(Object.freeze(value))) deepFreeze(part)
}

/** What a stand-in stands for, as plain data but for stand-ins further in; undefined for anything else. */
export function standsFor(value: object): (() => unknown) | undefined {
  return (value as StandIn)[PLAIN]
}

/**
 * A copy of a value with plain data in the place of whatever in it, or in arrays, objects, sets and maps in it, stands
 * for a part of the state. Anything else stays what it is; objects that occur twice are copied once.
 */
export const asPlain = (value: unknown): unknown => copied(value, new Map())

function isContainer(value: object): boolean {
  if (Array.isArray(value)) return true
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null
}

function copied(value: unknown, copies: Map<object, unknown>): unknown {
  if (typeof value !== 'object' || value === null) return value
  if (copies.has(value)) return copies.get(value)
  const plain = standsFor(value)
  if (plain !== undefined) {
    const copy = copied(plain(), copies)
    copies.set(value, copy)
    return copy
  }
  const deep = (part: unknown) => copied(part, copies)
  if (Array.isArray(value)) return filled(copies, value, [] as unknown[], (copy) => copy.push(...value.map(deep)))
  if (value instanceof Set) {
    return filled(copies, value, new Set(), (copy) => {
      for (const element of value) copy.add(deep(element))
    })
  }
  if (value instanceof Map) {
    return filled(copies, value, new Map(), (copy) => {
      for (const [key, field] of value) copy.set(deep(key), deep(field))
    })
  }
  if (!isContainer(value)) return value
  return filled(copies, value, {} as Record<string, unknown>, (copy) => {
    for (const [key, field] of Object.entries(value)) copy[key] = deep(field)
  })
}

/** Notes the copy before it is filled: it may be part of itself. */
function filled<T extends object>(copies: Map<object, unknown>, original: object, copy: T, fill: (copy: T) => void): T {
  copies.set(original, copy)
  fill(copy)
  return copy
}
