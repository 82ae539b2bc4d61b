/**
 * Updates: what a body did to one component, as a function from the component's old value to its new one.
 *
 * An update says only what was written, so one update serves every state in which the body did the same: its column
 * maps old value ids to new ones, and a transition costs one array read per changed component. A pair of update and old
 * value is worked out on the plain value once, when it first turns up.
 */
import { enableMapSet, Immer } from 'immer'
import type { Message, Value } from '../../model.ts'
import { canonical, textOf } from '../../value/canonical.ts'
import { afterSend, withoutMessage } from '../../value/channel.ts'
import { SplitbrainError } from '../../value/splitbrain-error.ts'
import { Columns, UNKNOWN } from '../values/columns.ts'
import type { Values } from '../values/values.ts'
import type { Write } from './draft.ts'

/** Taking a message (by id) out of a channel, or putting one in. */
export type Traffic = { readonly take: number } | { readonly put: number }

export type Change =
  | { readonly kind: 'replace'; readonly value: Value }
  | { readonly kind: 'write'; readonly writes: readonly Write[] }
  | { readonly kind: 'traffic'; readonly traffic: readonly Traffic[] }

export class Updates {
  /** `results.of[update][old value id]` is the new value id, where it is 0 or more (columns.ts). */
  readonly results = new Columns()
  readonly #changes: { readonly component: number; readonly change: Change }[] = []
  readonly #ids = new Map<string, number>()

  constructor(readonly values: Values) {}

  /** The id of a change to a component; components of one sort share their updates. */
  idOf(component: number, change: Change): number {
    const table = this.values.tables[component]!
    const key = `${table.sort}\n${keyOf(change)}`
    let id = this.#ids.get(key)
    if (id === undefined) {
      id = this.results.add(table)
      this.#changes.push({ component, change })
      this.#ids.set(key, id)
    }
    return id
  }

  /** The id of the value that an update makes of an old one. */
  apply(update: number, old: number): number {
    const known = this.results.get(update, old)
    if (known !== UNKNOWN) return known
    const { component, change } = this.#changes[update]!
    const value = this.#changed(component, change, this.values.valueOf(component, old))
    const id = this.values.intern(component, value)
    this.results.set(update, old, id)
    return id
  }

  #changed(component: number, change: Change, old: Value): Value {
    switch (change.kind) {
      case 'replace':
        return change.value
      case 'write':
        return written(old, change.writes, this.values.components[component]!.name)
      case 'traffic':
        return this.#carried(component, change.traffic, old as readonly Value[])
    }
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

enableMapSet()
const immer = new Immer({ autoFreeze: false }) // whatever becomes part of a state is frozen by `canonical`

type Container = Record<string | number, unknown>

/** The canonical value after some writes. */
function written(old: Value, writes: readonly Write[], where: string): Value {
  const changed = immer.produce(old as Container, (draft) => {
    for (const write of writes) apply(draft, write)
  })
  return canonical(changed, where)
}

function apply(root: Container, write: Write): void {
  const container = write.place.slice(0, write.write === 'set' || write.write === 'delete' ? -1 : undefined)
  // A component that is a set or an array itself is written at the empty place; `set` there replaces it whole, which
  // `ObservedRun` turns into a `replace`.
  let at: unknown = root
  for (const step of container) at = (at as Container)[step]
  const last = write.place.at(-1)!
  switch (write.write) {
    case 'set':
      ;(at as Container)[last] = structuredClone(write.value)
      return
    case 'delete':
      delete (at as Container)[last]
      return
    case 'resize':
      ;(at as unknown[]).length = write.length
      return
    case 'elements':
      for (const element of write.removed) remove(at as Set<Value>, element)
      for (const element of write.added) (at as Set<unknown>).add(element)
  }
}

/** A set that is being changed knows objects by identity. */
function remove(set: Set<Value>, element: Value): void {
  if (set.delete(element) || typeof element !== 'object') return
  const text = textOf(element)
  for (const held of set) if (textOf(held) === text) set.delete(held)
}
