/**
 * The states of a batch (batch.ts), read for all of them at once, and in groups of neighbours: states that share their
 * major half and the word of the minor one (store/word-set.ts), as those of an entry do, and of entries of one word that
 * follow one another (store/word-log.ts).
 */
import type { StateStore } from '../store/state-store.ts'
import { lowestPlace, populationOf } from '../store/word.ts'
import { blockIn, ENTRY, type WordLog } from '../store/word-log.ts'

/** Groups, at most: what is gathered from them is to stay in the cache. (In Raft, 64 took 1.1 times as long.) */
const MOST_GROUPS = 192

/** Where a group begins in the middle of an entry. */
const WITHIN = -1

export class LeftStates {
  /** The number of the first entry; the others follow it. */
  first = 0
  count = 0
  /** By state: its id. */
  readonly ids: Float64Array
  /** By node, then by state: the live nodes, which are the clusters and those above them. */
  readonly values: readonly Int32Array[]
  /** By state: its bit in its word of the minor half. */
  readonly bits: Int32Array
  /** The first of each group, and behind the last: how many states there are. Beyond `count`, groups are left out. */
  readonly groups: Int32Array
  /** By group, and for what is behind the last one: how many entries are before it, or WITHIN. */
  readonly #before: Int32Array
  /** The state that the store's cells show. */
  #loaded = -1

  /** How many there is room for. */
  readonly room: number

  /** @param most how many there are, at most; those of one entry are not too many */
  constructor(
    readonly store: StateStore,
    readonly most: number,
  ) {
    this.room = Math.max(most, ENTRY.states)
    this.ids = new Float64Array(this.room)
    this.values = Array.from({ length: 2 * store.width }, () => new Int32Array(this.room))
    this.bits = new Int32Array(this.room)
    this.groups = new Int32Array(this.room + 1)
    this.#before = new Int32Array(this.room + 1)
  }

  /** Reads so many entries, or as many of them as are not too many states or groups. */
  read(first: number, entries: number, areNeighboursOne: boolean): void {
    const { store, values } = this
    const { tables, top } = store
    const { left, right } = store.tree
    this.first = first
    this.#loaded = -1
    if (store.words === undefined) this.#readOneByOne(first, Math.min(entries, MOST_GROUPS, this.most))
    else if (first < store.words.log.turnedLast) this.#readTurned(store.words.log)
    else this.#readWords(store.words.log, entries, areNeighboursOne)
    for (let n = 0; n < top.length; n++) {
      const node = top[n]!
      unfold(tables[node]!.pairs, values[node]!, values[left[node]!]!, values[right[node]!]!, this.count)
    }
  }

  /** How many entries the states are. */
  get entries(): number {
    let group = 0
    while (this.groups[group]! < this.count) group++
    return this.#before[group]!
  }

  /** Makes a state the store's current one. */
  load(i: number): void {
    if (this.#loaded === i) return
    this.store.load(this.ids[i]!)
    this.#loaded = i
  }

  /** Leaves out what comes after the group of a state, and the entry that it is in. */
  cutAfter(i: number): void {
    let group = 0
    while (this.groups[group]! <= i || this.#before[group] === WITHIN) group++
    this.count = Math.min(this.groups[group]!, this.count)
  }

  /** The bits of neighbours. */
  bitsOf(first: number, end: number): number {
    let bits = 0
    for (let i = first; i < end; i++) bits |= this.bits[i]!
    return bits
  }

  /** Entries are states here, and each is a group of its own. */
  #readOneByOne(first: number, states: number): void {
    const { store, values, ids, groups, bits } = this
    store.readHalves(first, states, values[store.leftHalf]!, values[store.rightHalf]!)
    const minors = values[store.minorHalf]!
    for (let i = 0; i < states; i++) {
      ids[i] = first + i
      bits[i] = 1 << (minors[i]! & 31)
      groups[i] = i
      this.#before[i] = i
    }
    this.#end(states, states, states)
  }

  /** Reads one entry, which was made when words ran the other way: its states share no word now. */
  #readTurned(log: WordLog): void {
    const { store, values, ids, groups, bits } = this
    let i = 0
    for (const state of log.statesOf(this.first)) {
      ids[i] = state
      values[store.leftHalf]![i] = log.leftOf(state)
      values[store.rightHalf]![i] = log.rightOf(state)
      bits[i] = 1 << (values[store.minorHalf]![i]! & 31)
      groups[i] = i
      this.#before[i] = i === 0 ? 0 : WITHIN
      i++
    }
    this.#end(i, i, 1)
  }

  #readWords({ entries }: WordLog, most: number, areNeighboursOne: boolean): void {
    const { store, values, ids, groups, bits, first } = this
    const majors = values[store.majorHalf]!
    const minors = values[store.minorHalf]!
    let states = 0
    let count = 0
    let n = 0
    for (; n < most; n++) {
      const at = ENTRY.length * (first + n)
      const major = entries[at]!
      const base = 32 * blockIn(entries, at)
      const own = entries[at + ENTRY.bits]!
      const size = populationOf(own)
      const isNear =
        areNeighboursOne && states > 0 && majors[states - 1] === major && minors[states - 1]! >> 5 === base >> 5
      const more = isNear ? 0 : areNeighboursOne ? 1 : size
      if (n > 0 && (states + size > this.most || count + more > MOST_GROUPS)) break
      if (!isNear && size > 0) {
        this.#before[count] = n
        groups[count++] = states
      }
      for (let rest = own; rest !== 0; rest &= rest - 1) {
        const place = lowestPlace(rest)
        majors[states] = major
        minors[states] = base + place
        bits[states] = 1 << place
        ids[states] = 32 * (first + n) + place
        if (!areNeighboursOne && rest !== own) {
          this.#before[count] = WITHIN
          groups[count++] = states
        }
        states++
      }
    }
    this.#end(states, count, n)
  }

  #end(states: number, groups: number, entries: number): void {
    this.groups[groups] = states
    this.#before[groups] = entries
    this.count = states
  }
}

function unfold(pairs: Int32Array, at: Int32Array, left: Int32Array, right: Int32Array, states: number): void {
  for (let i = 0; i < states; i++) {
    const pair = at[i]! << 1
    left[i] = pairs[pair]!
    right[i] = pairs[pair + 1]!
  }
}
