/** The state as properties see it: processes by role, shared variables, messages in flight; read lazily. */
import type { Message, Reader } from '../model.ts'
import { knownFields, knownNames, type Parts, partsOf, readOnlyList } from './known-names.ts'
import type { Member } from './population.ts'
import type { Scene } from './scene.ts'
import { fieldsOf, SHARED } from './surroundings.ts'

/** Reads a part of the state. */
type Look = (reader: Reader) => unknown

/**
 * Builds views. Everything in them is read on access, so that a property observes no more than it looks at.
 * @param me the process that is `me` in them, if any
 */
export function viewer(scene: Scene, me?: Member): (reader: Reader) => object {
  const { layout, ids } = scene
  const sharedView = partsOf<Reader>(
    Object.fromEntries(scene.shared.map((name) => [name, (reader) => reader.read(layout.indexOf(name))])),
    SHARED,
  )
  const parts: Record<string, (view: View) => unknown> = {
    shared: (view) => view.once('shared', sharedView),
  }
  for (const [role, members] of Object.entries(ids)) {
    const views = members.map((id) => processView(scene, id))
    const remedy = `a property only looks: change a copy, [...${role}]`
    const membersOf = (reader: Reader) =>
      readOnlyList(
        views.map((processOf) => processOf(reader)),
        role,
        remedy,
      )
    parts[role] = (view) => view.once(role, membersOf)
  }
  const inFlight = messagesOf(scene)
  parts.messages = (view) => view.once('messages', inFlight)
  if (layout.history !== undefined) parts.history = ({ reader }) => reader.read(layout.history!)
  if (me !== undefined) {
    const at = ids[me.role]!.indexOf(me.id)
    parts.me = (view) => (parts[me.role]!(view) as readonly object[])[at]
  }
  const viewOf = partsOf(parts, { owner: 'the state', noun: 'part' })
  return (reader) => viewOf(new View(reader))
}

/** A view's parts that are the same object at every look. */
class View {
  readonly #made = new Map<string, unknown>()

  constructor(readonly reader: Reader) {}

  once(name: string, make: Look): unknown {
    if (!this.#made.has(name)) this.#made.set(name, make(this.reader))
    return this.#made.get(name)
  }
}

function processView(scene: Scene, id: string): (reader: Reader) => object {
  const component = scene.layout.indexOf(id)
  const fields = fieldsOf(scene, component).map((field): [string, Look] => [
    field,
    (reader) => (reader.read(component) as Record<string, unknown>)[field],
  ])
  const parts: Parts<Reader> = { id: () => id, health: () => 'up', ...Object.fromEntries(fields) }
  return partsOf(parts, { owner: id, noun: 'field' })
}

const IN_FLIGHT = { owner: 'an element of messages', noun: 'field' }

/** Any field of any message may be asked for: a property may look before it knows the type. */
function messagesOf({ layout, messages }: Scene): (reader: Reader) => readonly object[] {
  const fields = [...new Set([...messages.values()].flat())]
  const guarded = (message: Message) => knownFields(message, { owner: 'a message in flight', noun: 'field' }, fields)
  const channels = layout.components.flatMap((component, index) =>
    component.kind === 'channel' ? [{ from: component.from, to: component.to, index }] : [],
  )
  return (reader) => {
    const found: object[] = []
    for (const { from, to, index } of channels) {
      const channel = reader.read(index) as readonly Message[]
      const { length } = channel
      for (let i = 0; i < length; i++)
        found.push(knownNames(Object.freeze({ from, to, message: guarded(channel[i]!) }), IN_FLIGHT))
    }
    return Object.freeze(found)
  }
}
