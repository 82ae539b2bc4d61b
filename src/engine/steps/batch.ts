/**
 * Some states of one depth that are expanded together. Every stage is done for all of them before the next begins: reading
 * what they are (parent-states.ts), finding the lists of their steps (found-lists.ts), gathering those (taking.ts), folding
 * the nodes above what a step changes (folds.ts). So each stage is a short loop whose cache misses do not wait for each
 * other, and that is where the time of a search goes.
 *
 * Its place among the rooms of the engine: docs/architecture.md.
 */
import type { Leaf } from '../memo/leaves.ts'
import type { TrieWalk } from '../memo/trie-walk.ts'
import type { Memory } from '../store/memory.ts'
import type { StateStore } from '../store/state-store.ts'
import { Folds } from './folds.ts'
import { FoundLists } from './found-lists.ts'
import { Gathered } from './gathered.ts'
import type { Moves } from './moves.ts'
import { ParentStates } from './parent-states.ts'
import type { StepLists } from './step-lists.ts'
import { Taking } from './taking.ts'

/** A batch ends early, with the state that brought it so far: budgets are looked at between batches. */
const MOST_STEPS = 1 << 16
const MOST_RUNS = 16

export class Batch {
  readonly parents: ParentStates
  readonly steps = new Gathered()
  readonly taking: Taking
  readonly #found: FoundLists
  readonly #folds: Folds

  /** @param most states at a time */
  constructor(
    readonly store: StateStore,
    readonly lists: StepLists,
    moves: Moves,
    tries: TrieWalk,
    most: number,
  ) {
    this.parents = new ParentStates(store, most)
    this.#found = new FoundLists(this.parents, lists)
    this.#folds = new Folds(store, this.steps, this.parents.values)
    this.taking = new Taking(this.parents, this.#found, lists, moves, tries, this.steps, this.#folds)
  }

  /** How many states are expanded. */
  get size(): number {
    return this.parents.count
  }

  /**
   * Gathers all steps of some states whose ids follow one another: at least one, and perhaps fewer than there are. The last
   * of them is the first with which `room` states are reached.
   */
  expand(first: number, states: number, room = Number.POSITIVE_INFINITY): void {
    const { parents, taking, lists } = this
    const most = Math.min(room, MOST_STEPS)
    this.steps.count = 0
    this.#folds.clear()
    taking.clear()
    parents.read(first, states)
    this.#found.find(lists.memo.bodyRuns + MOST_RUNS)
    for (let i = 0; i < parents.count; i++) {
      taking.take(i)
      if (taking.reach >= most) parents.cutAfter(i)
    }
  }

  /** Makes room in the store for where the steps lead. False, and nothing is stored, where memory does not allow it. */
  makeRoom(memory: Memory): boolean {
    return this.#folds.makeRoom(memory) && this.store.visited.makeRoom(this.taking.reach, memory)
  }

  /** Folds what has changed: then the steps have the halves that they lead to. */
  fold(): void {
    this.#folds.fold()
  }

  leafOf(step: number): Leaf {
    return this.lists.memo.leaves.all[this.steps.leaves[step]!]!
  }
}
