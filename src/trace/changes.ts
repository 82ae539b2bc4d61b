/**
 * The difference between two states, down to the nested field. Sets, lists of primitives, lists that grow or shrink and
 * anything that was or becomes empty are one change each; how it is told is decided where it is told (describeChange).
 */
import type { Component, Model, State, Value } from '../model.ts'
import { textOf } from '../value/canonical.ts'
import { pathTo } from '../value/show.ts'
import type { Change } from './trace.ts'

type Difference = Omit<Change, 'component'>

/** In the order of the model's components; empty where the states are equal. */
export function changesBetween(model: Model, before: State, after: State): readonly Change[] {
  return model.components.flatMap((component, i) =>
    before[i] === after[i]
      ? []
      : differences(component, before[i]!, after[i]!).map((change) => ({ component: component.name, ...change })),
  )
}

function differences(component: Component, before: Value, after: Value): Difference[] {
  if (textOf(before) === textOf(after)) return []
  if (component.kind !== 'channel' && component.kind !== 'history') return differencesAt('', before, after)
  const removed = without(before as readonly Value[], after as readonly Value[])
  const added = without(after as readonly Value[], before as readonly Value[])
  if (removed.length + added.length === 0) return [{ path: '', before, after }] // the same messages in another order
  return [
    ...removed.map((message) => ({ path: '', before: message })),
    ...added.map((message) => ({ path: '', after: message })),
  ]
}

/** The messages of `a` that `b` does not have, counted. */
function without(a: readonly Value[], b: readonly Value[]): Value[] {
  const left = b.map(textOf)
  return a.filter((message) => {
    const at = left.indexOf(textOf(message))
    if (at >= 0) left.splice(at, 1)
    return at < 0
  })
}

function differencesAt(path: string, before: Value, after: Value): Difference[] {
  if (textOf(before) === textOf(after)) return []
  if (isRecord(before) && isRecord(after)) return fieldDifferences(path, before, after)
  if (isListOfObjects(before) && isListOfObjects(after) && before.length === after.length) {
    return before.flatMap((item, i) => differencesAt(pathTo(path, i), item, after[i]!))
  }
  return [{ path, before, after }]
}

function fieldDifferences(path: string, before: Fields, after: Fields): Difference[] {
  const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])]
  return keys.flatMap((key): Difference[] => {
    const at = pathTo(path, key)
    if (!Object.hasOwn(before, key)) return [{ path: at, after: after[key]! }]
    if (!Object.hasOwn(after, key)) return [{ path: at, before: before[key]! }]
    return differencesAt(at, before[key]!, after[key]!)
  })
}

type Fields = { readonly [key: string]: Value }

const isObject = (value: Value): value is Exclude<Value, null | boolean | number | string> =>
  typeof value === 'object' && value !== null

const isRecord = (value: Value): value is Fields =>
  isObject(value) && !Array.isArray(value) && !(value instanceof Set) && Object.keys(value).length > 0

const isListOfObjects = (value: Value): value is readonly Value[] =>
  Array.isArray(value) && value.length > 0 && value.every((item) => isObject(item))
