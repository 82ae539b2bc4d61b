/** Adds steps to those gathered: from a list's move, or a map, to the halves that they lead to, or what is to be folded. */
import { UNKNOWN } from '../store/cluster.ts'
import type { Folds } from './folds.ts'
import type { FoundLists } from './found-lists.ts'
import type { Gathered } from './gathered.ts'
import type { LeftStates } from './left-states.ts'
import { LEFT, type Moves } from './moves.ts'
import type { StepLists } from './step-lists.ts'
import { ATLAS, MAP } from './word-maps.ts'

/** A move of a list (step-lists.ts). */
export interface Move {
  /** The index of its leaf. */
  readonly index: number
  /** The node of the cluster that it is at home in, and what it makes of that. */
  readonly home: number
  readonly value: number
  readonly route: number
}

export class Adding {
  constructor(
    readonly states: LeftStates,
    readonly found: FoundLists,
    readonly lists: StepLists,
    readonly moves: Moves,
    readonly steps: Gathered,
    readonly folds: Folds,
  ) {}

  /** Adds a step from state i. */
  add(index: number, i: number, home: number, route: number, value: number): number {
    const { store, values } = this.states
    const step = this.steps.add(i, index, values[store.leftHalf]![i]!, values[store.rightHalf]![i]!)
    if (route !== 0) this.#follow(route, step, i, home, value)
    else this.folds.put(home, value, step)
    return step
  }

  /** Adds a step from state i that is known to lead to these halves. */
  addHalves(index: number, i: number, major: number, minor: number): number {
    const isTurned = this.found.roles.minorBit === LEFT
    return this.steps.add(i, index, isTurned ? minor : major, isTurned ? major : minor)
  }

  /** Adds the steps that a map is, from some neighbours, the first of which is state i. */
  addMap(map: number, sources: number, i: number): void {
    const { steps, states } = this
    const { maps } = this.found
    const { store, values } = states
    const leaf = maps.pool[map + MAP.leaf]!
    const route = maps.pool[map + MAP.route]!
    const value = maps.pool[map + MAP.value]!
    const step =
      route === 0
        ? this.addHalves(leaf, i, values[store.majorHalf]![i]!, value)
        : this.add(leaf, i, store.minorHalf, route, value)
    steps.share(step, sources, maps.image(map, sources), map)
  }

  /** Adds a move of the major half that changes the minor one too, from the neighbours in `mask`, the first of them i. */
  addMapped({ index, home, value, route }: Move, i: number, end: number, mask: number): void {
    const { steps, moves, folds } = this
    const { maps } = this.found
    const { minorHalf, majorHalf } = this.states.store
    const isDirect = home === majorHalf && moves.clustersOf(route) === 1
    const atlas = this.#atlasOf(moves.operationOn(minorHalf, route), index, i, end, mask)
    const atlasEnd = maps.pool[atlas + ATLAS.end]!
    for (let map = atlas + ATLAS.length; map < atlasEnd; map = maps.after(map)) {
      const sources = mask & maps.pool[map + MAP.sources]!
      if (sources === 0) continue
      const minor = maps.pool[map + MAP.value]!
      let step: number
      if (isDirect) step = this.addHalves(index, i, value, minor)
      else {
        step = this.add(index, i, home, route, value)
        folds.put(minorHalf, minor, step)
      }
      steps.share(step, sources, maps.image(map, sources), map)
    }
  }

  /** The atlas of an operation for the word of neighbours, which covers those in `mask`. */
  #atlasOf(operation: number, index: number, first: number, end: number, mask: number): number {
    const { operations } = this.found
    const { values, bits, store } = this.states
    const minors = values[store.minorHalf]!
    const word = minors[first]! >>> 5
    const known = operations.at(operation, word)
    const missing = mask & ~operations.coveredBy(known)
    if (missing === 0) return known
    for (let i = first; i < end; i++) {
      if ((missing & bits[i]!) !== 0) this.#resultOf(operation, minors[i]!, index, i)
    }
    return operations.cover(operation, word, missing, (minor) => this.moves.results.get(operation, minor))
  }

  /** Makes what a step leads to of what it leaves, where that is more than the cluster at home. */
  #follow(route: number, step: number, i: number, home: number, value: number): void {
    const { folds } = this
    const { values } = this.states
    const { routes } = this.moves
    let at = route + 2
    for (const end = at + routes[route + 1]!; at < end; at++) folds.refold(routes[at]!, i, step)
    if (value !== values[home]![i]!) folds.put(home, value, step)
    const end = at + 1 + 2 * routes[at]!
    for (at++; at < end; at += 2) {
      const node = routes[at]!
      folds.put(node, this.#resultOf(routes[at + 1]!, values[node]![i]!, this.steps.leaves[step]!, i), step)
    }
  }

  /** What an operation makes of a value that state i has. */
  #resultOf(operation: number, old: number, index: number, i: number): number {
    const known = this.moves.results.get(operation, old)
    if (known !== UNKNOWN) return known
    this.states.load(i) // should what the body wrote be no value, it is told of this state
    return this.lists.result(operation, old, this.lists.memo.leaves[index]!)
  }
}
