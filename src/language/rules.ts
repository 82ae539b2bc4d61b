/** A definition's actions and handlers as rules: one per process and action, one per channel, one per environment action. */
import { type Body, disabled, type Message, type Rule, type Run } from '../model.ts'
import { SplitbrainError } from '../value/splitbrain-error.ts'
import { chooser } from './choosing.ts'
import type { Health } from './declaration.ts'
import { knownNames } from './known-names.ts'
import { isOptional } from './may.ts'
import { outcomeOf } from './outcome.ts'
import type { Member } from './population.ts'
import type { Scene } from './scene.ts'
import { contextOf, draftOf, isCut, worldOf } from './surroundings.ts'

/** Definitions with their types erased: the compiler has checked them where they were written. */
export type ProcessBody = (me: object, context: object) => unknown
export type Handler = (me: object, message: object, context: object) => unknown
export type WorldBody = (world: object) => unknown
type Table<T> = Readonly<Record<string, Readonly<Record<string, T>>>>

/** The rules for what a process does of its own accord. */
export function actionRules(scene: Scene, member: Member, actions: Table<ProcessBody>): Rule[] {
  return Object.entries(actions[member.role] ?? {}).map(([action, body]) => ({
    action,
    process: member.id,
    fixed: {},
    kind: 'action',
    ...optionality(body),
    group: `${member.role}.${action}`,
    body: whileUp(scene, member, (run, me) => outcomeOf(body(me, contextOf(scene, member, run)))),
  }))
}

export function environmentRules(scene: Scene, actions: Readonly<Record<string, WorldBody>>): Rule[] {
  return Object.entries(actions).map(([action, body]) => ({
    action,
    process: null,
    fixed: {},
    kind: 'action',
    ...optionality(body),
    group: `environment.${action}`,
    body: (run) => outcomeOf(body(worldOf(scene, run))),
  }))
}

const optionality = (body: unknown): Pick<Rule, 'optional'> => (isOptional(body) ? { optional: true } : {})

/** The rules for receiving from each channel that leads to a process. */
export function receiveRules(scene: Scene, member: Member, handlers: Table<Handler>): Rule[] {
  if (!scene.handled.has(member.role)) return []
  return othersOf(scene, member).map((sender) => ({
    action: 'receive',
    process: member.id,
    fixed: { from: sender.id },
    kind: 'receive',
    group: member.role,
    body: delivery(scene, sender, member, handlers),
  }))
}

/** Takes a message of the channel and hands it to its handler; `admit` is asked about the message first. */
export function delivery(
  scene: Scene,
  sender: Member,
  member: Member,
  handlers: Table<Handler>,
  { keep = false, admit }: { keep?: boolean; admit?: (run: Run, type: string) => boolean } = {},
): Body {
  const channel = scene.layout.channelOf(sender.id, member.id)!
  const handle = handling(scene, sender, member, handlers[member.role]!)
  return whileUp(scene, member, (run) => {
    if (isCut(scene, run, sender.id, member.id)) return disabled
    const message = run.receive(channel, keep)
    if (admit !== undefined && !admit(run, message.type)) return disabled
    return handle(run, message)
  })
}

/** Hands a message to its handler. */
function handling(scene: Scene, sender: Member, member: Member, handlers: Readonly<Record<string, Handler>>) {
  return (run: Run, message: Message): unknown => {
    const context = contextOf(scene, member, run, { from: sender.id, choose: chooseBesides(run, 'from') })
    const guarded = knownNames(message, { owner: message.type, noun: 'field' }, scene.messages.get(message.type)!)
    return outcomeOf(handlers[message.type]!(draftOf(scene, member, run), guarded, context))
  }
}

/** `choose` for a rule that has an argument of this name already: a trace could not tell the two apart. */
function chooseBesides(run: Run, taken: string) {
  return chooser(run, (name) => {
    if (name !== taken) return name
    throw new SplitbrainError(
      'bad-step',
      `a handler calls a choice ${taken}, which is what traces call the sender of its message; give it another name`,
    )
  })
}

export const othersOf = (scene: Scene, member: Member): readonly Member[] =>
  scene.members.filter((other) => other !== member)

/** Disabled while the process is down or paused. */
function whileUp(scene: Scene, member: Member, body: (run: Run, me: object) => unknown): Body {
  const component = scene.layout.indexOf(member.id)
  const frail = scene.layout.frail.has(member.role)
  return (run) => {
    const me = run.draft(component) as { health?: Health }
    return frail && me.health !== 'up' ? disabled : body(run, draftOf(scene, member, run))
  }
}
