/**
 * Redis under Sentinel: a primary that is cut off goes on taking writes while another one is elected. What is acknowledged,
 * and then gone.
 *
 * What happened: Kingsbury cut such a system in two (Jepsen: "Call me maybe: Redis", 2013). Clients beside the old primary
 * went on writing there; the sentinels on the other side elected another; when the network was whole again the old one
 * became its replica, and threw away all that it had taken since: 56 % of the writes that it had acknowledged. Redis'
 * documentation says so of its replication (Sentinel, "Sentinel and Redis as a distributed system"; WAIT).
 *
 * `--ack` is when a write is acknowledged:
 *   at-once        by the primary alone; replicas get it later
 *   min-replicas   the same, and refused as soon as `--window` writes are with no replica (min-replicas-to-write, with
 *                  min-replicas-max-lag): that many can be lost, no more
 *   wait           when a majority has it (WAIT)
 *
 * Findings. As told: `split-brain`, `lost`; no crash is needed. Refusing bounds what is lost to the window for each failover
 * (`bounded`), and does not keep it off (`window-lost`). WAIT does not either: a replica that is told of the new primary late
 * follows the old one until then, and makes a majority with it (`wait-late-replica`). If the vote of a sentinel binds the server
 * beside it (`--binding`, which Sentinel has not; Raft's vote does), WAIT keeps every acknowledged write over one failover
 * (`default`), and not over two (`wait-lost`): logs are compared by their length, not by who wrote them, and what the cut-off
 * primary wrote counts like what a majority has. That is what the terms in Raft's log are for.
 * The lock that is lost by a failover is `redis-lock --failovers 1` (`failover-double-holders` there): no second model of it.
 *
 * Modelled: 3 servers, each with a sentinel beside it; a client may write beside any of them that takes itself for the
 * primary. Replication copies a log as it is; a replica that is told of another primary takes over its log whole. Left
 * out: sentinels that quarrel (their vote is one step of a majority), replicas that restart empty, clients that try
 * again.
 *
 * Bounds: 3 servers, where a majority is left without the primary; 2 writes, one on each side, and a third one for the
 * second failover; one partition, which may heal; one crash in `crash` and `wait-lost` only.
 */
import {
  always,
  canAlways,
  declare,
  disabled,
  equal,
  eventuallyAlways,
  every,
  fails,
  id,
  optional,
  protocol,
  sometimes,
  type View,
  z,
} from 'splitbrain'

const redisSentinel = declare({
  name: 'redis-sentinel',
  summary: 'Redis under Sentinel: what was acknowledged and is gone after a failover',
  sources: ['Kingsbury 2013, Jepsen: Redis', 'Redis documentation, Sentinel; WAIT'],
  parameters: {
    ack: z.enum(['at-once', 'min-replicas', 'wait']).default('wait').describe('when a write is acknowledged'),
    servers: z.int().min(3).max(5).default(3).describe('servers, each with a sentinel'),
    writes: z.int().min(1).max(4).default(2).describe('writes, beside whoever takes itself for the primary'),
    window: z.int().min(1).max(3).default(1).describe('writes that may be with no replica, with min-replicas'),
    binding: z
      .boolean()
      .default(true)
      .describe('whether a server follows the old primary no more once its sentinel votes'),
    failovers: z.int().min(0).max(2).default(1).describe('how often the sentinels elect another primary'),
  },
  roles: {
    server: {
      prefix: 's',
      durable: {
        log: z.array(z.int()).default([]),
        isPrimary: z.boolean().default(false),
        epoch: z.int().default(0), // of the primary that it knows
      },
    },
  },
  shared: {
    primary: id('server').nullable().default(null), // that the sentinels elected last
    epoch: z.int().default(0),
    written: z.int().default(0),
    acknowledged: z.set(z.int()).default(new Set()),
  },
  faults: {
    partition: { roles: ['server'], budget: 1 },
    crash: { roles: ['server'], budget: 0 },
  },
})

type System = View<typeof redisSentinel>

const primaryOf = ({ server, shared }: System) => server.find(({ id }) => id === shared.primary)!

const lostOf = (system: System) =>
  [...system.shared.acknowledged].filter((write) => !primaryOf(system).log.includes(write))

const areEqual = ({ server }: System) =>
  every(
    server,
    ({ log }) => equal(log, server[0]!.log),
    ({ id, log }) => `${id} has [${log}], ${server[0]!.id} has [${server[0]!.log}]`,
  )

const nothingLost = always('the primary has every write that was acknowledged', (system: System) => {
  const lost = lostOf(system)
  return lost.length === 0 ? true : fails(`write ${lost} was acknowledged; the primary has [${primaryOf(system).log}]`)
})

export default protocol(redisSentinel, ({ ack, servers, writes, window, binding, failovers }) => {
  const majority = Math.floor(servers / 2) + 1

  return {
    population: { server: servers },
    mostDown: { server: 1 },
    start: {
      environment({ server, shared }) {
        server[0]!.isPrimary = true
        shared.primary = server[0]!.id
      },
    },

    actions: {
      environment: {
        /** A client writes beside a server that takes itself for the primary. */
        write({ server, shared, choose }) {
          if (shared.written === writes) return disabled
          const taking = server.filter(({ health, isPrimary, log, epoch }) => {
            const replicas = server.filter((other) => !other.isPrimary && other.epoch === epoch)
            const kept = Math.max(0, ...replicas.map((replica) => replica.log.length))
            return health === 'up' && isPrimary && (ack !== 'min-replicas' || log.length - kept < window)
          })
          const chosen = choose(
            'server',
            taking.map(({ id }) => id),
          )
          shared.written += 1
          server.find(({ id }) => id === chosen)!.log.push(shared.written)
          if (ack !== 'wait') shared.acknowledged.add(shared.written)
        },

        /** A replica gets the log of the primary that it knows. */
        replicate({ server, ids, shared, choose, isCut }) {
          const to = choose('replica', ids.server)
          const replica = server.find(({ id }) => id === to)!
          const primary = server.find(({ epoch, isPrimary }) => isPrimary && epoch === replica.epoch)
          if (primary === undefined || primary === replica || isCut(primary.id, to)) return disabled
          if (primary.health !== 'up' || replica.health !== 'up') return disabled
          replica.log = [...primary.log]
          if (ack !== 'wait') return
          const followers = server.filter(({ epoch }) => epoch === primary.epoch)
          for (const write of primary.log) {
            if (followers.filter(({ log }) => log.includes(write)).length >= majority) shared.acknowledged.add(write)
          }
        },

        /** A majority of the sentinels, who reach each other, does not reach the primary: of theirs, the longest log. */
        failOver({ server, shared, choose, isCut }) {
          if (shared.epoch === failovers) return disabled
          const old = server.find(({ id }) => id === shared.primary)!
          const voters = server.filter(
            ({ id, health }) => id !== old.id && health === 'up' && (old.health !== 'up' || isCut(old.id, id)),
          )
          const electorsOf = (candidate: string) => voters.filter(({ id }) => !isCut(candidate as typeof id, id))
          const able = voters.filter(({ id, log }) => {
            const electors = electorsOf(id)
            return electors.length >= majority && electors.every((elector) => elector.log.length <= log.length)
          })
          const chosen = choose(
            'server',
            able.map(({ id }) => id),
          )
          shared.epoch += 1
          shared.primary = chosen
          if (binding)
            for (const elector of electorsOf(chosen)) Object.assign(elector, { isPrimary: false, epoch: shared.epoch })
          Object.assign(server.find(({ id }) => id === chosen)!, { isPrimary: true, epoch: shared.epoch })
        },

        /** A sentinel tells the server beside it of the new primary, once it knows. */
        reconfigure({ server, ids, shared, choose, isCut }) {
          const told = choose('server', ids.server)
          const it = server.find(({ id }) => id === told)!
          if (it.health !== 'up' || it.epoch === shared.epoch || isCut(shared.primary!, told)) return disabled
          it.epoch = shared.epoch
          it.isPrimary = false
        },
      },
    },

    properties: {
      nothingLost: ack === 'wait' && binding && failovers < 2 ? nothingLost : optional(nothingLost),
      lostBounded:
        ack === 'min-replicas' &&
        always('no more is lost than the window of each failover', (system) => {
          const lost = lostOf(system)
          return lost.length <= window * failovers ? true : fails(`${lost.length} acknowledged writes are lost`)
        }),
      onePrimary: optional(
        always(
          'one server at most takes writes',
          ({ server }) => server.filter(({ isPrimary, health }) => isPrimary && health === 'up').length <= 1,
        ),
      ),
      canAgree: canAlways('the servers can always become equal again', areEqual),
      agreeInTheEnd: eventuallyAlways('the servers are equal in the end', areEqual, {
        weak: ['actions', 'recoveries', 'network.heal'],
      }),
      allAcknowledged: sometimes('every write is acknowledged', ({ shared }) => shared.acknowledged.size === writes),
      aFailover:
        failovers > 0 &&
        sometimes('another primary has a write acknowledged', (system) => {
          const { log } = primaryOf(system)
          return system.shared.epoch > 0 && log.length > 0 && system.shared.acknowledged.has(log.at(-1)!)
        }),
    },
  }
})
