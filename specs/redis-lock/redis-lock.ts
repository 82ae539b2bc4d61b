/**
 * A lock in Redis: a key that stands for the lock, from the first idea to the one that protects the resource.
 *
 * Sources: document 002 (SETNX, expiry, owner token, Lua script, watchdog, weak consistency), document 004 §1; Redis
 * documentation, "Distributed Locks with Redis"; Kleppmann, "How to do distributed locking" (2016), on pauses and
 * fencing tokens.
 *
 * `--lock` is how far the idea has come. Each cures what the one before it suffers from:
 *   setnx          SETNX and DEL                                    a holder that crashes keeps the lock for ever
 *   setnx-expire   SETNX, then EXPIRE                               the same, if it crashes between the two
 *   set-nx-px      SET NX PX, both at once; DEL                     a late holder deletes somebody else's lock
 *   get-del        the key names its owner; GET, compare, DEL       the same, if it stands still between GET and DEL
 *   compare-del    a script compares and deletes at once            a late holder still believes that it holds
 *   watchdog       a thread of the holder renews the key            the same, if the thread stands still as well
 *   fencing        compare-del; the resource refuses old tokens     (the resource is safe whoever believes what)
 *
 * Modelled: what a client *believes* (`at`) apart from what Redis knows (`master.key`). Every command is one atomic
 * step; between two commands anything may happen. Three things make a holder late: it crashes (`--crashes`), it stands
 * still (`--pauses`: garbage collection, a sleeping laptop, a slow network), or its work outlasts the time to live
 * (`--slow`). A watchdog helps with the last only. With `--failovers` a replica, to which Redis ships its data now and
 * then, takes over with what it has. Left out: lost replies (to the client a pause), a client that has one lock twice,
 * Redis restarting without its data.
 *
 * Time passes in halves of the time to live: a fresh key grows stale, a stale one expires. Two things are said of how
 * fast that is. Unless work is slow, a holder that is up is done before its key expires, which is what a time to live
 * is chosen for. And a watchdog that is up has its turn in each half. If it has renewed by then, the key is fresh again;
 * if it has not - it was never started, it stands still, it is dead - the key expires, whoever works under it.
 *
 * Two readings of "fencing" differ: the resource never goes back to an older holder once a newer one has written
 * (`noStaleWrite`, holds), but a holder whose lock has expired may still write until a newer one has
 * (`noWriteWithoutLock`, fails). And a token is worth what its source is: counted in a Redis that fails over, tokens
 * repeat and `noStaleWrite` fails. That at most one client believes it holds the lock is what all promise but fencing,
 * and what none keeps whose holders stand still.
 *
 * With an expiry the lock can always become free (`freeable`), and does in the end (`freedInTheEnd`), if who is up does
 * what it has to do: if work ends. Where it never does (`freedFromHangs`) expiry helps, and a watchdog undoes just that.
 * Document 002 says of the watchdog that it compares the owner before it renews, so that to stop it after the release
 * is to clean up and no more: true as long as there is a release. If that fails, the watchdog keeps the key for ever.
 *
 * Defaults: fencing, with one crash and one pause, so that somebody is late; there everything that fencing promises
 * holds. The scenarios show what each of the others loses, and each at its own bounds.
 *
 * Bounds: 3 clients, so that one can be late, one be robbed and one profit; no break needs more than one fault, and
 * none a second turn, but a watchdog from an earlier one. What holds for one pause holds for two (`fencing`).
 */
import {
  always,
  alwaysEventually,
  type Context,
  canAlways,
  deadlockFree,
  declare,
  disabled,
  equal,
  every,
  fails,
  id,
  never,
  noPair,
  optional,
  type Process,
  type ProcessView,
  protocol,
  refines,
  sometimes,
  step,
  type View,
  type World,
  when,
  z,
} from 'splitbrain'
import ticketMutex from '../abstract/ticket-mutex.ts'

/** What a Redis server holds: the lock's key, if it is set, and the counter that fencing tokens are drawn from. */
const Store = z.object({
  key: z.object({ owner: id('client'), ttl: z.enum(['none', 'fresh', 'stale']) }).nullable(),
  tokens: z.int(),
})
const EMPTY: z.input<typeof Store> = { key: null, tokens: 0 }

const redisLock = declare({
  name: 'redis-lock',
  summary: 'a lock in Redis, from SETNX to fencing tokens',
  sources: ['document 002, Redis', 'document 004 §1', 'Kleppmann 2016, How to do distributed locking'],
  parameters: {
    lock: z
      .enum(['setnx', 'setnx-expire', 'set-nx-px', 'get-del', 'compare-del', 'watchdog', 'fencing'])
      .default('fencing')
      .describe('how the lock is taken, kept and given back'),
    clients: z.int().min(1).max(5).default(3).describe('clients that want the lock'),
    turns: z.int().min(1).max(3).default(2).describe('how often each client takes the lock'),
    slow: z.boolean().default(false).describe('whether work may outlast the time to live of the key'),
    failovers: z.int().min(0).max(2).default(0).describe('how often the replica takes over'),
  },
  bugs: {
    keepKey: 'a release does not delete the key',
    noWatchdog: 'the watchdog is never started',
    renewAnyKey: 'the watchdog renews the key without comparing the owner',
    watchdogOutlives: 'the watchdog is not stopped at the release',
  },
  roles: {
    client: {
      prefix: 'c',
      volatile: {
        /** `taken`: the key is set, its expiry is not. `checked`: GET has answered that the lock is its own. */
        at: z.enum(['idle', 'taken', 'holding', 'checked']).default('idle'),
        hasWritten: z.boolean().default(false),
        token: z.int().default(0),
        turns: z.int().default(0),
        /** Has its turn in each half of the time to live: `due`, until it has had it. */
        watchdog: z.enum(['off', 'resting', 'due']).default('off'),
        // For the properties only: which lock this is, counted over all; whether it has expired under its holder, and
        // whether it would have without the watchdog.
        grant: z.int().default(0),
        hasLapsed: z.boolean().default(false),
        hasRenewed: z.boolean().default(false),
      },
    },
  },
  shared: {
    master: Store.default(EMPTY),
    replica: Store.default(EMPTY),
    /** The resource that the lock protects: the highest token it has seen, and whose write it accepted last. */
    resource: z.object({ token: z.int(), grant: z.int() }).default({ token: 0, grant: 0 }),
    failovers: z.int().default(0),
    grants: z.int().default(0), // for the properties only
  },
  faults: {
    crash: { roles: ['client'], restart: 'never', budget: 1 },
    pause: { roles: ['client'], budget: 1 },
  },
})

type Client = Process<typeof redisLock, 'client'>
type ClientContext = Context<typeof redisLock, 'client'>
type RedisLock = World<typeof redisLock>
type ClientView = ProcessView<typeof redisLock, 'client'>

/** Of its own belief, while it is awake to act on it. */
const believesToHold = ({ at, health }: ClientView) => health === 'up' && (at === 'holding' || at === 'checked')

const holdsInTime = (c: ClientView) => believesToHold(c) && !c.hasLapsed

/** EXPIRE: the second command of `setnx-expire`. */
function setExpiry(me: Client, { shared }: ClientContext) {
  if (me.at !== 'taken') return disabled
  if (shared.master.key !== null) shared.master.key.ttl = 'fresh'
  me.at = 'holding'
}

/** Half of the time to live passes, unless a watchdog that is up has yet to have its turn in the half before. */
function passTime({ client }: RedisLock) {
  if (client.some(({ health, watchdog }) => health === 'up' && watchdog === 'due')) return disabled
  for (const c of client) if (c.watchdog === 'resting') c.watchdog = 'due'
}

/** Redis ships its data to the replica, when it gets round to it. */
function replicate({ shared }: RedisLock) {
  // mutate: equivalent (drop guard, drop operand), because nothing looks at the replica any more once no failover is to
  // come
  if (shared.failovers === 0 || equal(shared.replica, shared.master)) return disabled
  shared.replica = shared.master
}

/** The master dies, and the replica becomes the master. What was not shipped is gone. */
function failOver({ shared }: RedisLock) {
  // mutate: equivalent (drop guard), because how often the replica takes over is a bound of the model
  if (shared.failovers === 0) return disabled
  // mutate: equivalent (drop assignment), because how often the replica takes over is a bound of the model
  shared.failovers -= 1
  shared.master = shared.replica
}

export default protocol(redisLock, ({ lock, clients, turns, slow, failovers }, bug) => {
  const setsExpiryAtOnce = lock !== 'setnx' && lock !== 'setnx-expire'
  const comparesAndDeletes = lock === 'compare-del' || lock === 'watchdog' || lock === 'fencing'

  /** The client's turn is over; of this lock it remembers nothing. */
  const endTurn = (me: Client) => {
    Object.assign(me, { at: 'idle', hasWritten: false, token: 0, grant: 0, hasLapsed: false, hasRenewed: false })
    if (!bug.watchdogOutlives) me.watchdog = 'off'
    me.turns += 1
  }

  /** GET: is the lock still mine? */
  const check = (me: Client, { self, shared }: ClientContext) => {
    if (me.at !== 'holding') return disabled
    if (shared.master.key?.owner === self) me.at = 'checked'
    else endTurn(me)
  }

  /** The watchdog, a script that compares the owner and renews the key. */
  const renew = (me: Client, { self, shared: { master } }: ClientContext) => {
    if (me.watchdog !== 'due') return disabled
    me.watchdog = 'resting'
    if (master.key === null || (master.key.owner !== self && !bug.renewAnyKey)) return
    master.key.ttl = 'fresh'
    me.hasRenewed = true
  }

  const mutualExclusion = always(
    'at most one client believes that it holds the lock',
    ({ client }: View<typeof redisLock>) =>
      noPair(
        client,
        (a, b) => believesToHold(a) && believesToHold(b),
        (a, b) => `${a.id} and ${b.id} both believe that they hold the lock`,
      ),
  )

  return {
    population: { client: clients },
    start: {
      environment({ shared }) {
        shared.failovers = failovers
      },
    },

    actions: {
      client: {
        /** SETNX, or SET NX PX: whoever finds no key sets it. */
        acquire(me, { self, shared }) {
          // mutate: equivalent (drop operand), because how many turns a client takes is a bound of the model
          if (me.at !== 'idle' || me.turns === turns || shared.master.key !== null) return disabled
          shared.master.key = { owner: self, ttl: setsExpiryAtOnce ? 'fresh' : 'none' }
          me.at = lock === 'setnx-expire' ? 'taken' : 'holding'
          // mutate: equivalent (drop condition), because only fencing looks at tokens
          if (lock === 'fencing') me.token = shared.master.tokens += 1
          me.grant = shared.grants += 1
          if (lock === 'watchdog' && !bug.noWatchdog) me.watchdog = 'resting'
        },

        setExpiry: lock === 'setnx-expire' && setExpiry,

        /** The work that the lock is for. Refused by the resource, a client knows that its lock is lost. */
        write(me, { shared: { resource } }) {
          // mutate: equivalent (drop operand), because to write again under one lock is to write
          if (me.at !== 'holding' || me.hasWritten) return disabled
          if (lock === 'fencing' && me.token < resource.token) return endTurn(me)
          me.hasWritten = true
          resource.token = me.token
          resource.grant = me.grant
        },

        renew: lock === 'watchdog' && renew,
        check: lock === 'get-del' && check,

        /** DEL, or the script that compares first. */
        release(me, { self, shared: { master } }) {
          if (me.at !== (lock === 'get-del' ? 'checked' : 'holding')) return disabled
          if ((!comparesAndDeletes || master.key?.owner === self) && !bug.keepKey) master.key = null
          endTurn(me)
        },
      },

      environment: {
        /** What is fresh grows stale. */
        age(world) {
          const { master, replica } = world.shared
          // mutate: equivalent (drop operand), because a key that is fresh on the replica only grows stale once that
          // takes over
          if (master.key?.ttl !== 'fresh' && replica.key?.ttl !== 'fresh') return disabled
          for (const { key } of [master, replica]) if (key?.ttl === 'fresh') key.ttl = 'stale'
          return passTime(world)
        },

        /** What is stale expires, unless its holder is in time: it has released by then. */
        expire(world) {
          const { client, shared } = world
          const { key } = shared.master
          if (key?.ttl !== 'stale') return disabled
          const owner = client.find(({ id }) => id === key.owner)!
          if (owner.health === 'up' && owner.at !== 'idle' && !slow) return disabled
          shared.master.key = null
          if (owner.at !== 'idle') owner.hasLapsed = true
          return passTime(world)
        },

        replicate: failovers > 0 && replicate,
        failOver: failovers > 0 && failOver,
      },
    },

    properties: {
      mutualExclusion: lock === 'fencing' ? optional(mutualExclusion) : mutualExclusion,
      exclusionWhileValid: always('at most one client holds a lock that has not expired', ({ client }) =>
        noPair(
          client,
          (a, b) => holdsInTime(a) && holdsInTime(b),
          (a, b) => `${a.id} and ${b.id} both hold the lock, and neither was late`,
        ),
      ),
      onlyOwnDeleted: step('nobody deletes the lock of another', (before, after) => {
        const owner = before.shared.master.key?.owner
        const deleter = before.client.find(
          (c, i) => believesToHold(c) && after.client[i]!.at === 'idle' && c.id !== owner,
        )
        return when(owner !== undefined, () =>
          deleter === undefined || after.shared.master.key !== null
            ? true
            : fails(`${deleter.id} has deleted the lock of ${owner}`),
        )
      }),
      releaseFrees: step('after a release the lock is not the one who released it', (before, after) =>
        every(
          after.client.filter((c, i) => c.turns > before.client[i]!.turns),
          ({ id }) => after.shared.master.key?.owner !== id,
          ({ id }) => `${id} has released the lock, and still has it`,
        ),
      ),
      onlyHoldersEnd: step('only who has the lock, or has had it, ends its turn', (before, after) =>
        every(
          before.client.filter((c, i) => after.client[i]!.turns > c.turns),
          ({ at }) => at !== 'idle',
          ({ id }) => `${id} has ended a turn in which it never had the lock`,
        ),
      ),
      onlyOwnChecked:
        lock === 'get-del' &&
        step('who goes on to delete has found the lock to be its own', (before, after) =>
          every(
            after.client.filter((c, i) => c.at === 'checked' && before.client[i]!.at !== 'checked'),
            ({ id }) => before.shared.master.key?.owner === id,
            ({ id }) => `${id} goes on to delete the lock, which is not its own`,
          ),
        ),
      onlyOwnRenewed:
        lock === 'watchdog' &&
        step('nobody renews the lock of another', (before, after) => {
          const [was, is] = [before.shared.master.key, after.shared.master.key]
          const isRenewed = was?.ttl === 'stale' && is?.ttl === 'fresh'
          return when(isRenewed, () =>
            every(
              after.client.filter((c, i) => c.watchdog === 'resting' && before.client[i]!.watchdog === 'due'),
              ({ id }) => was?.owner === id,
              ({ id }) => `${id} renews the lock of ${was?.owner}`,
            ),
          )
        }),
      watchdogStops:
        lock === 'watchdog' &&
        never('a watchdog runs for a client that is not at work', ({ client }) =>
          client.some(({ at, watchdog }) => at === 'idle' && watchdog !== 'off'),
        ),
      noStaleWrite: step(
        'the resource accepts no write of an earlier holder after one of a later holder',
        (before, after) =>
          when(before.shared.resource.grant > 0, () =>
            after.shared.resource.grant >= before.shared.resource.grant
              ? true
              : fails(
                  `the resource accepts a write under lock ${after.shared.resource.grant}, after one under lock ${before.shared.resource.grant}`,
                ),
          ),
      ),
      notHeldForEver: never('the lock belongs to a dead client and will not expire', ({ client, shared: { master } }) =>
        client.some(({ id, health }) => health === 'down' && master.key?.owner === id && master.key.ttl === 'none'),
      ),
      workExpires:
        lock !== 'setnx' &&
        never('a client is at work under a key that will not expire', ({ client, shared: { master } }) =>
          client.some(({ id, at }) => at === 'holding' && master.key?.owner === id && master.key.ttl === 'none'),
        ),
      freeable: canAlways('the lock can always become free', ({ shared: { master } }) => master.key === null),
      everyTurnTaken: deadlockFree('it ends only when every live client has had its turns', {
        client: (c) => c.health === 'down' || c.turns === turns,
      }),
      canHaveTurns: optional(
        canAlways('every live client can still have all its turns', ({ client }) =>
          client.every((c) => c.health === 'down' || c.turns === turns),
        ),
      ),
      aWrite: sometimes('a holder writes', ({ shared }) => shared.resource.grant > 0),
      aHandover: sometimes('a second lock is granted', ({ shared }) => shared.grants > 1),
      aReplica:
        failovers > 0 &&
        sometimes(
          'the replica has the lock, and may take over',
          ({ shared }) => shared.failovers > 0 && shared.replica.key !== null,
        ),
      aLongHold:
        lock === 'watchdog' &&
        sometimes('a watchdog renews the key', ({ client }) => client.some(({ hasRenewed }) => hasRenewed)),
      freedInTheEnd: optional(
        alwaysEventually(
          'the lock becomes free again and again',
          ({ shared: { master } }) => master.key === null,
          { weak: ['actions'] }, // whoever is up does what it has to do, and time passes
        ),
      ),
      freedFromHangs: optional(
        alwaysEventually(
          'the lock becomes free again and again, even if work never ends',
          ({ shared: { master } }) => master.key === null,
          { weak: ['environment.age', 'environment.expire', ...(lock === 'watchdog' ? ['client.renew'] : [])] },
        ),
      ),
      /** Who wrote last is inside, until its turn is over or a later holder writes. */
      isMutexAtTheResource: optional(
        refines(
          'the resource serves the holders one at a time, in their order',
          ticketMutex,
          ({ client, shared: { resource } }) => {
            const isInside = client.some(({ grant, hasWritten }) => hasWritten && grant === resource.grant)
            return { shared: { inside: isInside ? resource.grant : null, last: resource.grant } }
          },
          { parameters: { tickets: clients * turns } },
        ),
      ),
      noWriteWithoutLock: optional(
        step('the resource accepts a write only from the client that holds the lock', (before, after) =>
          every(
            before.client.filter((c, i) => !c.hasWritten && after.client[i]!.hasWritten),
            (c) => c.id === before.shared.master.key?.owner,
            (c) => `the resource accepts a write of ${c.id}, whose lock is gone`,
          ),
        ),
      ),
    },
  }
})
