/**
 * Goes through the lists of the states of a batch (found-lists.ts), and adds their moves to the steps gathered: with the
 * halves that they lead to, or what is to be folded for these.
 */
import type { TrieWalk } from '../memo/trie-walk.ts'
import { type Cluster, UNKNOWN } from '../store/cluster.ts'
import type { Folds } from './folds.ts'
import type { FoundLists } from './found-lists.ts'
import type { Gathered } from './gathered.ts'
import type { Moves } from './moves.ts'
import type { ParentStates } from './parent-states.ts'
import { EMPTY, HEADER, MOVE, type StepLists } from './step-lists.ts'

export class Taking {
  /** How many states the steps taken lead to, those that they lead to twice counted twice. */
  reach = 0
  /** How many steps there are, with those that change nothing. */
  generated = 0
  /** By state: how many of its steps are no faults. */
  readonly ways: Int32Array
  /** By state: whether there is a step that changes nothing and is not among those gathered. */
  readonly idles: Uint8Array

  constructor(
    readonly parents: ParentStates,
    readonly found: FoundLists,
    readonly lists: StepLists,
    readonly moves: Moves,
    readonly tries: TrieWalk,
    readonly steps: Gathered,
    readonly folds: Folds,
  ) {
    this.ways = new Int32Array(parents.most)
    this.idles = new Uint8Array(parents.most)
  }

  clear(): void {
    this.reach = 0
    this.generated = 0
  }

  /** Takes the steps of state i. */
  take(i: number): void {
    const { starts } = this.found
    const { length } = this.lists.sections
    this.ways[i] = 0
    this.idles[i] = 0
    for (let s = 0; s < length; s++) {
      const start = starts[s]![i]!
      if (start !== EMPTY) this.#takeList(s, start, i)
    }
  }

  #takeList(s: number, start: number, i: number): void {
    const { lists, steps, parents } = this
    const { items } = lists
    const { values, store } = parents
    const { leftHalf, rightHalf } = store
    items[start + HEADER.visits]!++
    this.generated += items[start + HEADER.steps]!
    this.ways[i]! += items[start + HEADER.ways]!
    const end = items[start + HEADER.movesEnd]!
    if (end < items[start + HEADER.end]!) this.idles[i] = 1
    const { node } = lists.sections[s]!
    const left = values[leftHalf]![i]!
    const right = values[rightHalf]![i]!
    for (let at = start + HEADER.length; at < end; at += MOVE) {
      const index = items[at]!
      const value = items[at + 1]!
      if (index < 0) {
        this.#resume(i, s, -1 - index)
        continue
      }
      this.reach++
      if (items[at + 2] !== 0) this.#add(index, i, node, items[at + 2]!, value)
      else if (node === leftHalf) steps.add(i, index, value, right)
      else steps.add(i, index, left, value)
    }
  }

  /** Goes on with a walk that looks beyond its cluster. */
  #resume(i: number, s: number, rest: number): void {
    const home = this.parents.store.clusters[this.lists.sections[s]!.home]!
    this.parents.load(i)
    this.tries.walk(this.lists.rests[rest]!, (index) => {
      if (index > 0) this.#addResumed(i, home, index)
      return false
    })
  }

  #addResumed(i: number, home: Cluster, index: number): void {
    const leaf = this.lists.planned(index, home)
    const value = this.lists.resultAtHome(leaf, this.parents.values[home.node]![i]!)
    leaf.fired++
    this.generated++
    if (!leaf.isFault) this.ways[i]!++
    this.reach++
    this.#add(index, i, home.node, leaf.route, value)
  }

  /** Adds a step that makes `value` of the cluster that its rule is at home in, and more by its route. */
  #add(index: number, i: number, home: number, route: number, value: number): void {
    const { parents, folds } = this
    const { values, store } = parents
    const step = this.steps.add(i, index, values[store.leftHalf]![i]!, values[store.rightHalf]![i]!)
    if (route === 0) {
      folds.put(home, value, step)
      return
    }
    const { routes } = this.moves
    let at = route + 1
    for (const end = at + routes[route]!; at < end; at++) folds.refold(routes[at]!, i, step)
    if (value !== values[home]![i]!) folds.put(home, value, step)
    const end = at + 1 + 2 * routes[at]!
    for (at++; at < end; at += 2) {
      const node = routes[at]!
      folds.put(node, this.#resultOf(routes[at + 1]!, values[node]![i]!, index, i), step)
    }
  }

  /** What an operation makes of a value that state i has. */
  #resultOf(operation: number, old: number, index: number, i: number): number {
    const known = this.moves.results.get(operation, old)
    if (known !== UNKNOWN) return known
    this.parents.load(i) // should what the body wrote be no value, it is told of this state
    return this.lists.result(operation, old, this.lists.memo.leaves.all[index]!)
  }
}
