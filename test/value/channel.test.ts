/** Channels against the simplest thing that could be meant: a list of messages, compared as a multiset, set or queue. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Keeping, Message, Order, Value } from '../../src/model.ts'
import { canonical, textOf } from '../../src/value/canonical.ts'
import { deliverable, withMessage, withoutMessage } from '../../src/value/channel.ts'

const message = (type: string, n: number) => canonical({ type, n }, 'message') as Message
const someMessage = fc.tuple(fc.constantFrom('A', 'B'), fc.nat(2)).map(([type, n]) => message(type, n))
const operation = fc.tuple(fc.constantFrom('send', 'send', 'receive'), someMessage)
const texts = (channel: readonly Value[]) => channel.map(textOf)

const ORDERS = ['unordered', 'set', 'fifo', 'selective'] as const

const isQueue = (order: Order) => order === 'fifo' || order === 'selective'

/** What is held of the messages of one order after the operations, by its definition, in the order of sending. */
function naive(operations: readonly (readonly [string, Message])[], order: Order): string[] {
  const held: string[] = []
  for (const [operation, sent] of operations) {
    const text = textOf(sent)
    if (operation === 'receive') {
      const at = order === 'fifo' ? (held[0] === text ? 0 : -1) : held.indexOf(text)
      if (at >= 0) held.splice(at, 1)
    } else if (order !== 'set' || !held.includes(text)) held.push(text)
  }
  return isQueue(order) ? held : held.sort()
}

const offeredOf = (held: readonly string[], order: Order) => (order === 'fifo' ? held.slice(0, 1) : [...new Set(held)])

/** A and B are each kept in an order: the same one, or one each. */
const keepings = ORDERS.flatMap((a) =>
  ORDERS.map((b): [Order, Order, Keeping] => [a, b, { order: a, except: { B: b } }]),
)

describe.each(keepings)('a channel that is %s, but for B, which is %s', (a, b, keeping) => {
  const play = (operations: readonly (readonly [string, Message])[]) => {
    let channel: readonly Value[] = []
    for (const [operation, sent] of operations) {
      if (operation === 'send') channel = withMessage(channel, sent, keeping)
      else channel = withoutMessage(channel, sent, keeping) ?? channel
    }
    return channel
  }
  /** Messages of one order are kept together, those of another apart from them. */
  const kinds = a === b ? [['A', 'B']] : [['A'], ['B']]
  const ofKind = (types: readonly string[], operations: readonly (readonly [string, Message])[]) =>
    operations.filter(([, { type }]) => types.includes(type))
  const orderOf = (types: readonly string[]) => (types[0] === 'A' ? a : b)

  it('holds what the definition says', () => {
    fc.assert(
      fc.property(fc.array(operation, { maxLength: 12 }), (operations) => {
        const channel = play(operations)
        for (const types of kinds) {
          const held = channel.filter((each) => types.includes((each as Message).type)).map(textOf)
          expect(held).toEqual(naive(ofKind(types, operations), orderOf(types)))
        }
      }),
    )
  })

  it('delivers each distinct message it can, and nothing else', () => {
    fc.assert(
      fc.property(fc.array(operation, { maxLength: 12 }), someMessage, (operations, asked) => {
        const channel = play(operations)
        const offered = deliverable(channel, keeping)
        for (const types of kinds) {
          const held = naive(ofKind(types, operations), orderOf(types))
          const told = offered.filter(({ type }) => types.includes(type)).map(textOf)
          expect(told).toEqual(offeredOf(held, orderOf(types)))
        }
        expect(withoutMessage(channel, asked, keeping) !== undefined).toBe(texts(offered).includes(textOf(asked)))
      }),
    )
  })

  it('is one value, however messages without an order came about', () => {
    const sendAll = (messages: readonly Message[]) => play(messages.map((each) => ['send', each] as const))
    const isQueued = ({ type }: Message) => isQueue(type === 'A' ? a : b)
    fc.assert(
      fc.property(fc.array(someMessage, { maxLength: 6 }), (messages) => {
        const sorted = [...messages.filter((each) => !isQueued(each)).toReversed(), ...messages.filter(isQueued)]
        expect(texts(sendAll(sorted))).toEqual(texts(sendAll(messages)))
      }),
    )
  })

  it('is frozen, and leaves the channel it was made from alone', () => {
    const before = withMessage([], message('A', 1), keeping)
    const after = withMessage(before, message('B', 1), keeping)
    expect([before.length, after.length]).toEqual([1, 2])
    expect([before, after, withoutMessage(after, message('A', 1), keeping)].every(Object.isFrozen)).toBe(true)
  })
})

it('keeps a second copy of a message only where it is not a set', () => {
  const twice = (order: Order) => withMessage(withMessage([], message('A', 1), { order }), message('A', 1), { order })
  expect(ORDERS.map((order) => twice(order).length)).toEqual([2, 1, 2, 2])
})

it('takes one copy out of several', () => {
  const three = [1, 1, 1].reduce<readonly Value[]>(
    (channel, n) => withMessage(channel, message('A', n), { order: 'unordered' }),
    [],
  )
  expect(withoutMessage(three, message('A', 1), { order: 'unordered' })).toHaveLength(2)
  expect(deliverable(three, { order: 'unordered' })).toHaveLength(1)
})
