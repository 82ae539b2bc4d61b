/** Lamport's mutual exclusion: requests in the order of their logical times, on channels that keep the order. */
import { always, declare, disabled, id, noPair, protocol, z } from 'splitbrain'

const lamport = declare({
  name: 'lamport-mutex',
  summary: "Lamport's mutual exclusion by logical clocks",
  sources: ['Lamport 1978, Time, Clocks, and the Ordering of Events in a Distributed System'],
  parameters: {
    n: z.int().min(2).max(5).default(3),
    entries: z.int().min(1).max(9).default(1),
  },
  roles: {
    process: {
      prefix: 'p',
      volatile: {
        clock: z.int().default(1),
        /** The requests that it knows of: times, by process. */
        queue: z.record(id('process'), z.int()).default({}),
        acks: z.set(id('process')).default(new Set()),
        isInside: z.boolean().default(false),
        entries: z.int().min(0).default(0),
      },
    },
  },
  messages: { Request: { time: z.int() }, Ack: {}, Release: {} },
  network: 'fifo',
})

export default protocol(lamport, ({ n, entries }) => ({
  population: { process: n },
  actions: {
    process: {
      request(me, { self, peers, send }) {
        if (me.queue[self] !== undefined || me.entries === entries) return disabled
        me.entries += 1
        me.queue[self] = me.clock
        me.acks = new Set([self])
        send(peers, { type: 'Request', time: me.clock })
      },
      enter(me, { self, ids, peers }) {
        const mine = me.queue[self]
        if (mine === undefined || me.isInside || me.acks.size < n) return disabled
        const isBefore = (other: string, time: number) =>
          time < mine || (time === mine && ids.process.indexOf(other as never) < ids.process.indexOf(self))
        if (peers.some((peer) => me.queue[peer] !== undefined && isBefore(peer, me.queue[peer]!))) return disabled
        me.isInside = true
      },
      leave(me, { self, peers, send }) {
        if (!me.isInside) return disabled
        me.isInside = false
        delete me.queue[self]
        me.acks = new Set()
        send(peers, { type: 'Release' })
      },
    },
  },
  receive: {
    process: {
      Request(me, { time }, { from, send }) {
        me.clock = Math.max(me.clock, time) + 1
        me.queue[from] = time
        send(from, { type: 'Ack' })
      },
      Ack(me, _, { from }) {
        me.acks.add(from)
      },
      Release(me, _, { from }) {
        delete me.queue[from]
      },
    },
  },
  properties: {
    exclusion: always('at most one is inside', ({ process }) => noPair(process, (a, b) => a.isInside && b.isInside)),
  },
}))
