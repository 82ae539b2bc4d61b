/** `send(to, message)`: what it takes, and which channels it puts the message into. */
import type { Run } from '../model.ts'
import { found } from '../value/found.ts'
import { didYouMean } from '../value/nearest-name.ts'
import { SplitbrainError } from '../value/splitbrain-error.ts'
import type { Member } from './population.ts'
import type { Scene } from './surroundings.ts'

/** The `send` of process `self`: to one process or to each of several, in that order. */
export function sender(scene: Scene, self: Member, run: Run) {
  return (to: unknown, message: unknown): void => {
    const type = typeOf(scene, self, to, message)
    for (const receiver of receiversOf(self, to, message)) run.send(channelTo(scene, self, receiver, type), message)
  }
}

function receiversOf(self: Member, to: unknown, message: unknown): Iterable<unknown> {
  if (typeof to === 'string') return [to]
  if (typeof to === 'object' && to !== null && Symbol.iterator in to) return to as Iterable<unknown>
  throw misuse(self, to, message)
}

function typeOf(scene: Scene, self: Member, to: unknown, message: unknown): string {
  if (typeof message !== 'object' || message === null || Array.isArray(message)) throw misuse(self, to, message)
  const { type } = message as { readonly type?: unknown }
  if (typeof type !== 'string') throw misuse(self, to, message)
  const declared = [...scene.messages.keys()]
  if (declared.includes(type)) return type
  const hint = didYouMean(type, declared)
  throw new SplitbrainError(
    'bad-step',
    `${self.id} sends ${type}, which is not declared in messages${hint === '' ? '; declared are' : `${hint} Declared are`} ${declared.join(', ') || 'none'}`,
  )
}

function misuse(self: Member, to: unknown, message: unknown): SplitbrainError {
  return new SplitbrainError(
    'bad-step',
    `${self.id} calls send(${found(to)}, ${found(message)}); expected send(to, { type: 'Ping', ... }), where to is the id of a process or a list of ids`,
  )
}

function channelTo(scene: Scene, self: Member, receiver: unknown, type: string): number {
  const member = scene.members.find(({ id }) => id === receiver)
  if (member === undefined || member === self) {
    const what = member === self ? `${self.id}, which is itself` : found(receiver)
    throw new SplitbrainError('bad-step', `${self.id} sends ${type} to ${what}; expected the id of another process`)
  }
  if (!scene.handled.get(member.role)?.has(type)) {
    throw new SplitbrainError(
      'bad-step',
      `${self.id} sends ${type} to ${member.id}, but ${member.role} has no handler for it; add receive.${member.role}.${type}`,
    )
  }
  return scene.layout.channelOf(self.id, member.id)!
}
