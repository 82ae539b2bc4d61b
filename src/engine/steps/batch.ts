/**
 * Some states of one depth that are left together. Every stage is done for all of them before the next begins: reading
 * what they are (left-states.ts), finding the lists of their steps (found-lists.ts), gathering those (taking.ts), folding
 * the nodes above what a step changes (folds.ts). So each stage is a short loop whose cache misses do not wait for each
 * other, and that is where the time of a search goes.
 *
 * Neighbours are left as one. A step of the major half leads from all of them to one word of states, and costs as much as
 * it would from one. A step of the minor half leads to a few words, by maps (word-maps.ts), where that half is a cluster.
 *
 * Its place among the rooms of the engine: docs/architecture.md.
 */
import type { Leaf } from '../memo/rule-memo.ts'
import type { TrieWalk } from '../memo/trie-walk.ts'
import type { Memory } from '../store/memory.ts'
import type { StateStore } from '../store/state-store.ts'
import { Adding } from './adding.ts'
import { Folds } from './folds.ts'
import { FoundLists } from './found-lists.ts'
import { Gathered } from './gathered.ts'
import { LeftStates } from './left-states.ts'
import type { Moves } from './moves.ts'
import type { StepLists } from './step-lists.ts'
import { Taking } from './taking.ts'

/** A batch ends early, with the group that brought it so far: budgets are looked at between batches. */
const MOST_STEPS = 1 << 16
const MOST_RUNS = 16
/** With less room for states than this, every state is found and left alone: so the batch ends where it should. */
const ROOM_FOR_NEIGHBOURS = 1 << 16

export class Batch {
  readonly left: LeftStates
  readonly steps = new Gathered()
  readonly taking: Taking
  /** Whether neighbours are one, to be left and to be entered into the store. */
  hasRoomForNeighbours = false
  readonly #found: FoundLists
  readonly #folds: Folds

  /** @param most states at a time @param crowd so many neighbours, or more, take the steps of the minor half together */
  constructor(
    readonly store: StateStore,
    readonly lists: StepLists,
    moves: Moves,
    tries: TrieWalk,
    readonly most: number,
    crowd: number,
  ) {
    this.left = new LeftStates(store, most)
    this.#found = new FoundLists(this.left, lists, crowd)
    this.#folds = new Folds(store, this.steps, this.left.values)
    const adding = new Adding(this.left, this.#found, lists, moves, this.steps, this.#folds)
    this.taking = new Taking(this.left, this.#found, lists, tries, this.steps, adding)
  }

  /** The number of the first entry left. */
  get first(): number {
    return this.left.first
  }

  /** How many states there are. */
  get states(): number {
    return this.left.count
  }

  /**
   * Gathers all steps of the states of some entries, which are at least one and may be fewer than there are. The last of
   * them is the first with which `room` states are reached, or one of its neighbours.
   */
  leave(first: number, entries: number, room = Number.POSITIVE_INFINITY): void {
    const { left, taking, lists } = this
    const most = Math.min(room, MOST_STEPS)
    this.steps.count = 0
    this.#folds.clear()
    taking.clear()
    this.hasRoomForNeighbours = room > ROOM_FOR_NEIGHBOURS
    left.read(first, entries, this.hasRoomForNeighbours)
    this.#found.find(lists.memo.bodyRuns + MOST_RUNS)
    for (let group = 0; left.groups[group]! < left.count; group++) {
      const end = Math.min(left.groups[group + 1]!, left.count)
      taking.take(left.groups[group]!, end)
      if (taking.reach >= most) left.cutAfter(end - 1)
    }
  }

  /** Makes room in the store for where the steps lead. False, and nothing is stored, where memory does not allow it. */
  makeRoom(memory: Memory): boolean {
    return this.#folds.makeRoom(memory) && this.store.root.makeRoom(this.taking.reach, memory)
  }

  /** Folds what has changed: then the steps have the halves that they lead to. */
  fold(): void {
    this.#folds.fold()
  }

  leafOf(step: number): Leaf {
    return this.lists.memo.leaves[this.steps.leaves[step]!]!
  }

  /** Of a step of neighbours: tells each of these states, and the minor half that the step leads to from it. */
  eachOfNeighbours(step: number, visit: (i: number, minor: number) => void): void {
    const { maps } = this.#found
    const { values, bits } = this.left
    const minors = values[this.store.minorHalf]!
    const map = this.steps.maps[step]!
    let sources = this.steps.sources[step]!
    for (let i = this.steps.from[step]!; sources !== 0; i++) {
      const bit = bits[i]!
      if ((sources & bit) === 0) continue
      sources &= ~bit
      visit(i, map === 0 ? minors[i]! : maps.target(map, bit))
    }
  }

  /** How many words there are whose steps are remembered, and in how many bytes, besides the step lists. */
  get words(): { readonly count: number; readonly bytes: number } {
    return { count: this.#found.words.size, bytes: this.#found.bytes }
  }

  /** Forgets what is remembered of words, besides the step lists. */
  forget(): void {
    this.#found.forget()
  }

  /** Makes the counts of the leaves what they are by the steps that were taken together. */
  settle(): void {
    this.#found.settle()
  }
}
