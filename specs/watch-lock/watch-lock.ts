/**
 * A lock that is one key in a coordination service: insert it, or watch it until it is deleted, and try again.
 *
 * Sources: document 002 (locks that wait by polling, and by a watch; the herd effect); etcd documentation, "Watch" (from a
 * revision on) and leases; ZooKeeper, Recipes (why its own lock is another: see `zookeeper-lock`); Kleppmann 2016.
 *
 * `--wait` is what a client does whose insert has failed:
 *   poll       it inserts again and again                        it asks in vain
 *   blind      it watches the key, and then waits                what happens between the two is missed: it waits for ever
 *   exists     it watches the key if it is there, in one command (else it inserts again)
 *   revision   it watches from the revision of its failed insert (deletions since then are told at once)
 *
 * Modelled: each of these is one command, atomic at the service, and anything may happen between two. A notification is on
 * its way until the client takes it. The key belongs to a lease: a client that crashes or stands still does not renew it,
 * and it expires (not before): the key is deleted. Its revision is a fencing token, which the resource can look at
 * (`--fencing`). A release deletes the key if it is the client's own. Left out: the service's own servers (one, which does
 * not fail), watches that break off (with a revision they can be taken up again).
 *
 * Findings. Document 002 has two steps, the insert that fails and the watch. As two commands they lose the wake-up between
 * them (`blind`); the watch must look, or go back in time. All who watch one key are notified of each deletion, and all but
 * one in vain (`herd`); and whoever asks first next gets the lock, not who has waited longest (`overtaken`). That is what
 * a queue of nodes is for. Nobody asks twice of the same holder, though (`asksOnce`), which is what the watch is for.
 *
 * Bounds: 3 clients, so that two wait for one; 2 turns, so that notifications and watches of an earlier turn are left over.
 * With `--turns 0` clients come back for ever, and revisions grow for ever: a constraint ends them, two beyond the first of
 * each client.
 */
import {
  always,
  type Context,
  canAlways,
  deadlockFree,
  declare,
  disabled,
  every,
  fails,
  forEach,
  id,
  leadsTo,
  none,
  noPair,
  optional,
  type Process,
  type ProcessView,
  protocol,
  sometimes,
  step,
  when,
  z,
} from 'splitbrain'

const watchLock = declare({
  name: 'watch-lock',
  summary: 'a lock that is one key, which those who wait watch',
  sources: ['document 002, locks that wait by a watch', 'etcd, Watch', 'Kleppmann 2016'],
  parameters: {
    wait: z.enum(['poll', 'blind', 'exists', 'revision']).default('revision').describe('how a client waits'),
    clients: z.int().min(1).max(5).default(3).describe('clients that want the lock'),
    turns: z.int().min(0).max(3).default(2).describe('how often each client takes the lock; 0: again and again'),
    fencing: z.boolean().default(true).describe('whether the resource refuses the writes of earlier holders'),
  },
  bugs: {
    lasting: 'the key belongs to no lease',
    deleteAny: 'a release deletes the key whosever it is',
    noRetry: 'a client that is notified takes the lock for its own',
  },
  roles: {
    client: {
      prefix: 'c',
      volatile: {
        /** `refused`: its insert has failed; `watching`: and it has set the watch. */
        at: z.enum(['idle', 'refused', 'watching', 'holding']).default('idle'),
        revision: z.int().default(0), // of its key; of the key that was there, once it was refused
        hasWritten: z.boolean().default(false),
        turns: z.int().default(0),
        // For the properties only: when it was first refused in this turn, and whether it was refused for one key twice.
        since: z.int().nullable().default(null),
        isInVain: z.boolean().default(false),
      },
    },
  },
  shared: {
    // The service: the key, the last revision, watches, and notifications on their way.
    key: z
      .object({ owner: id('client'), revision: z.int() })
      .nullable()
      .default(null),
    revision: z.int().default(0),
    watchers: z.set(id('client')).default(new Set()),
    notified: z.set(id('client')).default(new Set()),
    /** The resource that the lock protects: the highest revision under which it was written. */
    written: z.int().default(0),
  },
  faults: { crash: { roles: ['client'], restart: 'never', budget: 1 }, pause: 'client' },
})

type Client = Process<typeof watchLock, 'client'>
type ClientContext = Context<typeof watchLock, 'client'>
type ClientView = ProcessView<typeof watchLock, 'client'>

/** The key is gone; all who watch it are notified, once. */
const remove = ({ shared }: Pick<ClientContext, 'shared'>) => {
  shared.key = null
  for (const client of shared.watchers) shared.notified.add(client)
  shared.watchers = new Set()
}

const hold = (me: Client, revision: number) =>
  Object.assign(me, { at: 'holding', revision, since: null, isInVain: false })

const believesToHold = ({ at, health }: ClientView) => health === 'up' && at === 'holding'
const isWaiting = ({ since, health }: ClientView) => health === 'up' && since !== null

export default protocol(watchLock, ({ wait, clients, turns, fencing, crashes, pauses }, bug) => {
  const expires = crashes + pauses > 0 && !bug.lasting
  const hasEnd = turns > 0

  const endTurn = (me: Client) => {
    Object.assign(me, { at: 'idle', revision: 0, hasWritten: false, since: null, isInVain: false })
    if (hasEnd) me.turns += 1
  }

  /** The key was there. */
  const refuse = (me: Client, key: { readonly revision: number }) => {
    me.isInVain = me.revision === key.revision
    me.revision = key.revision
    me.at = 'refused'
  }

  /** Watch the key; at once, if `--wait` lets it know that the key is gone, insert again. */
  const watch = (me: Client, { self, shared }: ClientContext) => {
    if (me.at !== 'refused') return disabled
    const isSame = shared.key !== null && shared.key.revision === me.revision
    if ((wait === 'exists' && shared.key === null) || (wait === 'revision' && !isSame)) {
      me.at = 'idle'
      return
    }
    me.at = 'watching'
    shared.watchers.add(self)
  }

  const last = clients + 2

  return {
    population: { client: clients },
    constraint: { [`no revision beyond ${last}`]: !hasEnd && (({ shared }) => shared.revision <= last) },

    actions: {
      client: {
        /** Insert the key, if there is none. */
        insert(me, { self, shared }) {
          const isAsking = me.at === 'idle' || (wait === 'poll' && me.at === 'refused')
          if (!isAsking || (hasEnd && me.turns === turns)) return disabled
          if (shared.key !== null) {
            me.since ??= shared.revision
            return refuse(me, shared.key)
          }
          shared.revision += 1
          shared.key = { owner: self, revision: shared.revision }
          hold(me, shared.revision)
        },

        watch: wait !== 'poll' && watch,

        /** The notification arrives: try again. */
        wake:
          wait !== 'poll' &&
          ((me, { self, shared }) => {
            if (me.at !== 'watching' || !shared.notified.delete(self)) return disabled
            me.at = 'idle'
            if (bug.noRetry) hold(me, shared.revision)
          }),

        /** The work that the lock is for. The service has no part in it. */
        write(me, { shared }) {
          if (me.at !== 'holding' || me.hasWritten) return disabled
          me.hasWritten = true
          if (!fencing || me.revision >= shared.written) shared.written = me.revision
        },

        /** Delete the key, if it is its own. */
        release(me, context) {
          const { key } = context.shared
          if (me.at !== 'holding') return disabled
          if (key?.revision === me.revision || bug.deleteAny) remove(context)
          endTurn(me)
        },
      },

      environment: {
        /** The lease was not renewed for too long. */
        expire:
          expires &&
          (({ client, shared }) => {
            const owner = client.find(({ id }) => id === shared.key?.owner)
            if (owner === undefined || owner.health === 'up') return disabled
            remove({ shared })
          }),
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
      onlyOwnDeleted: step('nobody deletes the key of another who is up', (before, after) => {
        const owner = before.client.find((c) => c.id === before.shared.key?.owner)
        return when(owner?.health === 'up' && after.shared.key === null, () =>
          after.client.some((c) => c.id === owner!.id && c.at === 'idle')
            ? true
            : fails(`the key of ${owner!.id} is deleted`),
        )
      }),
      noStaleWrite: step('the resource accepts no write of an earlier holder after one of a later', (before, after) =>
        when(before.shared.written > 0, () =>
          after.shared.written >= before.shared.written
            ? true
            : fails(`a write under ${after.shared.written} is accepted after one under ${before.shared.written}`),
        ),
      ),
      everyTurnTaken:
        hasEnd &&
        deadlockFree('it ends only when every live client has had its turns', {
          client: (c) => c.health === 'down' || (c.at === 'idle' && c.turns === turns),
        }),
      everyWaiterServed: forEach(
        'client',
        leadsTo(
          'whenever a client waits, it gets the lock, or fails itself',
          ({ me }) => isWaiting(me),
          ({ me }) => !isWaiting(me),
          { weak: ['client', ...(expires ? ['environment'] : [])] },
        ),
      ),
      canHold: canAlways('those who wait can still all get the lock', ({ client }) => none(client, isWaiting)),
      asksOnce: always('nobody is refused twice for one key', ({ client }) =>
        every(
          client.filter(({ at }) => at === 'refused'),
          ({ isInVain }) => !isInVain,
          ({ id, revision }) => `${id} is refused again for key ${revision}`,
        ),
      ),
      oneNotified: optional(
        step('a deletion has one client notified at most', (before, after) =>
          when(before.shared.key !== null && after.shared.key === null, () => {
            const woken = [...after.shared.notified].filter((client) => !before.shared.notified.has(client))
            return woken.length < 2 || fails(`${woken.join(' and ')} are notified at once`)
          }),
        ),
      ),
      longestFirst: optional(
        step('of those who wait, the one that has waited longest gets the lock', (before, after) => {
          const place = after.client.findIndex((c, i) => c.at === 'holding' && before.client[i]!.at !== 'holding')
          const since = before.client[place]?.since ?? Infinity
          const overtaken = before.client.find((c) => isWaiting(c) && c.since! < since)
          return when(place >= 0 && before.client.some(isWaiting), () =>
            overtaken === undefined ? true : fails(`${after.client[place]!.id} overtakes ${overtaken.id}`),
          )
        }),
      ),
      aHandover: sometimes('a client that has waited gets the lock', ({ client, shared }) =>
        client.some((c) => c.at === 'idle' && c.since !== null && shared.key === null),
      ),
    },
  }
})
