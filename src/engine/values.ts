/**
 * The values of a model's components: which table each component's values are in, and which values do not fit their
 * schema. A schema is checked once per distinct value, when the value is interned.
 */
import type { Component, Message, Model, Order, Value } from '../model.ts'
import { deliverable } from '../value/channel.ts'
import { ValueTable } from './value-table.ts'

export class Values {
  /** By component. Components of one sort share a table. */
  readonly tables: readonly ValueTable[]
  readonly messages = new ValueTable('message')
  /** Whether a value that does not fit its schema has been interned since this was last set to false. */
  sawMisfit = false
  /** `receivable[channel table][value id]`: the ids of the messages that can be received, filled in on demand. */
  readonly #receivable = new Map<ValueTable, Int32Array[]>()

  constructor(readonly components: readonly Component[]) {
    const bySort = new Map<string, ValueTable>()
    this.tables = components.map(({ sort }) => {
      const table = bySort.get(sort) ?? new ValueTable(sort)
      bySort.set(sort, table)
      return table
    })
  }

  static of(model: Model): Values {
    return new Values(model.components)
  }

  intern(component: number, value: Value): number {
    const table = this.tables[component]!
    const known = table.size
    const id = table.intern(value)
    if (id === known && this.components[component]!.mismatch(value) !== undefined) this.sawMisfit = true
    return id
  }

  valueOf(component: number, id: number): Value {
    return this.tables[component]!.valueOf(id)
  }

  /** The ids of the messages that can be received from a channel with this value, in the channel's order. */
  receivable(channel: number, id: number): Int32Array {
    const table = this.tables[channel]!
    let known = this.#receivable.get(table)
    if (known === undefined) {
      known = []
      this.#receivable.set(table, known)
    }
    let messages = known[id]
    if (messages === undefined) {
      const options = deliverable(table.valueOf(id) as readonly Value[], this.orderOf(channel))
      messages = Int32Array.from(options, (message) => this.messages.intern(message))
      known[id] = messages
    }
    return messages
  }

  messageOf(id: number): Message {
    return this.messages.valueOf(id) as Message
  }

  orderOf(channel: number): Order {
    const component = this.components[channel]!
    return component.kind === 'channel' ? component.order : 'unordered'
  }
}
