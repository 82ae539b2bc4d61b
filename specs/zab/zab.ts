/**
 * Zab: the atomic broadcast of ZooKeeper. A primary broadcasts transactions; after it fails the next one goes on from there.
 *
 * Sources: Junqueira, Reed, Serafini, "Zab: High-performance broadcast for primary-backup systems" (DSN 2011); Medeiros,
 * "ZooKeeper's atomic broadcast protocol: Theory and practice" (2012), for what ZooKeeper does otherwise; its issues
 * 1154, 3608, 3911, 4643 and 4646, and its wiki (Zab1.0).
 *
 * From idea to idea:
 *   one leader          commits what a majority has: who can be elected by a majority then knows somebody who has it
 *   election by rank    (currentEpoch, last zxid, id): whoever wins a majority has all that is committed
 *   acceptedEpoch       discovery: a majority promises each epoch to one leader, and to none of an older one
 *   TRUNC               synchronisation: who is ahead with what nobody committed takes the leader's history instead
 *   currentEpoch        is raised after the history is on disk: it says whose history this is, and so who outranks whom
 * The bugs take them away.
 *
 * Modelled: three servers, of which a leader and one other are a majority. Election is one step of a leader and its first
 * follower, with CEPOCH; timeouts may strike at any time, so anybody may take part in another election, and a deposed
 * leader may go on. The third server joins a leader later, also one that broadcasts already. Then, step by step: NEWEPOCH
 * and ACK-E; NEWLEADER, with DIFF or TRUNC as one history, and ACK-LD, which acknowledges all of it; PROPOSE, ACK, COMMIT.
 * As in ZooKeeper the leader's own history is the initial one, and a newer follower does not count for it before it is
 * synchronised. A crash leaves acceptedEpoch, currentEpoch and history, each of which is written in a step of its own.
 * Connections are FIFO and end with either end. So no message is in the state: a follower reads what its leader has, an
 * entry at a time, and a leader what its followers have. A message that arrives after its sender is gone could as well
 * have arrived just before, for it changes its receiver only.
 * Left out: SNAP, observers, the state machine of the application: who restarts delivers anew from the start.
 *
 * Bounds: two elections, two transactions, one crash: an old primary and a new one, each with a transaction that the other
 * may lack, and one server that forgets what is not on disk. An epoch that outranks a history takes three elections, and
 * no crash: whoever is elected anew has stopped amid what it did. What ZooKeeper lacked with a single epoch was progress
 * (ZOOKEEPER-3608): elections without end, which bounded ones cannot show. `one-epoch` shows that it is unsafe here, too.
 */
import {
  always,
  type Context,
  canAlways,
  declare,
  disabled,
  equal,
  every,
  id,
  noPair,
  type Process,
  protocol,
  sometimes,
  type View,
  z,
} from 'splitbrain'

/** (epoch, counter) is the zxid. Where an epoch had two leaders, `by` tells their transactions apart. */
const Txn = z.object({ epoch: z.int(), counter: z.int(), by: id('server') })
type Txn = z.output<typeof Txn>

const zab = declare({
  name: 'zab',
  summary: 'the atomic broadcast of ZooKeeper: discovery, synchronisation, broadcast',
  sources: [
    'Junqueira, Reed & Serafini 2011 (Zab)',
    'Medeiros 2012',
    'ZOOKEEPER-1154, 3608, 3911, 4643, 4646',
    'document 001 §2.2',
  ],
  parameters: {
    elections: z.int().min(1).max(4).default(2).describe('elections, each of which begins an epoch'),
    transactions: z.int().min(0).max(3).default(2).describe('transactions that are broadcast, by any primary'),
  },
  bugs: {
    earlyAck: 'a follower answers NEWLEADER before its history is on disk (ZOOKEEPER-3911, 4646)',
    wholeHistory: 'a follower appends the history of its leader, and not what it lacks of it',
    noTruncation: 'a follower that is ahead keeps what its leader does not have (ZOOKEEPER-1154)',
    oneEpoch: 'a promise raises currentEpoch: there is one epoch for both (ZOOKEEPER-3608)',
    epochFirst: 'a follower raises currentEpoch before it has the history (ZOOKEEPER-4643)',
    forgetPromise: 'acceptedEpoch is not on disk',
    promiseTwice: 'a promise of the same epoch to a second leader counts',
    joinOlder: 'a server follows a leader of an older epoch than it has promised',
    anyLeader: 'a leader is elected by its id alone, and does not give way to a newer history',
    anyOrder: 'a follower takes whichever proposal it gets first: connections are not FIFO',
    commitAlone: 'a leader commits what it alone has',
    noLateJoin: 'nobody can join a leader that broadcasts already',
  },
  roles: {
    server: {
      prefix: 'n',
      durable: {
        acceptedEpoch: z.int().min(0).default(0), // promised; of a leader, its own
        currentEpoch: z.int().min(0).default(0), // whose leader's history this is
        history: z.array(Txn).default([]),
      },
      volatile: {
        leader: id('server').nullable().default(null), // itself, if it leads
        phase: z.enum(['election', 'discovery', 'synchronisation', 'broadcast']).default('election'),
        hasPromised: z.boolean().default(false), // ACK-E, as long as it matters
        isSynchronised: z.boolean().default(false), // has the history, and has not said so
        delivered: z.int().min(0).default(0), // how much of the history
        inMemory: z.array(Txn).nullable().default(null), // bug earlyAck: what is to be written
      },
      readable: ['acceptedEpoch', 'currentEpoch', 'history', 'leader', 'phase', 'hasPromised', 'delivered', 'inMemory'],
    },
  },
  shared: {
    elections: z.int().default(0), // so far
    // For the properties only:
    broadcast: z.array(Txn).default([]),
    delivered: z.array(Txn).default([]), // the longest that any server has delivered
    established: z.set(z.tuple([z.int(), id('server')])).default(new Set()),
  },
  faults: { crash: { roles: ['server'], budget: 1 } },
})

type Server = Process<typeof zab, 'server'>
type ServerContext = Context<typeof zab, 'server'>
type Zxid = Pick<Txn, 'epoch' | 'counter'>
type History = readonly Readonly<Txn>[]
type Held = { readonly history: History; readonly inMemory: History | null }

const historyOf = ({ history, inMemory }: Held) => inMemory ?? history
const last = (server: Held): Zxid => historyOf(server).at(-1) ?? { epoch: 0, counter: 0 }
const isAfter = (a: Zxid, b: Zxid) => a.epoch > b.epoch || (a.epoch === b.epoch && a.counter > b.counter)

type Ranked = Held & { readonly currentEpoch: number }
const isNewer = (a: Ranked, b: Ranked) =>
  a.currentEpoch > b.currentEpoch || (a.currentEpoch === b.currentEpoch && isAfter(last(a), last(b)))

const FRESH = { hasPromised: false, isSynchronised: false, delivered: 0 } as const

/** Who has no crash has its history on disk by then. */
const enter = (me: Server, leader: NonNullable<Server['leader']>) => {
  write(me)
  Object.assign(me, { ...FRESH, leader, phase: 'discovery' })
}

const write = (me: Server) => {
  if (me.inMemory !== null) Object.assign(me, { history: me.inMemory, inMemory: null })
}

/** The leader that this server follows, if that still leads the epoch that it was promised. */
const leaderOf = (me: Server, { self, read }: Pick<ServerContext, 'self' | 'read'>) => {
  if (me.leader === null || me.leader === self) return undefined
  const leader = read(me.leader)
  const isOfItsEpoch = me.phase === 'discovery' || leader.acceptedEpoch === me.acceptedEpoch
  return leader.leader === me.leader && isOfItsEpoch ? leader : undefined
}

/** Its followers of this epoch. */
const followersOf = (me: Server, { self, peers, read }: Pick<ServerContext, 'self' | 'peers' | 'read'>) =>
  peers.map(read).filter(({ leader, acceptedEpoch }) => leader === self && acceptedEpoch === me.acceptedEpoch)

const deliver = (me: Server, length: number, shared: ServerContext['shared']) => {
  me.delivered = length
  const sequence = historyOf(me).slice(0, length)
  if (isPrefix(shared.delivered, sequence)) shared.delivered = sequence
}

const isPrefix = (a: History, b: History) => a.length <= b.length && a.every((txn, i) => equal(txn, b[i]))

const written = (sequence: History) => `[${sequence.map((t) => `${t.epoch}.${t.counter} by ${t.by}`).join(', ')}]`

type Seen = View<typeof zab>['server'][number]
const deliveredBy = (server: Seen) => historyOf(server).slice(0, server.delivered)

const tell = (server: Seen) => `${server.id} has delivered ${written(deliveredBy(server))}`

/** None, if it is gone, or not yet established. */
const newestPrimary = (server: View<typeof zab>['server']) => {
  const epoch = Math.max(...server.map(({ acceptedEpoch }) => acceptedEpoch))
  return server.find((one) => one.acceptedEpoch === epoch && one.leader === one.id && one.phase === 'broadcast')
}

export default protocol(zab, ({ elections, transactions }, bug) => {
  const mayLead = (a: Ranked & { readonly id: string }, b: Ranked & { readonly id: string }) =>
    bug.anyLeader ? a.id > b.id : isNewer(a, b) || (!isNewer(b, a) && a.id > b.id)

  return {
    population: { server: 3 },

    restart: {
      server(me) {
        if (bug.forgetPromise) me.acceptedEpoch = me.currentEpoch
      },
    },

    actions: {
      environment: {
        /** The leader has heard CEPOCH of a majority, which is itself and one other. */
        elect({ server, shared, choose }) {
          if (shared.elections === elections) return disabled
          const up = server.filter(({ health }) => health === 'up')
          const one = choose(
            'leader',
            up.map(({ id }) => id),
          ) // prettier-ignore
          const leader = up.find(({ id }) => id === one)!
          const other = choose(
            'follower',
            up.filter((s) => s.id !== one && mayLead(leader, s)).map(({ id }) => id),
          ) // prettier-ignore
          const follower = up.find(({ id }) => id === other)!
          shared.elections += 1
          enter(leader, one)
          enter(follower, one)
          leader.acceptedEpoch = Math.max(leader.acceptedEpoch, follower.acceptedEpoch) + 1
          if (bug.oneEpoch) leader.currentEpoch = leader.acceptedEpoch
        },
      },

      server: {
        /** One that others follow already, whatever its rank. */
        join(me, { peers, read, choose }) {
          const leader = choose(
            'leader',
            peers.filter((peer) => {
              const { leader, acceptedEpoch, phase } = read(peer)
              const isOlder = acceptedEpoch < me.acceptedEpoch && !bug.joinOlder
              const isOpen = !isOlder && !(bug.noLateJoin && phase === 'broadcast')
              return peer !== me.leader && leader === peer && isOpen
            }),
          )
          enter(me, leader)
        },

        /** NEWEPOCH, answered by ACK-E. Who has promised that epoch before goes on, but does not count. */
        promise(me, context) {
          const leader = leaderOf(me, context)
          if (!leader || me.phase !== 'discovery') return disabled
          me.hasPromised = leader.acceptedEpoch > me.acceptedEpoch || bug.promiseTwice
          me.acceptedEpoch = leader.acceptedEpoch
          if (bug.oneEpoch) me.currentEpoch = me.acceptedEpoch
          me.phase = 'synchronisation'
        },

        /** The leader has ACK-E of a majority where nobody is newer than it is. */
        synchronise(me, context) {
          if (me.leader !== context.self || me.phase !== 'discovery') return disabled
          const promised = followersOf(me, context).filter(({ hasPromised }) => hasPromised)
          if (!promised.some((follower) => bug.anyLeader || !isNewer(follower, me))) return disabled
          me.currentEpoch = me.acceptedEpoch
          me.phase = 'synchronisation'
        },

        /** NEWLEADER: DIFF, or TRUNC and DIFF. */
        replaceHistory(me, context) {
          const leader = leaderOf(me, context)
          if (!leader || me.phase !== 'synchronisation' || me.isSynchronised) return disabled
          if (leader.phase === 'discovery') return disabled
          if (bug.epochFirst && me.currentEpoch < me.acceptedEpoch) return disabled
          const lacks = leader.history.filter((txn) => isAfter(txn, last(me)))
          const asSent = bug.wholeHistory ? leader.history : lacks
          const isKept = bug.noTruncation || bug.wholeHistory
          const history = isKept ? [...me.history, ...asSent] : [...leader.history]
          if (bug.earlyAck) me.inMemory = history
          else me.history = history
          me.isSynchronised = true
          me.hasPromised = false // the leader knows
        },

        raiseEpoch:
          bug.epochFirst &&
          ((me, context) => {
            const leader = leaderOf(me, context)
            if (!leader || leader.phase === 'discovery' || me.phase !== 'synchronisation') return disabled
            me.currentEpoch = me.acceptedEpoch
          }),

        /** ACK-LD, once the history is on disk. */
        acceptLeader(me) {
          if (!me.isSynchronised || me.phase !== 'synchronisation') return disabled
          me.currentEpoch = me.acceptedEpoch
          me.isSynchronised = false
          me.phase = 'broadcast'
        },

        writeHistory:
          bug.earlyAck &&
          ((me) => {
            if (me.inMemory === null) return disabled
            write(me)
          }),

        /** The leader has ACK-LD of a majority: its history is committed, and it is the primary. */
        establish(me, context) {
          const { self, shared } = context
          if (me.leader !== self || me.phase !== 'synchronisation') return disabled
          if (!followersOf(me, context).some(({ phase }) => phase === 'broadcast')) return disabled
          me.phase = 'broadcast'
          shared.established.add([me.acceptedEpoch, self])
          deliver(me, me.history.length, shared)
        },

        broadcast(me, { self, shared }) {
          if (me.leader !== self || me.phase !== 'broadcast') return disabled
          if (shared.broadcast.length === transactions) return disabled
          const { epoch, counter } = last(me)
          const txn = { epoch: me.acceptedEpoch, counter: epoch === me.acceptedEpoch ? counter + 1 : 1, by: self }
          me.history.push(txn)
          shared.broadcast.push({ ...txn })
        },

        /** PROPOSE and ACK, one by one, in order. */
        append(me, context) {
          const { choose } = context
          const leader = leaderOf(me, context)
          if (!leader || me.phase !== 'broadcast' || me.inMemory !== null) return disabled
          const lacks = leader.history.filter((txn) => isAfter(txn, last(me)))
          const next = bug.anyOrder ? choose('proposal', lacks) : lacks[0]
          if (!next) return disabled
          me.history.push({ ...next })
        },

        commit(me, context) {
          if (me.leader !== context.self || me.phase !== 'broadcast') return disabled
          const next = me.history[me.delivered]
          if (!next) return disabled
          const acks = followersOf(me, context).filter((f) => f.phase === 'broadcast' && !isAfter(next, last(f)))
          if (acks.length === 0 && !bug.commitAlone) return disabled
          deliver(me, me.delivered + 1, context.shared)
        },

        /** COMMIT: all that the leader has delivered, one by one. */
        deliver(me, context) {
          const leader = leaderOf(me, context)
          const next = historyOf(me)[me.delivered]
          if (!leader || me.phase !== 'broadcast' || !next || leader.delivered === 0) return disabled
          if (isAfter(next, leader.history[leader.delivered - 1]!)) return disabled
          deliver(me, me.delivered + 1, context.shared)
        },
      },
    },

    properties: {
      integrity: always('what is delivered was broadcast, and nobody delivers it twice', ({ server, shared }) =>
        every(
          server,
          (one) =>
            deliveredBy(one).every((txn, at, all) => {
              const isFirst = all.findIndex((other) => equal(txn, other)) === at
              return isFirst && shared.broadcast.some((other) => equal(txn, other))
            }),
          tell,
        ),
      ),
      totalOrder: always('of what two have delivered, one is a prefix of the other', ({ server, shared }) =>
        every(
          server,
          (one) => {
            const mine = deliveredBy(one)
            return (
              mine.length === one.delivered && (isPrefix(mine, shared.delivered) || isPrefix(shared.delivered, mine))
            )
          },
          (one) => `${written(shared.delivered)} were delivered; ${tell(one)}`,
        ),
      ),
      localPrimaryOrder: always('what a primary broadcasts is delivered in that order, with no gap', ({ server }) =>
        every(
          server,
          (one) =>
            deliveredBy(one).every(
              (txn, at, all) => txn.counter === 1 + all.slice(0, at).filter(({ epoch }) => epoch === txn.epoch).length,
            ),
          tell,
        ),
      ),
      globalPrimaryOrder: always('what earlier primaries broadcast is delivered first', ({ server }) =>
        every(
          server,
          (one) => deliveredBy(one).every((txn, at, all) => at === 0 || txn.epoch >= all[at - 1]!.epoch),
          tell,
        ),
      ),
      primaryIntegrity: always(
        'a primary has delivered all that was delivered of earlier epochs',
        ({ server, shared }) =>
          every(
            server.filter((one) => one.leader === one.id && one.phase === 'broadcast'),
            (one) =>
              shared.delivered.every(
                (txn) => txn.epoch >= one.acceptedEpoch || deliveredBy(one).some((other) => equal(txn, other)),
              ),
            (one) => `${written(shared.delivered)} were delivered; ${tell(one)}, and leads epoch ${one.acceptedEpoch}`,
          ),
      ),
      oneLeader: always('an epoch has one established leader', ({ shared }) =>
        noPair(
          [...shared.established],
          ([epoch, one], [other, another]) => epoch === other && one !== another,
          ([epoch, one], [, another]) => `${one} and ${another} were established for epoch ${epoch}`,
        ),
      ),
      canDeliver: canAlways('the last primary can get all that it has delivered by a majority', ({ server }) => {
        const primary = newestPrimary(server)
        if (!primary) return true
        const { history, delivered } = primary
        return (
          server.some(
            (one) => one.id !== primary.id && one.leader === primary.id && one.delivered === history.length,
          ) && delivered === history.length
        )
      }),
      aPrimary: sometimes('a primary is established', ({ shared }) => shared.established.size > 0),
      aSecondPrimary: elections > 1 && sometimes('so is a second one', ({ shared }) => shared.established.size > 1),
      aDelivery:
        transactions > 0 &&
        sometimes('everybody has delivered a transaction', ({ server }) =>
          server.every(({ delivered }) => delivered > 0),
        ),
      bothDeliver:
        elections > 1 &&
        transactions > 1 &&
        sometimes('everybody has delivered a transaction of each of two epochs', ({ server }) =>
          server.every((one) => new Set(deliveredBy(one).map(({ epoch }) => epoch)).size === 2),
        ),
    },
  }
})
