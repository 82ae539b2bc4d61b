/**
 * Ids by Redis's INCR: a counter that is worth what becomes of it when Redis restarts or fails over.
 *
 * Sources: document 002 (INCR; RDB and AOF); Redis documentation, "Redis persistence" (appendfsync, snapshots) and
 * "Redis replication" (asynchronous, WAIT; "Safety of replication when master has persistence turned off").
 *
 * `--persistence` is what is on disk:
 *   none           nothing: a restart begins at 0
 *   rdb            a snapshot, taken now and then
 *   aof-everysec   every command, written to disk within a second: later than it is answered
 *   aof-always     every command, written to disk before it is answered
 *
 * Modelled: clients that increment the counter in the memory of the master, each command in one step, and take the result
 * for an id of their own. The master restarts with what is on disk (`--restarts`), or its replica takes over with what it
 * was sent (`--failovers`); a client that waits for an answer then gets none, and asks again. With `--wait` a client uses
 * an id only after WAIT has told it that the replica has it.
 *
 * Left out: the time that a restart takes (document 002: a log of increments is long, and read one by one; Redis rewrites
 * it); answers that are lost on the way (an id that nobody uses); a master that is replaced and does not know it.
 *
 * Findings. "AOF writes every command to disk, so that no id is repeated" (document 002) is true of one setting, and it is
 * not the default: within the second of `everysec` ids are lost, and given again. Nor does a log help against a failover,
 * which takes a WAIT; nor WAIT against a restart: a master without data makes its replica forget as well (`wiped`).
 *
 * Bounds: 2 clients with 2 ids each, so that an id may be given again to its owner or to another; 2 restarts, so that one
 * strikes what an earlier one has left. A repeated id needs one fault.
 */
import {
  always,
  type Context,
  canAlways,
  declare,
  disabled,
  eventually,
  fails,
  noPair,
  type Process,
  protocol,
  sometimes,
  step,
  type View,
  type World,
  when,
  z,
} from 'splitbrain'

const redisIncr = declare({
  name: 'redis-incr',
  summary: "ids by Redis's INCR, with snapshots, logs and a replica",
  sources: ['document 002, INCR', 'Redis, Persistence', 'Redis, Replication'],
  parameters: {
    persistence: z
      .enum(['none', 'rdb', 'aof-everysec', 'aof-always'])
      .default('aof-always')
      .describe('what is written to disk, and when'),
    wait: z.boolean().default(false).describe('whether a client waits until the replica has the id'),
    clients: z.int().min(1).max(4).default(2).describe('clients that want ids'),
    ids: z.int().min(1).max(4).default(2).describe('ids that each of them wants'),
    restarts: z.int().min(0).max(3).default(2).describe('how often the master restarts'),
    failovers: z.int().min(0).max(3).default(0).describe('how often the replica takes over'),
  },
  bugs: {
    getThenSet: 'a client reads the counter, and writes what comes next in another command',
    waitInVain: 'a client uses an id though WAIT did not tell it that the replica has it',
  },
  roles: {
    client: {
      prefix: 'c',
      durable: {
        issued: z.array(z.int()).default([]), // ids that it uses
        read: z.int().nullable().default(null),
        pending: z.int().nullable().default(null), // an id that it does not use yet
      },
    },
  },
  shared: {
    /** The counter: in memory, on disk, at the replica. */
    master: z.int().default(0),
    disk: z.int().default(0),
    replica: z.int().default(0),
    isSynced: z.boolean().default(true), // whether the replica has been sent anything by this master
    restarts: z.int().default(0), // so far
    failovers: z.int().default(0),
  },
})

type Client = Process<typeof redisIncr, 'client'>
type ClientContext = Context<typeof redisIncr, 'client'>
type Redis = World<typeof redisIncr>
type System = View<typeof redisIncr>

/** A snapshot, or the log of the last second, is written to disk. */
const save = ({ shared }: Pick<Redis, 'shared'>) => {
  if (shared.disk === shared.master) return disabled
  shared.disk = shared.master
}

/** The replica is sent what the master has, be it less. */
const ship = ({ shared }: Redis) => {
  if (shared.isSynced && shared.replica === shared.master) return disabled
  shared.replica = shared.master
  shared.isSynced = true
}

/** Whoever waits for an answer gets an error, and the replica has to begin anew. */
const disconnect = ({ client, shared }: Redis) => {
  shared.isSynced = false
  for (const c of client) Object.assign(c, { read: null, pending: null })
}

export default protocol(redisIncr, ({ persistence, wait, clients, ids, restarts, failovers }, bug) => {
  const isDone = ({ client }: System) => client.every(({ issued }) => issued.length === ids)

  const take = (me: Client, { shared }: ClientContext, next: number) => {
    shared.master = next
    if (persistence === 'aof-always') shared.disk = next
    if (wait) me.pending = next
    else me.issued.push(next)
  }

  const mayAsk = (me: Client) => me.issued.length < ids && me.pending === null

  const get = (me: Client, { shared }: ClientContext) => {
    if (!mayAsk(me) || me.read !== null) return disabled
    me.read = shared.master
  }
  const set = (me: Client, context: ClientContext) => {
    if (me.read === null) return disabled
    take(me, context, me.read + 1)
    me.read = null
  }

  /** WAIT 1 returns. */
  const confirm = (me: Client, { shared }: ClientContext) => {
    const isThere = shared.isSynced && shared.replica >= me.pending!
    if (me.pending === null || !(isThere || bug.waitInVain)) return disabled
    me.issued.push(me.pending)
    me.pending = null
  }

  const restart = (redis: Redis) => {
    if (redis.shared.restarts === restarts) return disabled
    redis.shared.restarts += 1
    redis.shared.master = redis.shared.disk
    disconnect(redis)
  }

  /** The replica takes over, with a disk that is as far as it is; another will be sent its data. */
  const failOver = (redis: Redis) => {
    if (redis.shared.failovers === failovers || !redis.shared.isSynced) return disabled
    redis.shared.failovers += 1
    redis.shared.master = redis.shared.replica
    if (persistence !== 'none') redis.shared.disk = redis.shared.replica
    disconnect(redis)
  }

  return {
    population: { client: clients },

    actions: {
      client: {
        incr:
          !bug.getThenSet && ((me, context) => (mayAsk(me) ? take(me, context, context.shared.master + 1) : disabled)),
        get: bug.getThenSet && get,
        set: bug.getThenSet && set,
        confirm: wait && confirm,
      },
      environment: {
        save: (persistence === 'rdb' || persistence === 'aof-everysec') && save,
        ship: (wait || failovers > 0) && ship,
        restart: restarts > 0 && restart,
        failOver: failovers > 0 && failOver,
      },
    },

    properties: {
      unique: always('no two ids in use are the same', ({ client }) =>
        noPair(
          client.flatMap(({ id: by, issued }) => issued.map((id) => ({ id, by }))),
          (a, b) => a.id === b.id,
          (a, b) => (a.by === b.by ? `${a.by} has got ${a.id} twice` : `${a.by} and ${b.by} have both got ${a.id}`),
        ),
      ),
      increasing: step('the ids of a client increase', (before, after) => {
        const next = after.client.find(({ issued }, i) => issued.length > Math.max(1, before.client[i]!.issued.length))
        return when(next !== undefined, () => {
          const [last, newest] = next!.issued.slice(-2)
          return newest! > last! || fails(`${next!.id} gets ${newest} after ${last}`)
        })
      }),
      canAnswer: canAlways('all clients can still get their ids', isDone),
      allAnswered: eventually('all clients get their ids in the end', isDone, { weak: ['actions'] }),
      allAfterAFault:
        restarts + failovers > 0 &&
        sometimes(
          'all clients get their ids though there were faults',
          (system) => isDone(system) && system.shared.restarts + system.shared.failovers > 0,
        ),
    },
  }
})
