/** What bodies get besides `me`: the second argument of actions and handlers, made afresh for each run. */
import type { Run } from '../model.ts'
import { linkName } from '../value/cut.ts'
import { found } from '../value/found.ts'
import { SplitbrainError } from '../value/splitbrain-error.ts'
import { chooser } from './choosing.ts'
import { knownFields, knownNames, type Parts, partsOf, readOnlyList, type Writers } from './known-names.ts'
import type { Member } from './population.ts'
import { readerOfOthers } from './reading.ts'
import { recorder } from './recording.ts'
import type { Scene } from './scene.ts'
import { sender, senderFor } from './sending.ts'

/** The fields of a process, as its role declares them. */
export const fieldsOf = (scene: Scene, component: number): readonly string[] =>
  Object.keys(scene.layout.components[component]!.start as object)

/** The draft of a process that its own bodies get: `me`. */
export function draftOf(scene: Scene, { id }: Member, run: Run): object {
  const component = scene.layout.indexOf(id)
  return knownFields(run.draft(component) as object, { owner: id, noun: 'field' }, fieldsOf(scene, component))
}

/** How a scene's state is drafted: worked out once, for every run drafts it afresh. */
interface Drafting {
  /** The shared variables as an object whose fields read and replace components. */
  readonly shared: (run: Run) => object
  /** By role, the processes for others than themselves (`processDrafts`). */
  readonly processes: readonly (readonly [role: string, drafts: readonly ((run: Run) => object)[]])[]
}

const draftings = new WeakMap<Scene, Drafting>()

function draftingOf(scene: Scene): Drafting {
  const known = draftings.get(scene)
  if (known !== undefined) return known
  const drafting = {
    shared: sharedDrafts(scene),
    processes: Object.entries(scene.ids).map(
      ([role, ids]) => [role, ids.map((id) => processDrafts(scene, id))] as const,
    ),
  }
  draftings.set(scene, drafting)
  return drafting
}

function sharedDrafts({ shared, layout }: Scene): (run: Run) => object {
  const parts: Record<string, Parts<Run>[string]> = {}
  const writers: Record<string, Writers<Run>[string]> = {}
  for (const name of shared) {
    const component = layout.indexOf(name)
    parts[name] = (run) => run.draft(component)
    writers[name] = (run, value) => run.replace(component, value)
  }
  return partsOf(parts, SHARED, writers)
}

export const SHARED = { owner: 'the protocol', noun: 'shared variable' }

/** `ids`, `shared` and `choose`. */
function surroundings(scene: Scene, run: Run) {
  return {
    ids: knownNames(scene.ids, { owner: 'ids', noun: 'role' }),
    shared: draftingOf(scene).shared(run),
    choose: chooser(run),
  }
}

/** The context of an action of process `self`, with more of its own. */
export function contextOf(scene: Scene, self: Member, run: Run, more: object = {}): object {
  const send = sender(scene, run)
  const context = {
    ...surroundings(scene, run),
    self: self.id,
    peers: Object.freeze(scene.ids[self.role]!.filter((id) => id !== self.id)),
    send: (to: unknown, message: unknown) => send(self, to, message),
    read: readerOfOthers(scene, self, run),
    ...recorder(scene, self, run),
    ...more,
  }
  return knownNames(Object.freeze(context), { owner: `the context of ${self.id}`, noun: 'part' })
}

/** The whole system, mutable, for what sets it up; with `more`, for what befalls it later. */
export function beginningOf(scene: Scene, run: Run, more: object = {}): object {
  const byRole = draftingOf(scene).processes.map(([role, drafts]) => {
    const remedy = `change what is in it: ${role}[0].field = ..., or Object.assign(${role}[0], { ... })`
    return [
      role,
      readOnlyList(
        drafts.map((draft) => draft(run)),
        role,
        remedy,
      ),
    ]
  })
  const world = { ...Object.fromEntries(byRole), ...surroundings(scene, run), send: senderFor(scene, run), ...more }
  return knownNames(Object.freeze(world), { owner: 'the world', noun: 'part' })
}

const NO_MESSAGES: readonly unknown[] = Object.freeze([])

/** The whole system, mutable but for the network, for the environment. */
export function worldOf(scene: Scene, run: Run): object {
  const admit = (call: string, ends: readonly unknown[]) => {
    if (ends.every((end) => scene.members.some(({ id }) => id === end))) return
    throw new SplitbrainError(
      'bad-step',
      `found ${call}(${ends.map(found).join(', ')}); expected the ids of two processes: ${call}(client[0].id, server[0].id)`,
    )
  }
  return beginningOf(scene, run, {
    channel(from: string, to: string): unknown {
      admit('channel', [from, to])
      const component = scene.layout.channelOf(from, to)
      return component === undefined ? NO_MESSAGES : run.read(component)
    },
    isCut(from: string, to: string): boolean {
      admit('isCut', [from, to])
      return isCut(scene, run, from, to)
    },
  })
}

/** Whether a partition holds up what one process sends to another. */
export function isCut({ layout }: Scene, run: Run, from: string, to: string): boolean {
  if (layout.partition === undefined) return false
  return (run.read(layout.partition) as ReadonlySet<string>).has(linkName(from, to))
}

/**
 * A process's draft that also knows its id, and its health: a field of roles that can fail, 'up' in all others. Both
 * are for looking at only.
 */
function processDrafts(scene: Scene, id: string): (run: Run) => object {
  const component = scene.layout.indexOf(id)
  const draft = (run: Run) => run.draft(component) as Record<string, unknown>
  const parts: Record<string, Parts<Run>[string]> = { id: () => id, health: () => 'up' }
  const writers: Record<string, Writers<Run>[string]> = {}
  for (const field of fieldsOf(scene, component)) {
    parts[field] = (run) => draft(run)[field]
    if (field === 'health') continue
    writers[field] = (run, value) => {
      draft(run)[field] = value
    }
  }
  return partsOf(parts, { owner: id, noun: 'field' }, writers)
}
