/**
 * Session guarantees (Terry et al. 1994), each asked of every process by itself. A process gets its results from copies
 * of the object that lag behind; what a copy has seen is a *view*: some of the updates invoked before the result was
 * returned, applied one after the other. An update that had returned before another was invoked comes before it in
 * every view; concurrent ones may come in any order, the same one for all results of a process.
 *
 *   read your writes   every view has in it what the process itself did before
 *   monotonic reads    the views of a process only grow
 *   monotonic writes   a view that has an update of a process in it also has that process's earlier ones
 *
 * Decided by going through the updates in every order that time allows, and for each choosing from which of the
 * process's results on it is seen, if from any; what was tried once with the same states is not tried again.
 * Exponential in concurrent updates, and for monotonic reads in results (register-views.ts does registers quickly).
 */
import type { Operation } from './operation.ts'
import { type Meter, OutOfBudget, type Placed } from './outcome.ts'
import type { SequentialObject } from './sequential-object.ts'
import { Transitions } from './transitions.ts'

export type Guarantee = 'readYourWrites' | 'monotonicReads' | 'monotonicWrites'

/** Each is a few calls deep on the stack. */
const MOST_UPDATES = 2000

/**
 * Views that explain `results`, operations of one process in their order: the last of the views, or undefined where there
 * are none. `updates` in the order of their invocations.
 * @throws OutOfBudget where the meter says so, or the updates are too many
 */
export function viewOf(
  object: SequentialObject,
  updates: readonly Operation[],
  results: readonly Operation[],
  guarantee: Guarantee,
  meter: Meter,
): Placed[] | undefined {
  if (updates.length > MOST_UPDATES) throw new OutOfBudget(meter.configurations, 'updates')
  return new Views(object, updates, results, guarantee, meter).search()
}

class Views {
  readonly #transitions: Transitions
  readonly #isDecided: boolean[]
  /** Processes of which an update was left out of the view: later ones are not in it either. */
  readonly #leftOut = new Map<string, number>()
  readonly #order: { readonly update: number; readonly from: number }[] = []
  readonly #seen = new Set<string>()

  constructor(
    readonly object: SequentialObject,
    readonly updates: readonly Operation[],
    readonly results: readonly Operation[],
    readonly guarantee: Guarantee,
    readonly meter: Meter,
  ) {
    const inAnyView = updates.map((update) => ({ ...update, outcome: 'unknown' as const })) // its result is of its own view
    this.#transitions = new Transitions(object, inAnyView, meter)
    this.#isDecided = updates.map(() => false)
  }

  search(): Placed[] | undefined {
    const isFound = this.#decideNext(this.results.map(() => 0))
    return isFound ? this.#placed() : undefined
  }

  /** `states`: what each result's view has come to. */
  #decideNext(states: readonly number[]): boolean {
    const key = `${states.join()} ${this.#isDecided.map(Number).join('')} ${[...this.#leftOut.keys()].sort().join()}`
    if (this.#seen.has(key)) return false
    this.#seen.add(key)
    this.meter.tick()
    const candidates = this.#candidates()
    if (candidates.length === 0) return this.results.every((result, i) => this.#explains(states[i]!, result))
    return candidates.some((update) => this.#startsFrom(update).some((from) => this.#decide(update, from, states)))
  }

  /** Updates that may come next: no other that is still to come had returned when they were invoked. */
  #candidates(): number[] {
    const left = [...this.updates.keys()].filter((update) => !this.#isDecided[update])
    const firstReturn = Math.min(...left.map((update) => this.updates[update]!.endedAt))
    return left.filter((update) => this.updates[update]!.invokedAt < firstReturn)
  }

  /** The results from which on an update may be seen; the number of results stands for none. */
  #startsFrom(update: number): number[] {
    const { process, invokedAt, outcome } = this.updates[update]!
    const never = this.results.length
    const isOwn = process === this.results[0]!.process
    const mustBeSeen =
      this.guarantee === 'readYourWrites' && isOwn && outcome === 'returned' && invokedAt < this.results[0]!.invokedAt
    if (mustBeSeen) return [0]
    const first = this.results.findIndex((result) => invokedAt < result.endedAt && invokedAt !== result.invokedAt)
    const starts = first < 0 ? [] : Array.from({ length: never - first }, (_, i) => first + i)
    const isOrphan = this.guarantee === 'monotonicWrites' && (this.#leftOut.get(process) ?? 0) > 0
    return isOrphan ? [never] : [...starts, never]
  }

  #decide(update: number, from: number, states: readonly number[]): boolean {
    const after = states.map((state, i) => (i < from ? state : this.#transitions.after(state, update)))
    if (after.some((state) => state < 0)) return false
    const { process, outcome } = this.updates[update]!
    const isLeftOut = from === this.results.length && outcome === 'returned'
    this.#isDecided[update] = true
    if (isLeftOut) this.#leftOut.set(process, (this.#leftOut.get(process) ?? 0) + 1)
    this.#order.push({ update, from })
    if (this.#decideNext(after)) return true
    this.#order.pop()
    this.#isDecided[update] = false
    if (isLeftOut) this.#countBack(process)
    return false
  }

  #countBack(process: string): void {
    const left = this.#leftOut.get(process)! - 1
    if (left === 0) this.#leftOut.delete(process)
    else this.#leftOut.set(process, left)
  }

  /** Whether an operation gives the result that it had in this state. */
  #explains(state: number, { name, argument = null, result = null }: Operation): boolean {
    const update = this.object.apply(this.#transitions.valueOf(state), name, argument)
    if (update === undefined) return false
    return update.result === undefined || this.object.matches(update.result, result ?? null)
  }

  #placed(): Placed[] {
    let state = 0
    const seen = this.#order.filter(({ from }) => from < this.results.length)
    return seen.map(({ update }) => {
      state = this.#transitions.after(state, update)
      return { operation: this.updates[update]!, state: this.#transitions.valueOf(state) }
    })
  }
}
