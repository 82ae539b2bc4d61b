/**
 * Renamings: permutations of the ids of some roles, and what they do to a value. Every string that is an id is renamed,
 * and every key of an object that is one, wherever it stands. Nobody needs to say which strings are ids: any action of the
 * group on states will do, as long as rules, start and properties go along with it, which is checked (equivariance.ts).
 */
import type { Component, Message, Model, Value } from '../../model.ts'
import { canonical } from '../../value/canonical.ts'
import { afterSend } from '../../value/channel.ts'

/** A role whose processes may be renamed, and their ids. */
export interface Role {
  readonly name: string
  readonly ids: readonly string[]
}

/** What each id is called after it; ids that are called as before are left out. */
export type Renaming = ReadonlyMap<string, string>

/** The roles of a model with more than one process. */
export function rolesOf({ components }: Model): Role[] {
  const ids = new Map<string, string[]>()
  for (const component of components) {
    if (component.kind !== 'process') continue
    const known = ids.get(component.role)
    if (known === undefined) ids.set(component.role, [component.name])
    else known.push(component.name)
  }
  return [...ids].map(([name, all]) => ({ name, ids: all })).filter((role) => role.ids.length > 1)
}

/** The value with its ids renamed. */
export const renamed = (value: Value, by: Renaming): Value => canonical(rename(value, by), 'a renamed value')

/** The same of a whole component: what a channel or a history keeps in a normal form is put in order again. */
export function renamedValue(component: Component, value: Value, by: Renaming): Value {
  if (component.kind !== 'channel' && component.kind !== 'history') return renamed(value, by)
  const parts = (value as readonly Value[]).map((part) => renamed(part, by) as Message)
  return parts.reduce<readonly Value[]>((before, part) => afterSend(component, before, part), Object.freeze([]))
}

/** A step into a value, renamed. */
export const renamedStep = (step: string | number, by: Renaming): string | number =>
  typeof step === 'string' ? (by.get(step) ?? step) : step

export const inverseOf = (by: Renaming): Renaming => new Map([...by].map(([from, to]) => [to, from]))

function rename(value: Value, by: Renaming): unknown {
  if (typeof value === 'string') return by.get(value) ?? value
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map((element) => rename(element, by))
  if (value instanceof Set) return new Set([...value].map((element) => rename(element, by)))
  return Object.fromEntries(Object.entries(value).map(([key, field]) => [by.get(key) ?? key, rename(field, by)]))
}

/** The strings of a value that are among these, keys included. */
export function idsIn(value: Value, known: ReadonlySet<string>): Set<string> {
  const found = new Set<string>()
  const look = (part: Value): void => {
    if (typeof part === 'string') {
      if (known.has(part)) found.add(part)
    } else if (Array.isArray(part) || part instanceof Set) part.forEach(look)
    else if (typeof part === 'object' && part !== null) {
      for (const [key, field] of Object.entries(part)) {
        look(key)
        look(field)
      }
    }
  }
  look(value)
  return found
}
