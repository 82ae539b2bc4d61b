/** Goes through the lists of the states of a batch (found-lists.ts), and adds their moves to the steps gathered. */
import type { TrieWalk } from '../memo/trie-walk.ts'
import type { Cluster } from '../store/cluster.ts'
import { populationOf } from '../store/word.ts'
import type { Adding, Move } from './adding.ts'
import type { FoundLists } from './found-lists.ts'
import type { Gathered } from './gathered.ts'
import type { LeftStates } from './left-states.ts'
import { EMPTY, HEADER, MOVE, type StepLists } from './step-lists.ts'
import { WORD_LIST } from './word-lists.ts'
import { ATLAS, MAP } from './word-maps.ts'

export class Taking {
  /** How many states the steps taken lead to, those that they lead to twice counted twice. */
  reach = 0
  /** How many steps there are, with those that change nothing. */
  generated = 0
  /** By state: the steps that are no faults; more than 0 if there is any. */
  readonly ways: Int32Array
  /** By state: whether there is a step that changes nothing and is not among those gathered. */
  readonly idles: Uint8Array

  constructor(
    readonly states: LeftStates,
    readonly found: FoundLists,
    readonly lists: StepLists,
    readonly tries: TrieWalk,
    readonly steps: Gathered,
    readonly adding: Adding,
  ) {
    this.ways = new Int32Array(states.room)
    this.idles = new Uint8Array(states.room)
  }

  clear(): void {
    this.reach = 0
    this.generated = 0
  }

  /** Takes the steps of neighbours. */
  take(first: number, end: number): void {
    const { found, states } = this
    const { isMajor, isOfMajor } = found.roles
    const { length } = this.lists.sections
    const isCrowd = found.isCrowd(first, end)
    this.ways.fill(0, first, end)
    this.idles.fill(0, first, end)
    for (let s = 0; s < length; s++) {
      const starts = found.starts[s]!
      if (isCrowd && !isMajor[s]) this.#takeWord(s, starts[first]!, first, end)
      else if (!isMajor[s] || end - first === 1) {
        for (let i = first; i < end; i++) if (starts[i] !== EMPTY) this.#takeAlone(s, starts[i]!, i)
      } else if (isOfMajor[s] && starts[first] !== EMPTY)
        this.#takeTogether(s, starts[first]!, first, end, states.bitsOf(first, end))
      else if (!isOfMajor[s]) this.#takeByStart(s, first, end)
    }
  }

  /** Takes note of a list that so many states have. */
  #visit(start: number, states: number): void {
    const { items } = this.lists
    items[start + HEADER.visits]! += states
    this.generated += states * items[start + HEADER.steps]!
  }

  /** Takes a list for one state. */
  #takeAlone(s: number, start: number, i: number): void {
    const { lists, steps, states, adding } = this
    const { items } = lists
    const { values, store } = states
    const { leftHalf, rightHalf } = store
    this.#visit(start, 1)
    this.ways[i]! += items[start + HEADER.ways]!
    if (items[start + HEADER.movesEnd]! < items[start + HEADER.end]!) this.idles[i] = 1
    const { node } = lists.sections[s]!
    const left = values[leftHalf]![i]!
    const right = values[rightHalf]![i]!
    const end = items[start + HEADER.movesEnd]!
    for (let at = start + HEADER.length; at < end; at += MOVE) {
      const index = items[at]!
      const value = items[at + 1]!
      if (index < 0) {
        this.#resume(i, s, -1 - index)
        continue
      }
      this.reach++
      if (items[at + 2] !== 0) adding.add(index, i, node, items[at + 2]!, value)
      else if (node === leftHalf) steps.add(i, index, value, right)
      else steps.add(i, index, left, value)
    }
  }

  /** Takes the lists of a section of the major half where it depends on the minor one which list it is. */
  #takeByStart(s: number, first: number, end: number): void {
    const { bits } = this.states
    const starts = this.found.starts[s]!
    let left = this.states.bitsOf(first, end)
    for (let i = first; left !== 0; i++) {
      if ((left & bits[i]!) === 0) continue
      const start = starts[i]!
      let mask = 0
      for (let k = i; k < end; k++) if (starts[k] === start) mask |= bits[k]!
      left &= ~mask
      if (start === EMPTY) continue
      if (mask === bits[i]) this.#takeAlone(s, start, i)
      else this.#takeTogether(s, start, i, end, mask)
    }
  }

  /** Takes a list of the major half for the neighbours in `mask`, the first of which is state i. */
  #takeTogether(s: number, start: number, i: number, end: number, mask: number): void {
    const { lists, steps, adding, found } = this
    const { moves } = adding
    const { items } = lists
    const { node } = lists.sections[s]!
    const states = populationOf(mask)
    this.#visitTogether(start, i, end, mask)
    const movesEnd = items[start + HEADER.movesEnd]!
    for (let at = start + HEADER.length; at < movesEnd; at += MOVE) {
      const index = items[at]!
      const value = items[at + 1]!
      const route = items[at + 2]!
      if (index >= 0) this.reach += states
      const isWithin = index >= 0 && (moves.halvesOf(route) & found.roles.minorBit) === 0
      if (isWithin) steps.share(adding.add(index, i, node, route, value), mask, mask, 0)
      else if (index >= 0 && found.roles.hasMaps) adding.addMapped({ index, home: node, value, route }, i, end, mask)
      else this.#takeEach(s, { index, home: node, value, route }, i, end, mask)
    }
  }

  /** Takes note of a list that the neighbours in `mask` have. */
  #visitTogether(start: number, i: number, end: number, mask: number): void {
    const { items } = this.lists
    const { bits } = this.states
    const ways = items[start + HEADER.ways]!
    const isIdle = items[start + HEADER.movesEnd]! < items[start + HEADER.end]! ? 1 : 0
    let states = 0
    for (let k = i; k < end; k++) {
      if ((mask & bits[k]!) === 0) continue
      states++
      this.ways[k]! += ways
      this.idles[k]! |= isIdle
    }
    this.#visit(start, states)
  }

  /** Takes a move, or the rest of a walk, for each of the neighbours in `mask`. */
  #takeEach(s: number, { index, home, value, route }: Move, i: number, end: number, mask: number): void {
    const { bits } = this.states
    for (let k = i; k < end; k++) {
      if ((mask & bits[k]!) === 0) continue
      if (index < 0) this.#resume(k, s, -1 - index)
      else this.adding.add(index, k, home, route, value)
    }
  }

  /** Takes the list of a word for neighbours. */
  #takeWord(s: number, list: number, first: number, end: number): void {
    const { found, states, adding } = this
    const { maps } = found
    const { bits } = states
    const { pool } = found.words
    const apart = pool[list + WORD_LIST.apart]!
    const ways = pool[list + WORD_LIST.ways]!
    const idle = pool[list + WORD_LIST.idle]!
    for (let i = first; i < end; i++) {
      const bit = bits[i]!
      if ((apart & bit) !== 0) this.#takeAlone(s, found.startApart(s, i), i)
      else {
        if ((ways & bit) !== 0) this.ways[i]!++
        if ((idle & bit) !== 0) this.idles[i] = 1
      }
    }
    const mask = states.bitsOf(first, end) & ~apart
    const atlas = pool[list + WORD_LIST.atlas]!
    const atlasEnd = maps.pool[atlas + ATLAS.end]!
    for (let map = atlas + ATLAS.length; map < atlasEnd; map = maps.after(map)) {
      const sources = mask & maps.pool[map + MAP.sources]!
      if (sources === 0) continue
      const count = populationOf(sources)
      maps.pool[map + MAP.fired]! += count
      this.generated += count
      if (maps.pool[map + MAP.shifts] === 0) continue
      this.reach += count
      adding.addMap(map, sources, first)
    }
  }

  /** Goes on with a walk that looks beyond its cluster. */
  #resume(i: number, s: number, rest: number): void {
    const home = this.states.store.clusters[this.lists.sections[s]!.home]!
    this.states.load(i)
    this.tries.walk(this.lists.rests[rest]!, (index) => {
      if (index > 0) this.#addResumed(i, home, index)
      return false
    })
  }

  #addResumed(i: number, home: Cluster, index: number): void {
    const leaf = this.lists.planned(index, home)
    const value = this.lists.resultAtHome(leaf, this.states.values[home.node]![i]!)
    leaf.fired++
    this.generated++
    if (!leaf.isFault) this.ways[i]!++
    this.reach++
    this.adding.add(index, i, home.node, leaf.route, value)
  }
}
