/**
 * A lock server that grants one lock to one client after the other, over a network that loses, delays and reorders; and
 * clients that ask again until they are answered. server.ts beside this file is the real thing.
 *
 * Every request has a number, so that the server knows those that are done: a late copy of one must not be granted, for
 * nobody would give it back. Every grant has a token, which grows (Kleppmann 2016). What the server knows is on disk
 * before it answers: a crash loses messages only, and so is no step here.
 *
 * Bounds: two clients and two requests each, so that a copy of the first can come after the second; three clients for the
 * order of those that wait.
 */
import { always, canAlways, disabled, id, noPair, protocol, sometimes, step, z } from 'splitbrain'

export default protocol(
  {
    name: 'lock-server',
    summary: 'a lock server on an unreliable network',
    parameters: {
      clients: z.int().min(1).max(5).default(2).describe('clients that want the lock'),
      requests: z.int().min(1).max(1_000_000).default(1).describe('how often each client asks for it'),
      retries: z.int().min(0).max(1_000_000).default(1).describe('how often each client repeats what it has sent'),
    },
    bugs: { servesLateCopies: 'a request that is done is granted once more' },
    roles: {
      server: {
        durable: {
          holder: id('client').nullable().default(null),
          token: z.int().default(0),
          waiting: z.array(id('client')).default([]),
          /** By client: the request that it has asked last, and whether that is over. */
          last: z.record(id('client'), z.object({ n: z.int(), isDone: z.boolean() })).default({}),
        },
      },
      client: {
        durable: {
          at: z.enum(['idle', 'asking', 'holding', 'releasing']).default('idle'),
          n: z.int().default(0),
          token: z.int().default(0),
          retries: z.int().default(0),
        },
      },
    },
    messages: {
      Acquire: { n: z.int() },
      Granted: { n: z.int(), token: z.int() },
      Release: { n: z.int() },
      Released: { n: z.int() },
    },
  },
  ({ clients, requests, retries }, bug) => ({
    population: { server: 1, client: clients },
    actions: {
      client: {
        acquire(me, { ids, send }) {
          if (me.at !== 'idle' || me.n === requests) return disabled
          me.at = 'asking'
          me.n += 1
          send(ids.server, { type: 'Acquire', n: me.n })
        },
        release(me, { ids, send }) {
          if (me.at !== 'holding') return disabled
          me.at = 'releasing'
          me.token = 0
          send(ids.server, { type: 'Release', n: me.n })
        },
        retry(me, { ids, send }) {
          if ((me.at !== 'asking' && me.at !== 'releasing') || me.retries === retries) return disabled
          me.retries += 1
          send(ids.server, { type: me.at === 'asking' ? 'Acquire' : 'Release', n: me.n })
        },
      },
    },
    receive: {
      server: {
        Acquire(me, { n }, { from, send }) {
          const last = me.last[from]
          if (last !== undefined && (n < last.n || (n === last.n && last.isDone && !bug.servesLateCopies))) return
          if (me.waiting.includes(from)) return
          me.last[from] = { n, isDone: false }
          if (me.holder !== null && me.holder !== from) {
            me.waiting.push(from)
            return
          }
          if (me.holder === null) me.token += 1
          me.holder = from
          send(from, { type: 'Granted', n, token: me.token })
        },
        Release(me, { n }, { from, send }) {
          send(from, { type: 'Released', n })
          if (me.holder !== from || me.last[from]?.n !== n) return
          me.last[from] = { n, isDone: true }
          me.holder = me.waiting.shift() ?? null
          if (me.holder === null) return
          me.token += 1
          send(me.holder, { type: 'Granted', n: me.last[me.holder]!.n, token: me.token })
        },
      },
      client: {
        Granted(me, { n, token }) {
          if (me.at !== 'asking' || me.n !== n) return
          me.at = 'holding'
          me.token = token
        },
        Released(me, { n }) {
          if (me.at === 'releasing' && me.n === n) me.at = 'idle'
        },
      },
    },
    properties: {
      mutualExclusion: always('at most one client holds the lock', ({ client }) =>
        noPair(
          client,
          (a, b) => a.at === 'holding' && b.at === 'holding',
          (a, b) => `${a.id} and ${b.id} both hold the lock`,
        ),
      ),
      tokensGrow: step('each token is greater than those before it', (before, after) =>
        after.server.every(({ token, holder }, i) => {
          const was = before.server[i]!
          return token >= was.token && (holder === null || holder === was.holder || token > was.token)
        }),
      ),
      aHandover: sometimes('the lock goes from one client to another', ({ server }) => server.some((s) => s.token > 1)),
      freeable: canAlways('the lock can always become free', ({ server }) => server.every((s) => s.holder === null)),
    },
  }),
)
