/**
 * Some states of one depth that are left together. Every stage is done for all of them before the next begins: reading
 * what they are, gathering their steps, folding the nodes above what a step changes. So each stage is a short loop whose
 * cache misses do not wait for each other, and that is where the time of a search goes.
 *
 * By state, `values[node]` holds the live nodes: the clusters and the nodes above them. Of each step there is its state
 * (`from`), its leaf, and the two halves that it leads to. Of a node that must be folded anew there are the two values
 * below it, and which entry of the node above it waits for the result.
 */

import type { Leaf } from '../memo/rule-memo.ts'
import type { TrieWalk } from '../memo/trie-walk.ts'
import { type Cluster, UNKNOWN } from '../store/cluster.ts'
import type { Memory } from '../store/memory.ts'
import type { StateStore } from '../store/state-store.ts'
import type { Moves } from './moves.ts'
import { MOST_VIEWS } from './outlook.ts'
import { HEADER, MOVE, type StepLists } from './step-lists.ts'

const FIRST_ROOM = 1 << 10

/** A batch ends early, at the state that brought it so far: budgets are looked at between batches. */
const MOST_STEPS = 1 << 16
const MOST_RUNS = 16

/** What is to be folded at a node: the values below it, by entry. At the root: what the steps lead to. */
class Fold {
  left = new Int32Array(FIRST_ROOM)
  right = new Int32Array(FIRST_ROOM)
  /** Which entry above waits for it. */
  above = new Int32Array(FIRST_ROOM)
  count = 0
  grow(room: number): void {
    this.left = longer(this.left, room)
    this.right = longer(this.right, room)
    this.above = longer(this.above, room)
  }
}

export class Batch {
  first = 0
  states = 0
  /** Steps gathered, but for those of the lists that change nothing. */
  steps = 0
  /** By step: which state of the batch it leaves, and the index of its leaf. */
  from = new Int32Array(FIRST_ROOM)
  leaves = new Int32Array(FIRST_ROOM)
  /** By step: the two halves it leads to. */
  root = new Fold()
  /** By state: the steps that are no faults. */
  readonly ways: Int32Array
  /** By state: whether there is a step that changes nothing and is not among `steps`. */
  readonly idles: Uint8Array
  generated = 0
  /** By node: its values in the states. */
  readonly values: readonly Int32Array[]
  /** Only there so that what was touched has been of use. */
  touched = 0
  /** By section, then by state: where its list begins. */
  readonly #starts: Int32Array[] = []
  /** By inner node. */
  readonly #folds: readonly Fold[]
  #room = FIRST_ROOM
  /** The state that the store's cells show. */
  #loaded = -1

  constructor(
    readonly store: StateStore,
    readonly lists: StepLists,
    readonly moves: Moves,
    readonly tries: TrieWalk,
    readonly most: number,
  ) {
    this.ways = new Int32Array(most)
    this.idles = new Uint8Array(most)
    this.values = Array.from({ length: 2 * store.width }, () => new Int32Array(most))
    this.#folds = Array.from({ length: store.width }, (_, node) => (node === 1 ? this.root : new Fold()))
  }

  /**
   * Gathers all steps of some states: `steps` of them, of `states` states, which are at least one and may be fewer than
   * asked for. The last of them is the first with which there are `room` steps.
   */
  leave(first: number, states: number, room = Number.POSITIVE_INFINITY): void {
    this.first = first
    this.states = states
    this.steps = 0
    this.generated = 0
    this.#loaded = -1
    this.#read()
    for (const fold of this.#folds) fold.count = 0
    this.#find(this.lists.memo.bodyRuns + MOST_RUNS)
    const most = Math.min(room, MOST_STEPS)
    for (let i = 0; i < this.states; i++) {
      this.#gather(i)
      if (this.steps >= most) this.states = i + 1
    }
  }

  /** Makes room in the store for where the steps lead. False, and nothing is stored, where memory does not allow it. */
  makeRoom(memory: Memory): boolean {
    const { top, tables } = this.store
    for (const node of top) if (!tables[node]!.makeRoom(this.#folds[node]!.count, memory)) return false
    return this.store.root.makeRoom(this.steps, memory)
  }

  leafOf(step: number): Leaf {
    return this.lists.memo.leaves[this.leaves[step]!]!
  }

  /** Makes a state of the batch the store's current one. */
  load(i: number): void {
    if (this.#loaded === i) return
    this.store.load(this.first + i)
    this.#loaded = i
  }

  #read(): void {
    const { store, values, first, states } = this
    const { tables, top } = store
    const { left, right } = store.tree
    store.readHalves(first, states, values[store.leftHalf]!, values[store.rightHalf]!)
    for (let n = 0; n < top.length; n++) {
      const node = top[n]!
      unfold(tables[node]!.pairs, values[node]!, values[left[node]!]!, values[right[node]!]!, states)
    }
  }

  /** Finds the lists of the states, and makes those that are missing. Beyond `mostRuns` bodies run, states are left out. */
  #find(mostRuns: number): void {
    const { lists, values } = this
    if (!lists.isSettled) {
      this.load(0)
      lists.settleIn()
      while (this.#starts.length < lists.sections.length) this.#starts.push(new Int32Array(this.most))
    }
    for (let s = 0; s < lists.sections.length; s++) {
      const { outlook, node } = lists.sections[s]!
      const own = values[node]!
      const starts = this.#starts[s]!
      let touched = 0
      for (let i = 0; i < this.states; i++) {
        const view = outlook.of(values, i)
        if (view >= MOST_VIEWS) {
          this.#findWithout(s, mostRuns)
          return
        }
        const known = lists.startOf(s, view, own[i]!)
        starts[i] = known > 0 ? known : this.#list(s, view, i)
        if (known <= 0 && lists.memo.bodyRuns > mostRuns) this.states = i + 1
        touched ^= lists.items[starts[i]!]!
      }
      this.touched ^= touched
    }
  }

  /** Finds the lists where those of a section cannot tell views apart, for there are too many. */
  #findWithout(s: number, mostRuns: number): void {
    this.lists.closeOutlook(s)
    this.#find(mostRuns)
  }

  #list(s: number, view: number, i: number): number {
    this.load(i)
    return this.lists.list(s, view, this.values[this.lists.sections[s]!.node]![i]!)
  }

  #gather(i: number): void {
    const { lists, store, root } = this
    const { leftHalf } = store
    const { items, sections } = lists
    let { from, leaves } = this
    const left = this.values[store.leftHalf]![i]!
    const right = this.values[store.rightHalf]![i]!
    let ways = 0
    let isIdle = 0
    for (let s = 0; s < sections.length; s++) {
      const { node, home } = sections[s]!
      const start = this.#starts[s]![i]!
      const movesEnd = items[start + HEADER.movesEnd]!
      items[start + HEADER.visits]!++
      ways += items[start + HEADER.ways]!
      this.generated += items[start + HEADER.steps]!
      if (movesEnd < items[start + HEADER.end]!) isIdle = 1
      if (this.steps + movesEnd - start > this.#room) {
        this.#grow(this.steps + movesEnd - start)
        from = this.from
        leaves = this.leaves
      }
      for (let at = start + HEADER.length; at < movesEnd; at += MOVE) {
        const index = items[at]!
        if (index < 0) {
          ways += this.#resume(i, store.clusters[home]!, -1 - index)
          from = this.from
          leaves = this.leaves
          continue
        }
        const route = items[at + 2]!
        const step = this.steps++
        from[step] = i
        leaves[step] = index
        root.left[step] = left
        root.right[step] = right
        if (route !== 0) this.#follow(route, step, i, node, items[at + 1]!)
        else if (node === leftHalf) root.left[step] = items[at + 1]!
        else root.right[step] = items[at + 1]!
      }
    }
    this.ways[i] = ways
    this.idles[i] = isIdle
  }

  /** Makes what a step leads to of what it leaves, where that is more than the cluster at home. */
  #follow(route: number, step: number, i: number, home: number, value: number): void {
    const { values, moves } = this
    const { routes } = moves
    let at = route + 1
    for (const end = at + routes[route]!; at < end; at++) this.#refold(routes[at]!, i, step)
    if (value !== values[home]![i]!) this.#put(home, value, step)
    const end = at + 1 + 2 * routes[at]!
    for (at++; at < end; at += 2) {
      const node = routes[at]!
      const operation = routes[at + 1]!
      const old = values[node]![i]!
      const known = moves.results.get(operation, old)
      this.#put(node, known !== UNKNOWN ? known : this.#result(operation, old, step, i), step)
    }
  }

  /** Begins an entry of a node that must be folded anew, with the values that it has in the state. */
  #refold(node: number, i: number, step: number): void {
    const fold = this.#folds[node]!
    const { left, right, parent } = this.store.tree
    const entry = fold.count++
    fold.left[entry] = this.values[left[node]!]![i]!
    fold.right[entry] = this.values[right[node]!]![i]!
    const above = parent[node]!
    fold.above[entry] = above === 1 ? step : this.#folds[above]!.count - 1
  }

  /** Gives a node its new value, in the entry made last of the node above it. */
  #put(node: number, value: number, step: number): void {
    const { left, parent } = this.store.tree
    const above = parent[node]!
    const fold = this.#folds[above]!
    const side = left[above] === node ? fold.left : fold.right
    side[above === 1 ? step : fold.count - 1] = value
  }

  #result(operation: number, old: number, step: number, i: number): number {
    this.load(i) // should what the body wrote be no value, it is told of this state
    return this.lists.result(operation, old, this.leafOf(step))
  }

  /** Goes on with a walk that looks beyond its cluster. Returns how many of the steps it came to are no faults. */
  #resume(i: number, home: Cluster, rest: number): number {
    let ways = 0
    this.load(i)
    this.tries.walk(this.lists.rests[rest]!, (index) => {
      if (index > 0) ways += this.#addResumed(i, home, index)
      return false
    })
    return ways
  }

  #addResumed(i: number, home: Cluster, index: number): number {
    const leaf = this.lists.planned(index, home)
    const old = this.values[home.node]![i]!
    const value = this.lists.resultAtHome(leaf, old)
    leaf.fired++
    this.generated++
    if (this.steps === this.#room) this.#grow(this.steps + 1)
    const step = this.steps++
    this.from[step] = i
    this.leaves[step] = index
    this.root.left[step] = this.values[this.store.leftHalf]![i]!
    this.root.right[step] = this.values[this.store.rightHalf]![i]!
    if (leaf.route !== 0) this.#follow(leaf.route, step, i, home.node, value)
    else this.#put(home.node, value, step)
    return leaf.isFault ? 0 : 1
  }

  /** Folds what has changed, children before parents; what is left is what the steps lead to. */
  fold(): void {
    const { store } = this
    const { top, tables } = store
    const { left, parent } = store.tree
    for (let n = top.length - 1; n >= 0; n--) {
      const node = top[n]!
      const fold = this.#folds[node]!
      const above = parent[node]!
      const waiting = this.#folds[above]!
      const table = tables[node]!
      const side = left[above] === node ? waiting.left : waiting.right
      for (let e = 0; e < fold.count; e++) side[fold.above[e]!] = table.intern(fold.left[e]!, fold.right[e]!)
      fold.count = 0
    }
  }

  #grow(room: number): void {
    while (this.#room < room) this.#room *= 2
    this.from = longer(this.from, this.#room)
    this.leaves = longer(this.leaves, this.#room)
    for (const fold of this.#folds) fold.grow(this.#room)
  }
}

function unfold(pairs: Int32Array, at: Int32Array, left: Int32Array, right: Int32Array, states: number): void {
  for (let i = 0; i < states; i++) {
    const pair = at[i]! << 1
    left[i] = pairs[pair]!
    right[i] = pairs[pair + 1]!
  }
}

function longer(array: Int32Array, length: number): Int32Array<ArrayBuffer> {
  const grown = new Int32Array(length)
  grown.set(array)
  return grown
}
