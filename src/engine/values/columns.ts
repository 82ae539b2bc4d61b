/**
 * Columns: integer functions over the ids of a value table, filled in on demand.
 *
 * `of[column][id]` is the result where it is 0 or more; anything else - `undefined` beyond a column's end, too - means to
 * ask `get`. A column is as long as its table while that is short. Of a long table it covers the ids up to the last one
 * asked for if it is filled well enough; results that lie far out are kept aside, in a hash table of the column's own. So
 * the hot loops read two arrays, and memory is in proportion to what was asked: at most 32 bytes for a result, and 1 KB
 * for a column that was there when its table was short. (At full length, a thousand updates of a component with 100,000
 * values would take 0.4 GB, however few results they hold.)
 */

import { grown } from './grown.ts'
import { SparseColumn } from './sparse-column.ts'
import type { ValueTable } from './value-table.ts'

/** What a column says of a value id it has not been asked about. */
export const UNKNOWN = -1

/** Columns of a table of up to so many values have room for each of them. */
const SHORT = 256

const EMPTY = new Int32Array(0)

/** The first length of a column of a long table. */
const FIRST_LENGTH = 64

/** A longer column has at least one result for so many ids. */
const SPREAD = 8

export class Columns {
  readonly of: Int32Array<ArrayBuffer>[] = []
  /** By column: how many results its array holds. */
  readonly #filled: number[] = []
  readonly #aside: (SparseColumn | undefined)[] = []

  add(table: ValueTable): number {
    const column = this.of.length
    const isShort = table.capacity <= SHORT
    this.of.push(isShort ? new Int32Array(table.capacity).fill(UNKNOWN) : EMPTY)
    this.#filled.push(0)
    this.#aside.push(undefined)
    if (isShort) table.onGrow((capacity) => this.#growWith(column, capacity))
    return column
  }

  /** The result for a value, or UNKNOWN. */
  get(column: number, id: number): number {
    const near = this.of[column]![id]
    if (near !== undefined) return near
    return this.#aside[column]?.get(id) ?? UNKNOWN
  }

  set(column: number, id: number, result: number): void {
    if (id >= this.of[column]!.length && !this.#lengthen(column, id)) {
      this.#aside[column] ??= new SparseColumn()
      this.#aside[column].set(id, result)
      return
    }
    const cells = this.of[column]!
    if (cells[id] === UNKNOWN) this.#filled[column]!++
    cells[id] = result
  }

  get bytes(): number {
    const aside = this.#aside.reduce((sum, sparse) => sum + (sparse?.bytes ?? 0), 0)
    return this.of.reduce((sum, { byteLength }) => sum + byteLength, aside)
  }

  #growWith(column: number, capacity: number): void {
    if (capacity <= SHORT && capacity > this.of[column]!.length) this.#resize(column, capacity)
  }

  /** Makes a column long enough for an id, if it is filled well enough. */
  #lengthen(column: number, id: number): boolean {
    let length = Math.max(this.of[column]!.length, FIRST_LENGTH)
    while (length <= id) length *= 2
    const aside = this.#aside[column]
    if ((this.#filled[column]! + (aside?.size ?? 0) + 1) * SPREAD < length) return false
    this.#resize(column, length)
    const cells = this.of[column]!
    aside?.forEach((far, result) => {
      if (far >= length) return
      cells[far] = result
      this.#filled[column]!++
    })
    if (aside !== undefined) this.#aside[column] = aside.beyond(length)
    return true
  }

  #resize(column: number, length: number): void {
    this.of[column] = grown(this.of[column]!, length, UNKNOWN)
  }
}
