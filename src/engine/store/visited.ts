/**
 * The set of visited states, each as the pair of halves that its tree has at the root. Ids count up in the order in which
 * states were found, so the set is the log of the search as well: what is expanded next, and what a path is told by, is
 * read back from it by id.
 *
 * Exact on one thread (pair-table.ts) and on several (parallel/shared-states.ts), where some ids below `end` are nobody's;
 * or compact (compact-states.ts).
 */
import type { Memory } from './memory.ts'

export interface Visited {
  /** How many states there are. */
  readonly size: number
  /** Ids are below it. */
  readonly end: number
  readonly bytes: number
  /** Of these bytes: of what is free because a table has just grown. */
  readonly airBytes: number
  /** The share of the room for states that is taken. */
  readonly load: number
  /** The id of a state where it is new; else a negative number, which is -1 - id where the set is exact. */
  add(left: number, right: number): number
  /** The halves of a state; the left one is below 0 where an id is nobody's. */
  leftOf(id: number): number
  rightOf(id: number): number
  /** Reads the halves of states whose ids follow one another. */
  read(first: number, count: number, lefts: Int32Array, rights: Int32Array): void
  /** Makes room for so many more states. False, and as it was, where memory does not allow it. */
  makeRoom(states: number, memory: Memory): boolean
}
