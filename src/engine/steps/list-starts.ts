/**
 * Where step lists begin (step-lists.ts), for the sections that are at home in one cluster: by value of the cluster, then by
 * section, then by view. Whoever looks for the lists of a state asks all these sections of one value, and finds the answers
 * side by side: one cache miss for a cluster.
 */
import { grown } from '../values/grown.ts'

const FIRST_VALUES = 64

export class ListStarts {
  /** By value, then by column: where the list begins, or 0 where there is none. Replaced as it grows. */
  rows: Int32Array<ArrayBuffer>
  /** Columns to a value. */
  stride: number
  /** By section of the cluster: its first column, which is that of its first view. */
  readonly columns: number[]
  /** By section: for how many views there are columns. */
  readonly #views: number[]

  constructor(sections: number) {
    this.#views = Array.from({ length: sections }, () => 1)
    this.columns = Array.from({ length: sections }, (_, section) => section)
    this.stride = sections
    this.rows = new Int32Array(FIRST_VALUES * sections)
  }

  /** Where a list begins, or 0. */
  at(section: number, view: number, value: number): number {
    if (view >= this.#views[section]!) return 0
    const at = value * this.stride + this.columns[section]! + view
    return at < this.rows.length ? this.rows[at]! : 0
  }

  set(section: number, view: number, value: number, start: number): void {
    if (view >= this.#views[section]!) this.#widen(section, view + 1)
    if ((value + 1) * this.stride > this.rows.length) this.rows = grown(this.rows, 2 * (value + 1) * this.stride)
    this.rows[value * this.stride + this.columns[section]! + view] = start
  }

  /** Forgets the lists of a section. */
  forget(section: number): void {
    const column = this.columns[section]!
    for (let row = 0; row < this.rows.length; row += this.stride) {
      this.rows.fill(0, row + column, row + column + this.#views[section]!)
    }
  }

  get bytes(): number {
    return this.rows.byteLength
  }

  /** Makes columns for so many views, and some more. */
  #widen(section: number, views: number): void {
    const { rows, stride, columns } = this
    const added = Math.max(views, Math.ceil(1.5 * this.#views[section]!)) - this.#views[section]!
    const split = columns[section]! + this.#views[section]!
    const values = rows.length / stride
    const wider = new Int32Array(values * (stride + added))
    for (let value = 0; value < values; value++) {
      const from = value * stride
      const to = value * (stride + added)
      wider.set(rows.subarray(from, from + split), to)
      wider.set(rows.subarray(from + split, from + stride), to + split + added)
    }
    this.rows = wider
    this.stride += added
    this.#views[section]! += added
    for (let other = section + 1; other < columns.length; other++) columns[other]! += added
  }
}
