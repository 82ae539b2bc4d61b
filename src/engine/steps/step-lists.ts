/**
 * Step lists: for each value of a cluster, what can happen of the rules that are at home there. Nearly all of it is known
 * from that value and the little that these rules ask of the rest of the state (outlook.ts); a state's steps are the
 * lists of its sections (sections.ts), one after the other, and the many rules that are disabled are not in them.
 *
 * A list lies in `items`, from its start: [end of the moves, end of the list, visits, ways, steps], then the moves, then
 * the steps that change nothing (their leaves). A move is three numbers: a leaf, what it makes of the cluster's value, and
 * the route to what else it changes (moves.ts); or, where the rule goes on to look beyond the cluster, -1 - r for the rest
 * r of its walk, and zeros. `visits` counts the states that the list was taken for, which is how often each of its leaves
 * fired; `ways` and `steps` are how many of its leaves are no faults, and how many there are: rests aside. Where lists
 * begin is told by list-starts.ts.
 */

import type { Leaf } from '../memo/leaves.ts'
import { explained, nameOf, type RuleMemo } from '../memo/rule-memo.ts'
import type { Edge, TrieWalk } from '../memo/trie-walk.ts'
import type { Cluster } from '../store/cluster.ts'
import type { StateStore } from '../store/state-store.ts'
import { grown } from '../values/grown.ts'
import { ListStarts } from './list-starts.ts'
import type { Moves } from './moves.ts'
import { type Asked, keyOf, Outlook } from './outlook.ts'
import { type Section, sectionsOf } from './sections.ts'

const FIRST_SIZE = 1 << 10

/** How long a move is. */
export const MOVE = 3

/** Where the list begins that has nothing in it: most do not, and none of those is written or read for itself. */
export const EMPTY = 1

export const HEADER = { movesEnd: 0, end: 1, visits: 2, ways: 3, steps: 4, length: 5 } as const

export class StepLists {
  /** Replaced as it grows: read it afresh after `listOf`. */
  items = new Int32Array(FIRST_SIZE)
  rests: Edge[] = []
  /** How many lists there are. */
  size = 0
  #end = EMPTY
  /** Empty where they are to be found out anew. */
  sections: readonly Section[] = []
  /** By cluster, and by section: that of its cluster. */
  #startsIn: readonly ListStarts[] = []
  starts: readonly ListStarts[] = []
  /** By rule: what it was met asking beyond the cluster it is at home in; undefined where that is too much. */
  readonly #asked: (Map<string, Asked> | undefined)[]
  #hasLearnt = false
  #restIds = new Map<string, number>()
  /** By cell of the current state: its cluster's position. */
  #clusterOfCell: number[] = []

  /** @param keepsIdle whether steps that change nothing are to be among the moves */
  constructor(
    readonly memo: RuleMemo,
    readonly store: StateStore,
    readonly tries: TrieWalk,
    readonly moves: Moves,
    readonly keepsIdle: boolean,
  ) {
    this.#asked = memo.model.rules.map(() => new Map())
    this.#write([], [], 0, 0)
  }

  /** Whether lists made anew would have fewer rests. */
  get couldKnowMore(): boolean {
    return this.#hasLearnt
  }

  /** To be called when the clusters have changed, or the tries are about to be forgotten. */
  reset(): void {
    this.settle()
    this.items = new Int32Array(FIRST_SIZE)
    this.rests = []
    this.#end = EMPTY
    this.size = 0
    this.starts = []
    this.#startsIn = []
    this.#write([], [], 0, 0)
    this.#restIds = new Map()
    this.sections = []
    this.moves.reset()
  }

  get isSettled(): boolean {
    return this.sections.length > 0
  }

  /** Where the list of a section begins for a view and a value of its cluster; 0 where it is not known. */
  startOf(section: number, view: number, value: number): number {
    return this.starts[section]!.at(this.sections[section]!.place, view, value)
  }

  /** Makes the list of a section for a view and a value, both of which the store's current state has. */
  list(at: number, view: number, value: number): number {
    const { home, rules, outlook } = this.sections[at]!
    const cluster = this.store.clusters[home]!
    const moves: number[] = []
    const idle: number[] = []
    let ways = 0
    let steps = 0
    const meet = (index: number, beyond: Edge | undefined): boolean => {
      if (beyond !== undefined) moves.push(-1 - this.#restOf(beyond), 0, 0)
      if (index === 0) return false
      const leaf = this.planned(index, cluster)
      const result = this.resultAtHome(leaf, value)
      steps++
      if (!leaf.isFault) ways++
      if (result === value && !this.moves.leadsAway(leaf.route) && !this.keepsIdle) idle.push(index)
      else moves.push(index, result, leaf.route)
      return false
    }
    const mayAsk = (cell: number, probe: number) => this.#clusterOfCell[cell] === home || outlook.has(cell, probe)
    for (const rule of rules) this.tries.walk(this.tries.rootOf(rule), meet, mayAsk)
    this.size++
    const start = moves.length + idle.length === 0 ? EMPTY : this.#write(moves, idle, ways, steps)
    this.starts[at]!.set(this.sections[at]!.place, view, value, start)
    return start
  }

  #write(moves: readonly number[], idle: readonly number[], ways: number, steps: number): number {
    const start = this.#reserve(HEADER.length + moves.length + idle.length)
    const { items } = this
    const movesEnd = start + HEADER.length + moves.length
    items[start + HEADER.movesEnd] = movesEnd
    items[start + HEADER.end] = movesEnd + idle.length
    items[start + HEADER.visits] = 0
    items[start + HEADER.ways] = ways
    items[start + HEADER.steps] = steps
    let at = start + HEADER.length
    for (const item of moves) items[at++] = item
    for (const item of idle) items[at++] = item
    return start
  }

  /** A leaf whose plan is for the clusters of the moment. */
  planned(index: number, home: Cluster): Leaf {
    const leaf = this.memo.leaves.all[index]!
    if (leaf.version !== this.moves.version) this.moves.plan(leaf, leaf.changes, home.node)
    return leaf
  }

  /** What a leaf makes of the value of the cluster that its rule is at home in. */
  resultAtHome(leaf: Leaf, value: number): number {
    return leaf.homeOperation < 0 ? value : this.result(leaf.homeOperation, value, leaf)
  }

  /** What an operation of a leaf makes of a cluster's value. @throws SplitbrainError where what the body wrote is no value */
  result(operation: number, value: number, leaf: Leaf): number {
    try {
      return this.moves.apply(operation, value)
    } catch (thrown) {
      throw explained(thrown, nameOf(leaf.rule))
    }
  }

  /** Makes the counts of the leaves what they are by the visits of the lists. */
  settle(): void {
    const { items } = this
    for (let start = EMPTY; start < this.#end; start = items[start + HEADER.end]!) {
      const visits = items[start + HEADER.visits]!
      items[start + HEADER.visits] = 0
      if (visits === 0) continue
      const movesEnd = items[start + HEADER.movesEnd]!
      for (let at = start + HEADER.length; at < movesEnd; at += MOVE) {
        if (items[at]! > 0) this.memo.leaves.all[items[at]!]!.fired += visits
      }
      for (let at = movesEnd; at < items[start + HEADER.end]!; at++) this.memo.leaves.all[items[at]!]!.fired += visits
    }
  }

  /** Of lists and everything that they are made from: the clusters' rows and what operations make of their values. */
  get bytes(): number {
    const { clusters } = this.store
    const ofClusters = clusters.reduce((sum, { rows }) => sum + rows.byteLength, this.moves.results.bytes)
    return this.#startsIn.reduce((sum, { bytes }) => sum + bytes, this.items.byteLength + ofClusters)
  }

  /**
   * To be called with a loaded state when the lists were reset. Finds out where each rule is at home: in the cluster that
   * it is known to ask most of.
   */
  settleIn(): void {
    const { clusters } = this.store
    this.#clusterOfCell = []
    for (const [at, { cells }] of clusters.entries()) for (const cell of cells) this.#clusterOfCell[cell] = at
    this.#hasLearnt = false
    const settled = this.memo.roots.map((_, rule) => {
      return { rule, home: this.#homeOf(rule), asked: [...(this.#asked[rule]?.values() ?? [])] }
    })
    this.sections = sectionsOf(clusters, settled, this.tries.probes)
    this.#startsIn = clusters.map((_, at) => new ListStarts(this.sections.filter(({ home }) => home === at).length))
    this.starts = this.sections.map(({ home }) => this.#startsIn[home]!)
  }

  /** The cluster that a rule asks most of. */
  #homeOf(rule: number): number {
    const asked = this.store.clusters.map(() => 0)
    this.tries.countAsked(rule, (cell, times) => {
      asked[this.#clusterOfCell[cell]!]! += times
    })
    return asked.indexOf(Math.max(...asked))
  }

  #restOf(edge: Edge): number {
    this.#noteQuestion(edge)
    const key = `${edge.node},${edge.branch}`
    let id = this.#restIds.get(key)
    if (id === undefined) {
      id = this.rests.push(edge) - 1
      this.#restIds.set(key, id)
    }
    return id
  }

  /** From now on, a section has lists that are the same in all views. */
  closeOutlook(at: number): void {
    const section = this.sections[at]!
    for (const rule of section.rules) this.#asked[rule] = undefined
    this.starts[at]!.forget(section.place)
    section.outlook = new Outlook([], [], this.tries.probes)
  }

  #noteQuestion({ rule, node, branch }: Edge): void {
    const { tries } = this.memo
    const child = tries.child(node, branch)
    const cell = tries.pool[child]!
    const known = this.#asked[rule]
    if (cell < 0 || known === undefined) return
    const asked = { cell, probe: tries.pool[child + 1]! }
    if (known.has(keyOf(asked))) return
    known.set(keyOf(asked), asked)
    this.#hasLearnt = true
  }

  #reserve(length: number): number {
    const start = this.#end
    this.#end += length
    if (this.#end > this.items.length) this.items = grown(this.items, Math.max(2 * this.items.length, this.#end))
    return start
  }
}
