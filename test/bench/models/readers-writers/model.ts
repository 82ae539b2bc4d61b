/** Readers and writers wait in one queue: who is first enters as soon as those inside allow it. */
import { always, declare, disabled, id, noPair, protocol, z } from 'splitbrain'

const readersWriters = declare({
  name: 'readers-writers',
  summary: 'a lock for readers and writers, first come, first served',
  sources: ['Courtois, Heymans & Parnas 1971, Concurrent Control with Readers and Writers'],
  parameters: { n: z.int().min(1).max(9).default(3) },
  roles: {
    client: {
      prefix: 'c',
      volatile: { at: z.enum(['idle', 'waiting', 'reading', 'writing']).default('idle') },
    },
  },
  shared: {
    queue: z.array(z.object({ client: id('client'), writes: z.boolean() })).default([]),
    readers: z.int().min(0).default(0),
    isWritten: z.boolean().default(false),
  },
})

export default protocol(readersWriters, ({ n }) => ({
  population: { client: n },
  actions: {
    client: {
      ask(me, { self, shared, choose }) {
        if (me.at !== 'idle') return disabled
        shared.queue.push({ client: self, writes: choose('writes', [false, true]) })
        me.at = 'waiting'
      },
      enter(me, { self, shared }) {
        const [first] = shared.queue
        if (first?.client !== self || shared.isWritten || (first.writes && shared.readers > 0)) return disabled
        shared.queue.shift()
        me.at = first.writes ? 'writing' : 'reading'
        if (first.writes) shared.isWritten = true
        else shared.readers += 1
      },
      leave(me, { shared }) {
        if (me.at === 'writing') shared.isWritten = false
        else if (me.at === 'reading') shared.readers -= 1
        else return disabled
        me.at = 'idle'
      },
    },
  },
  properties: {
    exclusion: always('who writes is alone', ({ client }) =>
      noPair(
        client.filter(({ at }) => at === 'reading' || at === 'writing'),
        (a, b) => a.at === 'writing' || b.at === 'writing',
      ),
    ),
  },
}))
