/**
 * What a value says of a process, whatever the processes are called: the value with that process marked, and all others
 * of its role alike. Told as a number, by which processes are told apart. Two values that say different things may have
 * one number: then a little more is tried out, and nothing goes wrong.
 */
import type { Component, Value } from '../../model.ts'
import type { ValueTable } from '../values/value-table.ts'
import type { Values } from '../values/values.ts'
import type { Names } from './names.ts'

/** None of the processes is marked so. */
export const NOBODY = -1

export class Signatures {
  /** By component: by who is marked, then by value; 0 where it is not known. */
  readonly #known: readonly Int32Array[][]
  readonly #tables: readonly ValueTable[]

  constructor(
    readonly values: Values,
    readonly names: Names,
  ) {
    this.#tables = values.tables
    const byTable = new Map(values.tables.map((table) => [table, [] as Int32Array[]]))
    this.#known = values.tables.map((table) => byTable.get(table)!)
  }

  /** Of a component's value, with one process marked, and another in another way. */
  of(component: number, value: number, one: number, other = NOBODY): number {
    const who = (one + 1) * (this.names.size + 1) + other + 1
    const known = this.#known[component]![who]
    return known !== undefined && value < known.length && known[value] !== 0
      ? known[value]!
      : this.#work(component, value, one, other, who)
  }

  #work(component: number, value: number, one: number, other: number, who: number): number {
    const { values, names } = this
    const marks = new Map(names.ids.map((id, number) => [id, markOf(names, number, one, other)]))
    const text = textOf(values.components[component]!, values.valueOf(component, value), marks)
    const columns = this.#known[component]!
    const known = columns[who]
    if (known === undefined || value >= known.length) {
      const longer = new Int32Array(this.#tables[component]!.capacity)
      if (known !== undefined) longer.set(known)
      columns[who] = longer
    }
    const signature = hashOf(text)
    columns[who]![value] = signature
    return signature
  }
}

const markOf = ({ roleOf }: Names, number: number, one: number, other: number): string =>
  number === one ? '\u0001' : number === other ? '\u0002' : `\u0003${roleOf[number]}`

/** The elements of sets, the fields of objects and the messages of channels in an order that no name has a say in. */
function textOf({ kind }: Component, value: Value, marks: ReadonlyMap<string, string>): string {
  const isUnordered = kind === 'channel' || kind === 'history'
  return isUnordered ? sorted(value as readonly Value[], marks) : textOfPart(value, marks)
}

function textOfPart(value: Value, marks: ReadonlyMap<string, string>): string {
  if (typeof value === 'string') return JSON.stringify(marks.get(value) ?? value)
  if (typeof value !== 'object' || value === null) return String(value)
  if (Array.isArray(value)) return `[${value.map((part: Value) => textOfPart(part, marks)).join()}]`
  if (value instanceof Set) return sorted([...value], marks)
  const fields = Object.entries(value).map(([key, field]) => `${marks.get(key) ?? key}:${textOfPart(field, marks)}`)
  return `{${fields.sort().join()}}`
}

const sorted = (parts: readonly Value[], marks: ReadonlyMap<string, string>): string =>
  `<${parts
    .map((part) => textOfPart(part, marks))
    .sort()
    .join()}>`

/** FNV-1a; never 0. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193)
  return hash === 0 ? 1 : hash
}
