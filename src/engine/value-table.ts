/**
 * Interning: every value of a component gets a small integer, so that a state is a short vector of integers and equal
 * values are equal numbers. Components of one sort share a table (all servers, all channels).
 *
 * Identity is the canonical text: exact, no hash to collide. A value is interned once and then only named by its id, so
 * the cost - one walk over the value - is paid per distinct value, never per state.
 */
import type { Value } from '../model.ts'
import { textOf } from '../value/canonical.ts'

const FIRST_CAPACITY = 64

export class ValueTable {
  readonly #values: Value[] = []
  readonly #ids = new Map<string, number>()
  readonly #listeners: ((capacity: number) => void)[] = []
  #capacity = FIRST_CAPACITY

  constructor(readonly sort: string) {}

  get size(): number {
    return this.#values.length
  }

  /** How many ids every column over this table has room for; ids are below it. */
  get capacity(): number {
    return this.#capacity
  }

  /** The id of a canonical value; ids count up from 0 in the order in which values are first seen. */
  intern(value: Value): number {
    const text = textOf(value)
    const known = this.#ids.get(text)
    if (known !== undefined) return known
    const id = this.#values.length
    this.#values.push(value)
    this.#ids.set(text, id)
    if (id >= this.#capacity) this.#grow()
    return id
  }

  valueOf(id: number): Value {
    return this.#values[id]!
  }

  onGrow(listener: (capacity: number) => void): void {
    this.#listeners.push(listener)
  }

  #grow(): void {
    this.#capacity *= 2
    for (const listener of this.#listeners) listener(this.#capacity)
  }
}

/** What a column says of a value id it has not been asked about. */
export const UNKNOWN = -1

/**
 * Columns: integer functions over the ids of a value table, filled in on demand. A column always has room for every id
 * of its table, so the hot loop reads `of[column][id]` without a bounds check of its own.
 */
export class Columns {
  readonly of: Int32Array[] = []

  add(table: ValueTable): number {
    const column = this.of.length
    this.of.push(new Int32Array(table.capacity).fill(UNKNOWN))
    table.onGrow((capacity) => {
      const grown = new Int32Array(capacity).fill(UNKNOWN)
      grown.set(this.of[column]!)
      this.of[column] = grown
    })
    return column
  }
}
