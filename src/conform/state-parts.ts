/**
 * What is known of the parts of states. A step leaves most parts of a state alone, and the next state has the same
 * objects there: what was made of them once, for properties to look at and to know the state again, serves again.
 */
import { createHash } from 'node:crypto'
import type { Model, Reader, State, Value } from '../model.ts'
import { textOf } from '../value/canonical.ts'
import { frozenCopy } from '../value/plain.ts'

export class StateParts {
  readonly #model: Model
  /** By component, so that no two places in a state are one object. */
  readonly #copies: readonly WeakMap<object, Value>[]
  readonly #texts = new WeakMap<object, string>()

  constructor(model: Model) {
    this.#model = model
    this.#copies = model.components.map(() => new WeakMap())
  }

  /** A state for looking at only. What a step left alone is the same object before and after it. */
  reader(state: State): Reader {
    return { read: (component) => this.#copy(component, state[component]!) }
  }

  /** The same for equal states only. */
  key(state: State): string {
    return digest(state.map((value) => this.#text(value)).join('|'))
  }

  #copy(component: number, value: Value): unknown {
    if (typeof value !== 'object' || value === null || this.#model.components[component]!.kind === 'history')
      return value
    const copies = this.#copies[component]!
    const known = copies.get(value)
    if (known !== undefined) return known
    const copy = frozenCopy(value)
    copies.set(value, copy)
    return copy
  }

  #text(value: Value): string {
    if (typeof value !== 'object' || value === null) return textOf(value)
    const known = this.#texts.get(value)
    if (known !== undefined) return known
    const text = textOf(value)
    const short = text.length <= DIGEST_LENGTH ? text : digest(text)
    this.#texts.set(value, short)
    return short
  }
}

const digest = (text: string): string => createHash('sha256').update(text).digest('base64')
const DIGEST_LENGTH = 44
