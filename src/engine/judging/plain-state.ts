/**
 * The state at hand as plain values, for predicates that are not watched (plainly.ts). What was made of a value is kept by
 * its id, so that a state costs one look-up for each component that a predicate looks at.
 */
import type { Reader } from '../../model.ts'
import { frozenCopy } from '../../value/plain.ts'
import type { StateStore } from '../store/state-store.ts'
import { usedLater } from '../values/observations.ts'
import type { Values } from '../values/values.ts'

/** Of a component, what was made of so many values: where there are more, each is met too seldom. */
const KEPT = 4096

/** What was made of values, by component, then by id: no two components share an object. */
type Made = unknown[][]

export class PlainStates {
  readonly copies: Made
  readonly made: Made

  constructor(
    readonly values: Values,
    readonly store: StateStore,
  ) {
    this.copies = values.components.map(() => [])
    this.made = values.components.map(() => [])
  }

  /** What `look` says of the store's next state, at which it can look until then. */
  ofNext<T>(look: (state: Reader) => T): T {
    const state = new PlainState(this)
    try {
      return look(state)
    } finally {
      state.isOver = true
    }
  }
}

class PlainState implements Reader {
  isOver = false
  /** What is not kept: in this state, it is one object all the same. */
  readonly #copies = new Map<number, unknown>()
  readonly #made = new Map<number, unknown>()

  constructor(readonly states: PlainStates) {}

  read(component: number): unknown {
    const id = this.#idOf(component)
    const copy = () => this.#copy(component, id)
    return id < KEPT ? onceIn(this.states.copies[component]!, id, copy) : once(this.#copies, component, copy)
  }

  kept<T>(component: number, make: (value: unknown) => T): T {
    const id = this.#idOf(component)
    const made = () => make(this.read(component))
    return (id < KEPT ? onceIn(this.states.made[component]!, id, made) : once(this.#made, component, made)) as T
  }

  #idOf(component: number): number {
    if (this.isOver) throw usedLater()
    const { cells, next, width } = this.states.store
    return cells[next + width + component]!
  }

  /** Of a history, the value: whoever judges one may know it by identity. */
  #copy(component: number, id: number): unknown {
    const { values } = this.states
    const value = values.valueOf(component, id)
    return values.components[component]!.kind === 'history' ? value : frozenCopy(value)
  }
}

function onceIn(made: unknown[], id: number, make: () => unknown): unknown {
  const known = made[id]
  if (known !== undefined) return known
  const value = make()
  while (made.length < id) made.push(undefined) // without holes, it stays an array
  made[id] = value
  return value
}

function once(made: Map<number, unknown>, component: number, make: () => unknown): unknown {
  if (!made.has(component)) made.set(component, make())
  return made.get(component)
}
