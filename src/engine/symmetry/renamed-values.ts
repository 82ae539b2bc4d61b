/**
 * Renamings on the ids of values. What becomes of a value depends on the names of those ids only that stand in it: it is
 * renamed once for each way to call these, then it is a look-up. Values that fit their schema must do so under every name,
 * or the schema tells ids apart.
 */

import type { ValueTable } from '../values/value-table.ts'
import type { Values } from '../values/values.ts'
import { Asymmetry, movedBy, renamingText } from './asymmetry.ts'
import type { Images, Names } from './names.ts'
import { idsIn, renamed, renamedValue } from './renaming.ts'

interface Renames {
  /** By value: the numbers of the ids in it. */
  readonly ids: (readonly number[] | undefined)[]
  /** By value, then by what those ids become. */
  readonly results: Map<number | string, number>[]
}

/** Exact as a number. */
const LARGEST_KEY = Number.MAX_SAFE_INTEGER

export class RenamedValues {
  readonly #renames: readonly Renames[]

  constructor(
    readonly values: Values,
    readonly names: Names,
  ) {
    const byTable = new Map<ValueTable, Renames>(values.tables.map((table) => [table, { ids: [], results: [] }]))
    this.#renames = values.tables.map((table) => byTable.get(table)!)
  }

  /** The numbers of the ids that stand in a value. */
  idsIn(component: number, value: number): readonly number[] {
    return this.#renames[component]!.ids[value] ?? this.#look(component, value)
  }

  /** The id of a component's value, renamed. @throws Asymmetry where only one of the two fits its schema */
  idOf(component: number, value: number, images: Images): number {
    const { ids, results } = this.#renames[component]!
    const known = ids[value] ?? this.#look(component, value)
    if (known.length === 0) return value
    const key = keyOf(known, images, this.names.size)
    return results[value]!.get(key) ?? this.#rename(component, value, images, known, results[value]!, key)
  }

  messageOf(id: number, images: Images): number {
    const { messages } = this.values
    return messages.intern(renamed(messages.valueOf(id), this.names.renamingOf(images)))
  }

  #look(component: number, value: number): readonly number[] {
    const { ids, results } = this.#renames[component]!
    const { numbers } = this.names
    const found = [...idsIn(this.values.valueOf(component, value), new Set(numbers.keys()))]
    ids[value] = found.map((id) => numbers.get(id)!).sort((a, b) => a - b)
    results[value] ??= new Map()
    return ids[value]
  }

  #rename(
    component: number,
    value: number,
    images: Images,
    some: readonly number[],
    results: Map<number | string, number>,
    key: number | string,
  ): number {
    const { values, names } = this
    const by = names.renamingOf(images, some)
    const of = values.components[component]!
    const found =
      by.size === 0 ? value : values.intern(component, renamedValue(of, values.valueOf(component, value), by))
    if (values.misfits.length > 0 && values.isMisfit(component, value) !== values.isMisfit(component, found)) {
      const what = `the schema of ${of.name} admits a value, and not the same ${renamingText(by)}`
      throw new Asymmetry(movedBy(names.roles, by).name, what)
    }
    results.set(key, found)
    return found
  }
}

function keyOf(ids: readonly number[], images: Images, base: number): number | string {
  let key = 0
  for (let i = 0; i < ids.length; i++) key = key * base + images[ids[i]!]!
  return key <= LARGEST_KEY ? key : ids.map((id) => images[id]).join()
}
