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
 * A child is a node offset (> 0), a leaf (< 0: leaf l is -1 - l), or 0: not known yet.
 */
import type { Segment } from './observed-run.ts'

export const CHOOSE = -1
/** A receive node's cell is `RECEIVE - channel`. */
export const RECEIVE = -2

/** What `insert` returns for a run that no pure body could have made. */
export const CONTRADICTION = 'contradiction'

/** More than a search should give its tries: 512 MB. A node has room for every answer up to the highest it met. */
export const MOST_CELLS = 1 << 27

const NODE = 4
const FIRST_SIZE = 1 << 12

/** Answers the observations of a run that is being inserted, as probe and class. */
export interface Answers {
  readonly probeOf: (observation: Segment['observations'][number]) => number
  readonly answer: (probe: number, cell: number) => number
  readonly cellOf: (observation: Segment['observations'][number]) => number
}

export class DecisionTries {
  /** Replaced by a longer one as it fills: read it afresh after every insertion. */
  pool = new Int32Array(FIRST_SIZE)
  nodes = 0
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
    return branch < pool[node + 3]! ? pool[pool[node + 2]! + branch]! : 0
  }

  /**
   * Adds a run to the trie at `root`. `newLeaf` makes its leaf, unless the trie knows one for these answers already.
   * Returns the leaf, or undefined where the run met an empty channel, which leads to no leaf.
   */
  insert(
    root: number,
    segments: readonly Segment[],
    answers: Answers,
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
  #askAll(from: number, at: number, segment: Segment, answers: Answers): [number, number] | typeof CONTRADICTION {
    let node = from
    let branch = at
    const open = segment.observations.map((observation) => ({
      cell: answers.cellOf(observation),
      probe: answers.probeOf(observation),
    }))
    for (;;) {
      let next = this.child(node, branch)
      const asksNoMore = next < 0 || (next > 0 && this.pool[next]! < 0)
      if (asksNoMore) return open.length === 0 ? [node, branch] : CONTRADICTION
      if (next === 0) {
        const question = open.shift()
        if (question === undefined) return [node, branch]
        next = this.#add(question.cell, question.probe, 2)
        this.#setChild(node, branch, next)
      }
      const cell = this.pool[next]!
      const probe = this.pool[next + 1]!
      const asked = open.findIndex((question) => question.cell === cell && question.probe === probe)
      if (asked >= 0) open.splice(asked, 1)
      node = next
      branch = answers.answer(probe, cell)
    }
  }

  /** Whether a child is what a pure body must have met again: a leaf, the same channel, or as many options. */
  #fits(child: number, choice: Segment['choice']): boolean {
    if (child < 0 || choice === undefined) return child < 0 && choice === undefined
    const kind = this.pool[child]!
    if (choice.kind === 'receive') return kind === RECEIVE - choice.channel
    return kind === CHOOSE && this.pool[child + 3] === choice.options.length
  }

  #addChoice(choice: NonNullable<Segment['choice']>): number {
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
    if (branch >= this.pool[node + 3]!) this.#widen(node, branch)
    this.pool[this.pool[node + 2]! + branch] = child
  }

  /** Moves a node's children to where there is room for more. */
  #widen(node: number, branch: number): void {
    const room = this.pool[node + 3]!
    const wider = Math.max(2 * room, branch + 1)
    const children = this.#reserve(wider)
    this.pool.copyWithin(children, this.pool[node + 2]!, this.pool[node + 2]! + room)
    this.pool[node + 2] = children
    this.pool[node + 3] = wider
  }

  #reserve(length: number): number {
    const start = this.#end
    this.#end += length
    if (this.#end > this.pool.length) {
      const longer = new Int32Array(Math.max(2 * this.pool.length, this.#end))
      longer.set(this.pool)
      this.pool = longer
    }
    return start
  }
}
