/**
 * The canonical form of a state: of all states that differ in no more than the names of processes, one, always the same.
 *
 * Processes are put in the order of their colours (colours.ts), which leaves ties. Of those that are tied, some are twins:
 * to exchange their names changes nothing, so that their order does not matter. What remains is tried out, every order,
 * and the least of the states is taken. It depends on how values are numbered, but on nothing else of how the search went.
 *
 * What leaves the state as it is, its stabiliser, falls out: any order of twins, together with each of the orders that
 * were the least together. The orbit is as large as all renamings are to these (orbit-stabiliser theorem).
 */
import type { Component } from '../../model.ts'
import { Colours, type Places, placesOf } from './colours.ts'
import type { Names } from './names.ts'
import type { RenamedValues } from './renamed-values.ts'
import { Signatures } from './signatures.ts'
import { Stabilisers } from './stabilisers.ts'

export interface Canonised {
  /** What each process has become. */
  readonly images: Int8Array
  /** Which of the stabilisers it has, which tells how many states differ from it in the names of processes only. */
  readonly stabiliser: number
}

/** Processes of one role and colour, by twins. */
type Class = readonly (readonly number[])[]

export class CanonicalForm {
  readonly stabilisers: Stabilisers
  readonly #places: Places
  readonly #colours: Colours
  /** By the processes at its two ends: a channel. */
  readonly #channels: Int32Array
  readonly #processes: number
  /** The least state so far, and the one that is tried. */
  #least: Int32Array
  #tried: Int32Array
  readonly #images: Int8Array
  readonly #leastImages: Int8Array
  /** What changes nothing, but for two at a time. */
  readonly #swap: Int8Array
  #ties = 0
  /** The processes in the order of their colours, role by role. */
  readonly #order: Int32Array
  /** By place in that order: the how many of its twins that is, counted from 1. */
  readonly #ranks: Int32Array
  readonly #canonised: { images: Int8Array; stabiliser: number }

  constructor(
    readonly components: readonly Component[],
    readonly names: Names,
    readonly renamedValues: RenamedValues,
  ) {
    const { size } = names
    this.stabilisers = new Stabilisers(names.roles)
    this.#places = placesOf(components, names)
    this.#colours = new Colours(names, this.#places, new Signatures(renamedValues.values, names), renamedValues)
    this.#processes = this.#places.own.length
    this.#channels = new Int32Array(this.#processes ** 2).fill(-1)
    for (const [c, to] of this.#places.to.entries()) {
      if (to >= 0) this.#channels[this.#places.from[c]! * this.#processes + to] = c
    }
    this.#least = new Int32Array(components.length)
    this.#tried = new Int32Array(components.length)
    this.#images = new Int8Array(size)
    this.#leastImages = new Int8Array(size)
    this.#swap = Int8Array.from({ length: size }, (_, p) => p)
    this.#order = Int32Array.from({ length: size }, (_, p) => p)
    this.#ranks = new Int32Array(size)
    this.#canonised = { images: this.#leastImages, stabiliser: 0 }
  }

  /**
   * Puts the canonical form of the state whose components are in `cells` from `base` on into their place. What is said of
   * the state is true until the next one.
   */
  canonise(cells: Int32Array, base: number): Canonised {
    this.#colours.begin(cells, base)
    this.#sort()
    this.#ties = 0
    if (this.#tellTwins(cells, base)) {
      for (let i = 0; i < this.#order.length; i++) this.#images[this.#order[i]!] = i
      this.#tryImages(cells, base)
      this.#canonised.stabiliser = this.stabilisers.of(this.#ranks, 1)
    } else {
      const classes = this.#classes(cells, base)
      this.#tryAll(cells, base, classes, 0, [])
      const ranks = classes.flat(2).flatMap((twins) => twins.map((_, i) => i + 1))
      this.#canonised.stabiliser = this.stabilisers.of(ranks, this.#ties)
    }
    cells.set(this.#least, base)
    return this.#canonised
  }

  /**
   * Of a state in canonical form, whose twins mostly stand side by side: by process, the how many it is of those side by
   * side, counted from 1.
   */
  ranksOfTwins(cells: Int32Array, base: number): Int32Array {
    const { roleOf, size } = this.names
    const ranks = this.#ranks
    for (let p = 0; p < size; p++) {
      const isTwin = p > 0 && roleOf[p] === roleOf[p - 1] && this.#areTwins(cells, base, p - 1, p)
      ranks[p] = isTwin ? ranks[p - 1]! + 1 : 1
    }
    return ranks
  }

  /** By colour, role by role. */
  #sort(): void {
    const order = this.#order
    const colours = this.#colours
    const { roleOf } = this.names
    for (let i = 0; i < order.length; i++) {
      let at = i // the ids of a role follow one another
      for (; at > 0 && roleOf[order[at - 1]!] === roleOf[i] && colours.compare(order[at - 1]!, i) > 0; at--) {
        order[at] = order[at - 1]!
      }
      order[at] = i
    }
  }

  /** Whether all that are tied are twins. */
  #tellTwins(cells: Int32Array, base: number): boolean {
    const order = this.#order
    const { roleOf } = this.names
    for (let i = 0; i < order.length; i++) {
      const p = order[i]!
      const before = i === 0 ? -1 : order[i - 1]!
      const isTied = before >= 0 && roleOf[before] === roleOf[p] && this.#colours.compare(before, p) === 0
      if (isTied && !this.#areTwins(cells, base, before, p)) return false
      this.#ranks[i] = isTied ? this.#ranks[i - 1]! + 1 : 1
    }
    return true
  }

  /** Of each role, its processes by colour, and those of a colour by twins. */
  #classes(cells: Int32Array, base: number): readonly (readonly Class[])[] {
    let classes = this.#byColour(cells, base)
    for (let count = countOf(classes); classes.some((role) => role.some((twins) => twins.length > 1)); ) {
      this.#colours.refine(cells, base)
      this.#sort()
      classes = this.#byColour(cells, base)
      const refined = countOf(classes)
      if (refined === count) break
      count = refined
    }
    return classes
  }

  #byColour(cells: Int32Array, base: number): readonly (readonly Class[])[] {
    return this.names.roles.map((_, role) => {
      const classes: number[][] = []
      for (const p of this.#order) {
        if (this.names.roleOf[p] !== role) continue
        const last = classes.at(-1)
        if (last !== undefined && this.#colours.compare(last[0]!, p) === 0) last.push(p)
        else classes.push([p])
      }
      return classes.map((tied) => this.#byTwins(cells, base, tied))
    })
  }

  /** To be twins is an equivalence: whoever is the twin of one is that of all its twins. */
  #byTwins(cells: Int32Array, base: number, tied: readonly number[]): Class {
    const twins: number[][] = []
    for (const p of tied) {
      const known = twins.find(([q]) => this.#areTwins(cells, base, p, q!))
      if (known === undefined) twins.push([p])
      else known.push(p)
    }
    return twins
  }

  /** Whether nothing changes if two processes exchange their names. */
  #areTwins(cells: Int32Array, base: number, p: number, q: number): boolean {
    const images = this.#swap
    images[p] = q
    images[q] = p
    let c = 0
    while (c < this.components.length && this.#isKept(cells, base, c, images)) c++
    images[p] = p
    images[q] = q
    return c === this.components.length
  }

  #isKept(cells: Int32Array, base: number, c: number, images: Int8Array): boolean {
    return this.renamedValues.idOf(c, cells[base + c]!, images) === cells[base + this.#movedTo(c, images)]
  }

  #movedTo(c: number, images: Int8Array): number {
    const { from, to, own } = this.#places
    const { size } = this.names
    const first = from[c]!
    if (first < 0) return c
    const image = first < size ? images[first]! : first
    const last = to[c]!
    if (last < 0) return own[image]!
    return this.#channels[image * this.#processes + (last < size ? images[last]! : last)]!
  }

  /** Tries every order of the twins of every class, role by role. */
  #tryAll(
    cells: Int32Array,
    base: number,
    roles: readonly (readonly Class[])[],
    role: number,
    orders: readonly (readonly number[])[],
  ): void {
    const classes = roles[role]
    if (classes === undefined) {
      this.#try(cells, base, orders)
      return
    }
    this.#ordersOf(classes, 0, [], (order) => this.#tryAll(cells, base, roles, role + 1, [...orders, order]))
  }

  #ordersOf(
    classes: readonly Class[],
    at: number,
    before: readonly number[],
    met: (order: readonly number[]) => void,
  ): void {
    const twins = classes[at]
    if (twins === undefined) met(before)
    else interleavings(twins, before, (order) => this.#ordersOf(classes, at + 1, order, met))
  }

  #try(cells: Int32Array, base: number, orders: readonly (readonly number[])[]): void {
    let number = 0
    for (const order of orders) for (const p of order) this.#images[p] = number++
    this.#tryImages(cells, base)
  }

  #tryImages(cells: Int32Array, base: number): void {
    const tried = this.#tried
    for (let c = 0; c < tried.length; c++) {
      tried[this.#movedTo(c, this.#images)] = this.renamedValues.idOf(c, cells[base + c]!, this.#images)
    }
    const order = this.#ties === 0 ? -1 : compare(tried, this.#least)
    if (order === 0) this.#ties++
    if (order >= 0) return
    this.#ties = 1
    this.#tried = this.#least
    this.#least = tried
    this.#leastImages.set(this.#images)
  }
}

/** Every way to arrange some groups after `before` in which the members of each keep their order. */
function interleavings(
  groups: readonly (readonly number[])[],
  before: readonly number[],
  met: (order: readonly number[]) => void,
): void {
  if (groups.length === 1) {
    met([...before, ...groups[0]!])
    return
  }
  for (const [i, group] of groups.entries()) {
    const rest = group.slice(1)
    const left = groups.flatMap((other, j) => (j !== i ? [other] : rest.length > 0 ? [rest] : []))
    interleavings(left, [...before, group[0]!], met)
  }
}

const countOf = (classes: readonly (readonly Class[])[]): number => classes.reduce((sum, role) => sum + role.length, 0)

function compare(a: Int32Array, b: Int32Array): number {
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return a[i]! - b[i]!
  return 0
}
