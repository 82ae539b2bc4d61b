/** The state as properties see it: processes by role, shared variables, messages in flight; read lazily. */
import type { Message, Reader } from '../model.ts'
import { knownFields, knownNames, partsOf, readOnlyList, refusingOthers } from './known-names.ts'
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
    const views = processViews(scene, members)
    const remedy = `a property only looks: change a copy, [...${role}]`
    const membersOf = (reader: Reader) => {
      const processes = views.map((processOf) => processOf(reader))
      return reader.kept === undefined ? readOnlyList(processes, role, remedy) : Object.freeze(processes)
    }
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

/** The processes of a role, each as it is read: part by part or, where it can be kept, as a plain object. */
function processViews(scene: Scene, ids: readonly string[]): ((reader: Reader) => object)[] {
  const components = ids.map((id) => scene.layout.indexOf(id))
  const fields = components.slice(0, 1).flatMap((component) => fieldsOf(scene, component))
  const inherited = refusingOthers(['id', 'health', ...fields], (process) => fieldOf((process as { id: string }).id))
  return ids.map((id, i) => {
    const component = components[i]!
    const parts: Record<string, Look> = { id: () => id, health: () => 'up' }
    for (const field of fields) parts[field] = (reader) => (reader.read(component) as Record<string, unknown>)[field]
    const watched = partsOf(parts, fieldOf(id))
    const plain = (value: unknown) => {
      const process = Object.assign(Object.create(inherited) as Record<string, unknown>, { id, health: 'up' })
      for (const field of fields) process[field] = (value as Record<string, unknown>)[field]
      return Object.freeze(process)
    }
    return (reader) => reader.kept?.(component, plain) ?? watched(reader)
  })
}

const fieldOf = (owner: string) => ({ owner, noun: 'field' })

const IN_FLIGHT = { owner: 'an element of messages', noun: 'field' }

/** Any field of any message may be asked for: a property may look before it knows the type. */
function messagesOf({ layout, messages }: Scene): (reader: Reader) => readonly object[] {
  const fields = [...new Set([...messages.values()].flat())]
  const guarded = (message: Message) => knownFields(message, { owner: 'a message in flight', noun: 'field' }, fields)
  const channels = layout.components.flatMap((component, index) =>
    component.kind === 'channel' ? [{ from: component.from, to: component.to, index }] : [],
  )
  const entriesOf =
    ({ from, to }: (typeof channels)[number]) =>
    (channel: unknown) => {
      const entries: object[] = []
      const messages = channel as readonly Message[]
      const { length } = messages
      for (let i = 0; i < length; i++) {
        entries.push(knownNames(Object.freeze({ from, to, message: guarded(messages[i]!) }), IN_FLIGHT))
      }
      return entries
    }
  const looks = channels.map((channel): ((reader: Reader) => readonly object[]) => {
    const { index } = channel
    const entries = entriesOf(channel)
    return (reader) => reader.kept?.(index, entries) ?? entries(reader.read(index))
  })
  return (reader) => Object.freeze(looks.flatMap((look) => look(reader)))
}
