/**
 * What an object does, asked once per state and operation and remembered: states and operations are small integers here,
 * and a search over orders is array reads. Operations with equal call and result are of one class.
 */
import type { Value } from '../model.ts'
import { textOf } from '../value/canonical.ts'
import type { Operation } from './operation.ts'
import type { SequentialObject } from './sequential-object.ts'

const UNKNOWN = 0
const IMPOSSIBLE = -1

export class Transitions {
  /** The class of each operation. */
  readonly classes: readonly number[]
  readonly #examples: Operation[] = []
  readonly #states: Value[] = []
  readonly #ids = new Map<string, number>()
  /** By state, then by class: the state after, plus one. */
  readonly #next: Int32Array[] = []

  constructor(
    readonly object: SequentialObject,
    readonly operations: readonly Operation[],
  ) {
    const classes = new Map<string, number>()
    this.classes = operations.map((operation) => {
      const { name, argument = null, outcome, result = null } = operation
      const key = textOf([name, argument, ...(outcome === 'returned' ? [result] : [])])
      if (!classes.has(key)) this.#examples.push(operation)
      classes.set(key, classes.get(key) ?? classes.size)
      return classes.get(key)!
    })
    this.stateOf(object.initial)
  }

  /** The initial state is 0. */
  stateOf(value: Value): number {
    const text = textOf(value)
    const known = this.#ids.get(text)
    if (known !== undefined) return known
    const id = this.#states.length
    this.#ids.set(text, id)
    this.#states.push(value)
    this.#next.push(new Int32Array(this.#examples.length))
    return id
  }

  valueOf(state: number): Value {
    return this.#states[state]!
  }

  /** The state after an operation, or -1 where it cannot happen in `state` with the result that it had. */
  after(state: number, operation: number): number {
    const operationClass = this.classes[operation]!
    const row = this.#next[state]!
    const known = row[operationClass]!
    if (known !== UNKNOWN) return known > 0 ? known - 1 : -1
    const next = this.#find(state, this.#examples[operationClass]!)
    row[operationClass] = next < 0 ? IMPOSSIBLE : next + 1
    return next
  }

  #find(state: number, { name, argument = null, outcome, result }: Operation): number {
    const update = this.object.apply(this.#states[state]!, name, argument)
    if (update === undefined) return -1
    const isChecked = outcome === 'returned' && update.result !== undefined
    if (isChecked && !this.object.matches(update.result!, result ?? null)) return -1
    return this.stateOf(update.state)
  }
}
