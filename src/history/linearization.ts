/**
 * The search for a linearization: Wing & Gong's (1993) over a list of invocations and returns, with Lowe's memory of
 * configurations (2017). Take an operation that was invoked before the first return in the list, see that the object
 * allows it, cut it out of the list, go on; where a return comes first, the operation that it belongs to has not been
 * taken: go back. An operation that never returned may be taken or left.
 *
 * We add: a query that can be taken is taken for good, since it changes nothing and could never be in the way; and of
 * operations that may never take effect, only those that change something, equal ones in their order. Exponential
 * in the number of operations that overlap, at worst (the problem is NP-complete); linear where none do.
 */
import { Configurations } from './configurations.ts'
import type { Operation } from './operation.ts'
import type { Meter, Placed } from './outcome.ts'
import type { SequentialObject } from './sequential-object.ts'
import { Transitions } from './transitions.ts'

/** The end of the list, and its head. */
const END = 0

export class Linearization {
  readonly #transitions: Transitions
  readonly #configurations: Configurations
  /** Those that returned first, then those that may never take effect. */
  readonly #operations: readonly Operation[]
  readonly #isQuery: readonly boolean[]
  /** Of those that may never take effect: the one before of the same kind, or -1. */
  readonly #twin: readonly number[]
  readonly #isTaken: Uint8Array
  // The list: entry 2k + 1 is the invocation of operation k, entry 2k + 2 its return.
  readonly #next: Int32Array
  readonly #previous: Int32Array
  readonly #states: number[] = []
  #state = 0
  #entry: number
  /** The operations taken so far, in their order. */
  readonly taken: number[] = []
  /** The order that had been taken when the search got stuck furthest. */
  furthest: readonly number[] = []
  /** The return that the search got stuck at furthest, and whose it is. */
  stuckAt = -1
  blocked: Operation

  constructor(
    object: SequentialObject,
    operations: readonly Operation[],
    readonly meter: Meter,
  ) {
    const must = operations.filter(({ outcome }) => outcome === 'returned')
    const may = operations.filter(({ outcome }) => outcome !== 'returned')
    this.#operations = [...must, ...may]
    this.#isQuery = this.#operations.map(({ name }) => object.isQuery(name))
    this.#transitions = new Transitions(object, this.#operations, meter)
    this.#configurations = new Configurations(must.length, this.#operations.length)
    this.#twin = twinsOf(this.#operations, this.#transitions.classes, must.length)
    this.#isTaken = new Uint8Array(this.#operations.length)
    this.#next = new Int32Array(2 * this.#operations.length + 1)
    this.#previous = new Int32Array(2 * this.#operations.length + 1)
    this.blocked = this.#operations[0]!
    this.#link()
    this.#entry = this.#next[END]!
  }

  #link(): void {
    const timeOf = (entry: number) => {
      const { invokedAt, endedAt } = this.#operations[(entry - 1) >> 1]!
      return entry & 1 ? invokedAt : endedAt
    }
    const entries = [...this.#next.keys()].slice(1).filter((entry) => timeOf(entry) < Number.POSITIVE_INFINITY)
    let last = END
    for (const entry of entries.sort((a, b) => timeOf(a) - timeOf(b))) {
      this.#next[last] = entry
      this.#previous[entry] = last
      last = entry
    }
    this.#next[last] = END
    this.#previous[END] = last
  }

  /** Whether there is an order, `taken`; undefined where so many steps have not shown it: ask again to go on. */
  search(steps = Number.POSITIVE_INFINITY): boolean | undefined {
    for (let left = steps; this.#entry !== END; left--) {
      if (left <= 0) return undefined
      if (!this.#step()) return false
    }
    return true
  }

  /** Whether there is anything left to try. */
  #step(): boolean {
    const entry = this.#entry
    const operation = (entry - 1) >> 1
    const step = entry & 1 ? this.#tryToTake(operation, this.#state) : 'stuck'
    if (step === 'taken') {
      this.#state = this.#transitions.after(this.#state, operation)
      this.#entry = this.#next[END]!
    } else if (step === 'passed over') {
      this.#entry = this.#next[entry]!
    } else {
      if (!(entry & 1)) this.#note(operation)
      const last = this.#goBack()
      if (last === undefined) return false
      this.#state = this.#states.pop()!
      this.#entry = this.#next[2 * last + 1]!
    }
    return true
  }

  #tryToTake(operation: number, state: number): 'taken' | 'passed over' | 'stuck' {
    const after = this.#transitions.after(state, operation)
    if (after < 0 || !this.#isWorthwhile(operation, state, after)) {
      this.meter.pass()
      return 'passed over'
    }
    this.meter.tick()
    this.#configurations.add(operation)
    if (this.#configurations.enter(after)) {
      this.#states.push(state)
      this.taken.push(operation)
      this.#cutOut(operation)
      return 'taken'
    }
    this.#configurations.remove(operation)
    return this.#isQuery[operation] ? 'stuck' : 'passed over'
  }

  /** Of equal operations that may never take effect the first is taken first; one that changes nothing never. */
  #isWorthwhile(operation: number, state: number, after: number): boolean {
    if (operation < this.#configurations.must) return true
    const twin = this.#twin[operation - this.#configurations.must]!
    return after !== state && (twin < 0 || this.#isTaken[twin] === 1)
  }

  /** Puts back what was taken last, and with it the queries before. Undefined where nothing else was taken. */
  #goBack(): number | undefined {
    for (;;) {
      const last = this.taken.pop()
      if (last === undefined) return undefined
      this.#configurations.remove(last)
      this.#putBack(last)
      if (!this.#isQuery[last]) return last
      this.#states.pop()
    }
  }

  #note(operation: number): void {
    const { endedAt } = this.#operations[operation]!
    if (endedAt <= this.stuckAt) return
    this.stuckAt = endedAt
    this.furthest = [...this.taken]
    this.blocked = this.#operations[operation]!
  }

  #cutOut(operation: number): void {
    this.#isTaken[operation] = 1
    this.#skip(2 * operation + 1)
    if (this.#hasReturn(operation)) this.#skip(2 * operation + 2)
  }

  #putBack(operation: number): void {
    this.#isTaken[operation] = 0
    if (this.#hasReturn(operation)) this.#unskip(2 * operation + 2)
    this.#unskip(2 * operation + 1)
  }

  #hasReturn(operation: number): boolean {
    return operation < this.#configurations.must
  }

  #skip(entry: number): void {
    this.#next[this.#previous[entry]!] = this.#next[entry]!
    this.#previous[this.#next[entry]!] = this.#previous[entry]!
  }

  #unskip(entry: number): void {
    this.#next[this.#previous[entry]!] = entry
    this.#previous[this.#next[entry]!] = entry
  }

  order(taken: readonly number[]): Placed[] {
    let state = 0
    return taken.map((operation) => {
      state = this.#transitions.after(state, operation)
      return { operation: this.#operations[operation]!, state: this.#transitions.valueOf(state) }
    })
  }
}

/** `operations` in the order of their invocations, from `must` on. */
function twinsOf(operations: readonly Operation[], classes: readonly number[], must: number): number[] {
  const last = new Map<number, number>()
  return operations.slice(must).map((_, i) => {
    const twin = last.get(classes[must + i]!) ?? -1
    last.set(classes[must + i]!, must + i)
    return twin
  })
}
