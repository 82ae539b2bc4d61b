/**
 * The steps from a state, by the rules' tries. The hot loop of every search.
 *
 * A walk starts at a rule's root and follows the answers of the current state down to a leaf. Where it meets a choice
 * it goes down every branch, the others waiting on a small stack. Where the trie ends, the body is run once (`learn`)
 * and the walk goes on. Index arithmetic stays in range because nodes are written whole (decision-tries.ts) and columns
 * have room for every id of their table (value-table.ts); hence the non-null assertions.
 */
import { SplitbrainError } from '../value/splitbrain-error.ts'
import { CHOOSE, RECEIVE } from './decision-tries.ts'
import type { Probes } from './probes.ts'
import { type Leaf, nameOf, type RuleMemo } from './rule-memo.ts'
import type { StateStore } from './state-store.ts'
import type { Values } from './values.ts'

/** Is told each step of the current state; returning true stops the walk. */
export type Visit = (leaf: Leaf) => boolean

export class Successors {
  /** Branches still to be walked: node, branch, and how many choices were made above it. */
  readonly #stack: number[] = []
  /** The branches taken at the choices above the walk, for `learn`. */
  readonly #taken: number[] = []

  constructor(
    readonly memo: RuleMemo,
    readonly store: StateStore,
    readonly probes: Probes,
    readonly values: Values,
  ) {}

  /**
   * Visits every step of the store's current state, rule by rule. True where `visit` stopped it. Most rules make no
   * choice or are disabled at once: they are done here, without the stack.
   */
  walk(visit: Visit): boolean {
    const { memo, store, probes, values } = this
    const { roots, leaves, tries } = memo
    const { cells, width } = store
    const answers = probes.answers.of
    for (let rule = 0; rule < roots.length; rule++) {
      const { pool } = tries
      let child = pool[pool[roots[rule]! + 2]!]!
      while (child > 0) {
        const cell = pool[child]!
        if (cell < 0) break
        const known = answers[pool[child + 1]!]![cells[cell]!]!
        child = known >= 0 && known < pool[child + 3]! ? pool[pool[child + 2]! + known]! : 0
      }
      if (child < 0) {
        const leaf = leaves[-1 - child]
        if (leaf !== undefined && visit(leaf)) return true
        continue
      }
      const channel = child === 0 ? -1 : RECEIVE - pool[child]!
      if (channel >= 0 && values.receivable(channel, cells[width + channel]!).length === 0) continue
      if (this.#walkRule(rule, visit)) return true
    }
    return false
  }

  #walkRule(rule: number, visit: Visit): boolean {
    const { memo, store, probes } = this
    const { cells } = store
    const answers = probes.answers.of
    const stack = this.#stack
    stack[0] = memo.roots[rule]!
    stack[1] = 0
    stack[2] = 0
    let top = 3
    let pool = memo.tries.pool
    while (top > 0) {
      top -= 3
      let node = stack[top]!
      let branch = stack[top + 1]!
      const choices = stack[top + 2]!
      if (choices > 0) this.#taken[choices - 1] = branch
      for (;;) {
        const child = branch < pool[node + 3]! ? pool[pool[node + 2]! + branch]! : 0
        if (child < 0) {
          const leaf = memo.leaves[-1 - child]
          if (leaf !== undefined && visit(leaf)) return true
          break
        }
        if (child === 0) {
          this.#learn(rule, choices, node, branch)
          pool = memo.tries.pool
          continue
        }
        const cell = pool[child]!
        if (cell >= 0) {
          const probe = pool[child + 1]!
          const value = cells[cell]!
          const known = answers[probe]![value]!
          branch = known >= 0 ? known : probes.answer(probe, value)
          node = child
          continue
        }
        top = cell === CHOOSE ? this.#pushOptions(top, child, choices + 1) : this.#pushMessages(top, child, choices + 1)
        break
      }
    }
    return false
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
    this.memo.learn(rule, this.#taken)
    if (this.memo.tries.child(node, branch) === 0) {
      throw new SplitbrainError('internal', `${nameOf(this.memo.model.rules[rule]!)} was run, and nothing was learnt`)
    }
  }
}
