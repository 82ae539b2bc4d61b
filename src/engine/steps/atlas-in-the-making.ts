/**
 * An atlas in the making (word-maps.ts): transitions from the minors of a word gathered into maps. Those of neighbouring
 * minors come in much the same order, so that the map of each is the one after the map of the last.
 */

/** Transitions are of one map where all three are the same: the leaf, the route, and the word that they lead to. */
interface Making {
  readonly leaf: number
  readonly route: number
  /** One of the minors that it leads to; -1 where it changes nothing. */
  readonly to: number
  /** Minors that it leads from, by their bits. */
  sources: number
  readonly fired: number
  /** By how much bits are shifted, and which of them, in turns. */
  readonly shifts: number[]
}

export class AtlasInTheMaking {
  readonly maps: Making[] = []
  #at = 0

  addMap(map: Making): void {
    this.maps.push(map)
  }

  /** A transition from a minor, by its place in its word, to another minor. */
  add(leaf: number, route: number, place: number, to: number): void {
    const map = this.#mapFor(leaf, route, to)
    const { shifts } = map
    const by = (to & 31) - place
    let at = 0
    while (at < shifts.length && shifts[at] !== by) at += 2
    if (at === shifts.length) shifts.push(by, 0)
    shifts[at + 1]! |= 1 << place
    map.sources |= 1 << place
  }

  /** A transition that changes nothing. */
  addIdle(leaf: number, place: number): void {
    this.#mapFor(leaf, 0, -1).sources |= 1 << place
  }

  #mapFor(leaf: number, route: number, to: number): Making {
    const { maps } = this
    for (let n = 0; n < maps.length; n++) {
      const at = this.#at
      this.#at = at + 1 < maps.length ? at + 1 : 0
      const map = maps[at]!
      if (map.leaf === leaf && map.to >>> 5 === to >>> 5 && map.route === route) return map
    }
    const map = { leaf, route, to, sources: 0, fired: 0, shifts: [] }
    this.#at = 0
    maps.push(map)
    return map
  }
}
