/**
 * Sequential consistency (Lamport 1979): the history can be told as one order of all operations in which each process's
 * own operations keep theirs. Real time counts for nothing, so a read may be of the past - or of the future.
 *
 * Decided by trying at each point the next operation of every process, with a memory of where the search has been. A
 * query that fits is taken for good: it changes nothing and could never be in the way. An operation without a known
 * outcome comes at any time after its process's earlier ones, or never; the later ones do not wait for it. Not
 * checked part by part: histories of parts may each be consistent and the whole not. Exponential in the number of
 * processes, at worst.
 */
import { isRelevant, type Operation } from './operation.ts'
import { type Meter, type Outcome, type Placed, type SearchBudget, UNBOUNDED, within } from './outcome.ts'
import { firstBreak } from './prefix.ts'
import type { SequentialObject } from './sequential-object.ts'
import { IN_ITS_PROCESS, tellBlocked } from './tell.ts'
import { Transitions } from './transitions.ts'

/** Whether the operations, of one history, are sequentially consistent as operations of `object`. */
export function serialize(
  object: SequentialObject,
  operations: readonly Operation[],
  budget: SearchBudget = UNBOUNDED,
): Outcome {
  return within(budget, (meter) => {
    const orderOf = (some: readonly Operation[]) =>
      new Serialization(object, some.filter(isRelevant(object)), meter).search()
    const order = orderOf(operations)
    if (order !== undefined) return { verdict: 'holds', order }
    const { blocked, explained } = firstBreak(operations, orderOf, [])
    const because = tellBlocked(object, explained, blocked, IN_ITS_PROCESS)
    return { verdict: 'violated', evidence: { blocked, order: explained, because } }
  })
}

/** Operations that come one after the other; the first waits for so many operations of another thread. */
interface Thread {
  readonly operations: readonly number[]
  readonly waitsFor?: { readonly thread: number; readonly length: number }
  readonly mayBeLeft: boolean
}

class Serialization {
  readonly #threads: readonly Thread[]
  readonly #transitions: Transitions
  /** How much of each thread has been taken. */
  readonly #taken: number[]
  readonly #order: number[] = []
  readonly #seen = new Set<string>()

  constructor(
    readonly object: SequentialObject,
    readonly operations: readonly Operation[],
    readonly meter: Meter,
  ) {
    this.#threads = threadsOf(operations)
    this.#transitions = new Transitions(object, operations, meter)
    this.#taken = this.#threads.map(() => 0)
  }

  /** The order, or undefined where there is none. */
  search(): Placed[] | undefined {
    const untried: { state: number; thread: number }[] = [{ state: 0, thread: 0 }]
    const threads: number[] = []
    while (!this.#isComplete()) {
      const top = untried.at(-1)!
      const took = this.#takeNext(top.state, top.thread)
      if (took !== undefined) {
        top.thread = took.isQuery ? this.#threads.length : took.thread + 1
        threads.push(took.thread)
        untried.push({ state: took.state, thread: 0 })
        continue
      }
      untried.pop()
      const last = threads.pop()
      if (last === undefined) return undefined
      this.#taken[last]!--
      this.#order.pop()
    }
    return this.#placed()
  }

  /** Takes the next operation of some thread from `first` on, and says which; of any thread, where it is a query. */
  #takeNext(state: number, first: number): { thread: number; state: number; isQuery: boolean } | undefined {
    const query = first === 0 ? this.#threads.findIndex((_, thread) => this.#fits(thread, state, true)) : -1
    const candidates = query >= 0 ? [query] : this.#threads.keys()
    for (const thread of candidates) {
      if (thread < first || !this.#fits(thread, state, query >= 0)) continue
      const operation = this.#nextOf(thread)!
      const after = this.#transitions.after(state, operation)
      this.meter.tick()
      this.#taken[thread]!++
      if (this.#isNew(after)) {
        this.#order.push(operation)
        return { thread, state: after, isQuery: query >= 0 }
      }
      this.#taken[thread]!--
      if (query >= 0) return undefined
    }
    return undefined
  }

  #fits(thread: number, state: number, isQuery: boolean): boolean {
    const operation = this.#nextOf(thread)
    if (operation === undefined || this.object.isQuery(this.operations[operation]!.name) !== isQuery) return false
    return this.#transitions.after(state, operation) >= 0
  }

  #nextOf(thread: number): number | undefined {
    const { operations, waitsFor } = this.#threads[thread]!
    if (waitsFor !== undefined && this.#taken[waitsFor.thread]! < waitsFor.length) return undefined
    return operations[this.#taken[thread]!]
  }

  #isNew(state: number): boolean {
    const key = `${state} ${this.#taken.join()}`
    if (this.#seen.has(key)) return false
    this.#seen.add(key)
    return true
  }

  #isComplete(): boolean {
    return this.#threads.every(({ operations, mayBeLeft }, i) => mayBeLeft || this.#taken[i] === operations.length)
  }

  #placed(): Placed[] {
    let state = 0
    return this.#order.map((operation) => {
      state = this.#transitions.after(state, operation)
      return { operation: this.operations[operation]!, state: this.#transitions.valueOf(state) }
    })
  }
}

/** One thread for the operations of each process that returned, and one for each that did not. */
function threadsOf(operations: readonly Operation[]): Thread[] {
  const processes = [...new Set(operations.map(({ process }) => process))]
  const returned = processes.map((process) =>
    [...operations.keys()].filter((i) => operations[i]!.process === process && operations[i]!.outcome === 'returned'),
  )
  const open = [...operations.keys()].filter((i) => operations[i]!.outcome !== 'returned')
  return [
    ...returned.map((own) => ({ operations: own, mayBeLeft: false })),
    ...open.map((i) => {
      const thread = processes.indexOf(operations[i]!.process)
      return {
        operations: [i],
        waitsFor: { thread, length: returned[thread]!.filter((j) => j < i).length },
        mayBeLeft: true,
      }
    }),
  ]
}
