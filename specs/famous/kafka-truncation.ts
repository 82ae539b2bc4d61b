/**
 * A replicated log whose followers cut off what they should not have: how far, was Kafka's question three times.
 *
 * Sources: KIP-101, "Alter Replication Protocol to use Leader Epoch rather than High Watermark for Truncation" (2016), with
 * its two scenarios; KIP-279, "Fix log divergence between leader and follower after fast leader fail over" (2018); Gustafson's
 * TLA+ of all three (github.com/hachikuji/kafka-specification), whose abstraction of messages this follows.
 *
 * A leader takes records and followers fetch them. What all have is committed: the leader raises its high watermark, and
 * acknowledges. Followers learn of the high watermark with a later fetch, and so lag behind it. Whoever becomes a follower
 * must cut off what its new leader does not have. `--truncate` is how far:
 *   high-watermark   to its own high watermark             what is committed and not yet known to be is cut off; if its
 *                    (before 0.11)                         leader is lost now, so is the record (KIP-101, scenario 1)
 *   epoch            to where the leader says that the     a leader that has no record of that epoch answers with the
 *                    epoch of its last record ends         start of the next one it has: that may be too far
 *                    (KIP-101)
 *   epoch-chain      as before, but the leader names the   (right)
 *                    epoch that it means, and the follower
 *                    asks again until both have it (KIP-279)
 *
 * Findings. As the KIPs say. The first loses an acknowledged record (`kip-101-lost`), and leaves two logs that differ
 * below both high watermarks (`kip-101-diverged`: scenario 2), for good (`kip-101-for-ever`). With the second,
 * two fast elections still leave logs that differ for good (`kip-279-diverged`); a third one loses a record (`kip-279-lost`).
 *
 * Modelled: fetching, and what the leader knows of it, is one step that reads the other's log; both must be of the same
 * epoch, which Kafka looks at since KIP-320 only. A controller elects whom it likes, and replicas learn of it late, or
 * only of the next election. A replica that crashes keeps log and high watermark, and becomes a follower anew, or the leader
 * that it was. Left out: changes of the set of replicas that are in sync (all stay in it, so that what is committed is with all); records
 * that are lost from a disk; retention.
 *
 * Bounds: 2 replicas, the leader and the one that should cut off; 2 elections, by which a leader is replaced and comes
 * back; 3 records, one for each epoch; one crash. `three-replicas` has one more.
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
  noPair,
  type Process,
  protocol,
  sometimes,
  type View,
  z,
} from 'splitbrain'

const Record = z.object({ id: z.int(), epoch: z.int() })
type Log = readonly z.output<typeof Record>[]

const kafkaTruncation = declare({
  name: 'kafka-truncation',
  summary: 'a replicated log, and how far a new follower truncates: by high watermark, or by epoch',
  sources: ['Apache Kafka, KIP-101', 'Apache Kafka, KIP-279', 'Gustafson, kafka-specification'],
  parameters: {
    truncate: z
      .enum(['high-watermark', 'epoch', 'epoch-chain'])
      .default('epoch-chain')
      .describe('how far a new follower truncates its log'),
    replicas: z.int().min(2).max(3).default(2).describe('replicas of the log'),
    elections: z.int().min(0).max(4).default(2).describe('elections after the first'),
    records: z.int().min(1).max(4).default(3).describe('records that are written'),
  },
  roles: {
    replica: {
      prefix: 'r',
      durable: {
        log: z.array(Record).default([]),
        highWatermark: z.int().default(0), // so many records, from the first, are known to be committed
      },
      volatile: {
        epoch: z.int().default(-1), // of the last election it has learnt of
        leader: id('replica').nullable().default(null),
        hasTruncated: z.boolean().default(false), // as a follower in this epoch
      },
      readable: ['log', 'highWatermark', 'epoch', 'leader', 'hasTruncated'],
    },
  },
  shared: {
    /** What the controller has decided last. */
    epoch: z.int().default(0),
    leader: id('replica').nullable().default(null),
    written: z.int().default(0),
    acknowledged: z.array(z.int()).default([]), // the records, in their order
  },
  faults: { crash: { roles: ['replica'], budget: 1 } },
})

type Replica = Process<typeof kafkaTruncation, 'replica'>
type ReplicaContext = Context<typeof kafkaTruncation, 'replica'>
type System = View<typeof kafkaTruncation>

/** Where the records of an epoch, and of those before, end in a log. */
const endOf = (log: Log, epoch: number) => {
  const end = log.findIndex((record) => record.epoch > epoch)
  return end === -1 ? log.length : end
}

/** KIP-101: the leader answers for the follower's last epoch, with the start of its next one, if it has one. */
function byEpoch(mine: Log, theirs: Log, highWatermark: number): number {
  const last = mine.at(-1)
  if (last === undefined) return 0
  if (theirs.at(-1)?.epoch === last.epoch) return theirs.length
  return theirs.some(({ epoch }) => epoch > last.epoch) ? endOf(theirs, last.epoch) : highWatermark
}

/** KIP-279: from the follower's last epoch on backwards, until the leader has it, too. */
function byEpochChain(mine: Log, theirs: Log): number {
  let length = mine.length
  while (length > 0) {
    const { epoch } = mine[length - 1]!
    const known = theirs.findLast((record) => record.epoch <= epoch)?.epoch ?? -1
    if (known === epoch) return Math.min(length, endOf(theirs, epoch))
    length = Math.min(length, endOf(mine, known), endOf(theirs, known))
  }
  return 0
}

const cut = (me: Replica, length: number) => {
  me.log.splice(length)
  me.highWatermark = Math.min(me.highWatermark, me.log.length)
  me.hasTruncated = true
}

const areEqual = ({ replica }: System) =>
  noPair(
    replica,
    (a, b) => !equal(a.log, b.log),
    (a, b) => `${a.id} has ${textOf(a.log)}, ${b.id} has ${textOf(b.log)}`,
  )

const textOf = (log: Log) => `[${log.map(({ id, epoch }) => `${id} of epoch ${epoch}`).join(', ')}]`

export default protocol(kafkaTruncation, ({ truncate, replicas, elections, records }) => {
  /** Asks the leader of its epoch how far both logs are the same, and cuts off the rest. */
  const truncateByEpoch = (me: Replica, { self, read }: ReplicaContext) => {
    if (me.leader === null || me.leader === self || me.hasTruncated) return disabled
    const leader = read(me.leader)
    if (leader.epoch !== me.epoch) return disabled
    const length =
      truncate === 'epoch' ? byEpoch(me.log, leader.log, me.highWatermark) : byEpochChain(me.log, leader.log)
    cut(me, length)
  }

  return {
    population: { replica: replicas },
    start: {
      environment({ replica, shared }) {
        shared.leader = replica[0]!.id
        for (const one of replica) Object.assign(one, { epoch: 0, leader: shared.leader, hasTruncated: true })
      },
    },

    actions: {
      environment: {
        /** The controller has taken the leader for dead, or wants another one. */
        elect({ replica, shared, choose }) {
          if (shared.epoch === elections) return disabled
          const able = replica.filter(({ id, health }) => id !== shared.leader && health === 'up')
          shared.leader = choose(
            'leader',
            able.map(({ id }) => id),
          )
          shared.epoch += 1
        },
      },

      replica: {
        learn(me, { self, shared }) {
          if (me.epoch >= shared.epoch) return disabled
          me.epoch = shared.epoch
          me.leader = shared.leader
          me.hasTruncated = false
          if (me.leader !== self && truncate === 'high-watermark') cut(me, me.highWatermark)
        },

        truncate: truncate !== 'high-watermark' && truncateByEpoch,

        /** A producer's record, to whoever takes itself for the leader. */
        write(me, { self, shared }) {
          if (me.leader !== self || shared.written === records) return disabled
          shared.written += 1
          me.log.push({ id: shared.written, epoch: me.epoch })
        },

        /** The next record, if there is one, and how much is committed. */
        fetch(me, { self, read }) {
          if (me.leader === null || me.leader === self || !me.hasTruncated) return disabled
          const leader = read(me.leader)
          if (leader.epoch !== me.epoch) return disabled
          const next = leader.log[me.log.length]
          if (next !== undefined) me.log.push({ ...next })
          me.highWatermark = Math.max(me.highWatermark, Math.min(leader.highWatermark, me.log.length))
        },

        /** All have the next record: it is committed, and acknowledged unless an earlier leader has done so. */
        commit(me, { self, peers, read, shared }) {
          if (me.leader !== self || me.highWatermark === me.log.length) return disabled
          const haveIt = peers
            .map(read)
            .every((peer) => peer.epoch === me.epoch && peer.hasTruncated && peer.log.length > me.highWatermark)
          if (!haveIt) return disabled
          const { id } = me.log[me.highWatermark]!
          me.highWatermark += 1
          if (shared.acknowledged.length < me.highWatermark) shared.acknowledged.push(id)
        },
      },
    },

    properties: {
      nothingLost: always('a leader has every record that was acknowledged, each in its place', ({ replica, shared }) =>
        every(
          replica.filter(({ id, leader, epoch }) => leader === id && epoch === shared.epoch),
          ({ log }) => shared.acknowledged.every((record, offset) => log[offset]?.id === record),
          ({ id, log }) => `acknowledged: ${shared.acknowledged}; the leader, ${id}, has ${textOf(log)}`,
        ),
      ),
      committedAgree: always('logs are the same as far as both know them to be committed', ({ replica }) =>
        noPair(
          replica,
          (a, b) => {
            const length = Math.min(a.highWatermark, b.highWatermark)
            return !equal(a.log.slice(0, length), b.log.slice(0, length))
          },
          (a, b) => `${a.id} has ${textOf(a.log)}, ${b.id} has ${textOf(b.log)}`,
        ),
      ),
      canAgree: canAlways('the logs can always become the same', areEqual),
      agreeInTheEnd: eventuallyAlways('the logs are the same in the end', areEqual, {
        weak: ['actions', 'recoveries'],
      }),
      aTruncation: sometimes('a record is gone that some replica had', ({ replica, shared }) =>
        Array.from({ length: shared.written }, (_, index) => index + 1).some((record) =>
          replica.every(({ log }) => log.every(({ id }) => id !== record)),
        ),
      ),
      aLaterCommit:
        elections > 0 &&
        sometimes('a record of a later epoch is committed', ({ replica }) =>
          replica.some(({ log, highWatermark }) => log.slice(0, highWatermark).some(({ epoch }) => epoch > 0)),
        ),
    },
  }
})
