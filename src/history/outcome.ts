/** What a consistency check answers, and the evidence for it. */
import type { Value } from '../model.ts'
import type { Operation } from './operation.ts'

/** An operation in an order, and the object's state after it. */
export interface Placed {
  readonly operation: Operation
  readonly state: Value
}

/** What shows that a history is not consistent. */
export interface Evidence {
  /**
   * The operation that has no place: the history is consistent up to its return, and not with it (or, where the budget
   * ran out over finding the return, with some later one).
   */
  readonly blocked: Operation
  /** An order of the operations until then, or as much of one as the question is about. */
  readonly order: readonly Placed[]
  /** Which part of the object this is about, where it is checked part by part. */
  readonly part?: string
  /** In one line: `c2's read returned 0 after c1's write(1) had returned`. */
  readonly because: string
}

export type Outcome =
  /** `order` explains the whole history, where the question is about one order of all operations. */
  | { readonly verdict: 'holds'; readonly order?: readonly Placed[] }
  | { readonly verdict: 'violated'; readonly evidence: Evidence }
  /** The budget ran out after so many configurations. */
  | { readonly verdict: 'unknown'; readonly configurations: number }

/** How long a search may go on. */
export interface SearchBudget {
  readonly configurations: number
  /** Asked now and then. */
  readonly isOver: () => boolean
}

export const UNBOUNDED: SearchBudget = { configurations: Number.POSITIVE_INFINITY, isOver: () => false }

/** Thrown by a search whose budget ran out. */
export class OutOfBudget extends Error {
  constructor(readonly configurations: number) {
    super(`no answer after ${configurations} configurations`)
  }
}

/** Counts configurations. @throws OutOfBudget */
export class Meter {
  configurations = 0

  constructor(readonly budget: SearchBudget) {}

  tick(): void {
    this.configurations++
    const looks = (this.configurations & 1023) === 0
    if (this.configurations > this.budget.configurations || (looks && this.budget.isOver())) {
      throw new OutOfBudget(this.configurations)
    }
  }
}

/** What a check answers, or that its budget ran out first. */
export function within(budget: SearchBudget, check: (meter: Meter) => Outcome): Outcome {
  try {
    return check(new Meter(budget))
  } catch (thrown) {
    if (!(thrown instanceof OutOfBudget)) throw thrown
    return { verdict: 'unknown', configurations: thrown.configurations }
  }
}
