/**
 * Walks down the decision tries in the store's current state.
 *
 * A walk follows the answers of the state down to a leaf. Where it meets a choice it goes down every branch, the others
 * waiting on a small stack. Where the trie ends, the body is run once (`learn`) and the walk goes on. Index arithmetic
 * stays in range because nodes are written whole (decision-tries.ts); hence the non-null assertions.
 */
import { SplitbrainError } from '../../value/splitbrain-error.ts'
import type { StateStore } from '../store/state-store.ts'
import type { Segment } from '../values/observations.ts'
import type { Probes } from '../values/probes.ts'
import type { Values } from '../values/values.ts'
import { CHOOSE, RECEIVE } from './decision-tries.ts'
import { nameOf, type RuleMemo } from './rule-memo.ts'

const NOTHING: readonly Segment[] = []

/** Messages are not told apart by questions with few answers: who takes them is at home with them. */
const RECEIVES = 1e6

/** An edge of a trie, with the choices that were made above it. */
export interface Edge {
  readonly rule: number
  readonly node: number
  readonly branch: number
  readonly taken: readonly number[]
}

/** What a walk came to: a leaf's index (0: the rule has no step), or a question that it may not ask. True stops it. */
export type Meet = (leaf: number, beyond: Edge | undefined) => boolean

export class TrieWalk {
  /** Branches still to be walked: node, branch, and how many choices were made above it. */
  readonly #stack: number[] = []
  /** How much of it waits, in a walk that was stopped; its rule, and how many choices were made above its first edge. */
  #waiting = 0
  #rule = 0
  #given = 0
  /** The branches taken at the choices above the walk, for `learn`. */
  readonly #taken: number[] = []
  /** What a body did last on the state that is walked in: empty at first. */
  #lastRun: readonly Segment[] = NOTHING

  constructor(
    readonly memo: RuleMemo,
    readonly store: Pick<StateStore, 'cells' | 'cellOf'>,
    readonly probes: Probes,
    readonly values: Values,
  ) {}

  /** The edge at which a rule's trie begins. */
  rootOf(rule: number): Edge {
    return { rule, node: this.memo.roots[rule]!, branch: 0, taken: [] }
  }

  /**
   * Walks on from an edge. True where `meet` stopped it.
   * @param mayAsk whether a cell may be asked a probe (-1: for its messages); where it may not, the walk is met there
   */
  walk({ rule, node, branch, taken }: Edge, meet: Meet, mayAsk?: (cell: number, probe: number) => boolean): boolean {
    const stack = this.#stack
    this.#lastRun = NOTHING
    for (let i = 0; i < taken.length; i++) this.#taken[i] = taken[i]!
    stack[0] = node
    stack[1] = branch
    stack[2] = taken.length
    this.#rule = rule
    this.#given = taken.length
    return this.#goOn(3, meet, mayAsk)
  }

  /** Goes on with a walk that was stopped, on the same state. */
  resume(meet: Meet): boolean {
    return this.#goOn(this.#waiting, meet)
  }

  #goOn(length: number, meet: Meet, mayAsk?: (cell: number, probe: number) => boolean): boolean {
    const { memo, store, probes } = this
    const { cells } = store
    const stack = this.#stack
    const rule = this.#rule
    const given = this.#given
    let top = length
    while (top > 0) {
      top -= 3
      let at = stack[top]!
      let edge = stack[top + 1]!
      const made = stack[top + 2]!
      if (made > given) this.#taken[made - 1] = edge
      for (;;) {
        const { pool } = memo.tries
        const child = edge < pool[at + 3]! ? pool[pool[at + 2]! + edge]! : memo.tries.child(at, edge)
        if (child < 0) {
          if (meet(-1 - child, undefined)) return this.#stopped(top)
          break
        }
        if (child === 0) {
          this.#learn(rule, made, at, edge)
          continue
        }
        const kind = pool[child]!
        if (
          mayAsk !== undefined &&
          kind !== CHOOSE &&
          !mayAsk(this.cellAsked(kind), kind >= 0 ? pool[child + 1]! : -1)
        ) {
          if (meet(0, { rule, node: at, branch: edge, taken: this.#taken.slice(0, made) })) return this.#stopped(top)
          break
        }
        if (kind >= 0) {
          edge = probes.answer(pool[child + 1]!, cells[kind]!)
          at = child
          continue
        }
        top = kind === CHOOSE ? this.#pushOptions(top, child, made + 1) : this.#pushMessages(top, child, made + 1)
        break
      }
    }
    this.#waiting = 0
    return false
  }

  #stopped(top: number): true {
    this.#waiting = top
    return true
  }

  /** The cell that a node which is no choice asks. */
  cellAsked(kind: number): number {
    return kind >= 0 ? kind : this.store.cellOf(RECEIVE - kind)
  }

  /**
   * Calls `count` with every cell that a rule is known to ask, as often as its trie asks it; with that of a channel that
   * it takes messages from, `RECEIVES` times as often. A rule that was never run is run.
   */
  countAsked(rule: number, count: (cell: number, times: number) => void): void {
    const { tries, roots } = this.memo
    const root = roots[rule]!
    this.#lastRun = NOTHING
    if (tries.child(root, 0) === 0) this.#learn(rule, 0, root, 0)
    for (const { cell } of tries.nodesOf(root)) {
      if (cell !== CHOOSE) count(this.cellAsked(cell), cell >= 0 ? 1 : RECEIVES)
    }
  }

  /** Pushed last to first, so that the first option is walked first. */
  #pushOptions(top: number, node: number, choices: number): number {
    const options = this.memo.tries.pool[node + 3]!
    let end = top
    for (let option = options - 1; option >= 0; option--) end = this.#push(end, node, option, choices)
    return end
  }

  #pushMessages(top: number, node: number, choices: number): number {
    const channel = RECEIVE - this.memo.tries.pool[node]!
    const messages = this.values.receivable(channel, this.store.cells[this.store.cellOf(channel)]!)
    let end = top
    for (let i = messages.length - 1; i >= 0; i--) end = this.#push(end, node, messages[i]!, choices)
    return end
  }

  #push(top: number, node: number, branch: number, choices: number): number {
    const stack = this.#stack
    stack[top] = node
    stack[top + 1] = branch
    stack[top + 2] = choices
    return top + 3
  }

  #learn(rule: number, choices: number, node: number, branch: number): void {
    this.#taken.length = choices
    this.#lastRun = this.memo.learn(rule, this.#taken, this.#lastRun)
    if (this.memo.tries.child(node, branch) === 0) {
      throw new SplitbrainError('internal', `${nameOf(this.memo.model.rules[rule]!)} was run, and nothing was learnt`)
    }
  }
}
