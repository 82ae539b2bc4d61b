/**
 * A lock in ZooKeeper: an ephemeral, sequential node for each client that wants it; the lowest holds it.
 *
 * Sources: document 004 §1 (its four steps, session expiry, the herd effect); document 002 (locks that wait by a
 * watch); ZooKeeper, "Recipes and Solutions: Locks"; Hunt et al., "ZooKeeper: Wait-free Coordination for Internet-scale
 * Systems" (USENIX ATC 2010), §2.4; Kleppmann 2016, on pauses and fencing tokens.
 *
 * Modelled: what a client believes apart from what ZooKeeper knows. A client creates its node, lists the nodes, and
 * holds the lock if its own is the lowest; else it sets a watch on the node before its own, and starts over when it is
 * notified, or when that node is gone already. Each of these is one command, atomic at ZooKeeper, and anything may
 * happen between two. A notification is on its way until the client takes it. A client that crashes or stands still
 * sends no heartbeats, and its session expires (not before): its node is deleted, and its watches are gone. It learns
 * of that when it next hears from ZooKeeper, after it has gone on for as long as it likes. `--watch` is what is
 * watched: the `predecessor`, or `all` nodes of the lock. The resource can refuse a write that bears a lower number
 * than one before: `--fencing`. Left out: ZooKeeper's own servers (one, which does not fail), reads from a server that
 * lags behind, lost connections within a session.
 *
 * Findings. The lock is exclusive among live sessions, not among those who believe that they hold it: a holder that
 * stands still loses its session, and goes on without knowing (`paused-holder`); the number of its node makes a fencing
 * token. A client that is notified must list the nodes again, since its predecessor may have died in the queue (bug
 * `notLowest`); and to look and to watch must be one command, which `exists` is (bug `checkThenWatch`).
 *
 * Bounds: 3 clients, so that one holds and two wait in a row; 2 turns, so that numbers and watches of an earlier turn
 * are left over. One pause is enough for two holders. With `--turns 0` clients come back for ever, and the numbers of nodes
 * grow for ever: a constraint ends them, two beyond the first of each client.
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
  type Process,
  type ProcessView,
  protocol,
  sometimes,
  step,
  type View,
  when,
  z,
} from 'splitbrain'

const zookeeperLock = declare({
  name: 'zookeeper-lock',
  summary: 'a lock in ZooKeeper, of ephemeral sequential nodes',
  sources: ['document 004 §1', 'document 002', 'Hunt et al. 2010, §2.4', 'ZooKeeper, Recipes: Locks'],
  parameters: {
    clients: z.int().min(1).max(5).default(3).describe('clients that want the lock'),
    turns: z.int().min(0).max(3).default(2).describe('how often each client takes the lock; 0: again and again'),
    watch: z.enum(['predecessor', 'all']).default('predecessor').describe('what a client that waits watches'),
    fencing: z.boolean().default(true).describe('whether the resource refuses the writes of earlier holders'),
  },
  bugs: {
    checkThenWatch: 'a client looks whether its predecessor is there, and sets the watch in another command',
    lasting: 'the nodes are not ephemeral: they outlive the session',
    notLowest: 'a client takes the lock when its predecessor is gone, without looking whether its node is the lowest',
  },
  roles: {
    client: {
      prefix: 'c',
      volatile: {
        /** `queued`: it has a node; `behind`: and knows its predecessor; `watching`: and has set the watch. */
        at: z.enum(['idle', 'queued', 'behind', 'checked', 'watching', 'holding']).default('idle'),
        number: z.int().default(0), // of its node
        predecessor: z.int().nullable().default(null),
        hasWritten: z.boolean().default(false),
        turns: z.int().default(0),
      },
    },
  },
  shared: {
    // ZooKeeper: the nodes of the lock in ascending order, the counter that numbers them, watches, and what was sent.
    nodes: z.array(z.object({ number: z.int(), owner: id('client') })).default([]),
    counter: z.int().default(0),
    watches: z.record(id('client'), z.int()).default({}), // the number of a node, or 0 for all
    notified: z.set(id('client')).default(new Set()),
    expired: z.set(id('client')).default(new Set()), // whose session is over
    /** The resource that the lock protects: the highest number under which it was written. */
    written: z.int().default(0),
    held: z.int().default(0), // for the properties only: the node that got the lock last
  },
  faults: { crash: { roles: ['client'], restart: 'never', budget: 1 }, pause: 'client' },
})

type Client = Process<typeof zookeeperLock, 'client'>
type ClientContext = Context<typeof zookeeperLock, 'client'>
type ClientView = ProcessView<typeof zookeeperLock, 'client'>
type ZooKeeper = Pick<ClientContext, 'ids' | 'shared'>
type System = View<typeof zookeeperLock>

const ALL = 0

/** An event, once, for each client that watches this. */
const notify = ({ ids, shared }: ZooKeeper, watched: number) => {
  for (const client of ids.client) {
    if (shared.watches[client] !== watched) continue
    delete shared.watches[client]
    shared.notified.add(client)
  }
}

const remove = (zookeeper: ZooKeeper, number: number) => {
  zookeeper.shared.nodes = zookeeper.shared.nodes.filter((node) => node.number !== number)
  notify(zookeeper, number)
  notify(zookeeper, ALL)
}

const believesToHold = ({ at, health }: ClientView) => health === 'up' && at === 'holding'
const isWaiting = ({ at, health }: ClientView) => health === 'up' && at !== 'idle' && at !== 'holding'

const holdersInSession = ({ client, shared }: System) =>
  client.filter((c) => believesToHold(c) && !shared.expired.has(c.id))

export default protocol(zookeeperLock, ({ clients, turns, watch, fencing, pauses }, bug) => {
  const watchesAll = watch === 'all'
  const hasEnd = turns > 0

  /** The client's turn is over, and with it all that it knows. */
  const endTurn = (me: Client, { self, shared }: ClientContext) => {
    Object.assign(me, { at: 'idle', number: 0, predecessor: null, hasWritten: false })
    if (hasEnd) me.turns += 1
    shared.notified.delete(self)
  }

  const hold = (me: Client, { shared }: ZooKeeper) => {
    me.at = 'holding'
    shared.held = me.number
  }

  /** exists(predecessor), with a watch: one command. */
  const watchPredecessor = (me: Client, { self, shared }: ClientContext) => {
    if (me.at !== 'behind' || shared.expired.has(self)) return disabled
    const { predecessor } = me
    me.predecessor = null
    if (!shared.nodes.some(({ number }) => number === predecessor)) {
      me.at = 'queued'
      return
    }
    shared.watches[self] = predecessor!
    me.at = 'watching'
  }

  const last = clients + 2

  return {
    population: { client: clients },
    constraint: { [`no node beyond number ${last}`]: !hasEnd && (({ shared }) => shared.counter <= last) },

    actions: {
      client: {
        /** Step 1: create the node; ZooKeeper numbers it. */
        create(me, { self, ids, shared }) {
          if (me.at !== 'idle' || (hasEnd && me.turns === turns) || shared.expired.has(self)) return disabled
          shared.counter += 1
          shared.nodes.push({ number: shared.counter, owner: self })
          me.number = shared.counter
          me.at = 'queued'
          notify({ ids, shared }, ALL)
        },

        /** Step 2: list the nodes, and with `--watch all` set a watch on the list. */
        list(me, { self, ids, shared }) {
          if (me.at !== 'queued' || shared.expired.has(self)) return disabled
          const before = shared.nodes.filter(({ number }) => number < me.number)
          if (before.length === 0) return hold(me, { ids, shared })
          if (watchesAll) shared.watches[self] = ALL
          else me.predecessor = before.at(-1)!.number
          me.at = watchesAll ? 'watching' : 'behind'
        },

        /** Step 3. */
        watch: !watchesAll && !bug.checkThenWatch && watchPredecessor,

        check:
          bug.checkThenWatch &&
          ((me, { self, shared }) => {
            if (me.at !== 'behind' || shared.expired.has(self)) return disabled
            me.at = shared.nodes.some(({ number }) => number === me.predecessor) ? 'checked' : 'queued'
          }),

        watchLate:
          bug.checkThenWatch &&
          ((me, { self, shared }) => {
            if (me.at !== 'checked' || shared.expired.has(self)) return disabled
            shared.watches[self] = me.predecessor!
            me.predecessor = null
            me.at = 'watching'
          }),

        /** The notification arrives: back to step 2. */
        wake(me, { self, ids, shared }) {
          if (me.at !== 'watching' || !shared.notified.has(self)) return disabled
          shared.notified.delete(self)
          me.at = 'queued'
          if (bug.notLowest) hold(me, { ids, shared })
        },

        /** The work that the lock is for. ZooKeeper has no part in it. */
        write(me, { shared }) {
          if (me.at !== 'holding' || me.hasWritten) return disabled
          me.hasWritten = true
          if (!fencing || me.number >= shared.written) shared.written = me.number
        },

        release(me, context) {
          if (me.at !== 'holding' || context.shared.expired.has(context.self)) return disabled
          remove(context, me.number)
          endTurn(me, context)
        },

        /** The client hears from ZooKeeper that its session is over. It begins a new one. */
        learn:
          pauses > 0 &&
          ((me, context) => {
            if (!context.shared.expired.has(context.self)) return disabled
            context.shared.expired.delete(context.self)
            endTurn(me, context)
          }),
      },

      environment: {
        /** No heartbeat for too long. */
        expire({ client, ids, shared, choose }) {
          const owner = choose('client', ids.client)
          const node = shared.nodes.find((n) => n.owner === owner)
          const isSilent = client.some(({ id, health }) => id === owner && health !== 'up')
          if (node === undefined || !isSilent || shared.expired.has(owner)) return disabled
          delete shared.watches[owner]
          shared.notified.delete(owner)
          if (!bug.lasting) remove({ ids, shared }, node.number)
          if (client.some(({ id, health }) => id === owner && health === 'paused')) shared.expired.add(owner)
        },
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
      lowestHolds: always('who holds the lock in a live session has the lowest node, which is one only', (system) =>
        every(
          holdersInSession(system),
          ({ number }) =>
            system.shared.nodes.every((node, i) => (i === 0 ? node.number === number : node.number > number)),
          ({ id, number }) =>
            `${id} holds the lock with node ${number}, of ${system.shared.nodes.map((node) => node.number).join(', ')}`,
        ),
      ),
      creationOrder: step('the lock goes to one node after another in the order of their creation', (before, after) =>
        when(before.shared.held > 0 && before.shared.held !== after.shared.held, () =>
          after.shared.held > before.shared.held
            ? true
            : fails(`node ${after.shared.held} gets the lock after node ${before.shared.held}`),
        ),
      ),
      oneNotified: step('a node that is deleted has one client notified at most', (before, after) =>
        when(after.shared.nodes.length < before.shared.nodes.length, () => {
          const woken = [...after.shared.notified].filter((client) => !before.shared.notified.has(client))
          return woken.length < 2 || fails(`${woken.join(' and ')} are notified at once`)
        }),
      ),
      noStaleWrite: step('the resource accepts no write of an earlier holder after one of a later', (before, after) =>
        when(before.shared.written > 0, () =>
          after.shared.written >= before.shared.written
            ? true
            : fails(`a write of node ${after.shared.written} is accepted after one of node ${before.shared.written}`),
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
          { weak: ['client', 'environment'] },
        ),
      ),
      canHold: canAlways('those who wait can still all get the lock', ({ client }) => none(client, isWaiting)),
      aHandover: sometimes('a client is notified, and its node is the lowest', ({ shared }) =>
        shared.nodes.some(({ owner }, i) => i === 0 && shared.notified.has(owner)),
      ),
    },
  }
})
