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
  /** By component, then by value id: the messages that can be received, filled in on demand. One list per table. */
  readonly #receivable: readonly (Int32Array | undefined)[][]

  constructor(readonly components: readonly Component[]) {
    const bySort = new Map<string, ValueTable>()
    this.tables = components.map(({ sort }) => {
      const table = bySort.get(sort) ?? new ValueTable(sort)
      bySort.set(sort, table)
      return table
    })
    const byTable = new Map(this.tables.map((table) => [table, [] as (Int32Array | undefined)[]]))
    this.#receivable = this.tables.map((table) => byTable.get(table)!)
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
    return this.#receivable[channel]![id] ?? this.#findReceivable(channel, id)
  }

  #findReceivable(channel: number, id: number): Int32Array {
    const messages = deliverable(this.valueOf(channel, id) as readonly Value[], this.orderOf(channel))
    const ids = Int32Array.from(messages, (message) => this.messages.intern(message))
    this.#receivable[channel]![id] = ids
    return ids
  }

  messageOf(id: number): Message {
    return this.messages.valueOf(id) as Message
  }

  orderOf(channel: number): Order {
    const component = this.components[channel]!
    return component.kind === 'channel' ? component.order : 'unordered'
  }
}
