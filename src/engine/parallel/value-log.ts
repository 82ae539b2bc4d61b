/**
 * The values that any worker was the first to see, in the order in which they were seen, as bytes that all share: so each
 * gives a value the same id, though each has tables of its own (value-table.ts). Every thread reads on where it left off.
 *
 * An entry is [table, length, canonical text in UTF-8, padded to four bytes]. Appended under a lock, after everything
 * that others have appended was read. Room for 2 GB of text.
 */
import { fromJson, textOf } from '../../value/canonical.ts'
import { SplitbrainError } from '../../value/splitbrain-error.ts'
import { reserve } from '../store/reserve.ts'
import type { ValueTable } from '../values/value-table.ts'
import type { Values } from '../values/values.ts'
import { type Control, HEAD } from './control.ts'

const HEADER = 8
const FIRST_ROOM = 2 ** 20
const MOST_ROOM = 2 ** 31 - 2 ** 20

export class ValueLog {
  /** The log as long as it was when this thread last looked. */
  #ints!: Int32Array
  #bytes!: Buffer
  readonly #tables: readonly ValueTable[]
  /** How many bytes were read. */
  #read = 0

  constructor(
    readonly control: Control,
    values: Values,
    readonly buffer: SharedArrayBuffer = reserve(FIRST_ROOM / 4).buffer,
  ) {
    this.#refresh()
    this.#tables = [...new Set(values.tables)]
  }

  /** From now on the tables learn from the log, and tell it what is new. */
  attach(): void {
    for (const table of this.#tables) table.log = this
  }

  /** Writes down what the tables hold. To be called once, by who begins. */
  begin(): void {
    for (const [at, table] of this.#tables.entries()) {
      for (let id = 0; id < table.size; id++) this.#append(at, textOf(table.valueOf(id)))
    }
    this.#read = Atomics.load(this.control.ints, HEAD.logEnd)
  }

  /** The id of a value that its table does not know. */
  intern(table: ValueTable, text: string, add: () => number): number {
    const { control } = this
    control.lock(HEAD.logLock)
    try {
      this.read()
      const known = table.idOf(text)
      if (known !== undefined) return known
      this.#append(this.#tables.indexOf(table), text)
      this.#read = Atomics.load(control.ints, HEAD.logEnd)
      return add()
    } finally {
      control.unlock(HEAD.logLock)
    }
  }

  /** Enters into the tables what others have seen. */
  read(): void {
    const end = Atomics.load(this.control.ints, HEAD.logEnd)
    if (end > this.#bytes.length) this.#refresh()
    while (this.#read < end) {
      const at = this.#read
      const start = at + HEADER
      const length = this.#ints[at / 4 + 1]!
      const text = this.#bytes.toString('utf8', start, start + length)
      this.#read = afterEntry(at, length) // what a schema throws at does not come twice
      this.#tables[this.#ints[at / 4]!]!.add(text, fromJson(JSON.parse(text), 'a value of another worker'))
    }
  }

  #append(table: number, text: string): void {
    const at = Atomics.load(this.control.ints, HEAD.logEnd)
    const most = Buffer.byteLength(text)
    if (afterEntry(at, most) > this.#bytes.length) this.#lengthen(afterEntry(at, most))
    this.#ints[at / 4] = table
    this.#ints[at / 4 + 1] = this.#bytes.write(text, at + HEADER)
    Atomics.store(this.control.ints, HEAD.logEnd, afterEntry(at, most))
  }

  /** In place, for all: under the lock. */
  #lengthen(bytes: number): void {
    if (bytes > MOST_ROOM) {
      throw new SplitbrainError('internal', 'the values of the states take more than 2 GB; search with --workers 1')
    }
    const { byteLength } = this.buffer
    if (bytes > byteLength) this.buffer.grow(Math.min(Math.max(2 * byteLength, bytes), MOST_ROOM))
    this.#refresh()
  }

  #refresh(): void {
    this.#ints = new Int32Array(this.buffer, 0, this.buffer.byteLength / 4)
    this.#bytes = Buffer.from(this.buffer, 0, this.buffer.byteLength)
  }
}

const afterEntry = (at: number, length: number): number => (at + HEADER + length + 3) & ~3
