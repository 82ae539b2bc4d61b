/**
 * The canonical form of a state: of all states that differ in no more than the names of processes, one, always the same.
 *
 * Processes are put in the order of their colours (colours.ts), which leaves ties. Of those that are tied, some are twins:
 * to exchange their names changes nothing, so that their order does not matter. What remains is tried out, every order,
 * and the least of the states is taken. It depends on how values are numbered, but on nothing else of how the search went.
 *
 * The size of the orbit falls out: n! orders, of which those of twins come to one, and so do those that were the least
 * together (orbit-stabiliser theorem).
 */
import type { Component } from '../../model.ts'
import { Colours, type Places, placesOf } from './colours.ts'
import { orderOf } from './group.ts'
import type { Names } from './names.ts'
import type { RenamedValues } from './renamed-values.ts'
import { Signatures } from './signatures.ts'

export interface Canonised {
  /** What each process has become. */
  readonly images: Int8Array
  /** How many states differ from it in the names of processes only, itself included. */
  readonly orbit: number
}

/** Processes of one role and colour, by twins. */
type Class = readonly (readonly number[])[]

export class CanonicalForm {
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
  #ties = 0
  /** Of the whole group. */
  readonly #order: number
  /** By role: its first process. */
  readonly #firsts: readonly number[]
  readonly #canonised: { images: Int8Array; orbit: number }

  constructor(
    readonly components: readonly Component[],
    readonly names: Names,
    readonly renamedValues: RenamedValues,
  ) {
    this.#places = placesOf(components, names)
    this.#colours = new Colours(names, this.#places, new Signatures(renamedValues.values, names), renamedValues)
    this.#processes = this.#places.own.length
    this.#channels = new Int32Array(this.#processes ** 2).fill(-1)
    for (const [c, to] of this.#places.to.entries()) {
      if (to >= 0) this.#channels[this.#places.from[c]! * this.#processes + to] = c
    }
    this.#least = new Int32Array(components.length)
    this.#tried = new Int32Array(components.length)
    this.#images = new Int8Array(names.size)
    this.#leastImages = new Int8Array(names.size)
    this.#canonised = { images: this.#leastImages, orbit: 1 }
    this.#order = orderOf(names.roles)
    this.#firsts = names.roles.map((_, role) => names.roleOf.indexOf(role))
  }

  /**
   * Puts the canonical form of the state whose components are in `cells` from `base` on into their place. What is said of
   * the state is true until the next one.
   */
  canonise(cells: Int32Array, base: number): Canonised {
    this.#colours.begin(cells, base)
    this.#ties = 0
    let orbit = this.#order
    if (this.#areDistinct()) this.#tryImages(cells, base)
    else {
      const classes = this.#classes(cells, base)
      this.#tryAll(cells, base, classes, 0, [])
      orbit = orders(classes, this.names) / this.#ties
    }
    cells.set(this.#least, base)
    this.#canonised.orbit = orbit
    return this.#canonised
  }

  /** Whether the colours tell all apart; then the images are in their order. */
  #areDistinct(): boolean {
    const { of: colours } = this.#colours
    const { roleOf, size } = this.names
    const images = this.#images
    for (let p = 0; p < size; p++) {
      let place = this.#firsts[roleOf[p]!]!
      for (let q = place; q < size && roleOf[q] === roleOf[p]; q++) {
        if (colours[q]! < colours[p]!) place++
        else if (q !== p && colours[q] === colours[p]) return false
      }
      images[p] = place
    }
    return true
  }

  /** Of each role, its processes by colour, and those of a colour by twins. */
  #classes(cells: Int32Array, base: number): readonly (readonly Class[])[] {
    let classes = this.#byColour(cells, base)
    for (let count = countOf(classes); classes.some((role) => role.some((twins) => twins.length > 1)); ) {
      this.#colours.refine(cells, base)
      classes = this.#byColour(cells, base)
      const refined = countOf(classes)
      if (refined === count) break
      count = refined
    }
    return classes
  }

  #byColour(cells: Int32Array, base: number): readonly (readonly Class[])[] {
    const colours = this.#colours.of
    return this.names.roles.map((_, role) => {
      const members = [...this.names.ids.keys()].filter((p) => this.names.roleOf[p] === role)
      members.sort((p, q) => colours[p]! - colours[q]!)
      const classes: number[][] = []
      for (const p of members) {
        const last = classes.at(-1)
        if (last !== undefined && colours[last[0]!] === colours[p]) last.push(p)
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
    const images = this.#images
    for (let i = 0; i < images.length; i++) images[i] = i
    images[p] = q
    images[q] = p
    for (let c = 0; c < this.components.length; c++) {
      if (this.renamedValues.idOf(c, cells[base + c]!, images) !== cells[base + this.#movedTo(c, images)]) return false
    }
    return true
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

/** In how many orders the processes can stand, those of twins counted once. Exact below 2^53. */
function orders(classes: readonly (readonly Class[])[], { roles }: Names): number {
  return classes.reduce((product, role, i) => {
    let left = roles[i]!.ids.length
    return role.flat().reduce((ways, twins) => {
      const chosen = choose(left, twins.length)
      left -= twins.length
      return ways * chosen
    }, product)
  }, 1)
}

function choose(from: number, some: number): number {
  let ways = 1
  for (let i = 1; i <= some; i++) ways = (ways * (from - some + i)) / i
  return ways
}

function compare(a: Int32Array, b: Int32Array): number {
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return a[i]! - b[i]!
  return 0
}
