/** The steps from the store's current state, one by one: for whoever looks at a single state. (A search leaves many: batch.ts.) */
import type { Leaf } from '../memo/leaves.ts'
import type { RuleMemo } from '../memo/rule-memo.ts'
import type { TrieWalk } from '../memo/trie-walk.ts'

/** Is told each step of the current state; returning true stops the walk. */
export type Visit = (leaf: Leaf) => boolean

export class Successors {
  constructor(
    readonly memo: RuleMemo,
    readonly tries: TrieWalk,
  ) {}

  /** Visits every step, rule by rule. True where `visit` stopped it. */
  walk(visit: Visit): boolean {
    return this.memo.roots.some((_, rule) => this.walkRule(rule, visit))
  }

  /** Visits the steps of one rule. True where `visit` stopped it. */
  walkRule(rule: number, visit: Visit): boolean {
    return this.tries.walk(this.tries.rootOf(rule), (index) => {
      const leaf = this.memo.leaves.all[index]
      return leaf !== undefined && visit(leaf)
    })
  }
}
