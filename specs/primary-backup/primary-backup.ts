/**
 * Primary and backups: one replica takes the writes and ships them to the others.
 *
 * Source: document 000, replicas for fault tolerance (synchronous, asynchronous and in between; the modes are those of
 * Oracle Data Guard: maximum protection, performance, availability); document 002, CAP, consistency.
 *
 * `--mode` says when the primary acknowledges a write:
 *   sync              when every backup has confirmed it
 *   async             at once; it ships it later
 *   max-availability  as `sync`; once a wait runs out as `async`, until every backup is up to date again
 *
 * Modelled: a writer, which looks up who the primary is and tries again after a failover, or gives up and takes its
 * write for failed; replicas whose primary ships its log to each backup apart, again and again until it is confirmed.
 * Crashes are for good, and may come between two acknowledgements of one step. When the primary is dead, an operator
 * promotes a backup, any of those that live, and strikes the dead one off. An epoch keeps apart what an old primary and a
 * new one have sent. Messages overtake each other, get lost (`--losses`), or wait for a cut link (`--partitions`). A
 * primary cannot tell a dead backup, a cut link and a slow one apart: any of its waits may run out (`--timeouts`), and
 * that is the fault which `max-availability` knows of.
 * A read, at any replica, is one step: one that takes longer is only easier to please.
 * Left out: how the operator knows that the primary is dead (bug `hastyPromotion`: it does not); a replica that comes
 * back; a majority instead of all, which is Raft.
 *
 * What the modes give for what they keep: with `sync`, one dead replica ends all writes (`sync-blocked`); with the others
 * the rest can go on. With `async`, replicas agree in the end if links heal (`async-converges`).
 *
 * Findings. Document 000 calls the synchronous mode strongly consistent, and explains it: once a write has returned, any
 * replica gives it. That holds (`freshReads`). It is less than linearizable: while the write is under way, a read may
 * see it at one replica and the next, at another, not (`sync-not-linearizable`). Nor does a write fail as if it had not
 * happened: one that is given up, because a replica does not confirm, may be there all the same (`failed-but-there`).
 *
 * Bounds: 3 replicas, so that two backups may differ; 2 writes, so that one may be lost and another be acknowledged.
 * A second crash (`two-crashes`, with one write) leaves a single replica.
 */
import {
  always,
  type Context,
  canAlways,
  declare,
  disabled,
  equal,
  eventuallyAlways,
  every,
  id,
  linearizable,
  noPair,
  optional,
  type Process,
  protocol,
  register,
  sometimes,
  type View,
  z,
} from 'splitbrain'

const primaryBackup = declare({
  name: 'primary-backup',
  summary: 'replication by a primary: synchronous, asynchronous, and in between',
  sources: ['document 000, replicas for fault tolerance', 'document 002, CAP'],
  parameters: {
    mode: z.enum(['sync', 'async', 'max-availability']).default('sync').describe('when a write is acknowledged'),
    replicas: z.int().min(2).max(4).default(3).describe('the primary and its backups'),
    writes: z.int().min(1).max(3).default(2).describe('how often the writer writes'),
    reads: z.int().min(0).max(4).default(0).describe('reads, at any replica; with them a history is recorded'),
    timeouts: z.boolean().default(true).describe('whether the waits of a primary can run out'),
    givingUp: z.boolean().default(true).describe('whether the writer may give a write up'),
  },
  bugs: {
    noEpoch: 'a replica does not look whether the primary that ships is an old one',
    lateCopy: 'a primary appends a late copy of a write that its writer has given up',
    hastyPromotion: 'the operator promotes a backup though the primary lives',
  },
  roles: {
    replica: {
      prefix: 'r',
      durable: {
        log: z.array(z.int()).default([]), // the writes, in order
        epoch: z.int().default(1),
        isPrimary: z.boolean().default(false),
        // Primaries only:
        backups: z.set(id('replica')).default(new Set()),
        confirmed: z.record(id('replica'), z.int()).default({}), // how much of the log each backup has; -1: not known
        answered: z.int().default(0), // how much of the log is acknowledged to the writer
        hasDegraded: z.boolean().default(false),
      },
    },
    writer: {
      durable: {
        write: z.int().default(0), // the one that is under way, or was last
        askedOf: id('replica').nullable().default(null),
      },
    },
  },
  messages: {
    Write: { value: z.int() },
    Written: { value: z.int() },
    Ship: { epoch: z.int(), log: z.array(z.int()) },
    Confirm: { length: z.int() },
  },
  shared: {
    /** The operator's: who is the primary. */
    primary: id('replica').nullable().default(null),
    epoch: z.int().default(1),
    reads: z.int().default(0), // so far
    // For the properties only: the writes that were acknowledged, or given up.
    acknowledged: z.set(z.int()).default(new Set()),
    failed: z.set(z.int()).default(new Set()),
  },
  operations: {
    write: { argument: z.int() },
    read: { result: z.int() },
  },
  network: 'set',
  faults: {
    crash: { roles: ['replica'], restart: 'never', budget: 1 },
    lose: { messages: ['Ship', 'Confirm'] },
    partition: true,
  },
})

type Replica = Process<typeof primaryBackup, 'replica'>
type ReplicaContext = Context<typeof primaryBackup, 'replica'>

const newest = (log: readonly number[]) => log.at(-1) ?? 0

const areEqual = ({ replica }: View<typeof primaryBackup>) =>
  noPair(
    replica.filter(({ health }) => health === 'up'),
    (a, b) => !equal(a.log, b.log),
    (a, b) => `${a.id} has [${a.log}], ${b.id} has [${b.log}]`,
  )

/** A read by a client that is near this replica. */
function read(me: Replica, limit: number, { shared, invoke, returns }: ReplicaContext) {
  if (shared.reads === limit) return disabled
  shared.reads += 1
  invoke('read')
  returns('read', newest(me.log))
}

export default protocol(primaryBackup, (parameters, bug) => {
  const { mode, replicas, writes, reads, timeouts, givingUp, crashes, partitions } = parameters
  const degrades = mode === 'max-availability' && timeouts
  const records = reads > 0

  /** How much of its log a primary may acknowledge. */
  const safeLength = (me: Replica) => {
    if (mode === 'async' || me.hasDegraded) return me.log.length
    return Math.min(me.log.length, ...[...me.backups].map((backup) => me.confirmed[backup]!))
  }

  const acknowledge = (me: Replica, { ids, send }: ReplicaContext) => {
    for (const value of me.log.slice(me.answered, safeLength(me))) {
      me.answered += 1
      send(ids.writer, { type: 'Written', value })
    }
  }

  /** A backup has been silent for too long: go on without. */
  const degrade = (me: Replica, context: ReplicaContext) => {
    if (!me.isPrimary || me.answered === me.log.length) return disabled
    me.hasDegraded = true
    return acknowledge(me, context)
  }

  const recover = (me: Replica) => {
    const isUpToDate = Object.values(me.confirmed).every((length) => length === me.log.length)
    if (!me.hasDegraded || !isUpToDate) return disabled
    me.hasDegraded = false
  }

  return {
    population: { replica: replicas, writer: 1 },
    requires: { 'crashes < replicas': crashes < replicas }, // somebody is left
    start: {
      environment({ replica: [primary], ids, shared }) {
        const [self, ...backups] = ids.replica
        shared.primary = self!
        primary!.isPrimary = true
        primary!.backups = new Set(backups)
        primary!.confirmed = Object.fromEntries(backups.map((backup) => [backup, 0]))
      },
    },

    actions: {
      writer: {
        write(me, { shared, send, invoke }) {
          if (me.askedOf !== null || me.write === writes) return disabled
          me.write += 1
          me.askedOf = shared.primary
          if (records) invoke('write', me.write)
          send(shared.primary!, { type: 'Write', value: me.write })
        },

        /** No answer yet, and there is another primary: ask that one. */
        retry(me, { shared, send }) {
          if (me.askedOf === null || me.askedOf === shared.primary) return disabled
          me.askedOf = shared.primary
          send(shared.primary!, { type: 'Write', value: me.write })
        },

        giveUp:
          givingUp &&
          ((me, { shared, unknown }) => {
            if (me.askedOf === null) return disabled
            me.askedOf = null
            if (records) unknown('write')
            shared.failed.add(me.write)
          }),
      },

      replica: {
        /** To one backup at a time, until it confirms. */
        ship(me, { choose, send }) {
          if (!me.isPrimary) return disabled
          const behind = [...me.backups].filter((backup) => me.confirmed[backup]! < me.log.length)
          send(choose('backup', behind), { type: 'Ship', epoch: me.epoch, log: me.log })
        },

        degrade: degrades && degrade,
        recover: degrades && recover,
        read: records && ((me, context) => read(me, reads, context)),
      },

      environment: {
        /** The operator promotes any backup that lives. */
        promote({ replica, ids, shared, choose }) {
          const old = replica.find(({ id }) => id === shared.primary)!
          if (old.health === 'up' && !(bug.hastyPromotion && shared.epoch === 1)) return disabled
          const alive = replica.filter(({ id, health }) => health === 'up' && id !== old.id).map(({ id }) => id)
          const chosen = choose('backup', alive)
          const promoted = replica.find(({ id }) => id === chosen)!
          const backups = ids.replica.filter((other) => other !== chosen && other !== old.id)
          shared.primary = chosen
          shared.epoch += 1
          promoted.isPrimary = true
          promoted.epoch = shared.epoch
          promoted.backups = new Set(backups)
          promoted.confirmed = Object.fromEntries(backups.map((backup) => [backup, -1]))
        },
      },
    },

    receive: {
      writer: {
        Written(me, { value }, { shared, returns }) {
          if (me.askedOf === null || value !== me.write) return // given up
          me.askedOf = null
          if (records) returns('write')
          shared.acknowledged.add(value)
        },
      },

      replica: {
        /** It may be a second copy, sent after a failover, or a late one. */
        Write(me, { value }, context) {
          if (!me.isPrimary) return
          const isNew = bug.lateCopy ? !me.log.includes(value) : value > newest(me.log)
          if (isNew) me.log.push(value)
          acknowledge(me, context)
        },

        /** The log of the newest epoch is right; within an epoch, the longest. */
        Ship(me, { epoch, log }, { from, send }) {
          const isLater = epoch > me.epoch && !bug.noEpoch
          if (epoch < me.epoch && !bug.noEpoch) return
          if (isLater || log.length > me.log.length) me.log = [...log]
          me.epoch = epoch
          send(from, { type: 'Confirm', length: me.log.length })
        },

        /** No epoch is needed: nobody is primary twice. */
        Confirm(me, { length }, context) {
          if (!me.isPrimary || length <= me.confirmed[context.from]!) return
          me.confirmed[context.from] = length
          acknowledge(me, context)
        },
      },
    },

    properties: {
      nothingLost: always('the primary has every write that was acknowledged', ({ replica, shared }) => {
        const primary = replica.find(({ id }) => id === shared.primary)!
        return every(
          shared.acknowledged,
          (write) => primary.log.includes(write),
          (write) => `write ${write} was acknowledged; the primary, ${primary.id}, has [${primary.log}]`,
        )
      }),
      freshReads: always('a read at any replica sees the last write that was acknowledged, or a later one', (state) => {
        const last = Math.max(0, ...state.shared.acknowledged)
        return every(
          state.replica.filter(({ health }) => last > 0 && health === 'up'),
          ({ log }) => newest(log) >= last,
          ({ id, log }) => `write ${last} was acknowledged; a read at ${id} sees ${newest(log) || 'none'}`,
        )
      }),
      allAcknowledged: sometimes('all writes are acknowledged', ({ shared }) => shared.acknowledged.size === writes),
      aFailover: sometimes('a promoted primary has a write acknowledged', ({ replica }) =>
        replica.some(({ isPrimary, epoch, answered }) => isPrimary && epoch > 1 && answered > 0),
      ),
      failedHasNoEffect: optional(
        always('a write that was given up is not there', ({ replica, shared }) =>
          every(
            replica.filter(({ log }) => log.length > 0),
            ({ log }) => !log.some((write) => shared.failed.has(write)),
            ({ id, log }) => `write ${[...shared.failed]} was given up, and ${id} has [${log}]`,
          ),
        ),
      ),
      canComplete: optional(
        canAlways('all writes can still be acknowledged', ({ shared }) => shared.acknowledged.size === writes),
      ),
      converges: optional(
        eventuallyAlways('the live replicas agree in the end', areEqual, {
          weak: ['replica.ship', 'replica.Ship', ...(partitions > 0 ? ['network.heal'] : [])],
        }),
      ),
      convergesThoughCut:
        partitions > 0 &&
        optional(
          eventuallyAlways('the live replicas agree in the end, though a partition does not heal', areEqual, {
            weak: ['replica.ship', 'replica.Ship'],
          }),
        ),
      linearizable: records && optional(linearizable('reads and writes are linearizable', register({ initial: 0 }))),
    },
  }
})
