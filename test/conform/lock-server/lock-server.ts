/** A lock server, as P's example PObserve has it: clients ask for locks and release them, and each is answered at once. */
import { declare, disabled, id, never, protocol, z } from 'splitbrain'

const lockServer = declare({
  name: 'lock-server',
  parameters: { clients: z.int().min(1).max(16).default(5), locks: z.int().min(1).max(8).default(1) },
  bugs: { grantsTwice: 'a lock that is held is granted once more' },
  roles: {
    server: { durable: { holders: z.array(z.array(id('client'))).default([]) } },
    client: { prefix: 'c', durable: { asked: z.string().nullable().default(null), lock: z.int().default(0) } },
  },
  messages: { Ask: { what: z.enum(['LOCK', 'RELEASE']), lock: z.int() }, Answer: { ok: z.boolean() } },
})

export default protocol(lockServer, ({ clients, locks }, bug) => ({
  population: { server: 1, client: clients },
  start: {
    server(me) {
      me.holders = Array.from({ length: locks }, () => [])
    },
  },
  actions: {
    client: {
      ask(me, { choose, ids, send }) {
        if (me.asked !== null) return disabled
        const what = choose('what', ['LOCK', 'RELEASE'] as const)
        me.lock = choose(
          'lock',
          Array.from({ length: locks }, (_, i) => i),
        )
        me.asked = what
        send(ids.server, { type: 'Ask', what, lock: me.lock })
      },
    },
  },
  receive: {
    server: {
      Ask(me, { what, lock }, { from, send }) {
        const holders = me.holders[lock]!
        const ok = what === 'LOCK' ? holders.length === 0 || bug.grantsTwice : holders.includes(from)
        if (ok && what === 'LOCK') holders.push(from)
        if (ok && what === 'RELEASE') holders.splice(holders.indexOf(from), 1)
        send(from, { type: 'Answer', ok })
      },
    },
    client: {
      Answer(me) {
        me.asked = null
      },
    },
  },
  properties: {
    mutualExclusion: never('a lock has two holders', ({ server: [server] }) =>
      server!.holders.some((holders) => holders.length > 1),
    ),
  },
}))
