/** A worker that believes a lease that has run out, a server that forgets it in a restart, and a clock that others watch. */
import { always, disabled, protocol, z } from 'splitbrain'

export default protocol(
  {
    name: 'leases',
    roles: {
      worker: { volatile: { seen: z.string().nullable().default(null) } },
      server: { volatile: { holder: z.string().nullable().default(null) } },
    },
    shared: {
      lease: z.string().nullable().default(null),
      ticks: z.int().default(0),
      busy: z.array(z.string()).default([]),
    },
    faults: { crash: { roles: ['server'], budget: 2 } },
  },
  () => ({
    population: { worker: 2, server: 1 },
    actions: {
      environment: {
        tick({ shared }) {
          shared.ticks += 1
        },
      },
      server: {
        grant(me, { shared, choose, ids }) {
          if (me.holder !== null) return disabled
          me.holder = choose('to', ids.worker)
          shared.lease = me.holder
        },
      },
      worker: {
        look(me, { self, shared }) {
          if (shared.lease !== self || me.seen !== null) return disabled
          me.seen = shared.lease
        },
        work(me, { self, shared }) {
          if (me.seen === null) return disabled
          shared.busy.push(self)
        },
      },
    },
    properties: { exclusive: always('one worker at a time', ({ shared }) => shared.busy.length < 2) },
  }),
)
