/**
 * The step lists (step-lists.ts) of a section that is at home in the minor half, for all minors of a word together: their
 * steps as maps (word-maps.ts), and by bit what else there is to know of a minor's list.
 */
import type { Leaf } from '../memo/rule-memo.ts'
import type { AtlasInTheMaking } from './atlas-in-the-making.ts'
import { longer } from './gathered.ts'
import { HEADER, MOVE, type StepLists } from './step-lists.ts'
import { ATLAS, type WordMaps } from './word-maps.ts'

/**
 * In `pool`: the atlas, or 0; the minors whose lists must be gone through one by one, and are not in it; those from which
 * something but faults can happen; those with steps that change nothing, which are in it as maps of no shifts.
 */
export const WORD_LIST = { atlas: 0, apart: 1, ways: 2, idle: 3, length: 4 } as const

const FIRST_SIZE = 1 << 12

export class WordLists {
  pool = new Int32Array(FIRST_SIZE)
  #end = 1
  /** By section, then by view, then by word: where its list is in `pool`. */
  #places: Int32Array[][] = []

  constructor(
    readonly lists: StepLists,
    readonly maps: WordMaps,
  ) {}

  clear(): void {
    this.pool = new Int32Array(FIRST_SIZE)
    this.#end = 1
    this.#places = []
  }

  /** How many there are. */
  get size(): number {
    return (this.#end - 1) / WORD_LIST.length
  }

  get bytes(): number {
    return this.#places.flat().reduce((sum, { byteLength }) => sum + byteLength, 4 * (this.#end - 1))
  }

  /** Where the list of a word is. It may cover none of its minors yet. */
  at(section: number, view: number, word: number): number {
    this.#places[section] ??= []
    const places = this.#places[section]![view]
    if (places !== undefined && word < places.length && places[word] !== 0) return places[word]!
    return this.#make(section, view, word)
  }

  /** The minors covered, by their bits. */
  coveredBy(list: number): number {
    const atlas = this.pool[list + WORD_LIST.atlas]!
    return atlas === 0 ? 0 : this.maps.pool[atlas + ATLAS.covered]!
  }

  /** The minors whose lists must be gone through one by one. */
  apartOf(list: number): number {
    return this.pool[list + WORD_LIST.apart]!
  }

  /** Covers these minors too. @param startOf where the list of one begins, by its bit's place */
  cover(list: number, minors: number, startOf: (place: number) => number): void {
    const { pool, maps } = this
    const { items } = this.lists
    const known = pool[list + WORD_LIST.atlas]!
    const covered = minors | this.coveredBy(list)
    const making = maps.read(known)
    for (let rest = minors; rest !== 0; rest &= rest - 1) {
      const bit = rest & -rest
      const place = 31 - Math.clz32(bit)
      const start = startOf(place)
      if (!this.#add(making, start, place)) pool[list + WORD_LIST.apart]! |= bit
      if (items[start + HEADER.ways] !== 0) pool[list + WORD_LIST.ways]! |= bit
      if (items[start + HEADER.movesEnd] !== items[start + HEADER.end]) pool[list + WORD_LIST.idle]! |= bit
    }
    pool[list + WORD_LIST.atlas] = maps.write(covered, making, known)
  }

  /** Adds what was counted to the counts of the leaves. */
  settle(leaves: readonly (Leaf | undefined)[]): void {
    for (const places of this.#places.flat()) {
      for (const list of places) if (list !== 0) this.maps.settle(this.pool[list + WORD_LIST.atlas]!, leaves)
    }
  }

  /** False, and nothing is added, where a rule goes on to look beyond the cluster. */
  #add(making: AtlasInTheMaking, start: number, place: number): boolean {
    const { items } = this.lists
    const movesEnd = items[start + HEADER.movesEnd]!
    for (let at = start + HEADER.length; at < movesEnd; at += MOVE) if (items[at]! < 0) return false
    for (let at = start + HEADER.length; at < movesEnd; at += MOVE)
      making.add(items[at]!, items[at + 2]!, place, items[at + 1]!)
    for (let at = movesEnd; at < items[start + HEADER.end]!; at++) making.addIdle(items[at]!, place)
    return true
  }

  #make(section: number, view: number, word: number): number {
    let places = this.#places[section]![view] ?? new Int32Array(16)
    if (word >= places.length) places = longer(places, 2 * (word + 1))
    this.#places[section]![view] = places
    const list = this.#end
    this.#end += WORD_LIST.length
    if (this.#end > this.pool.length) this.pool = longer(this.pool, 2 * this.#end)
    places[word] = list
    return list
  }
}
