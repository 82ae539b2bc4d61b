/** `send`: what it takes, and which channels it puts the message into. */
import { disabled, type Run } from '../model.ts'
import { found } from '../value/found.ts'
import { didYouMean } from '../value/nearest-name.ts'
import { SplitbrainError } from '../value/splitbrain-error.ts'
import type { Member } from './population.ts'
import type { Scene } from './scene.ts'

/** How a run sends: on behalf of a process, to one process, or to each of several in no order. */
export function sender(scene: Scene, run: Run) {
  const room = roomIn(scene, run)
  return (self: Member, to: unknown, message: unknown): void => {
    const type = typeOf(scene, self, to, message)
    const channels = Array.from(receiversOf(self, to, message), (receiver) => {
      const member = receiverOf(scene, self, receiver, type)
      return scene.layout.channelOf(self.id, member.id)!
    })
    if (!channels.every(room)) throw disabled
    for (let rest = channels; rest.length > 0; rest = withoutFirsts(rest)) run.send([...new Set(rest)], message)
  }
}

/** Where somebody is named again: one copy is sent after the other. */
const withoutFirsts = (channels: readonly number[]): number[] =>
  channels.filter((channel, i) => channels.indexOf(channel) < i)

/** `send` for those who are nobody themselves: `send(from, to, message)`. */
export function senderFor(scene: Scene, run: Run) {
  const send = sender(scene, run)
  return (from: unknown, to: unknown, message: unknown): void => {
    const self = scene.members.find(({ id }) => id === from)
    if (self === undefined) {
      const call = `send(${[from, to, message].map(found).join(', ')})`
      throw new SplitbrainError(
        'bad-step',
        `found ${call}; expected send(from, to, message), where from is the id of the process that sends it`,
      )
    }
    send(self, to, message)
  }
}

/** Takes room for one message more, if there is any: a channel holds so many, those of this run among them. */
function roomIn({ network: { capacity } }: Scene, run: Run): (channel: number) => boolean {
  const sent = new Map<number, number>()
  return (channel) => {
    if (capacity === Number.POSITIVE_INFINITY) return true
    const more = (sent.get(channel) ?? 0) + 1
    sent.set(channel, more)
    return (run.read(channel) as readonly unknown[]).length + more <= capacity
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

function receiverOf(scene: Scene, self: Member, receiver: unknown, type: string): Member {
  const member = scene.members.find(({ id }) => id === receiver)
  if (member === undefined) throw badReceiver(self, type, found(receiver))
  if (member === self) throw badReceiver(self, type, `${self.id}, which is itself`)
  if (scene.handled.get(member.role)?.has(type)) return member
  throw new SplitbrainError(
    'bad-step',
    `${self.id} sends ${type} to ${member.id}, but ${member.role} has no handler for it; add receive.${member.role}.${type}`,
  )
}

const badReceiver = (self: Member, type: string, receiver: string): SplitbrainError =>
  new SplitbrainError('bad-step', `${self.id} sends ${type} to ${receiver}; expected the id of another process`)
