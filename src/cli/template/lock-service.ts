/**
 * A lock service: one server grants a lock, clients take it and give it back.
 *
 * Check it, then check it with its seeded bug, and read the counterexample:
 *   verify ./lock-service.ts --clients 3
 *   verify ./lock-service.ts --bug forget-holder
 */
import { always, canAlways, disabled, id, noPair, protocol, sometimes, z } from 'splitbrain'

export default protocol(
  {
    name: 'lock-service',
    summary: 'one server grants a lock to one client at a time',
    // Parameters become options: --clients 3. They bound what is explored, so keep them small.
    parameters: { clients: z.int().min(1).max(5).default(2).describe('clients that want the lock') },
    // Bugs are off unless asked for: --bug forget-holder.
    bugs: {
      forgetHolder: 'a restarted server forgets who holds the lock',
      ignoreRelease: 'the server does not take the lock back',
    },
    roles: {
      // Durable state survives a crash, volatile state goes back to its default.
      server: { durable: { holder: id('client').nullable().default(null) } },
      client: { volatile: { lock: z.enum(['none', 'wanted', 'held']).default('none') } },
    },
    messages: { Acquire: {}, Granted: {}, Release: {} },
    // The server may crash once, or as often as --crashes says.
    faults: { crash: { roles: ['server'], restart: 'at once', budget: 1 } },
  },
  ({ clients }, bug) => ({
    population: { server: 1, client: clients },

    // What a process does of its own accord. `me` is its state: change it in place. `disabled`: not now.
    actions: {
      client: {
        acquire(me, { ids, send }) {
          if (me.lock !== 'none') return disabled
          me.lock = 'wanted'
          send(ids.server, { type: 'Acquire' })
        },
        release(me, { ids, send }) {
          if (me.lock !== 'held') return disabled
          me.lock = 'none'
          send(ids.server, { type: 'Release' })
        },
      },
    },

    // What a process does with a message. Messages may be overtaken; `disabled` leaves one waiting.
    receive: {
      server: {
        Acquire(me, _message, { from, send }) {
          if (me.holder !== null) return disabled
          me.holder = from
          send(from, { type: 'Granted' })
        },
        Release(me) {
          if (!bug.ignoreRelease) me.holder = null
        },
      },
      client: {
        Granted(me) {
          me.lock = 'held'
        },
      },
    },

    restart: {
      server(me) {
        if (bug.forgetHolder) me.holder = null
      },
    },

    // What must be true: of every state, of at least one, of some state that can be reached from every one.
    properties: {
      mutualExclusion: always('at most one client holds the lock', ({ client }) =>
        noPair(
          client,
          (a, b) => a.lock === 'held' && b.lock === 'held',
          (a, b) => `${a.id} and ${b.id} both hold the lock`,
        ),
      ),
      aHolder: sometimes('a client gets the lock', ({ client }) => client.some((c) => c.lock === 'held')),
      freeable: canAlways('the lock can always become free', ({ server }) => server.every((s) => s.holder === null)),
    },
  }),
)
