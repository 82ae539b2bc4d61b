/**
 * Where the states were found from that workers found: one number to a state, for they are found in no order. It is that
 * of the first of some neighbours (steps/batch.ts), one of which it was found from.
 */
import type { Origins, Range } from '../store/origins.ts'
import type { SharedStates } from './shared-states.ts'

/** So many states share a word, at most. */
const NEIGHBOURS = 32

export class SharedOrigins implements Origins {
  /** @param before tells of the states below `first`, which were found before the workers began */
  constructor(
    readonly states: SharedStates,
    /** How many states there are. */
    readonly known: { readonly size: number },
    readonly first: number,
    readonly before?: Origins,
  ) {}

  leave(): void {}

  add(state: number, parent: number): void {
    this.states.parents[state] = parent
  }

  of(state: number): Range {
    if (state < this.first && this.before !== undefined) return this.before.of(state)
    return { first: this.states.parents[state]!, states: NEIGHBOURS }
  }

  get bytes(): number {
    return 4 * (this.known.size - this.first) + (this.before?.bytes ?? 0)
  }
}
