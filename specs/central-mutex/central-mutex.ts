/**
 * Mutual exclusion by a coordinator: whoever wants the resource asks it, and waits in its queue for the grant.
 *
 * Sources: document 001 §2.1 (the centralised algorithm); Tanenbaum & van Steen, "Distributed Systems", chapter on
 * mutual exclusion.
 *
 * Modelled: clients ask, enter as soon as the grant arrives, and tell the coordinator as they leave. The coordinator
 * puts requests into its queue in the order in which they arrive, and grants the first. Messages overtake each other.
 * With `--client-crashes` clients stop, come back, and have forgotten that they asked; with `--coordinator-crashes` the coordinator
 * stops. With
 * `--backup` another takes over from the coordinator, with its queue: putting a request into the queue and sending a
 * grant are two steps, so the backup does not know whether the first in the queue has been told, and tells it again.
 * That is why requests and grants carry the number of the client's turn (bug `unnumbered`). Left out: lost messages; a
 * lease, by which a dead holder loses the resource (a protocol of its own: redis-lock).
 *
 * With `--turns 0` clients come back for ever, and only odd and even turns are told apart. That is for the question
 * whether somebody can wait for ever, which no bounded number of turns answers.
 *
 * Findings. Three messages an entry, as the document says, until a backup takes over: then a fourth (and a coordinator
 * that cannot fail would need no backup). A client that dies while it waits blocks the others like one that dies
 * inside, only later. One that dies while it does neither harms nobody, unlike in `ricart-agrawala`.
 *
 * Defaults: one crash of the coordinator and one of a client. Nobody gets in then who should not, and it stops only for the
 * coordinator or for a client that waits or holds. That it does not stop at all is asked by name, or where nobody crashes.
 *
 * Bounds: 3 clients, so that two wait in some order while one is inside; 2 turns, so that a request can meet what is
 * left over from an earlier one. One crash is enough to block, and one takeover to repeat a grant.
 */
import {
  always,
  alwaysEventuallyStep,
  canAlways,
  deadlockFree,
  declare,
  disabled,
  every,
  forEach,
  id,
  leadsTo,
  may,
  none,
  noPair,
  optional,
  type Process,
  protocol,
  sometimes,
  step,
  type View,
  z,
} from 'splitbrain'

const centralMutex = declare({
  name: 'central-mutex',
  summary: 'mutual exclusion by a coordinator with a queue',
  sources: ['document 001 §2.1, the centralised algorithm', 'Tanenbaum & van Steen, Distributed Systems'],
  parameters: {
    clients: z.int().min(1).max(5).default(3).describe('clients that want the resource'),
    turns: z.int().min(0).max(3).default(2).describe('how often each client enters; 0: again and again'),
    backup: z.boolean().default(false).describe('whether another takes over from a coordinator that has crashed'),
  },
  bugs: {
    newestFirst: 'the coordinator grants the newest request first',
    grantAtOnce: 'the coordinator grants a request though somebody is inside',
    emptyBackup: 'the backup does not have the queue',
    unnumbered: 'a client takes any grant for the answer to its request',
  },
  roles: {
    coordinator: {
      durable: {
        /** The first holds the resource, or will as soon as it is told. */
        queue: z.array(z.object({ client: id('client'), turn: z.int() })).default([]),
      },
      volatile: {
        hasTold: z.boolean().default(false), // the first in the queue
      },
    },
    client: {
      prefix: 'c',
      durable: {
        turn: z.int().default(0), // the number of its last request
        messages: z.int().default(0), // for the properties only: sent and received; not counted without end
      },
      volatile: {
        at: z.enum(['idle', 'waiting', 'inside']).default('idle'),
      },
    },
  },
  messages: { Request: { turn: z.int() }, Grant: { turn: z.int() }, Release: {} },
  shared: {
    arrived: z.array(id('client')).default([]), // for the properties only: whose requests the coordinator has, in order
  },
  faults: {
    crash: [
      { roles: ['coordinator'], budget: 1 },
      { roles: ['client'], budget: 1 },
    ],
  },
})

type Client = Process<typeof centralMutex, 'client'>
type System = View<typeof centralMutex>

const isInside = ({ at }: { readonly at: Client['at'] }) => at === 'inside'

/** The coordinator waits for a client that has forgotten its request. */
const isAbandoned = ({ coordinator: [coordinator], client }: System) => {
  const first = coordinator!.queue[0]
  const holder = client.find(({ id }) => id === first?.client)
  return holder !== undefined && (holder.at === 'idle' || holder.turn !== first!.turn)
}

const idleOf = ({ client }: System) => client.filter(({ at }) => at === 'idle')

const tellMessages = ({ id, turn, messages }: System['client'][number]) =>
  `the ${turn} turns of ${id} took ${messages} messages`

const hasCoordinator = ({ coordinator }: System) => coordinator[0]!.health === 'up'

export default protocol(centralMutex, ({ clients, turns, backup, coordinatorCrashes, clientCrashes }, bug) => {
  const isFaultless = coordinatorCrashes === 0 && clientCrashes === 0

  const count = (me: Client) => {
    // mutate: equivalent (drop condition, off by one), because without turns to count they are not asked for, and would
    // only have no end
    if (turns > 0) me.messages += 1
  }

  /** What a crash takes from it is asked by name only. */
  const unlessCrashed = (property: ReturnType<typeof optional<System>>) => (isFaultless ? property : optional(property))

  const hasHadItsTurns = ({ at, turn }: Readonly<Client>) => at === 'idle' && turn === turns
  const haveHadTheirTurns = ({ client }: System) => client.every(hasHadItsTurns)

  return {
    population: { coordinator: 1, client: clients },

    actions: {
      client: {
        /** Nobody has to want the resource; who is inside has to leave. */
        ask: may((me, { ids, send }) => {
          // mutate: equivalent (drop operand), because how many turns a client takes is a bound of the model
          if (me.at !== 'idle' || (turns > 0 && me.turn === turns)) return disabled
          me.at = 'waiting'
          // mutate: equivalent (drop condition), because numbers that come again only keep the states few
          me.turn = turns === 0 ? 1 - me.turn : me.turn + 1
          count(me)
          send(ids.coordinator, { type: 'Request', turn: me.turn })
        }),

        leave(me, { ids, send }) {
          if (me.at !== 'inside') return disabled
          me.at = 'idle'
          count(me)
          send(ids.coordinator, { type: 'Release' })
        },
      },

      coordinator: {
        grant(me, { send }) {
          const [first] = me.queue
          if (first === undefined || me.hasTold) return disabled
          me.hasTold = true
          send(first.client, { type: 'Grant', turn: first.turn })
        },
      },
    },

    receive: {
      coordinator: {
        Request(me, { turn }, { from, shared, send }) {
          shared.arrived.push(from)
          if (bug.grantAtOnce) return send(from, { type: 'Grant', turn })
          if (bug.newestFirst) me.queue.splice(me.hasTold ? 1 : 0, 0, { client: from, turn })
          else me.queue.push({ client: from, turn })
        },

        Release(me, _, { from }) {
          if (me.queue[0]?.client !== from) return
          me.queue.shift()
          me.hasTold = false
        },
      },

      client: {
        Grant(me, { turn }, { self, shared }) {
          count(me)
          if (me.at !== 'waiting' || (me.turn !== turn && !bug.unnumbered)) return
          me.at = 'inside'
          shared.arrived.splice(shared.arrived.indexOf(self), 1)
        },
      },
    },

    restart: {
      coordinator(me) {
        if (!backup) return disabled
        if (bug.emptyBackup) me.queue = []
      },
    },

    properties: {
      mutualExclusion: always('at most one client is inside', ({ client }) =>
        noPair(
          client,
          (a, b) => isInside(a) && isInside(b),
          (a, b) => `${a.id} and ${b.id} are both inside`,
        ),
      ),
      arrivalOrder: step('clients enter in the order in which their requests arrive', (before, after) =>
        every(
          after.client.filter((c, i) => isInside(c) && !isInside(before.client[i]!)),
          ({ id }) => before.shared.arrived[0] === id,
          ({ id }) => `${id} enters, though the request of ${before.shared.arrived[0]} arrived before its own`,
        ),
      ),
      threeMessages:
        turns > 0 &&
        isFaultless &&
        always('an entry takes three messages', (system) =>
          every(idleOf(system), (c) => c.messages === 3 * c.turn, tellMessages),
        ),
      everyTurnTaken:
        turns > 0 &&
        unlessCrashed(deadlockFree('it ends only when every client has had its turns', { client: hasHadItsTurns })),
      everyRequestGranted: unlessCrashed(
        forEach(
          'client',
          leadsTo(
            'whenever a client asks, it gets in',
            ({ me }) => me.at === 'waiting',
            ({ me }) => isInside(me),
            { weak: ['actions', 'messages'] },
          ),
        ),
      ),
      everyoneComesBack:
        turns === 0 &&
        unlessCrashed(
          forEach(
            'client',
            alwaysEventuallyStep(
              'whoever wants to enters again and again',
              (before, after) => !isInside(before.me) && isInside(after.me),
              { weak: [['client.ask', 'client.leave'], 'coordinator.grant', 'messages'] },
            ),
          ),
        ),
      canEnter: unlessCrashed(
        canAlways('those who wait can still all get in', ({ client }) => none(client, ({ at }) => at === 'waiting')),
      ),
      aHandover: sometimes('a client waits until another has left', ({ coordinator, client }) =>
        client.some((c) => isInside(c) && coordinator[0]!.queue.length > 1),
      ),
      noFourthMessage: optional(
        always('an entry takes at most three messages', (system) =>
          every(idleOf(system), (c) => c.messages <= 3 * c.turn, tellMessages),
        ),
      ),
      stopsForNobodyElse:
        turns > 0 &&
        deadlockFree(
          'it ends only when every client has had its turns, the coordinator is down, or waits for a dead client',
          (system) => haveHadTheirTurns(system) || !hasCoordinator(system) || isAbandoned(system),
        ),
    },
  }
})
