/**
 * Decides anew, as a search grows, which subtrees are clusters (store/cluster.ts), and that what was remembered by cluster
 * is forgotten then: a few times in a search. Where step lists have become large beside the states, clusters are to be
 * smaller, so that they have fewer values.
 */
import type { RuleMemo } from './memo/rule-memo.ts'
import type { StepLists } from './steps/step-lists.ts'
import type { StateStore } from './store/state-store.ts'
import type { Tuning } from './tuning.ts'

/** How large the step lists are is looked at whenever there are so many times as many states. */
const LOOK_GROWTH = 1.2

/** What lists take cannot be told from fewer values. */
const FEW_VALUES = 1 << 12

/** There is to be room for so many times what lists would take: values go on turning up. */
const MARGIN = 1.5

export class Regrouping {
  #regroupsAt: number
  #looksAt = 0
  /** A subtree is a cluster once there are so many times as many states as it has values. */
  #reuse: number

  constructor(
    readonly rules: RuleMemo,
    readonly store: StateStore,
    readonly lists: StepLists,
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
    const isLarge = this.#room < 0
    if (size < this.#regroupsAt && !isFull && !isLarge) return
    if (isLarge) this.#reuse *= 2
    const isRegrouped = this.store.regroup(this.#affordableReuse()) || this.lists.couldKnowMore
    if (isRegrouped || isFull) this.lists.reset()
    if (isFull) this.rules.forget()
    this.#regroupsAt = Math.max(this.#regroupsAt, this.tuning.regroupGrowth * size)
    this.#looksAt = Math.min(LOOK_GROWTH * size, this.#regroupsAt)
  }

  /** Larger clusters have more values, and lists for them: those that there will not be room for are not made. */
  #affordableReuse(): number {
    const { store } = this
    const values = store.valuesOfClusters()
    const most = values + (Math.max(0, this.#room) * values) / (MARGIN * this.lists.bytes)
    let reuse = this.#reuse
    while (values > FEW_VALUES && store.valuesOfClusters(reuse) > most && reuse < store.size) reuse *= 2
    return reuse
  }

  /** How many bytes more the step lists may take; below 0 where they make the states larger than they should be. */
  get #room(): number {
    const { free, perState } = this.tuning.bytes
    const { bytes, airBytes, compact, size } = this.store
    return free + perState * size - (bytes - airBytes - (compact?.bytes ?? 0)) - this.lists.bytes
  }
}
