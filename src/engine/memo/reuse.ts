/**
 * What a body writes that was in the same component before: it is named by its place and not looked at, so that who moves
 * a queue up or cuts a log off does the same whatever is in it.
 */
import type { Value } from '../../model.ts'
import { canonical } from '../../value/canonical.ts'
import { mutableCopy } from '../../value/plain.ts'
import type { Place, Step } from '../values/question.ts'
import { draftBehind, type Observer, type Reuse, type Write } from './draft.ts'
import { isRefused, plain } from './plain.ts'

type Set = Extract<Write, { write: 'set' }>

/** Writes a value of a body at a place. `observer` watches over the drafts of the component. @throws SplitbrainError `not-a-value` */
export function writeOf(place: Place, given: unknown, observer: Observer | undefined, name: string): Set {
  const reuses: Reuse[] = []
  const value = canonical(template(given, [], observer, reuses, []), name)
  return reuses.length === 0 ? { write: 'set', place, value } : { write: 'set', place, value, reuses }
}

function template(
  value: unknown,
  at: Place,
  observer: Observer | undefined,
  reuses: Reuse[],
  above: readonly object[],
): unknown {
  if (typeof value !== 'object' || value === null) return value
  const draft = draftBehind(value)
  if (draft !== undefined && draft.observer === observer && !draft.isChanged) {
    reuses.push({ at, from: draft.spot.place })
    return null
  }
  if (draft !== undefined || value instanceof Set || above.includes(value) || isRefused(value))
    return plain(value, above)
  const inside = (part: unknown, step: Step) => template(part, [...at, step], observer, reuses, [...above, value])
  if (Array.isArray(value)) return value.map(inside)
  return Object.fromEntries(Object.entries(value).map(([key, field]) => [key, inside(field, key)]))
}

/** What is written, where the component was `old`. Not yet canonical. */
export function filled({ value, reuses = [] }: Set, old: Value): unknown {
  if (reuses.length === 0) return value
  let whole = mutableCopy(value)
  for (const { at, from } of reuses) {
    const part = partAt(old, from)
    if (at.length === 0) whole = part
    else (partAt(whole, at.slice(0, -1)) as Record<Step, unknown>)[at.at(-1)!] = part
  }
  return whole
}

const partAt = (whole: unknown, place: Place): unknown =>
  place.reduce((part, step) => (part as Record<Step, unknown>)[step], whole)

/** The same write as a change of what is at a step; undefined where it reuses what is elsewhere. */
export function furtherIn(write: Write, step: Step | undefined): Write | undefined {
  const further = { ...write, place: write.place.slice(1) }
  if (further.write !== 'set' || further.reuses === undefined) return further
  if (!further.reuses.every(({ from }) => from[0] === step)) return undefined
  return { ...further, reuses: further.reuses.map(({ at, from }) => ({ at, from: from.slice(1) })) }
}
