/** What a consistency check answers, and the evidence for it. */
import { getHeapStatistics } from 'node:v8'
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
   * The operation that has no place: the history (of this part, where there are parts) is consistent up to its return,
   * and not with it (or, where the budget ran out over finding the return, with some later one).
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
  | { readonly verdict: 'unknown'; readonly configurations: number; readonly ranOut: Resource }

/** What may run out. `updates`: there are too many of them for the question. */
export type Resource = 'time' | 'memory' | 'configurations' | 'updates'

/** How long a search may go on. */
export interface SearchBudget {
  readonly configurations: number
  /** Asked now and then. */
  readonly isOver: () => boolean
  /**
   * Milliseconds, for one who may look at a clock: then it is asked in time even where a step takes long, and memory is
   * looked at as well. In a protocol's property there is none.
   */
  readonly now?: () => number
}

export const UNBOUNDED: SearchBudget = { configurations: Number.POSITIVE_INFINITY, isOver: () => false }

/** Thrown by a search whose budget ran out. */
export class OutOfBudget extends Error {
  constructor(
    readonly configurations: number,
    readonly ranOut: Resource,
  ) {
    super(`no answer after ${configurations} configurations: no more ${ranOut}`)
  }

  get outcome(): Outcome {
    return { verdict: 'unknown', configurations: this.configurations, ranOut: this.ranOut }
  }
}

/** Of what the heap may grow to, so much is used; the rest is for telling what was found. */
const HEAP_SHARE = 0.8

/** Between two looks at the clock, in milliseconds: a step may be an array read, or the copying of a large state. */
const BETWEEN_LOOKS = 0.5

const WITHOUT_CLOCK = 1024

/** Counts configurations, and looks at the clock and at memory as often as the steps are long. @throws OutOfBudget */
export class Meter {
  configurations = 0
  #stride = 1
  #next = 1
  #looked = 0

  constructor(readonly budget: SearchBudget) {}

  tick(): void {
    this.configurations++
    if (this.configurations > this.budget.configurations) throw new OutOfBudget(this.configurations, 'configurations')
    this.pass()
  }

  /** A step that is no configuration. */
  pass(): void {
    if (--this.#next > 0) return
    if (this.budget.isOver()) throw new OutOfBudget(this.configurations, 'time')
    if (this.budget.now === undefined) this.#stride = WITHOUT_CLOCK
    else this.#adapt(this.budget.now())
    this.#next = this.#stride
  }

  #adapt(now: number): void {
    const elapsed = now - this.#looked
    this.#stride = Math.max(1, Math.min(1024, elapsed > BETWEEN_LOOKS ? this.#stride >> 1 : this.#stride << 1))
    this.#looked = now
    if (elapsed > BETWEEN_LOOKS / 4 && isHeapFull()) throw new OutOfBudget(this.configurations, 'memory')
  }
}

function isHeapFull(): boolean {
  const { used_heap_size: used, heap_size_limit: limit } = getHeapStatistics()
  return used > HEAP_SHARE * limit
}

/** What a check answers, or that its budget ran out first. */
export function within(budget: SearchBudget, check: (meter: Meter) => Outcome): Outcome {
  try {
    return check(new Meter(budget))
  } catch (thrown) {
    if (!(thrown instanceof OutOfBudget)) throw thrown
    return thrown.outcome
  }
}

/** For what only tells more of an answer that is known. */
export function untilOutOfBudget(refine: () => void): void {
  try {
    refine()
  } catch (thrown) {
    if (!(thrown instanceof OutOfBudget)) throw thrown
  }
}
