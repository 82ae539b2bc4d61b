/** What has no word of its own in the language, said with what there is (docs/language.md), and that it says so. */
import { always, disabled, every, protocol, sometimes, z } from 'splitbrain'
import { expect, it } from 'vitest'
import { explore } from '../../src/engine/explore.ts'
import type { Model } from '../../src/model.ts'
import { lease } from './lease.ts'

const verdicts = async (model: Model) =>
  (await explore(model, { keepGoing: true })).properties.slice(1).map(({ verdict }) => verdict)

/** A node asks the other, which asks back so often before it answers: how many deliveries that takes is counted. */
const answering = (questions: number, within: number) =>
  protocol(
    {
      name: 'answering',
      roles: { node: { prefix: 'n', volatile: { isWaiting: z.boolean().default(false) } } },
      messages: { Pass: { left: z.int() } },
      shared: { deliveries: z.int().default(0) },
    },
    () => ({
      population: { node: 2 },
      actions: {
        node: {
          ask(me, { self, ids, peers, send }) {
            if (self !== ids.node[0] || me.isWaiting) return disabled
            me.isWaiting = true
            send(peers, { type: 'Pass', left: 2 * questions + 1 })
          },
        },
      },
      receive: {
        node: {
          Pass(me, { left }, { from, shared, send }) {
            shared.deliveries = left === 0 ? 0 : shared.deliveries + 1
            if (left === 0) me.isWaiting = false
            else send(from, { type: 'Pass', left: left - 1 })
          },
        },
      },
      properties: {
        soon: always('an answer takes so many deliveries', ({ shared }) => shared.deliveries < within),
      },
    }),
  ).instantiate()

/** Three senders, and a receiver that takes what they send in the order in which it was sent, whoever sent it. */
const inbox = protocol(
  {
    name: 'inbox',
    roles: {
      sender: { volatile: { hasSent: z.boolean().default(false) } },
      receiver: { volatile: { took: z.array(z.string()).default([]) } },
    },
    shared: { sent: z.array(z.string()).default([]), inbox: z.record(z.string(), z.array(z.string())).default({}) },
  },
  () => ({
    population: { sender: 3, receiver: 1 },
    actions: {
      sender: {
        send(me, { self, ids, shared }) {
          if (me.hasSent) return disabled
          me.hasSent = true
          shared.sent.push(self)
          const to = ids.receiver[0]!
          shared.inbox[to] = [...(shared.inbox[to] ?? []), self]
        },
      },
      receiver: {
        take(me, { self, shared }) {
          const next = shared.inbox[self]?.shift()
          if (next === undefined) return disabled
          me.took.push(next)
        },
      },
    },
    properties: {
      inOrder: always('what was sent first is taken first', ({ receiver, shared }) =>
        every(receiver, ({ took }) => took.every((from, i) => from === shared.sent[i])),
      ),
      other: sometimes('the last sender may come first', ({ receiver }) => receiver[0]!.took[0] === 'sender3'),
    },
  }),
).instantiate()

/** How often each pair of colours was drawn: a map by pairs, in which it makes no difference in which order entries came. */
const pairs = protocol(
  { name: 'pairs', shared: { drawn: z.set(z.tuple([z.tuple([z.string(), z.string()]), z.int()])).default(new Set()) } },
  () => ({
    actions: {
      environment: {
        draw({ shared, choose }) {
          const key = [choose('first', ['red', 'blue']), choose('second', ['red', 'blue'])] as const
          const entry = [...shared.drawn].find(([[first, second]]) => first === key[0] && second === key[1])
          if ((entry?.[1] ?? 0) === 2) return disabled
          if (entry !== undefined) shared.drawn.delete(entry)
          shared.drawn.add([[...key], (entry?.[1] ?? 0) + 1])
        },
      },
    },
    properties: {
      once: always(
        'each pair has one entry',
        ({ shared }) => new Set([...shared.drawn].map(([key]) => key.join())).size === shared.drawn.size,
      ),
    },
  }),
).instantiate()

it('a bounded response is a count of deliveries', async () => {
  expect(await verdicts(answering(0, 2))).toEqual(['holds'])
  expect(await verdicts(answering(1, 4))).toEqual(['holds'])
  expect(await verdicts(answering(2, 4))).toEqual(['violated'])
})

it('an inbox of each receiver is a shared record of lists', async () => {
  expect(await verdicts(inbox)).toEqual(['holds', 'holds'])
})

it('a map by pairs is a set of entries', async () => {
  expect(await explore(pairs)).toMatchObject({ verdict: 'holds', distinct: 3 ** 4 })
})

it('clocks whose rates differ by one in four part by a quarter of the lease', async () => {
  const apart = (duration: number) => Math.ceil(duration / 4)
  expect(await verdicts(lease({ duration: 4, deadline: 2, skew: apart(4) }))).toEqual(['holds'])
  expect(await verdicts(lease({ duration: 5, deadline: 4, skew: apart(5) }))).toEqual(['violated'])
})
