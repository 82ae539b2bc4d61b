/**
 * The lock in Redis with WAIT: a client believes in its lock only once so many replicas have it.
 *
 * Sources: document 002 (Redis, "wait until at least half of the cluster has it"; weak consistency); Redis documentation,
 * WAIT ("does not make Redis a strongly consistent store") and "High availability with Redis Sentinel" (which replica is
 * promoted). The lock itself is `compare-del` of redis-lock.ts, which has the ladder before this step.
 *
 * Modelled: a master and its replicas, to each of which it ships what it has, when it gets round to it. A client sets the
 * key if there is none, then waits until `--wait` replicas have it, or gives up and deletes it. A server fails for good
 * (`--failures`); if it is the master, a replica takes over with what it has: the one that has most (`--promote newest`,
 * which Sentinel prefers), or any, since the newest may be out of reach. Whoever waits is then told of an error, and tries
 * again. The key expires where its owner does not hold it, or is late: it has crashed, or stands still (`--pauses`).
 *
 * Findings. Half of the cluster is enough if the newest replica is promoted and the old master is dead. If any may be, only
 * all replicas are (`any-replica`), and then one that is down lets nobody lock (`all-and-one-down`). A client that does not
 * look at what WAIT returns has gained nothing (bug `waitInVain`). And no number of replicas helps against a holder that
 * stands still while its key expires (`paused-holder`): it believes on.
 *
 * Left out: masters that are replaced while they are up, and go on taking locks; fencing (see redis-lock).
 *
 * Bounds: 2 replicas, of which one can have the key and the other not; 2 clients, one failure.
 */
import {
  always,
  type Context,
  canAlways,
  declare,
  disabled,
  id,
  noPair,
  type Process,
  type ProcessView,
  protocol,
  sometimes,
  type View,
  type World,
  z,
} from 'splitbrain'

const redisLockWait = declare({
  name: 'redis-lock-wait',
  summary: 'a lock in Redis that counts only once enough replicas have it',
  sources: ['document 002, Redis', 'Redis, WAIT', 'Redis, Sentinel'],
  parameters: {
    wait: z.int().min(0).max(3).default(1).describe('how many replicas must have the key'),
    replicas: z.int().min(1).max(3).default(2).describe('replicas of the master'),
    promote: z.enum(['newest', 'any']).default('newest').describe('which replica takes over'),
    givingUp: z.boolean().default(true).describe('whether a client gives up before enough replicas have the key'),
    failures: z.int().min(0).max(2).default(1).describe('servers that fail'),
    clients: z.int().min(1).max(3).default(2).describe('clients that want the lock'),
    turns: z.int().min(1).max(3).default(2).describe('how often each client takes the lock'),
  },
  bugs: {
    waitInVain: 'a client does not look at how many replicas WAIT has counted',
  },
  roles: {
    client: {
      prefix: 'c',
      volatile: {
        at: z.enum(['idle', 'waiting', 'holding']).default('idle'),
        offset: z.int().default(0), // of its write
        turns: z.int().default(0),
      },
    },
  },
  shared: {
    /** What each server has: who owns the key, how many writes it has seen, and of which master. */
    servers: z
      .array(z.object({ owner: id('client').nullable(), offset: z.int(), of: z.int(), isUp: z.boolean() }))
      .default([]),
    master: z.int().default(0),
    failures: z.int().default(0), // so far
  },
  faults: { crash: { roles: ['client'], restart: 'never', budget: 0 }, pause: 'client' },
})

type Client = Process<typeof redisLockWait, 'client'>
type ClientContext = Context<typeof redisLockWait, 'client'>
type Redis = World<typeof redisLockWait>
type System = View<typeof redisLockWait>

const believesToHold = ({ at, health }: ProcessView<typeof redisLockWait, 'client'>) =>
  health === 'up' && at === 'holding'
const ownerOf = ({ servers, master }: System['shared']) => servers[master]!.owner

const write = ({ servers, master }: ClientContext['shared'], owner: ClientContext['self'] | null) => {
  const server = servers[master]!
  server.owner = owner
  server.offset += 1
}

const remove = (shared: ClientContext['shared'], owner: ClientContext['self']) => {
  if (ownerOf(shared) === owner) write(shared, null)
}

export default protocol(redisLockWait, ({ wait, replicas, promote, givingUp, failures, clients, turns }, bug) => {
  const isFinished = ({ client }: System) => client.every((c) => c.health === 'down' || c.turns === turns)

  /** The places of the replicas that are up. */
  const replicasUp = ({ servers, master }: ClientContext['shared']) =>
    [...servers.keys()].filter((place) => place !== master && servers[place]!.isUp)

  const failServer = ({ client, shared, choose }: Redis) => {
    if (shared.failures === failures) return disabled
    const up = [...shared.servers.keys()].filter((place) => shared.servers[place]!.isUp)
    const failed = choose('server', up)
    const left = up.filter((place) => place !== failed)
    if (left.length === 0) return disabled
    shared.failures += 1
    Object.assign(shared.servers[failed]!, { isUp: false, owner: null, offset: 0 })
    if (failed !== shared.master) return
    const newest = Math.max(...left.map((place) => shared.servers[place]!.offset))
    const eligible = left.filter((place) => promote === 'any' || shared.servers[place]!.offset === newest)
    shared.master = choose('promoted', eligible)
    shared.servers[shared.master]!.of = shared.master
    for (const c of client) if (c.at === 'waiting') Object.assign(c, { at: 'idle', offset: 0 })
  }

  return {
    population: { client: clients },
    requires: { 'wait <= replicas': wait <= replicas, 'failures <= replicas': failures <= replicas },
    start: {
      environment({ shared }) {
        for (let place = 0; place <= replicas; place++)
          shared.servers.push({ owner: null, offset: 0, of: 0, isUp: true })
      },
    },

    actions: {
      client: {
        /** SET NX PX. */
        acquire(me, { self, shared }) {
          if (me.at !== 'idle' || me.turns === turns || ownerOf(shared) !== null) return disabled
          write(shared, self)
          me.at = wait === 0 ? 'holding' : 'waiting'
          me.offset = shared.servers[shared.master]!.offset
        },

        /** WAIT returns. */
        believe:
          wait > 0 &&
          ((me: Client, { shared }: ClientContext) => {
            const { servers, master } = shared
            const following = replicasUp(shared).filter((place) => servers[place]!.of === master)
            const having = following.filter((place) => servers[place]!.offset >= me.offset)
            if (me.at !== 'waiting' || (having.length < wait && !bug.waitInVain)) return disabled
            me.at = 'holding'
          }),

        /** WAIT returns after its time-out, with too few. */
        giveUp:
          wait > 0 &&
          givingUp &&
          ((me: Client, { self, shared }: ClientContext) => {
            if (me.at !== 'waiting') return disabled
            remove(shared, self)
            Object.assign(me, { at: 'idle', offset: 0 })
            me.turns += 1
          }),

        release(me, { self, shared }) {
          if (me.at !== 'holding') return disabled
          remove(shared, self)
          Object.assign(me, { at: 'idle', offset: 0 })
          me.turns += 1
        },
      },

      environment: {
        /** A replica is sent what the master has. */
        ship({ shared, choose }) {
          const { servers, master } = shared
          const [has, needs] = [servers[master]!, replicasUp(shared)]
          const behind = needs.filter((place) => servers[place]!.of !== master || servers[place]!.offset !== has.offset)
          servers[choose('replica', behind)] = { ...has }
        },

        /** The key expires, unless its holder is in time: it has released by then. */
        expire({ client, shared }) {
          const owner = client.find((c) => c.id === ownerOf(shared))
          if (owner === undefined || (owner.health === 'up' && owner.at !== 'idle')) return disabled
          write(shared, null)
        },

        failServer: failures > 0 && failServer,
      },
    },

    properties: {
      mutualExclusion: always('at most one client believes that it holds the lock', ({ client }) =>
        noPair(
          client,
          (a, b) => believesToHold(a) && believesToHold(b),
          (a, b) => `${a.id} and ${b.id} both believe that they hold the lock`,
        ),
      ),
      freeable: canAlways('the lock can always become free', ({ shared }) => ownerOf(shared) === null),
      canFinish: canAlways('all clients can still have their turns', isFinished),
      aFailover: sometimes(
        'a lock is held under a promoted master',
        ({ client, shared }) => shared.master > 0 && client.some(believesToHold),
      ),
    },
  }
})
