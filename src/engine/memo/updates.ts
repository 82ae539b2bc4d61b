/**
 * Updates: what a body did to one component, as a function from the component's old value to its new one.
 *
 * An update says only what was written, so one update serves every state in which the body did the same: its column
 * maps old value ids to new ones, and a transition costs one array read per changed component. A pair of update and old
 * value is worked out on the plain value once, when it first turns up.
 */
import type { Message, Value } from '../../model.ts'
import { textOf } from '../../value/canonical.ts'
import { afterSend, withoutMessage } from '../../value/channel.ts'
import { SplitbrainError } from '../../value/splitbrain-error.ts'
import { Columns, UNKNOWN } from '../values/columns.ts'
import type { ValueTable } from '../values/value-table.ts'
import type { Values } from '../values/values.ts'
import type { Write } from './draft.ts'
import { Writings } from './writings.ts'

/** Taking a message (by id) out of a channel, or putting one in. */
export type Traffic = { readonly take: number } | { readonly put: number }

export type Change =
  | { readonly kind: 'replace'; readonly value: Value }
  | { readonly kind: 'write'; readonly writes: readonly Write[] }
  | { readonly kind: 'traffic'; readonly traffic: readonly Traffic[] }

export class Updates {
  /** `results.of[update][old value id]` is the new value id, where it is 0 or more (columns.ts). */
  readonly results = new Columns()
  /** By update: what it makes of the value with an id. */
  readonly #changed: ((old: number) => number)[] = []
  readonly #ids = new Map<string, number>()
  readonly #writings = new Map<ValueTable, Writings>()

  constructor(readonly values: Values) {}

  /** The id of a change to a component; components of one sort share their updates. */
  idOf(component: number, change: Change): number {
    const table = this.values.tables[component]!
    const key = `${table.sort}\n${keyOf(change)}`
    let id = this.#ids.get(key)
    if (id === undefined) {
      id = this.results.add(table)
      this.#changed.push(this.#functionOf(component, change))
      this.#ids.set(key, id)
    }
    return id
  }

  /** The id of the value that an update makes of an old one. */
  apply(update: number, old: number): number {
    const known = this.results.get(update, old)
    if (known !== UNKNOWN) return known
    const id = this.#changed[update]!(old)
    this.results.set(update, old, id)
    return id
  }

  #functionOf(component: number, change: Change): (old: number) => number {
    const { values } = this
    switch (change.kind) {
      case 'replace': {
        let id: number | undefined
        return () => {
          id ??= values.intern(component, change.value)
          return id
        }
      }
      case 'write': {
        const writings = this.#writingsOf(component)
        const writing = writings.idOf(change.writes)
        return (old) => writings.applyAnew(writing, old)
      }
      case 'traffic':
        return (old) => {
          const messages = values.valueOf(component, old) as readonly Value[]
          return values.intern(component, this.#carried(component, change.traffic, messages))
        }
    }
  }

  #writingsOf(component: number): Writings {
    const table = this.values.tables[component]!
    const known = this.#writings.get(table)
    if (known !== undefined) return known
    const writings = new Writings(table, this.values.components[component]!.name)
    this.#writings.set(table, writings)
    return writings
  }

  #carried(channel: number, traffic: readonly Traffic[], old: readonly Value[]): Value {
    const order = this.values.orderOf(channel)
    const component = this.values.components[channel]!
    return traffic.reduce<readonly Value[]>((messages, change) => {
      if ('put' in change) return afterSend(component, messages, this.values.messageOf(change.put))
      const left = withoutMessage(messages, this.#message(change.take), order)
      if (left === undefined) throw new SplitbrainError('internal', 'a message was taken from a channel that lacks it')
      return left
    }, old)
  }

  #message(id: number): Message {
    return this.values.messageOf(id)
  }
}

function keyOf(change: Change): string {
  switch (change.kind) {
    case 'replace':
      return `replace ${textOf(change.value)}`
    case 'traffic':
      return `traffic ${JSON.stringify(change.traffic)}`
    case 'write':
      return `write ${textOf(change.writes)}`
  }
}
