/** What bodies get besides `me`: the second argument of actions and handlers, made afresh for each run. */
import type { Message, Run } from '../model.ts'
import { SplitbrainError } from '../value/splitbrain-error.ts'
import type { Layout } from './layout.ts'
import type { Member } from './population.ts'

/** The parts of an instantiated protocol that bodies are built from. */
export interface Scene {
  readonly layout: Layout
  readonly members: readonly Member[]
  readonly ids: Readonly<Record<string, readonly string[]>>
  readonly shared: readonly string[]
  /** Message types that each role has a handler for. */
  readonly handled: ReadonlyMap<string, ReadonlySet<string>>
}

/** The shared variables as an object whose fields read and replace components. */
export function sharedDraft(scene: Scene, run: Run): object {
  const fields = scene.shared.map((name) => [name, scene.layout.indexOf(name)] as const)
  return Object.defineProperties(
    {},
    Object.fromEntries(
      fields.map(([name, component]) => [
        name,
        {
          enumerable: true,
          get: () => run.draft(component),
          set: (value: unknown) => run.replace(component, value),
        },
      ]),
    ),
  )
}

/** `ids`, `shared` and `choose`. */
export function surroundings(scene: Scene, run: Run) {
  return {
    ids: scene.ids,
    shared: sharedDraft(scene, run),
    choose: <T>(name: string, options: readonly T[]): T => run.choose(name, options),
  }
}

/** The context of an action of process `self`. */
export function contextOf(scene: Scene, self: Member, run: Run) {
  return {
    ...surroundings(scene, run),
    self: self.id,
    peers: scene.ids[self.role]!.filter((id) => id !== self.id),
    send(to: string | readonly string[], message: Message) {
      for (const receiver of typeof to === 'string' ? [to] : to)
        run.send(channelTo(scene, self, receiver, message), message)
    },
  }
}

function channelTo(scene: Scene, self: Member, receiver: string, message: Message): number {
  const member = scene.members.find(({ id }) => id === receiver)
  if (member === undefined || receiver === self.id) {
    const found = receiver === self.id ? `${receiver}, which is itself` : JSON.stringify(receiver)
    throw new SplitbrainError(
      'bad-step',
      `${self.id} sends ${message.type} to ${found}; expected the id of another process`,
    )
  }
  if (!scene.handled.get(member.role)?.has(message.type)) {
    throw new SplitbrainError(
      'bad-step',
      `${self.id} sends ${message.type} to ${receiver}, but ${member.role} has no handler for it; add receive.${member.role}.${message.type}`,
    )
  }
  return scene.layout.channelOf(self.id, receiver)!
}

/** The whole system, mutable, for the environment. */
export function worldOf(scene: Scene, run: Run): Record<string, unknown> {
  const byRole = Object.keys(scene.ids).map((role) => [
    role,
    scene.ids[role]!.map((id) => processDraft(scene, id, run)),
  ])
  return { ...Object.fromEntries(byRole), ...surroundings(scene, run) }
}

/** A process's draft that also knows its id, and its health: a field of roles that can fail, 'up' in all others. */
function processDraft(scene: Scene, id: string, run: Run): object {
  const component = scene.layout.indexOf(id)
  const fields = Object.keys(scene.layout.components[component]!.start as object)
  return Object.defineProperties(
    { id, health: 'up' },
    Object.fromEntries(
      fields.map((field) => [
        field,
        {
          enumerable: true,
          get: () => (run.draft(component) as Record<string, unknown>)[field],
          set: (value: unknown) => {
            ;(run.draft(component) as Record<string, unknown>)[field] = value
          },
        },
      ]),
    ),
  )
}
