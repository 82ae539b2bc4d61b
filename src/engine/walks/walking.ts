/** Random walks over the parts of a search: what a body does is looked up, and only states that a walk visits are stored. */

import type { Leaf } from '../memo/leaves.ts'
import type { Search } from '../search.ts'
import { halvesAfter } from '../steps/target-of.ts'
import type { Followed, Walkable } from './random-walks.ts'

export class Walking implements Walkable {
  #initial: readonly number[] | undefined

  constructor(readonly search: Search) {}

  initialStates(): readonly number[] {
    this.#initial ??= Array.from({ length: this.search.initial.size }, (_, state) => state)
    return this.#initial
  }

  follow(state: number, depth: number, choose: Parameters<Walkable['follow']>[2]): Followed {
    const { search } = this
    search.settle()
    search.store.load(state)
    const leaves: Leaf[] = []
    search.successors.walk((leaf) => {
      leaves.push(leaf)
      return false
    })
    if (leaves.every(({ isFault }) => isFault) && search.watch.judgeDeadlock(state)) return { state, stops: true }
    if (leaves.length === 0) return { state: undefined, stops: false }
    const leaf = leaves[choose(leaves.map(({ group }) => group))]!
    search.generated++
    leaf.fired++
    const [left, right] = halvesAfter(search, leaf)
    const added = search.store.visited.add(left, right)
    const id = added >= 0 ? added : -1 - added
    if (added >= 0) search.enter(id, leaf, state, depth, left, right)
    if (search.watch.watchesSteps) search.judge.judgeStep(() => leaf, state, left, right)
    return { state: id, stops: search.stops }
  }
}
