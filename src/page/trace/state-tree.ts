/** A component before and after a step, as lines with the changed ones marked, down to the nested field. */
import type { Value } from '../../model.ts'
import { textOf } from '../../value/canonical.ts'
import { show } from '../../value/show.ts'

export interface TreeLine {
  readonly depth: number
  /** The field's name, or `[2]`; empty at the top. */
  readonly key: string
  readonly mark: 'same' | 'changed' | 'added' | 'removed'
  /** Undefined where the field was not there, or where its parts stand on lines of their own. */
  readonly before: string | undefined
  readonly after: string | undefined
}

/** A value this short stands on one line, if nothing in it changed. */
const SHORT = 60

/** Either value may be undefined, where there is none. The parts of a component stand on lines of their own. */
export function treeOf(before: Value | undefined, after: Value | undefined): TreeLine[] {
  const parts = partsOf(before, after)
  return parts === undefined ? linesOf(['', before, after], 0) : parts.flatMap((part) => linesOf(part, 0))
}

type Part = readonly [key: string, before: Value | undefined, after: Value | undefined]

function linesOf([key, before, after]: Part, depth: number): TreeLine[] {
  const mark = markOf(before, after)
  const isOpened = mark === 'changed' || show(after ?? before ?? null).length > SHORT
  const parts = isOpened ? partsOf(before, after) : undefined
  if (parts === undefined) return [{ depth, key, mark, before: text(before), after: text(after) }]
  const head: TreeLine = { depth, key, mark, before: undefined, after: undefined }
  return [head, ...parts.flatMap((part) => linesOf(part, depth + 1))]
}

const text = (value: Value | undefined): string | undefined => (value === undefined ? undefined : show(value))

function markOf(before: Value | undefined, after: Value | undefined): TreeLine['mark'] {
  if (before === undefined) return 'added'
  if (after === undefined) return 'removed'
  return before === after || textOf(before) === textOf(after) ? 'same' : 'changed'
}

/** Undefined where the value has none, or is another kind of value before than after: it is then told as a whole. */
function partsOf(before: Value | undefined, after: Value | undefined): Part[] | undefined {
  const [was, is] = [fieldsOf(before), fieldsOf(after)]
  if (was === undefined || is === undefined) return itemsBetween(before, after)
  const names = new Set([...Object.keys(was), ...Object.keys(is)])
  return names.size === 0 ? undefined : [...names].map((name) => [name, fieldOf(was, name), fieldOf(is, name)])
}

/** Of lists of objects; in other lists the whole reads better: `[1] → [1, 2]`. */
function itemsBetween(before: Value | undefined, after: Value | undefined): Part[] | undefined {
  const [was, is] = [objectsIn(before), objectsIn(after)]
  const length = Math.max(was?.length ?? 0, is?.length ?? 0)
  if (was === undefined || is === undefined || length === 0) return undefined
  return Array.from({ length }, (_, i) => [`[${i}]`, was[i], is[i]])
}

type Fields = { readonly [key: string]: Value }

function fieldsOf(value: Value | undefined): Fields | undefined {
  if (value === undefined) return {}
  const isRecord = typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Set)
  return isRecord ? (value as Fields) : undefined
}

const fieldOf = (fields: Fields, name: string): Value | undefined =>
  Object.hasOwn(fields, name) ? fields[name] : undefined

function objectsIn(value: Value | undefined): readonly Value[] | undefined {
  if (value === undefined) return []
  const isList = Array.isArray(value) && value.every((item) => typeof item === 'object' && item !== null)
  return isList ? value : undefined
}
