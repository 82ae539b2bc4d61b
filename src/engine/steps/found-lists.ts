/** The lists of the states of a batch, found for all of them before any is gone through; those that are missing are made. */
import { MOST_VIEWS } from './outlook.ts'
import type { ParentStates } from './parent-states.ts'
import { EMPTY, type StepLists } from './step-lists.ts'

export class FoundLists {
  /** By section, then by state: where its list begins. */
  readonly starts: Int32Array[] = []
  /** Only there so that what was touched has been of use. */
  touched = 0

  constructor(
    readonly parents: ParentStates,
    readonly lists: StepLists,
  ) {}

  /** Finds them all. Once so many bodies have run as `mostRuns`, later states are left out. */
  find(mostRuns: number): void {
    const { lists, parents, starts } = this
    if (!lists.isSettled) {
      parents.load(0)
      lists.settleIn()
      while (starts.length < lists.sections.length) starts.push(new Int32Array(parents.most))
    }
    for (let s = 0; s < lists.sections.length; s++) {
      if (this.#findOf(s, mostRuns)) continue
      lists.closeOutlook(s) // its lists cannot tell views apart, for there are too many
      this.#findOf(s, mostRuns)
    }
  }

  /** False where there are too many views. */
  #findOf(s: number, mostRuns: number): boolean {
    const { lists, parents } = this
    const { outlook, node, place } = lists.sections[s]!
    const { values } = parents
    const own = values[node]!
    const starts = this.starts[s]!
    const known = lists.starts[s]!
    let touched = 0
    for (let i = 0; i < parents.count; i++) {
      const view = outlook.of(values, i)
      if (view >= MOST_VIEWS) return false
      const start = known.at(place, view, own[i]!)
      starts[i] = start > 0 ? start : this.#list(s, view, i)
      if (start === EMPTY) continue
      if (start <= 0 && lists.memo.bodyRuns > mostRuns) parents.cutAfter(i)
      touched ^= lists.items[starts[i]!]!
    }
    this.touched ^= touched
    return true
  }

  #list(s: number, view: number, i: number): number {
    this.parents.load(i)
    return this.lists.list(s, view, this.parents.values[this.lists.sections[s]!.node]![i]!)
  }
}
