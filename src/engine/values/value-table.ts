/**
 * Interning: every value of a component gets a small integer, so that a state is a short vector of integers and equal
 * values are equal numbers. Components of one sort share a table (all servers, all channels).
 *
 * Identity is the canonical text: exact, no hash to collide. A value is interned once and then only named by its id, so
 * the cost - one walk over the value - is paid per distinct value, never per state.
 *
 * Its place among the rooms of the engine: docs/architecture.md.
 */
import type { Value } from '../../model.ts'
import { textOf } from '../../value/canonical.ts'

const FIRST_CAPACITY = 64

/** Where the threads of one search tell each other of values (parallel/value-log.ts). */
export interface Log {
  /** The id of a value that the table does not know; `add` enters it. */
  intern(table: ValueTable, text: string, add: () => number): number
  /** Enters into the tables what others have seen. */
  read(): void
}

export class ValueTable {
  /** Present where other threads have tables that must agree with this one. */
  log: Log | undefined
  readonly #values: Value[] = []
  readonly #ids = new Map<string, number>()
  readonly #listeners: ((capacity: number) => void)[] = []
  #capacity = FIRST_CAPACITY

  /** @param onAdd is told of every new value */
  constructor(
    readonly sort: string,
    readonly onAdd?: (id: number, value: Value) => void,
  ) {}

  get size(): number {
    return this.#values.length
  }

  /** Ids are below it; it doubles as they come near. */
  get capacity(): number {
    return this.#capacity
  }

  /** The id of a canonical value; ids count up from 0 in the order in which values are first seen. */
  intern(value: Value): number {
    const text = textOf(value)
    const known = this.#ids.get(text)
    if (known !== undefined) return known
    if (this.log !== undefined) return this.log.intern(this, text, () => this.add(text, value))
    return this.add(text, value)
  }

  /** Enters a value that is not there, with its text. Its id. */
  add(text: string, value: Value): number {
    const id = this.#values.length
    this.#values.push(value)
    this.#ids.set(text, id)
    if (id >= this.#capacity) this.#grow()
    this.onAdd?.(id, value)
    return id
  }

  /** The id of the value with this text, if the table knows it. */
  idOf(text: string): number | undefined {
    return this.#ids.get(text)
  }

  valueOf(id: number): Value {
    if (id >= this.#values.length) this.log?.read()
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
