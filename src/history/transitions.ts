/**
 * What an object does, asked once per state and operation and remembered: states and operations are small integers here,
 * and a search over orders is array reads. Operations with equal call and result are of one class.
 */
import type { Value } from '../model.ts'
import { Identity } from './identity.ts'
import type { Operation } from './operation.ts'
import { PairTable } from './pair-table.ts'
import type { SequentialObject } from './sequential-object.ts'

const IMPOSSIBLE = -1

export class Transitions {
  /** The class of each operation. */
  readonly classes: readonly number[]
  readonly #examples: Operation[] = []
  readonly #states: Value[] = []
  readonly #identity = new Identity()
  /** States by the identities of their values. */
  readonly #ids = new Map<number, number>()
  /** By state and class: the state after. */
  readonly #next = new PairTable()

  constructor(
    readonly object: SequentialObject,
    readonly operations: readonly Operation[],
  ) {
    const classes = new Map<number, number>()
    this.classes = operations.map((operation) => {
      const { name, argument = null, outcome, result = null } = operation
      const key = this.#identity.of([name, argument, ...(outcome === 'returned' ? [result] : [])])
      if (!classes.has(key)) this.#examples.push(operation)
      classes.set(key, classes.get(key) ?? classes.size)
      return classes.get(key)!
    })
    this.stateOf(object.initial)
  }

  /** The initial state is 0. */
  stateOf(value: Value): number {
    const identity = this.#identity.of(value)
    const known = this.#ids.get(identity)
    if (known !== undefined) return known
    const id = this.#states.length
    this.#ids.set(identity, id)
    this.#states.push(value)
    return id
  }

  valueOf(state: number): Value {
    return this.#states[state]!
  }

  /** The state after an operation, or -1 where it cannot happen in `state` with the result that it had. */
  after(state: number, operation: number): number {
    const operationClass = this.classes[operation]!
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
