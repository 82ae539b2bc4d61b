/**
 * Decides anew, as a search grows, which subtrees are clusters (store/cluster.ts), and that what was remembered by cluster
 * is forgotten then: a few times in a search. Where step lists have become large beside the states, clusters are to be
 * smaller, so that they have fewer values.
 */
import type { RuleMemo } from './memo/rule-memo.ts'
import type { Batch } from './steps/batch.ts'
import type { StepLists } from './steps/step-lists.ts'
import type { StateStore } from './store/state-store.ts'
import type { Tuning } from './tuning.ts'

/** How large the step lists are is looked at whenever there are so many times as many states. */
const LOOK_GROWTH = 1.2

export class Regrouping {
  #regroupsAt: number
  #looksAt = 0
  /** A subtree is a cluster once there are so many times as many states as it has values. */
  #reuse: number

  constructor(
    readonly rules: RuleMemo,
    readonly store: StateStore,
    readonly lists: StepLists,
    readonly batch: Batch,
    readonly tuning: Tuning,
  ) {
    this.#regroupsAt = tuning.regroupsAt
    this.#reuse = tuning.reuse
  }

  /** To be called between batches. */
  settle(): void {
    const { isFull } = this.rules
    const { size } = this.store
    if (size < this.#looksAt && !isFull) return
    this.#looksAt = Math.min(LOOK_GROWTH * size, this.#regroupsAt)
    const isLarge = this.#isLarge()
    if (size < this.#regroupsAt && !isFull && !isLarge) return
    if (isLarge) this.#reuse *= 2
    const isRegrouped = this.store.regroup(this.#reuse) || this.lists.couldKnowMore
    if (isRegrouped || isFull) {
      this.batch.settle()
      this.lists.reset()
    }
    if (isFull) this.rules.forget()
    this.#regroupsAt = Math.max(this.#regroupsAt, this.tuning.regroupGrowth * size)
    this.#looksAt = Math.min(LOOK_GROWTH * size, this.#regroupsAt)
  }

  /** Whether the step lists make the states larger than they should be. */
  #isLarge(): boolean {
    const { free, perState } = this.tuning.bytes
    const { bytes, compact, size } = this.store
    return bytes - (compact?.bytes ?? 0) + this.lists.bytes + this.batch.words.bytes > free + perState * size
  }
}
