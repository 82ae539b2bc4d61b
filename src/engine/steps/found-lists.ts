/** The lists of the states of a batch, found for all of them before any is gone through; those that are missing are made. */
import type { LeftStates } from './left-states.ts'
import { MOST_VIEWS } from './outlook.ts'
import { Roles } from './roles.ts'
import { EMPTY, type StepLists } from './step-lists.ts'
import { WordLists } from './word-lists.ts'
import { WordMaps } from './word-maps.ts'
import { WordOperations } from './word-operations.ts'

export class FoundLists {
  readonly maps = new WordMaps()
  readonly words: WordLists
  readonly operations = new WordOperations(this.maps)
  readonly roles: Roles
  /** By section, then by state: where its list begins; of a crowd's first, where that of their word does. */
  readonly starts: Int32Array[] = []
  /** Only there so that what was touched has been of use. */
  touched = 0

  /** @param crowd so many neighbours, or more, take the steps of the minor half together */
  constructor(
    readonly states: LeftStates,
    readonly lists: StepLists,
    readonly crowd: number,
  ) {
    this.words = new WordLists(lists, this.maps)
    this.roles = new Roles(states.store)
  }

  /** What is remembered of words, besides the step lists. */
  get bytes(): number {
    return this.maps.bytes + this.words.bytes + this.operations.bytes
  }

  /** Makes the counts of the leaves what they are by the steps that were taken together. */
  settle(): void {
    this.words.settle(this.lists.memo.leaves)
  }

  /** Finds them all. Once so many bodies have run as `mostRuns`, the states of later groups are left out. */
  find(mostRuns: number): void {
    const { lists, states, roles } = this
    if (!lists.isSettled) {
      states.load(0)
      lists.settleIn()
      while (this.starts.length < lists.sections.length) this.starts.push(new Int32Array(states.room))
    }
    if (roles.see(lists.sections)) this.forget()
    for (let s = 0; s < lists.sections.length; s++) {
      const isFound = roles.hasMaps && !roles.isMajor[s] ? this.#findByWord(s, mostRuns) : this.#findOf(s, mostRuns)
      if (isFound) continue
      lists.closeOutlook(s) // its lists cannot tell views apart, for there are too many
      roles.forget()
      this.find(mostRuns)
      return
    }
  }

  /** Whether neighbours take the steps of the minor half together. */
  isCrowd(first: number, end: number): boolean {
    return this.roles.hasMaps && end - first >= this.crowd
  }

  /** Where the list of state i is, of a section whose lists were found by word. */
  startApart(s: number, i: number): number {
    const { states, lists } = this
    const view = lists.sections[s]!.outlook.of(states.values, i)
    return lists.startOf(s, view, states.values[states.store.minorHalf]![i]!)
  }

  /** False where there are too many views. */
  #findOf(s: number, mostRuns: number): boolean {
    const { lists, states } = this
    const { outlook, node } = lists.sections[s]!
    const { values, groups } = states
    const own = values[node]!
    const starts = this.starts[s]!
    const known = lists.starts[s]!
    const { place } = lists.sections[s]!
    const isOfMajor = this.roles.isOfMajor[s]!
    const isAlike = this.roles.isAlikeToNeighbours[s]!
    let touched = 0
    for (let group = 0; groups[group]! < states.count; group++) {
      const first = groups[group]!
      const end = isOfMajor ? first + 1 : Math.min(groups[group + 1]!, states.count)
      let view = outlook.of(values, first)
      for (let i = first; i < end; i++) {
        if (!isAlike && i > first) view = outlook.of(values, i)
        if (view >= MOST_VIEWS) return false
        const start = known.at(place, view, own[i]!)
        starts[i] = start > 0 ? start : this.#list(s, view, i)
        if (start === EMPTY) continue
        if (start <= 0 && lists.memo.bodyRuns > mostRuns) states.cutAfter(i)
        touched ^= lists.items[starts[i]!]!
      }
    }
    this.touched ^= touched
    return true
  }

  /** The same of a section of the minor half, where that is a cluster: what it asks beyond is the same to neighbours. */
  #findByWord(s: number, mostRuns: number): boolean {
    const { lists, states } = this
    const { outlook } = lists.sections[s]!
    const { values, groups, store } = states
    const own = values[store.minorHalf]!
    const starts = this.starts[s]!
    for (let group = 0; groups[group]! < states.count; group++) {
      const first = groups[group]!
      const end = Math.min(groups[group + 1]!, states.count)
      const view = outlook.of(values, first)
      if (view >= MOST_VIEWS) return false
      if (this.isCrowd(first, end)) starts[first] = this.#wordList(s, view, first, end)
      else for (let i = first; i < end; i++) starts[i] = lists.startOf(s, view, own[i]!) || this.#list(s, view, i)
      if (lists.memo.bodyRuns > mostRuns) states.cutAfter(first)
    }
    return true
  }

  /** The list of the word of neighbours, which covers them. */
  #wordList(s: number, view: number, first: number, end: number): number {
    const { words, lists, states } = this
    const own = states.values[states.store.minorHalf]!
    const list = words.at(s, view, own[first]! >>> 5)
    const missing = states.bitsOf(first, end) & ~words.coveredBy(list)
    if (missing === 0) return list
    const { end: before } = lists
    const made: number[] = []
    for (let i = first; i < end; i++) {
      if ((missing & states.bits[i]!) === 0 || lists.startOf(s, view, own[i]!) !== 0) continue
      this.#list(s, view, i)
      made.push(own[i]!)
    }
    const base = own[first]! & ~31
    words.cover(list, missing, (place) => lists.startOf(s, view, base + place))
    if ((words.apartOf(list) & missing) === 0) lists.drop(s, view, made, before)
    return list
  }

  #list(s: number, view: number, i: number): number {
    this.states.load(i)
    return this.lists.list(s, view, this.states.values[this.lists.sections[s]!.node]![i]!)
  }

  /** Forgets what is remembered of words, besides the step lists. */
  forget(): void {
    this.settle()
    this.maps.clear()
    this.words.clear()
    this.operations.clear()
  }
}
