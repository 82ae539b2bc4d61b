/** The state as properties see it: processes by role, shared variables, messages in flight; read lazily. */
import type { Message, Reader } from '../model.ts'
import { knownNames } from './known-names.ts'
import { fieldsOf, type Scene, SHARED } from './surroundings.ts'

type Getters = Record<string, () => unknown>

/** Builds views. Everything in them is read on access, so that a property observes no more than it looks at. */
export function viewer(scene: Scene): (reader: Reader) => object {
  const { layout, ids } = scene
  const channels = layout.components.flatMap((component, index) =>
    component.kind === 'channel' ? [{ from: component.from, to: component.to, index }] : [],
  )

  const processView = (id: string, reader: Reader): object => {
    const component = layout.indexOf(id)
    const getters: Getters = { health: () => 'up' }
    for (const field of fieldsOf(scene, component))
      getters[field] = () => (reader.read(component) as Record<string, unknown>)[field]
    return knownNames(withGetters({}, { id: () => id, ...getters }), { owner: id, noun: 'field' })
  }
  const inFlight = (reader: Reader) =>
    channels.flatMap(({ from, to, index }) =>
      (reader.read(index) as readonly Message[]).map((message) => ({ from, to, message })),
    )

  return (reader) => {
    const view: Record<string, unknown> = {
      shared: knownNames(
        withGetters(
          {},
          Object.fromEntries(scene.shared.map((name) => [name, () => reader.read(layout.indexOf(name))])),
        ),
        SHARED,
      ),
    }
    for (const role of Object.keys(ids)) view[role] = ids[role]!.map((id) => processView(id, reader))
    const whole: Getters = { messages: () => inFlight(reader) }
    if (layout.history !== undefined) whole.history = () => reader.read(layout.history!)
    return knownNames(withGetters(view, whole), { owner: 'the state', noun: 'part' })
  }
}

function withGetters(target: object, getters: Getters): object {
  for (const [name, get] of Object.entries(getters)) Object.defineProperty(target, name, { enumerable: true, get })
  return target
}
