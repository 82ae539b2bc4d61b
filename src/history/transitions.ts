/**
 * What an object does, asked once per state and operation and remembered: states and operations are small integers here,
 * and a search over orders is array reads. Operations with equal call and result are of one class.
 */
import type { Value } from '../model.ts'
import { Identity } from './identity.ts'
import type { Operation } from './operation.ts'
import type { Meter } from './outcome.ts'
import { PairTable } from './pair-table.ts'
import type { SequentialObject } from './sequential-object.ts'

const IMPOSSIBLE = -1

const isContainer = (value: Value): boolean => typeof value === 'object' && value !== null

export class Transitions {
  /** The class of each operation. */
  readonly classes: readonly number[]
  readonly #examples: Operation[] = []
  /** By class. */
  readonly #isQuery: boolean[] = []
  readonly #states: Value[] = []
  readonly #identity = new Identity()
  /** States that are primitive by their values, others by the identities of theirs. */
  readonly #primitives = new Map<Value, number>()
  readonly #containers = new Map<number, number>()
  /** By state and class: the state after. */
  readonly #next = new PairTable()

  constructor(
    readonly object: SequentialObject,
    readonly operations: readonly Operation[],
    meter: Meter,
  ) {
    const classes = new Map<number, number>()
    this.classes = operations.map((operation) => {
      meter.pass()
      const { name, argument = null, outcome, result = null } = operation
      const key = this.#identity.of([name, argument, ...(outcome === 'returned' ? [result] : [])])
      if (!classes.has(key)) {
        this.#examples.push(operation)
        this.#isQuery.push(object.isQuery(name))
      }
      classes.set(key, classes.get(key) ?? classes.size)
      return classes.get(key)!
    })
    this.stateOf(object.initial)
  }

  /** The initial state is 0. */
  stateOf(value: Value): number {
    return isContainer(value)
      ? this.#known(this.#containers, this.#identity.of(value), value)
      : this.#known(this.#primitives, value, value)
  }

  #known<K>(ids: Map<K, number>, key: K, value: Value): number {
    const known = ids.get(key)
    if (known !== undefined) return known
    const id = this.#states.length
    ids.set(key, id)
    this.#states.push(value)
    return id
  }

  valueOf(state: number): Value {
    return this.#states[state]!
  }

  /** The state after an operation, or -1 where it cannot happen in `state` with the result that it had. */
  after(state: number, operation: number): number {
    const operationClass = this.classes[operation]!
    if (this.#isQuery[operationClass] && !isContainer(this.#states[state]!)) {
      return this.#find(state, this.#examples[operationClass]!) // sooner asked again than remembered
    }
    const known = this.#next.get(state, operationClass)
    if (known !== undefined) return known
    const next = this.#find(state, this.#examples[operationClass]!)
    this.#next.set(state, operationClass, next)
    return next
  }

  #find(state: number, { name, argument = null, outcome, result }: Operation): number {
    const update = this.object.apply(this.#states[state]!, name, argument)
    if (update === undefined) return IMPOSSIBLE
    const isChecked = outcome === 'returned' && update.result !== undefined
    if (isChecked && !this.object.matches(update.result!, result ?? null)) return IMPOSSIBLE
    return this.object.isQuery(name) ? state : this.stateOf(update.state)
  }
}
