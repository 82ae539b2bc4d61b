/** What can be reached from a state without a fault, state by state and not by orbits: the judge counts the same. */
import type { Successors } from '../steps/successors.ts'
import { type Ground, halvesAfter } from '../steps/target-of.ts'
import { PairTable } from '../store/pair-table.ts'

interface Search extends Ground {
  readonly successors: Successors
}

/** How many there are, the state itself included. Moves the current state. 8 bytes and a place in a hash table for each. */
export function* statesBeyond(search: Search, from: number): Generator<undefined, number> {
  const { store, successors } = search
  const seen = new PairTable()
  seen.intern(store.visited.leftOf(from), store.visited.rightOf(from))
  for (let at = 0; at < seen.size; at++) {
    if ((at & 0xfff) === 0) yield
    store.loadHalves(seen.pairs[2 * at]!, seen.pairs[2 * at + 1]!)
    successors.walk((leaf) => {
      if (!leaf.isFault) seen.intern(...halvesAfter(search, leaf))
      return false
    })
  }
  return seen.size
}
