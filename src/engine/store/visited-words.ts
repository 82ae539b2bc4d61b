/**
 * The visited states, as pairs of ids below the root of the tree, in words of 32 (word-set.ts). Ids of halves are given in
 * the order in which values turn up, so that states found one after another have their bits side by side. Words run along
 * the half that has more values (`turn`).
 *
 * The states stand in a log as well (word-log.ts), to be read back when they are left.
 */
import type { TableState } from './growing-table.ts'
import type { Memory } from './memory.ts'
import type { Reached } from './reached.ts'
import { bytesToLengthen, lengthened } from './reserve.ts'
import { lowestPlace, populationOf } from './word.ts'
import { ENTRY, type Found, WordLog } from './word-log.ts'
import { WordSet } from './word-set.ts'

const FIRST_ROOM = 1 << 8

export class VisitedWords {
  readonly log = new WordLog()
  size = 0
  /** Whether words run along the left half. */
  isTurned = false
  /** How many entries the log has. */
  end = 0
  readonly #set = new WordSet()

  constructor() {
    this.log.entries = new Int32Array(ENTRY.length * FIRST_ROOM)
  }

  /** Adds a pair, which nobody led to. Its id where it is new, -1 where it was there. */
  add(left: number, right: number): number {
    const major = this.isTurned ? right : left
    const minor = this.isTurned ? left : right
    const bit = 1 << (minor & 31)
    if (this.#set.add(major, minor >>> 5, bit) === 0) return -1
    const found = { major, block: minor >>> 5, bits: bit, parent: -1 }
    return 32 * this.append(found) + lowestPlace(bit)
  }

  /** Adds what was gathered, but for the entries: says what is new. */
  mark({ majors, blocks, bits, fresh, count }: Reached): void {
    this.#set.touch(majors, blocks, count)
    for (let i = 0; i < count; i++) fresh[i] = this.#set.add(majors[i]!, blocks[i]!, bits[i]!)
  }

  /** Writes down new pairs of one word. The number of their entry; these count up from 0. */
  append(found: Found): number {
    const entry = this.end++
    if (ENTRY.length * this.end > this.log.entries.length) this.#lengthen()
    this.log.write(entry, found)
    this.size += populationOf(found.bits)
    return entry
  }

  /** Makes room for so many more states, where there are many. False, and as it was, where memory does not allow it. */
  makeRoom(states: number, memory: Memory): boolean {
    const { entries } = this.log
    if (ENTRY.length * (this.end + states) > entries.length) {
      if (!memory.grow(bytesToLengthen(entries), () => this.#lengthen())) return false
    }
    return this.#set.makeRoom(states, memory)
  }

  /** Makes words run along the other half. */
  turn(): void {
    const { log, end } = this
    this.isTurned = !this.isTurned
    log.turns = [...log.turns, end]
    this.#set.clear()
    for (let entry = 0; entry < end; entry++) {
      for (const state of log.statesOf(entry)) this.#mark(log.leftOf(state), log.rightOf(state))
    }
  }

  /** The set, for who goes on with it. */
  handOver(leastHomes: number): TableState {
    return this.#set.handOver(leastHomes)
  }

  waiting(): Iterable<Int32Array> {
    return []
  }

  /** How many words the states take. */
  get words(): number {
    return this.#set.words
  }

  /** Words, of the slots for them. */
  get load(): number {
    return this.#set.load
  }

  get airBytes(): number {
    return this.#set.airBytes
  }

  get bytes(): number {
    return 4 * ENTRY.length * this.end + this.#set.bytes
  }

  #mark(left: number, right: number): void {
    const major = this.isTurned ? right : left
    const minor = this.isTurned ? left : right
    this.#set.add(major, minor >>> 5, 1 << (minor & 31))
  }

  #lengthen(): void {
    this.log.entries = lengthened(this.log.entries)
  }
}
