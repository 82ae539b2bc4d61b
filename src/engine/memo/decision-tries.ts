/**
 * Decision tries: what a body will do in a state, found by asking the state a few questions.
 *
 * An inner node asks one question of one cell (a probe, see probes.ts), or branches over the options of a choice, or
 * over the messages that a channel offers. A leaf stands for everything a run did. All tries of a search live in one
 * Int32Array, so that a walk is a few neighbouring reads.
 *
 * Why a leaf may be trusted: the questions on the way from the root to a leaf include every question of the run that
 * made the leaf, with the same answers. A pure body that gets the same answers does the same. Nothing depends on the
 * order of the questions, so a run is inserted by following the questions that are there already and appending those of
 * its own that remain.
 *
 * Layout of a node at offset n: [kind or cell, probe, offset of its children, how many children there is room for].
 * A child is a node offset (> 0), a leaf (< 0: leaf l is -1 - l), or 0: not known yet. Where a node's children are few
 * and far between (of ten thousand messages, a state sees three), they stand in a hash table instead, and the room is
 * negative: such a node is read by `child`, whatever inlines it must fall back on it before it takes a 0 for unknown.
 */

import { grown } from '../values/grown.ts'
import type { Choice, Segment } from '../values/observations.ts'
import type { Observation } from '../values/spot.ts'
import { OpenQuestions } from './open-questions.ts'

export const CHOOSE = -1
/** A receive node's cell is `RECEIVE - channel`. */
export const RECEIVE = -2

/** What `insert` returns for a run that no pure body could have made. */
export const CONTRADICTION = 'contradiction'

/** More than a search should give its tries: 256 MB, which the array has room for before it must be doubled. */
export const MOST_CELLS = 0.95 * 2 ** 26

/** Children that would need more room than this are hashed, if that takes less than half as much. */
const WIDE = 64

const NODE = 4
const FIRST_SIZE = 1 << 12

/** Answers the observations of a run that is being inserted, as probe and class. */
export interface Answers<O> {
  readonly probeOf: (observation: O) => number
  readonly answer: (probe: number, cell: number) => number
  readonly cellOf: (observation: O) => number
}

/** A node as it is told of, and how many of its children are known: answers to its question, options, messages. */
export interface TrieNode {
  /** The cell it asks, CHOOSE, or RECEIVE less the channel. */
  readonly cell: number
  readonly probe: number
  readonly answers: number
  /** How many of these end the walk. */
  readonly leaves: number
  /** Integers that it takes in the pool. */
  readonly cells: number
}

export class DecisionTries {
  /** Replaced by a longer one as it fills: read it afresh after every insertion. */
  pool = new Int32Array(FIRST_SIZE)
  nodes = 0
  /** How often a child was set. */
  edges = 0
  #end = 1

  /** A new, empty trie: a node with one child, the trie's first question or leaf. */
  addRoot(): number {
    return this.#add(CHOOSE, 0, 1)
  }

  /** Integers in use. */
  get cells(): number {
    return this.#end
  }

  child(node: number, branch: number): number {
    const { pool } = this
    const room = pool[node + 3]!
    if (room < 0) return pool[this.#slotOf(node, branch) + 1]!
    return branch < room ? pool[pool[node + 2]! + branch]! : 0
  }

  /** The nodes of the trie at `root`, itself first. */
  *nodesOf(root: number): Generator<TrieNode> {
    const { pool } = this
    const waiting = [root]
    for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
      const children = this.#childrenOf(node)
      const nodes = children.filter((child) => child > 0)
      yield {
        cell: pool[node]!,
        probe: pool[node + 1]!,
        answers: children.length,
        leaves: children.length - nodes.length,
        cells: NODE + (pool[node + 3]! < 0 ? 1 - 2 * pool[node + 3]! : pool[node + 3]!),
      }
      for (const child of nodes) waiting.push(child)
    }
  }

  /** The nodes and leaves right below a node. */
  #childrenOf(node: number): number[] {
    return this.#branchesOf(node).filter((_, i) => i % 2 === 1)
  }

  /**
   * Adds a run to the trie at `root`. `newLeaf` makes its leaf, unless the trie knows one for these answers already.
   * Returns the leaf, or undefined where the run met an empty channel, which leads to no leaf.
   */
  insert<O extends Observation>(
    root: number,
    segments: readonly Segment<O>[],
    answers: Answers<O>,
    newLeaf: () => number,
  ): number | undefined | typeof CONTRADICTION {
    let node = root
    let branch = 0
    for (const segment of segments) {
      const end = this.#askAll(node, branch, segment, answers)
      if (end === CONTRADICTION) return CONTRADICTION
      ;[node, branch] = end
      const { choice } = segment
      const found = this.child(node, branch)
      if (found !== 0 && !this.#fits(found, choice)) return CONTRADICTION
      if (choice === undefined) {
        if (found < 0) return -1 - found
        const leaf = newLeaf()
        this.#setChild(node, branch, -1 - leaf)
        return leaf
      }
      const next = found !== 0 ? found : this.#addChoice(choice)
      if (found === 0) this.#setChild(node, branch, next)
      if (choice.taken === undefined) return undefined
      node = next
      branch = choice.taken
    }
    return undefined
  }

  /**
   * Follows the questions of the trie, then appends those of the segment that were not among them. A pure body that got
   * the same answers has asked nothing else: questions that remain where the trie asks no more contradict it.
   */
  #askAll<O extends Observation>(
    from: number,
    at: number,
    { observations }: Segment<O>,
    { cellOf, probeOf, answer }: Answers<O>,
  ): [number, number] | typeof CONTRADICTION {
    const open = new OpenQuestions(observations.map(cellOf), observations.map(probeOf))
    let node = from
    let branch = at
    for (;;) {
      let next = this.child(node, branch)
      const asksNoMore = next < 0 || (next > 0 && this.pool[next]! < 0)
      if (asksNoMore) return open.areDone ? [node, branch] : CONTRADICTION
      if (next === 0) {
        if (open.areDone) return [node, branch]
        next = this.#add(open.cell, open.probe, 2)
        this.#setChild(node, branch, next)
      }
      const cell = this.pool[next]!
      const probe = this.pool[next + 1]!
      open.answer(cell, probe)
      node = next
      branch = answer(probe, cell)
    }
  }

  /** Whether a child is what a pure body must have met again: a leaf, the same channel, or as many options. */
  #fits(child: number, choice: Choice | undefined): boolean {
    if (child < 0 || choice === undefined) return child < 0 && choice === undefined
    const kind = this.pool[child]!
    if (choice.kind === 'receive') return kind === RECEIVE - choice.channel
    return kind === CHOOSE && this.pool[child + 3] === choice.options.length
  }

  #addChoice(choice: Choice): number {
    if (choice.kind === 'choose') return this.#add(CHOOSE, 0, choice.options.length)
    return this.#add(RECEIVE - choice.channel, 0, 2)
  }

  #add(kindOrCell: number, probe: number, room: number): number {
    const node = this.#reserve(NODE)
    const children = this.#reserve(room)
    this.pool.set([kindOrCell, probe, children, room], node)
    this.nodes++
    return node
  }

  #setChild(node: number, branch: number, child: number): void {
    this.edges++
    const room = this.pool[node + 3]!
    if (room >= 0 && branch >= room) this.#widen(node, branch)
    if (this.pool[node + 3]! < 0) this.#hash(node, branch, child)
    else this.pool[this.pool[node + 2]! + branch] = child
  }

  /** Moves a node's children to where there is room for one more. */
  #widen(node: number, branch: number): void {
    const children = this.#branchesOf(node)
    const wider = Math.max(2 * this.pool[node + 3]!, branch + 1)
    const capacity = capacityFor(children.length / 2 + 1)
    if (wider > WIDE && 4 * capacity < wider) this.#moveHashed(node, children, capacity)
    else this.#moveInOrder(node, children, wider)
  }

  /** Branch, child, branch, child, ... */
  #branchesOf(node: number): number[] {
    const { pool } = this
    const start = pool[node + 2]!
    const room = pool[node + 3]!
    const children: number[] = []
    for (let branch = 0; branch < room; branch++) {
      if (pool[start + branch] !== 0) children.push(branch, pool[start + branch]!)
    }
    for (let at = start + 1; at < start - 2 * room; at += 2) {
      if (pool[at + 1] !== 0) children.push(pool[at]!, pool[at + 1]!)
    }
    return children
  }

  #moveInOrder(node: number, children: readonly number[], room: number): void {
    const start = this.#reserve(room)
    for (let i = 0; i < children.length; i += 2) this.pool[start + children[i]!] = children[i + 1]!
    this.pool[node + 2] = start
    this.pool[node + 3] = room
  }

  /** A hash table of children: how many there are, then pairs of a branch and its child. */
  #moveHashed(node: number, children: readonly number[], capacity: number): void {
    const start = this.#reserve(1 + 2 * capacity)
    this.pool[node + 2] = start
    this.pool[node + 3] = -capacity
    for (let i = 0; i < children.length; i += 2) this.#hash(node, children[i]!, children[i + 1]!)
  }

  #hash(node: number, branch: number, child: number): void {
    const start = this.pool[node + 2]!
    const capacity = -this.pool[node + 3]!
    const slot = this.#slotOf(node, branch)
    const isNew = this.pool[slot + 1] === 0
    this.pool[slot] = branch
    this.pool[slot + 1] = child
    if (isNew && 2 * ++this.pool[start]! > capacity) this.#rehash(node)
  }

  /** Doubles a hash table, or does without one where the children have come to stand close together. */
  #rehash(node: number): void {
    const children = this.#branchesOf(node)
    const capacity = -2 * this.pool[node + 3]!
    const room = 1 + children.reduce((most, branch, i) => (i % 2 === 0 ? Math.max(most, branch) : most), 0)
    if (room <= 2 * capacity) this.#moveInOrder(node, children, room)
    else this.#moveHashed(node, children, capacity)
  }

  /** Where a branch of a hashed node stands, or would stand. */
  #slotOf(node: number, branch: number): number {
    const { pool } = this
    const first = pool[node + 2]! + 1
    const mask = -pool[node + 3]! - 1
    let at = (Math.imul(branch, 0x9e3779b1) >>> 7) & mask
    while (pool[first + 2 * at + 1] !== 0 && pool[first + 2 * at] !== branch) at = (at + 1) & mask
    return first + 2 * at
  }

  #reserve(length: number): number {
    const start = this.#end
    this.#end += length
    if (this.#end > this.pool.length) this.pool = grown(this.pool, Math.max(2 * this.pool.length, this.#end))
    return start
  }
}

/** A power of two that leaves half of a hash table free. */
const capacityFor = (children: number): number => 2 ** Math.ceil(Math.log2(4 * children))
