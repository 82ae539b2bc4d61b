/**
 * The alternating bit protocol (Bartlett, Scantlebury & Wilkinson 1969): over channels that keep the order and may lose
 * anything at any time, a message is sent again until its acknowledgement comes; one bit tells the next message from the
 * last one repeated. Losses are without a bound: a channel may lose for ever. That it delivers all the same takes channels
 * which, tried again and again, deliver at last; that what stays in flight is delivered in the end is not enough.
 */
import { alwaysEventually, disabled, leadsTo, protocol, step, z } from 'splitbrain'
import type { Assumption } from '../../src/property/fairness.ts'

const Bit = z.int().min(0).max(1)

export const alternatingBit = (fairness: Assumption, capacity = 1) =>
  protocol(
    {
      name: 'alternating-bit',
      roles: {
        sender: { volatile: { bit: Bit.default(0), isDue: z.boolean().default(true) } },
        receiver: { volatile: { expects: Bit.default(0) } },
      },
      messages: { Data: { bit: Bit }, Ack: { bit: Bit } },
      network: { order: 'fifo', capacity },
      faults: { lose: { budget: 'unlimited' } },
    },
    () => ({
      population: { sender: 1, receiver: 1 },
      actions: {
        sender: {
          transmit(me, { ids, send }) {
            if (!me.isDue) return disabled
            me.isDue = false
            send(ids.receiver, { type: 'Data', bit: me.bit })
          },
        },
        environment: {
          /** Early or not. */
          timeout({ sender: [it] }) {
            if (it!.isDue) return disabled
            it!.isDue = true
          },
        },
      },
      receive: {
        receiver: {
          Data(me, { bit }, { from, send }) {
            if (bit === me.expects) me.expects = 1 - bit
            send(from, { type: 'Ack', bit })
          },
        },
        sender: {
          Ack(me, { bit }) {
            if (bit !== me.bit) return
            me.bit = 1 - bit
            me.isDue = true
          },
        },
      },
      properties: {
        onceEach: step('each message is taken once', (before, after) => {
          const isTaken = before.receiver[0]!.expects !== after.receiver[0]!.expects
          return !isTaken || before.receiver[0]!.expects === before.sender[0]!.bit
        }),
        delivers: leadsTo(
          'a message that is sent is acknowledged in the end',
          ({ sender }) => sender[0]!.bit === 0,
          ({ sender }) => sender[0]!.bit === 1,
          fairness,
        ),
        goesOn: alwaysEventually(
          'messages are taken again and again',
          ({ receiver }) => receiver[0]!.expects === 0,
          fairness,
        ),
      },
    }),
  ).instantiate()
