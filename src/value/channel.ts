/**
 * What channels hold and how they change. A channel's value is the array of its messages:
 * a queue oldest first, others by their text, so that they have one representation however they came about.
 */
import type { Component, Message, Order, Value } from '../model.ts'
import { textOf } from './canonical.ts'
import { type HistoryEvent, type Recorded, withEvent } from './history.ts'

/** What a channel holds after `message` was sent, or a history after it was recorded. */
export function afterSend(component: Component, value: readonly Value[], message: Message): readonly Value[] {
  if (component.kind === 'history') return withEvent(value as readonly HistoryEvent[], message as Recorded)
  return withMessage(value, message, component.kind === 'channel' ? component.order : 'unordered')
}

/** The channel after `message` was put in. Both canonical. */
export function withMessage(channel: readonly Value[], message: Message, order: Order): readonly Value[] {
  if (order === 'fifo') return Object.freeze([...channel, message])
  const text = textOf(message)
  let at = 0
  while (at < channel.length && textOf(channel[at]!) < text) at++
  if (order === 'set' && at < channel.length && textOf(channel[at]!) === text) return channel
  return Object.freeze([...channel.slice(0, at), message, ...channel.slice(at)])
}

/** The channel after one copy of `message` was taken out, or undefined where it cannot be received now. */
export function withoutMessage(
  channel: readonly Value[],
  message: Message,
  order: Order,
): readonly Value[] | undefined {
  const text = textOf(message)
  const at = channel.findIndex((other) => textOf(other) === text)
  if (at < 0 || (order === 'fifo' && at > 0)) return undefined
  return Object.freeze([...channel.slice(0, at), ...channel.slice(at + 1)])
}

/** The distinct messages that can be received now, in the channel's order. */
export function deliverable(channel: readonly Value[], order: Order): readonly Message[] {
  if (order === 'fifo') return channel.slice(0, 1) as Message[]
  return channel.filter((message, i) => i === 0 || textOf(channel[i - 1]!) !== textOf(message)) as Message[]
}
