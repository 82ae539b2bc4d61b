/**
 * The visited states in the order in which they were found, by word (word-set.ts): an entry holds those new states of one
 * word that some states led to at once, and says from where. States are left in this order, too, some entries at a time.
 *
 * The id of a state is 32 times the number of its entry, and its place in the word. Not every number is a state's id.
 *
 * Words may come to run along the other half (`turn`); entries stay as they were made.
 */
import { lowestPlace, populationOf } from './word.ts'

/**
 * An entry: the half that its states share, the 32 values of the other half that they are among (`block` times 32 and on),
 * a bit for each of those that is a state's, and the first of the entries left together (steps/batch.ts) from which they were found, or -1. `states`: as many at most.
 */
export const ENTRY = { major: 0, block: 1, bits: 2, parent: 3, length: 4, states: 32 } as const

/** Where an entry gets its number only when it is left. */
export const UNNUMBERED = -1

export class WordLog {
  /** By number of an entry, times its length. Replaced as it grows. */
  entries: Int32Array = new Int32Array(0)
  /** The numbers of the entries before which words were turned. */
  turns: readonly number[] = []

  /** Whether the words of an entry run along the left half. */
  isTurnedAt(entry: number): boolean {
    let isTurned = false
    for (const turn of this.turns) if (entry >= turn) isTurned = !isTurned
    return isTurned
  }

  /** The first entry whose words run as they do now. */
  get turnedLast(): number {
    return this.turns.at(-1) ?? 0
  }

  write(entry: number, found: Found): void {
    writeEntry(this.entries, ENTRY.length * entry, found)
  }

  leftOf(state: number): number {
    return this.isTurnedAt(entryOf(state)) ? this.#minorOf(state) : this.#majorOf(state)
  }

  rightOf(state: number): number {
    return this.isTurnedAt(entryOf(state)) ? this.#majorOf(state) : this.#minorOf(state)
  }

  parentOf(entry: number): number {
    return this.entries[ENTRY.length * entry + ENTRY.parent]!
  }

  /** How many states some entries hold. */
  statesIn(first: number, entries: number): number {
    let states = 0
    for (let entry = first; entry < first + entries; entry++) states += populationOf(this.#bitsOf(entry))
    return states
  }

  /** The ids of the states of an entry. */
  *statesOf(entry: number): Generator<number, void> {
    for (let rest = this.#bitsOf(entry); rest !== 0; rest &= rest - 1) yield 32 * entry + lowestPlace(rest)
  }

  /** The id of the state with these halves, which is in one of the entries from `first` to before `end`. */
  find(left: number, right: number, first: number, end: number): number {
    for (let entry = first; entry < end; entry++) {
      const isTurned = this.isTurnedAt(entry)
      const minor = isTurned ? left : right
      const state = 32 * entry + (minor & 31)
      const isHere = this.#majorOf(state) === (isTurned ? right : left) && this.#minorOf(state) === minor
      if (isHere && (this.#bitsOf(entry) & (1 << (minor & 31))) !== 0) return state
    }
    return -1
  }

  /** The entries from `first` to before `end`, as they stand: what is written there is written to the log. */
  between(first: number, end: number): Int32Array {
    return this.entries.subarray(ENTRY.length * first, ENTRY.length * end)
  }

  #majorOf(state: number): number {
    return this.entries[ENTRY.length * entryOf(state)]!
  }

  #minorOf(state: number): number {
    return 32 * blockIn(this.entries, ENTRY.length * entryOf(state)) + (state % 32)
  }

  #bitsOf(entry: number): number {
    return this.entries[ENTRY.length * entry + ENTRY.bits]!
  }
}

/** What an entry says. */
export interface Found {
  readonly major: number
  readonly block: number
  readonly bits: number
  readonly parent: number
}

/** Writes an entry that begins at a place. */
export function writeEntry(entries: Int32Array, at: number, { major, block, bits, parent }: Found): void {
  entries[at] = major
  entries[at + ENTRY.block] = block
  entries[at + ENTRY.bits] = bits
  entries[at + ENTRY.parent] = parent
}

/** Of the entry that begins at a place: its block. */
export const blockIn = (entries: Int32Array, at: number): number => entries[at + ENTRY.block]!

/** The ids that a half has in the states of an entry: the one that words run along, or the other. */
export function* idsIn(entry: Int32Array, isMinor: boolean): Generator<number, void> {
  if (!isMinor) yield entry[ENTRY.major]!
  else
    for (let rest = entry[ENTRY.bits]!; rest !== 0; rest &= rest - 1) yield 32 * blockIn(entry, 0) + lowestPlace(rest)
}

/** The number of the entry that a state is in. */
export const entryOf = (state: number): number => Math.floor(state / 32)
