/**
 * The visited states in the order in which they were found, by word (word-set.ts): an entry holds those new states of one
 * word that some states led to at once, and says from where. States are left in this order, too, some entries at a time.
 *
 * The id of a state is 32 times the number of its entry, and its place in the word. Not every number is a state's id.
 *
 * Words may come to run along the other half (`turn`); entries stay as they were made.
 */
import { hashOfPair } from './pair-hash.ts'
import { lowestPlace, populationOf } from './word.ts'

/**
 * An entry: the half that its states share, the 32 values of the other half that they are among (`block` times 32 and on)
 * together with the footprint of the step that found them (memo/footprints.ts), a bit for each of those that is a state's,
 * and the first of the entries left together (steps/batch.ts) from which they were found, or -1. `states`: as many at most.
 */
export const ENTRY = { major: 0, block: 1, bits: 2, parent: 3, length: 4, states: 32 } as const

/** Blocks are below 2^24, for halves have fewer than 2^29 values (pair-table.ts); footprints are below 2^8. */
const BLOCK_BITS = 24
const MOST_BLOCK = 2 ** BLOCK_BITS - 1

/** The footprint where it is not known which step found a state. */
export const UNKNOWN_STEP = 0

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

  footprintOf(entry: number): number {
    return footprintIn(this.entries, ENTRY.length * entry)
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

  /** Moves the entries from `first` to before `end` so that those of a word are together: in the order of their first ones. */
  arrange(first: number, end: number): void {
    const own = this.entries.subarray(ENTRY.length * first, ENTRY.length * end)
    own.set(arranged(own))
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
  readonly footprint: number
}

/** Writes an entry that begins at a place. */
export function writeEntry(entries: Int32Array, at: number, { major, block, bits, parent, footprint }: Found): void {
  entries[at] = major
  entries[at + ENTRY.block] = block | (footprint << BLOCK_BITS)
  entries[at + ENTRY.bits] = bits
  entries[at + ENTRY.parent] = parent
}

/** Of the entry that begins at a place: its block; the footprint of the step that found it. */
export const blockIn = (entries: Int32Array, at: number): number => entries[at + ENTRY.block]! & MOST_BLOCK
export const footprintIn = (entries: Int32Array, at: number): number => entries[at + ENTRY.block]! >>> BLOCK_BITS

/** The ids that a half has in the states of an entry: the one that words run along, or the other. */
export function* idsIn(entry: Int32Array, isMinor: boolean): Generator<number, void> {
  if (!isMinor) yield entry[ENTRY.major]!
  else
    for (let rest = entry[ENTRY.bits]!; rest !== 0; rest &= rest - 1) yield 32 * blockIn(entry, 0) + lowestPlace(rest)
}

/** The number of the entry that a state is in. */
export const entryOf = (state: number): number => Math.floor(state / 32)

/** Entries in another order: with those of a word together, in the order of their first ones. */
export function arranged(entries: Int32Array): Int32Array {
  const count = entries.length / ENTRY.length
  const places = placesByWord(entries, count)
  const inOrder = new Int32Array(entries.length)
  for (let i = 0; i < count; i++) {
    const to = ENTRY.length * places[i]!
    const from = ENTRY.length * i
    for (let k = 0; k < ENTRY.length; k++) inOrder[to + k] = entries[from + k]!
  }
  return inOrder
}

/** By entry: its place when those of a word are together. */
function placesByWord(entries: Int32Array, count: number): Int32Array {
  const mask = 2 ** Math.ceil(Math.log2(2 * count)) - 1
  const slots = new Int32Array(mask + 1) // 1 + the first entry of a word
  const words = new Int32Array(count) // by entry: the first one of its word
  const sizes = new Int32Array(count) // by first entry: how many there are
  for (let i = 0; i < count; i++) {
    const major = entries[ENTRY.length * i]!
    const block = blockIn(entries, ENTRY.length * i)
    let slot = hashOfPair(major, block) & mask
    for (; slots[slot] !== 0; slot = (slot + 1) & mask) {
      const other = ENTRY.length * (slots[slot]! - 1)
      if (entries[other] === major && blockIn(entries, other) === block) break
    }
    if (slots[slot] === 0) slots[slot] = i + 1
    words[i] = slots[slot]! - 1
    sizes[words[i]!]!++
  }
  let end = 0
  const next = sizes // by first entry: the place of the next one of its word
  for (let i = 0; i < count; i++) {
    if (words[i] !== i) continue
    const size = sizes[i]!
    next[i] = end
    end += size
  }
  return words.map((word) => next[word]!++)
}
