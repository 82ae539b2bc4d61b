/** More of what has no word of its own (docs/language.md): logs, numbers that are relative, and what comes too early or half. */
import { always, disabled, eventuallyAlways, every, protocol, sometimes, z } from 'splitbrain'
import { expect, it } from 'vitest'
import { explore } from '../../src/engine/explore.ts'
import type { Model } from '../../src/model.ts'

const verdicts = async (model: Model) =>
  (await explore(model, { keepGoing: true })).properties.slice(1).map(({ verdict }) => verdict)

/** Two writers append `x`: entries that say who and which one are four; without, they are one value four times. */
const log = (areTold: boolean) =>
  protocol(
    {
      name: 'log',
      roles: { writer: { prefix: 'w', durable: { n: z.int().max(2).default(0) } } },
      shared: { log: z.array(z.object({ text: z.string(), by: z.string(), n: z.int() })).default([]) },
    },
    () => ({
      population: { writer: 2 },
      actions: {
        writer: {
          append(me, { self, shared }) {
            if (me.n === 2) return disabled
            me.n += 1
            shared.log.push(areTold ? { text: 'x', by: self, n: me.n } : { text: 'x', by: '', n: 0 })
          },
        },
      },
      properties: {
        once: always(
          'no entry is there twice',
          ({ shared }) => new Set(shared.log.map(({ by, n }) => `${by} ${n}`)).size === shared.log.length,
        ),
      },
    }),
  ).instantiate()

/** Two counters that stay within one of each other and go on for ever: what tells states apart is how far they are apart. */
const relative = protocol(
  { name: 'relative', roles: { counter: { prefix: 'c', durable: { n: z.int().min(0).max(1).default(0) } } } },
  () => ({
    population: { counter: 2 },
    actions: {
      environment: {
        count({ counter, choose }) {
          const it = counter[choose('counter', [0, 1])]!
          if (it.n === 1) return disabled
          it.n += 1
          const lowest = Math.min(...counter.map(({ n }) => n))
          for (const each of counter) each.n -= lowest
        },
      },
    },
    properties: { apart: sometimes('one is ahead', ({ counter }) => counter[0]!.n > counter[1]!.n) },
  }),
).instantiate()

/** Over fifo, `Late` comes before `Early`, which is to be dealt with first: what is too early is kept for later. */
const selective = protocol(
  {
    name: 'selective',
    roles: {
      sender: { volatile: { hasSent: z.boolean().default(false) } },
      receiver: { volatile: { later: z.array(z.int()).default([]), done: z.array(z.int()).default([]) } },
    },
    messages: { Item: { n: z.int() } },
    network: 'fifo',
  },
  () => ({
    population: { sender: 1, receiver: 1 },
    actions: {
      sender: {
        send(me, { ids, send }) {
          if (me.hasSent) return disabled
          me.hasSent = true
          for (const n of [3, 1, 2]) send(ids.receiver, { type: 'Item', n })
        },
      },
    },
    receive: {
      receiver: {
        Item(me, { n }) {
          me.later.push(n)
          const next = () => me.later.indexOf(me.done.length + 1)
          while (next() >= 0) me.done.push(...me.later.splice(next(), 1))
        },
      },
    },
    properties: {
      inOrder: always('items are dealt with by their numbers', ({ receiver }) =>
        every(receiver, ({ done }) => done.every((n, i) => n === i + 1)),
      ),
      all: sometimes('all are dealt with', ({ receiver }) => receiver[0]!.done.length === 3),
    },
  }),
).instantiate()

/** A note to two others: sent to each, a crash may come in between; written into a shared log, it is there or not. */
const notice = (how: 'sent' | 'logged') =>
  protocol(
    {
      name: 'notice',
      roles: {
        teller: { durable: { hasTold: z.boolean().default(false) } },
        hearer: { durable: { at: z.int().default(0), heard: z.boolean().default(false) } },
      },
      messages: { Note: {} },
      shared: { log: z.array(z.string()).default([]) },
      faults: { crash: { roles: ['teller'], restart: 'never', budget: 1 } },
    },
    () => ({
      population: { teller: 1, hearer: 2 },
      actions: {
        teller: {
          tell(me, { ids, shared, send }) {
            if (me.hasTold) return disabled
            me.hasTold = true
            if (how === 'sent') send(ids.hearer, { type: 'Note' })
            else shared.log.push('note')
          },
        },
        hearer: {
          look(me, { shared }) {
            if (me.at === shared.log.length) return disabled
            me.at += 1
            me.heard = true
          },
        },
      },
      receive: {
        hearer: {
          Note(me) {
            me.heard = true
          },
        },
      },
      properties: {
        allOrNone: eventuallyAlways(
          'in the end all have heard, or none',
          ({ hearer, teller }) =>
            hearer.every(({ heard }) => heard) || (teller[0]!.health === 'down' && hearer.every(({ heard }) => !heard)),
          { weak: ['actions', 'messages'] },
        ),
      },
    }),
  ).instantiate()

it('entries of a log are told apart by what they say', async () => {
  expect(await explore(log(true))).toMatchObject({ verdict: 'holds', distinct: 19 })
  expect(await verdicts(log(false))).toEqual(['violated'])
})

it('numbers relative to the lowest tell no two states apart that differ in nothing else', async () => {
  expect(await explore(relative)).toMatchObject({ verdict: 'holds', distinct: 3 })
})

it('what comes too early is kept for later', async () => {
  expect(await verdicts(selective)).toEqual(['holds', 'holds'])
})

it('what is written into a shared log no crash cuts short', async () => {
  expect(await verdicts(notice('sent'))).toEqual(['violated'])
  expect(await verdicts(notice('logged'))).toEqual(['holds'])
})
