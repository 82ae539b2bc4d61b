/**
 * What some steps make of the minors of a word (word-set.ts), for all 32 at once: minors found one after another are alike,
 * and so are those that a step makes of them, so that a few shifts take a whole word of states to where a step leads.
 *
 * A map leads to one word. It lies in `pool` from its place on; where it changes nothing, its value is -1 and it has no
 * shifts. Maps of one word that are used together are an atlas, which begins with a header.
 */
import type { Leaf } from '../memo/rule-memo.ts'
import { AtlasInTheMaking } from './atlas-in-the-making.ts'
import { longer } from './gathered.ts'

/** The minors it covers, by their bits; where it ends; how long it may be. */
export const ATLAS = { covered: 0, end: 1, room: 2, length: 3 } as const

/**
 * The minors that it leads from; its leaf; its route; one of the minors that it leads to; how often it was taken; how many
 * shifts it has. Then for each of those the bits that it is for, and by how much: to higher bits, or, below 0, lower ones.
 */
export const MAP = { sources: 0, leaf: 1, route: 2, value: 3, fired: 4, shifts: 5, length: 6 } as const

const FIRST_SIZE = 1 << 12

export class WordMaps {
  pool = new Int32Array(FIRST_SIZE)
  #end = 1

  get bytes(): number {
    return 4 * (this.#end - 1)
  }

  clear(): void {
    this.pool = new Int32Array(FIRST_SIZE)
    this.#end = 1
  }

  /** What the map at a place makes of the minors with these bits: bits of the word that it leads to. */
  image(map: number, bits: number): number {
    const { pool } = this
    let image = 0
    let at = map + MAP.length
    for (const end = at + 2 * pool[map + MAP.shifts]!; at < end; at += 2)
      image |= shifted(bits & pool[at]!, pool[at + 1]!)
    return image
  }

  /** The map after another of the same atlas. */
  after(map: number): number {
    return map + MAP.length + 2 * this.pool[map + MAP.shifts]!
  }

  /** The minor that the map leads to from the one with this bit. */
  target(map: number, bit: number): number {
    return (this.pool[map + MAP.value]! & ~31) + 31 - Math.clz32(this.image(map, bit))
  }

  /** The atlas at a place, to be added to; at 0: an empty one. */
  read(place: number): AtlasInTheMaking {
    const { pool } = this
    const making = new AtlasInTheMaking()
    if (place === 0) return making
    for (let map = place + ATLAS.length; map < pool[place + ATLAS.end]!; map = this.after(map)) {
      const shifts: number[] = []
      for (let at = map + MAP.length; at < this.after(map); at += 2) shifts.push(pool[at + 1]!, pool[at]!)
      making.addMap({
        sources: pool[map + MAP.sources]!,
        leaf: pool[map + MAP.leaf]!,
        route: pool[map + MAP.route]!,
        to: pool[map + MAP.value]!,
        fired: pool[map + MAP.fired]!,
        shifts,
      })
    }
    return making
  }

  /** Writes an atlas; where there is room for it, in place of another, or else of none (0). Where it is. */
  write(covered: number, { maps }: AtlasInTheMaking, place: number): number {
    const length = maps.reduce<number>((sum, { shifts }) => sum + MAP.length + shifts.length, ATLAS.length)
    const isRoom = place !== 0 && length <= this.pool[place + ATLAS.room]!
    const atlas = isRoom ? place : this.#reserve(length + (length >> 1))
    const { pool } = this
    pool[atlas + ATLAS.covered] = covered
    pool[atlas + ATLAS.end] = atlas + length
    let at = atlas + ATLAS.length
    for (const { sources, leaf, route, to, fired, shifts } of maps) {
      pool[at + MAP.sources] = sources
      pool[at + MAP.leaf] = leaf
      pool[at + MAP.route] = route
      pool[at + MAP.value] = to
      pool[at + MAP.fired] = fired
      pool[at + MAP.shifts] = shifts.length >> 1
      at += MAP.length
      for (let i = 0; i < shifts.length; i += 2) {
        pool[at++] = shifts[i + 1]!
        pool[at++] = shifts[i]!
      }
    }
    return atlas
  }

  /** Adds how often maps were taken to the counts of their leaves. */
  settle(atlas: number, leaves: readonly (Leaf | undefined)[]): void {
    const { pool } = this
    if (atlas === 0) return
    for (let map = atlas + ATLAS.length; map < pool[atlas + ATLAS.end]!; map = this.after(map)) {
      leaves[pool[map + MAP.leaf]!]!.fired += pool[map + MAP.fired]!
      pool[map + MAP.fired] = 0
    }
  }

  #reserve(length: number): number {
    const at = this.#end
    this.#end += length
    if (this.#end > this.pool.length) this.pool = longer(this.pool, Math.max(2 * this.pool.length, this.#end))
    this.pool[at + ATLAS.room] = length
    return at
  }
}

const shifted = (bits: number, by: number): number => (by < 0 ? bits >>> -by : bits << by)
