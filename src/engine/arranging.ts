/**
 * Puts what waits to be left in order: of a level, the states of one word were found a few at a time, by many batches, and
 * are brought together before they are left (store/arrangement.ts), so that they are left as one.
 */
import type { Watch } from './judging/watch.ts'
import { Arrangement } from './store/arrangement.ts'
import type { StateStore } from './store/state-store.ts'
import { entryOf } from './store/word-log.ts'
import type { Tuning } from './tuning.ts'

export class Arranging {
  /** Entries below it stay where they are. */
  #arranged = 0
  readonly #arrangement = new Arrangement()

  /** @param isInOrder whether entries are left in the order in which they stand */
  constructor(
    readonly store: StateStore,
    readonly watch: Watch,
    readonly isInOrder: boolean,
    readonly tuning: Tuning['arranged'],
  ) {}

  /**
   * To be called before some of these entries are left, which are the rest of a level. How many of them stay where they
   * are now: no others may be looked at yet, for what is learnt in a state is remembered with its id (RuleMemo.audit).
   */
  settle(first: number, entries: number): number {
    const { words } = this.store
    if (words === undefined || !this.isInOrder) return entries
    if (first < this.#arranged) return this.#arranged - first
    const settled = Math.min(entries, this.tuning.most)
    this.#arranged = first + settled
    const isInitial = words.log.parentOf(first) < 0 // by the ids of these, it is known which choices led to them
    if (!isInitial && entries >= this.tuning.fewest && first >= words.log.turnedLast)
      this.#arrange(first, this.#arranged)
    return settled
  }

  /** What was found in these states is found under new ids. */
  #arrange(first: number, end: number): void {
    const { store, watch } = this
    const { log } = store.words!
    const entries = log.between(first, end)
    entries.set(this.#arrangement.of(entries))
    for (const finding of watch.findings.values()) {
      const { property, state, halves } = finding
      if (halves === undefined || entryOf(state) < first || entryOf(state) >= end) continue
      watch.findings.set(property.name, { ...finding, state: log.find(...halves, first, end) })
    }
  }
}
