/** Go back n: a window of messages over two lossy channels that keep the order. A window of one is the alternating bit. */
import { always, declare, disabled, every, protocol, z } from 'splitbrain'

const sliding = declare({
  name: 'sliding-window',
  summary: 'a sliding window over channels that lose messages',
  sources: ['Tanenbaum, Computer Networks, 3.4'],
  parameters: {
    window: z.int().min(1).max(7).default(2),
    messages: z.int().min(1).max(20).default(4),
  },
  roles: {
    sender: { volatile: { acked: z.int().min(0).default(0) } },
    receiver: { volatile: { taken: z.int().min(0).default(0) } },
  },
  messages: { Data: { number: z.int() }, Ack: { number: z.int() } },
  network: { order: 'fifo', capacity: 4 },
  faults: { lose: { budget: 'unlimited' } },
})

export default protocol(sliding, ({ window, messages }) => {
  const numbers = window + 1
  return {
    population: { sender: 1, receiver: 1 },
    actions: {
      sender: {
        transmit(me, { ids, choose, send }) {
          const ahead = choose(
            'ahead',
            Array.from({ length: window }, (_, i) => i),
          )
          if (me.acked + ahead >= messages) return disabled
          send(ids.receiver, { type: 'Data', number: (me.acked + ahead) % numbers })
        },
      },
    },
    receive: {
      receiver: {
        Data(me, { number }, { from, send }) {
          if (number === me.taken % numbers) me.taken += 1
          send(from, { type: 'Ack', number: me.taken % numbers })
        },
      },
      sender: {
        Ack(me, { number }) {
          me.acked += (number - (me.acked % numbers) + numbers) % numbers
        },
      },
    },
    properties: {
      acknowledged: always('what is acknowledged was taken', ({ sender, receiver }) =>
        every(sender, ({ acked }) => acked <= receiver[0]!.taken),
      ),
    },
  }
})
