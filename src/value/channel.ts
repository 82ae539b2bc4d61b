/**
 * What channels hold and how they change. A channel's value is the array of its messages: first those without an order,
 * by their text, so that they have one representation however they came about; then its queues, each oldest first.
 */
import type { Component, Keeping, Message, Order, Value } from '../model.ts'
import { textOf } from './canonical.ts'
import { type HistoryEvent, type Recorded, withEvent } from './history.ts'

/** What a channel holds after `message` was sent, or a history after it was recorded. */
export function afterSend(component: Component, value: readonly Value[], message: Message): readonly Value[] {
  if (component.kind === 'history') return withEvent(value as readonly HistoryEvent[], message as Recorded)
  return withMessage(value, message, component.kind === 'channel' ? component : { order: 'unordered' })
}

/** Where messages of an order stand in a channel. */
const PLACES: Readonly<Record<Order, number>> = { unordered: 0, set: 0, fifo: 1, selective: 2 }

/** The order of messages of a type. */
export const orderOf = ({ order, except }: Keeping, { type }: Message): Order =>
  except !== undefined && Object.hasOwn(except, type) ? except[type]! : order

const placeOf = (keeping: Keeping, message: Value): number => PLACES[orderOf(keeping, message as Message)]

/** The channel after `message` was put in. Both canonical. */
export function withMessage(channel: readonly Value[], message: Message, keeping: Keeping): readonly Value[] {
  const order = orderOf(keeping, message)
  const place = PLACES[order]
  const text = textOf(message)
  const isBehind = (other: Value) => {
    const at = placeOf(keeping, other)
    return at < place || (at === place && (place > 0 || textOf(other) < text))
  }
  let at = 0
  while (at < channel.length && isBehind(channel[at]!)) at++
  if (order === 'set' && at < channel.length && textOf(channel[at]!) === text) return channel
  return Object.freeze([...channel.slice(0, at), message, ...channel.slice(at)])
}

/** The channel after one copy of `message`, the oldest, was taken out, or undefined where it cannot be received now. */
export function withoutMessage(
  channel: readonly Value[],
  message: Message,
  keeping: Keeping,
): readonly Value[] | undefined {
  const text = textOf(message)
  const at = channel.findIndex((other) => textOf(other) === text)
  if (at < 0 || !isDeliverable(channel, at, keeping)) return undefined
  return Object.freeze([...channel.slice(0, at), ...channel.slice(at + 1)])
}

/** The distinct messages that can be received now, in the channel's order. */
export function deliverable(channel: readonly Value[], keeping: Keeping): readonly Message[] {
  return channel.filter((_, at) => isDeliverable(channel, at, keeping)) as Message[]
}

/** Whether the message at a position can be received, as the first of its like. */
function isDeliverable(channel: readonly Value[], at: number, keeping: Keeping): boolean {
  const message = channel[at] as Message
  const before = channel[at - 1]
  if (before === undefined) return true
  const order = orderOf(keeping, message)
  if (order === 'fifo') return placeOf(keeping, before) !== PLACES.fifo
  if (order !== 'selective') return textOf(before) !== textOf(message)
  return channel.findIndex((other) => textOf(other) === textOf(message)) === at
}
