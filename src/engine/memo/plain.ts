/** Plain data of what a body gives back: drafts anywhere in it are replaced by what they hold now. */
import { extraOf } from '../../value/canonical.ts'
import { SplitbrainError } from '../../value/splitbrain-error.ts'
import { draftBehind } from './draft.ts'

/** Observes the whole of every draft in it. @throws SplitbrainError `not-a-value` where it contains itself */
export function plain(value: unknown, above: readonly object[] = []): unknown {
  if (typeof value !== 'object' || value === null) return value
  if (above.includes(value))
    throw new SplitbrainError('not-a-value', 'a value that contains itself cannot be part of a state')
  const draft = draftBehind(value)
  if (draft !== undefined) return draft.plain()
  const inside = (part: unknown) => plain(part, [...above, value])
  if (isRefused(value)) return value
  if (Array.isArray(value)) return value.map(inside)
  if (value instanceof Set) return new Set([...value].map(inside))
  return Object.fromEntries(Object.entries(value).map(([key, field]) => [key, inside(field)]))
}

/** Whether `canonical` will refuse it: a copy would lose what is wrong with it. */
export function isRefused(value: object): boolean {
  if (extraOf(value) !== undefined) return true
  if (Array.isArray(value)) return Object.keys(value).length < value.length // a hole
  const prototype = Object.getPrototypeOf(value)
  return !(value instanceof Set) && prototype !== Object.prototype && prototype !== null
}
