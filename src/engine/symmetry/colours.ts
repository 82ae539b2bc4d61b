/**
 * Colours: what tells the processes of a state apart, as numbers. Whatever the processes are called, each has the same
 * colour; those that can be told apart by what they and their channels hold, and by what others say of them, have
 * different ones. Refined as long as that tells more of them apart (McKay, "Practical Graph Isomorphism", 1981, and who
 * came before); it need not tell all apart.
 */
import type { Component } from '../../model.ts'
import type { Names } from './names.ts'
import type { RenamedValues } from './renamed-values.ts'
import type { Signatures } from './signatures.ts'

/** Where the processes and channels of a model stand among its components. */
export interface Places {
  /** By process, those that are not renamed last: its component. */
  readonly own: readonly number[]
  /** By component: the process that it is, or that its channel comes from; -1: neither. */
  readonly from: readonly number[]
  /** By component: the process that its channel leads to; -1: it is no channel. */
  readonly to: readonly number[]
}

export function placesOf(components: readonly Component[], names: Names): Places {
  const numbers = new Map(names.numbers)
  for (const { kind, name } of components) if (kind === 'process' && !numbers.has(name)) numbers.set(name, numbers.size)
  const own: number[] = []
  for (const [i, { kind, name }] of components.entries()) if (kind === 'process') own[numbers.get(name)!] = i
  const numberOf = (name: string) => numbers.get(name) ?? -1
  return {
    own,
    from: components.map((one) =>
      one.kind === 'process' ? numberOf(one.name) : one.kind === 'channel' ? numberOf(one.from) : -1,
    ),
    to: components.map((one) => (one.kind === 'channel' ? numberOf(one.to) : -1)),
  }
}

export class Colours {
  /** By process that may be renamed. */
  readonly of: Int32Array
  /** By what each holds alone, which counts first: so states of which a predicate sees no more have few forms. */
  readonly own: Int32Array
  readonly #next: Int32Array

  constructor(
    readonly names: Names,
    readonly places: Places,
    readonly signatures: Signatures,
    readonly renamedValues: RenamedValues,
  ) {
    this.of = new Int32Array(names.size)
    this.own = new Int32Array(names.size)
    this.#next = new Int32Array(names.size)
  }

  /** By what they hold, what is on its way to and from them, and what is said of them. */
  begin(cells: Int32Array, base: number): void {
    const { own, from, to } = this.places
    const { size } = this.names
    const colours = this.of
    for (let p = 0; p < size; p++) {
      this.own[p] = this.signatures.of(own[p]!, cells[base + own[p]!]!, p)
      colours[p] = 0
    }
    for (let c = 0; c < from.length; c++) {
      const value = cells[base + c]!
      if (to[c]! >= 0) this.#addChannel(c, value, from[c]!, to[c]!)
      else if (from[c]! < 0 || from[c]! >= size) this.#addOther(c, value)
    }
  }

  #addChannel(c: number, value: number, from: number, to: number): void {
    const { size } = this.names
    const colours = this.of
    if (from < size) {
      const end = to < size ? 0 : to + 1
      colours[from] = (colours[from]! + mixed(3 + 4 * end, this.signatures.of(c, value, from))) | 0
    }
    if (to < size && to >= 0) {
      const end = from < size ? 0 : from + 1
      colours[to] = (colours[to]! + mixed(5 + 4 * end, this.signatures.of(c, value, to))) | 0
    }
  }

  /** What is shared, or a process that keeps its name, says something of those that stand in it only. */
  #addOther(c: number, value: number): void {
    const colours = this.of
    for (const p of this.renamedValues.idsIn(c, value)) {
      colours[p] = (colours[p]! + mixed(7 + c, this.signatures.of(c, value, p))) | 0
    }
  }

  /** Which of two processes of one role comes first; 0: nothing tells them apart. */
  compare(p: number, q: number): number {
    return this.own[p]! - this.own[q]! || this.of[p]! - this.of[q]!
  }

  /** Once more, by the colours of the others and how each stands to them. */
  refine(cells: Int32Array, base: number): void {
    const { size } = this.names
    for (let p = 0; p < size; p++) this.of[p] = mixed(this.own[p]!, this.of[p]!)
    for (let p = 0; p < size; p++) {
      let sum = mixed(11, this.of[p]!)
      for (let q = 0; q < size; q++)
        if (q !== p) sum = (sum + mixed(this.of[q]!, this.#relation(cells, base, p, q))) | 0
      this.#next[p] = sum
    }
    this.of.set(this.#next)
  }

  #relation(cells: Int32Array, base: number, p: number, q: number): number {
    const { own, from, to } = this.places
    const { size } = this.names
    let sum = mixed(13, this.signatures.of(own[p]!, cells[base + own[p]!]!, p, q))
    sum = mixed(sum, this.signatures.of(own[q]!, cells[base + own[q]!]!, q, p))
    for (let c = 0; c < from.length; c++) {
      const value = cells[base + c]!
      const isBetween = to[c]! >= 0 && ((from[c] === p && to[c] === q) || (from[c] === q && to[c] === p))
      if (isBetween) sum = (sum + mixed(from[c] === p ? 17 : 19, this.signatures.of(c, value, p, q))) | 0
      else if (to[c]! < 0 && (from[c]! < 0 || from[c]! >= size) && this.renamedValues.idsIn(c, value).length > 1) {
        sum = (sum + mixed(23 + c, this.signatures.of(c, value, p, q))) | 0
      }
    }
    return sum
  }
}

function mixed(a: number, b: number): number {
  let hash = Math.imul(a ^ 0x9e3779b9, 0x85ebca6b) ^ Math.imul(b, 0xc2b2ae35)
  hash = Math.imul(hash ^ (hash >>> 15), 0x27d4eb2f)
  return hash ^ (hash >>> 13)
}
