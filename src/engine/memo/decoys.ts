/**
 * Decoys: what drafts are made of when a run is repeated. A draft tells what is looked at; who looks past it - a native
 * method taken from elsewhere, a printer that sees through proxies - is not seen, and would never be asked again. So the
 * first run of a body is on drafts that hold what they show, and the repeated one on drafts that hold something else
 * where only such a look can come: whatever depends on it comes out differently, and is refused.
 *
 * Arrays and objects hold one thing that no state has. A set holds, of all elements that any set was seen to have, of the
 * processes' names and of small numbers, those that it does not have: a native `has` answers the opposite. What sets have
 * in states that were not met yet is known when the search is over, and runs are repeated then once more.
 */
import type { Model, Value } from '../../model.ts'
import { mutableSet } from '../../value/canonical.ts'
import type { ValueTable } from '../values/value-table.ts'

/** Stands in decoys, and nowhere else. */
export const NOT_OBSERVED = 'a part of the state that was looked at past its own methods'

/** Sets of protocols are small; of a larger one, other elements are not asked for by chance. */
const MOST_ELEMENTS = 1000
const MOST_VALUES = 10_000

export class Decoys {
  readonly #elements: Set<Value>

  constructor({ components }: Model) {
    const processes = components.filter(({ kind }) => kind === 'process').map(({ name }) => name)
    this.#elements = mutableSet([null, false, true, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, ...processes])
  }

  /** Takes note of what sets in a value have. */
  learn(value: Value): void {
    if (typeof value !== 'object' || value === null || this.#elements.size >= MOST_ELEMENTS) return
    if (value instanceof Set) for (const element of value) this.#elements.add(element)
    for (const part of value instanceof Set ? value : Object.values(value)) this.learn(part)
  }

  /** The same of every value that a search has met, up to so many of each kind. */
  learnAll(tables: Iterable<ValueTable>): void {
    for (const table of new Set(tables)) {
      for (let id = 0; id < Math.min(table.size, MOST_VALUES); id++) this.learn(table.valueOf(id))
    }
  }

  /** What a draft of this set is made of. */
  insteadOf(set: ReadonlySet<Value>): Set<Value> {
    const others = new Set<Value>([NOT_OBSERVED])
    for (const element of this.#elements) if (!set.has(element)) others.add(element)
    return others
  }
}
