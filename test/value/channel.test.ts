/** Channels against the simplest thing that could be meant: a list of messages, compared as a multiset, set or queue. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Message, Order, Value } from '../../src/model.ts'
import { canonical, textOf } from '../../src/value/canonical.ts'
import { deliverable, withMessage, withoutMessage } from '../../src/value/channel.ts'

const message = (type: string, n: number) => canonical({ type, n }, 'message') as Message
const someMessage = fc.tuple(fc.constantFrom('A', 'B'), fc.nat(2)).map(([type, n]) => message(type, n))
const operation = fc.tuple(fc.constantFrom('send', 'send', 'receive'), someMessage)
const texts = (channel: readonly Value[]) => channel.map(textOf)

const ORDERS = ['unordered', 'set', 'fifo'] as const

/** What is held after the operations, by the definition of the order. */
function naive(operations: readonly (readonly [string, Message])[], order: Order): string[] {
  const held: string[] = []
  for (const [operation, sent] of operations) {
    const text = textOf(sent)
    if (operation === 'receive') {
      const at = order === 'fifo' ? (held[0] === text ? 0 : -1) : held.indexOf(text)
      if (at >= 0) held.splice(at, 1)
    } else if (order !== 'set' || !held.includes(text)) held.push(text)
  }
  return order === 'fifo' ? held : held.sort()
}

const offeredOf = (held: readonly string[], order: Order) => (order === 'fifo' ? held.slice(0, 1) : [...new Set(held)])

describe.each(ORDERS)('a channel that is %s', (order) => {
  const play = (operations: readonly (readonly [string, Message])[]) => {
    let channel: readonly Value[] = []
    for (const [operation, sent] of operations) {
      if (operation === 'send') channel = withMessage(channel, sent, order)
      else channel = withoutMessage(channel, sent, order) ?? channel
    }
    return channel
  }

  it('holds what the definition says', () => {
    fc.assert(
      fc.property(fc.array(operation, { maxLength: 12 }), (operations) => {
        expect(texts(play(operations))).toEqual(naive(operations, order))
      }),
    )
  })

  it('delivers each distinct message it can, and nothing else', () => {
    fc.assert(
      fc.property(fc.array(operation, { maxLength: 12 }), someMessage, (operations, asked) => {
        const channel = play(operations)
        const offered = texts(deliverable(channel, order))
        expect(offered).toEqual(offeredOf(naive(operations, order), order))
        expect(withoutMessage(channel, asked, order) !== undefined).toBe(offered.includes(textOf(asked)))
      }),
    )
  })

  it('is one value, however messages without an order came about', () => {
    const sendAll = (messages: readonly Message[]) => play(messages.map((each) => ['send', each] as const))
    fc.assert(
      fc.property(fc.array(someMessage, { maxLength: 6 }), (messages) => {
        const other = order === 'fifo' ? messages : messages.toReversed()
        expect(texts(sendAll(other))).toEqual(texts(sendAll(messages)))
      }),
    )
  })

  it('is frozen, and leaves the channel it was made from alone', () => {
    const before = withMessage([], message('A', 1), order)
    const after = withMessage(before, message('B', 1), order)
    expect([before.length, after.length]).toEqual([1, 2])
    expect([before, after, withoutMessage(after, message('A', 1), order)].every(Object.isFrozen)).toBe(true)
  })
})

it('keeps a second copy of a message only where it is not a set', () => {
  const twice = (order: Order) => withMessage(withMessage([], message('A', 1), order), message('A', 1), order)
  expect(ORDERS.map((order) => twice(order).length)).toEqual([2, 1, 2])
})

it('takes one copy out of several', () => {
  const three = [1, 1, 1].reduce<readonly Value[]>(
    (channel, n) => withMessage(channel, message('A', n), 'unordered'),
    [],
  )
  expect(withoutMessage(three, message('A', 1), 'unordered')).toHaveLength(2)
  expect(deliverable(three, 'unordered')).toHaveLength(1)
})
