/** What a renaming does to the parts of a model: which component, and which rule, takes the place of which. */
import type { Component, Model, Rule, Value } from '../../model.ts'
import { textOf } from '../../value/canonical.ts'
import { nameOf } from '../memo/rule-memo.ts'
import { Asymmetry, movedBy, renamingText } from './asymmetry.ts'
import type { Names } from './names.ts'
import { inverseOf, type Renaming, renamed } from './renaming.ts'

export interface Moved {
  readonly role: string
  readonly by: Renaming
  readonly inverse: Renaming
  readonly images: Int8Array
  /** By component: the one that it becomes. */
  readonly components: Int32Array
  /** By component: the one that becomes it. */
  readonly before: Int32Array
  /** By rule: the one that it becomes. */
  readonly rules: Int32Array
}

/** @throws Asymmetry where a component or a rule has no counterpart */
export function movedModel(model: Model, names: Names, by: Renaming): Moved {
  const role = movedBy(names.roles, by).name
  const components = movedTo(model.components, placeOf, ({ name }) => name, by, role)
  const before = new Int32Array(components.length)
  for (const [from, to] of components.entries()) before[to] = from
  const rules = movedTo(model.rules, keyOf, nameOf, by, role)
  return { role, by, inverse: inverseOf(by), images: names.imagesOf(by), components, before, rules }
}

/** By part: the place of its counterpart. */
function movedTo<Part>(
  parts: readonly Part[],
  keyOf: (part: Part, by: Renaming) => string,
  nameOf: (part: Part) => string,
  by: Renaming,
  role: string,
): Int32Array {
  const places = new Map(parts.map((part, i) => [keyOf(part, new Map()), i]))
  const taken = new Set<number>()
  return Int32Array.from(parts, (part) => {
    const found = places.get(keyOf(part, by))
    if (found === undefined || taken.has(found)) {
      throw new Asymmetry(role, `${nameOf(part)} has no counterpart ${renamingText(by)}`)
    }
    taken.add(found)
    return found
  })
}

function placeOf(component: Component, by: Renaming): string {
  const called = (name: string) => by.get(name) ?? name
  const { kind, sort, name } = component
  if (component.kind === 'channel') return textOf([kind, sort, called(component.from), called(component.to)])
  return textOf([kind, sort, kind === 'process' ? called(name) : name])
}

const keyOf = ({ action, process, fixed }: Rule, by: Renaming): string =>
  textOf([action, process === null ? null : (by.get(process) ?? process), renamed(fixed as Value, by)])
