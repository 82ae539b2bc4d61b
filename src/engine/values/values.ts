/**
 * The values of a model's components: which table each component's values are in, and which values do not fit their
 * schema. A schema is checked once per distinct value, when the value is interned.
 */
import type { Component, Message, Model, Order, Value } from '../../model.ts'
import { deliverable } from '../../value/channel.ts'
import { ValueTable } from './value-table.ts'

export class Values {
  /** By component. Components of one sort share a table. */
  readonly tables: readonly ValueTable[]
  readonly messages = new ValueTable('message')
  /** Values that do not fit their schema: a component of their sort, and the id. */
  readonly misfits: { readonly table: ValueTable; readonly id: number }[] = []
  /** By component, then by value id: the messages that can be received, filled in on demand. One list per table. */
  readonly #receivable: readonly (Int32Array | undefined)[][]

  constructor(readonly components: readonly Component[]) {
    const bySort = new Map<string, ValueTable>()
    this.tables = components.map(({ sort, mismatch }) => {
      const known = bySort.get(sort)
      if (known !== undefined) return known
      const table: ValueTable = new ValueTable(sort, (id, value) => {
        if (mismatch(value) !== undefined) this.misfits.push({ table, id })
      })
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
    return this.tables[component]!.intern(value)
  }

  valueOf(component: number, id: number): Value {
    return this.tables[component]!.valueOf(id)
  }

  /** Whether a component's value does not fit its schema. */
  isMisfit(component: number, id: number): boolean {
    return this.misfits.some((misfit) => misfit.table === this.tables[component] && misfit.id === id)
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
