/**
 * A consumer of a log that remembers how far it has come: what it loses, and what it does twice.
 *
 * Sources: Apache Kafka documentation, "Message Delivery Semantics" (commit before processing: at most once; after: at
 * least once; output and offset together: exactly once) and KafkaConsumer, "Storing Offsets Outside Kafka" and "Detecting
 * Consumer Failures" (a rebalance takes partitions from a consumer that is slow); KIP-98 (fencing of zombie producers by
 * epoch), KIP-447 (of consumers, by the generation of their group).
 *
 * A topic of some records, and a group of consumers of which one has the partition. It takes up where the group's committed
 * offset is. Processing has an effect on an outside system: a payment, a mail, a row. `--commit` is when the offset is
 * stored:
 *   before        and then the record is processed             a crash in between loses the record
 *   after         the record has been processed                a crash in between processes it again
 *   auto          every so often by a timer, whatever has been handed out, processed or not: loses, and repeats as well
 *   together      the effect and the offset, in one transaction of the outside system
 * `--consumer idempotent` looks at a record's number, and does not do again what has been done.
 *
 * Findings. "Exactly once" is a matter of the effect: no commit order gives it without the other side. `after` needs an idempotent
 * consumer. With `together` a record is processed once *if* the old owner of a partition is kept out: a consumer that stands
 * still and loses the partition (a rebalance, `--pauses`) goes on where it was when it wakes up, and stores its old offset over
 * the newer one (`together-zombie`). The generation of the group has to be looked at in the same transaction (`--fencing`, KIP-447).
 * For a plain commit fencing is what Kafka's coordinator does, and it does not help the effect, which is not asked
 * (`after-fenced`).
 *
 * Modelled: one partition, records by number. A rebalance gives the partition to the other consumer when its owner is dead
 * or stands still. Reading the log and the offset is one step; effects are counted per record. Left out: producers
 * that send twice, several partitions, a consumer that leaves in good order.
 *
 * Defaults: effect and offset together, fenced, with a crash and a pause: exactly once. Bounds: 2 records, so that one can be
 * passed over and one repeated; 2 consumers, the old owner and the new; one crash and one pause, each of which breaks
 * what can be broken. `more-of-each` has more.
 */
import {
  always,
  type Context,
  canAlways,
  deadlockFree,
  declare,
  disabled,
  eventually,
  every,
  id,
  type Process,
  protocol,
  sometimes,
  step,
  type View,
  z,
} from 'splitbrain'

const consumerOffsets = declare({
  name: 'consumer-offsets',
  summary: 'a consumer that commits its offset before, after or with its work: what is lost, what is done twice',
  sources: ['Apache Kafka documentation, Message Delivery Semantics', 'KIP-98', 'KIP-447'],
  parameters: {
    commit: z
      .enum(['before', 'after', 'auto', 'together'])
      .default('together')
      .describe('when the offset is stored: before or after the work, by a timer, or with it'),
    idempotent: z.boolean().default(false).describe('whether the outside system does a record once, by its number'),
    fencing: z.boolean().default(true).describe('whether an offset from an older generation of the group is refused'),
    records: z.int().min(1).max(4).default(2).describe('records in the log'),
    consumers: z.int().min(1).max(3).default(2).describe('consumers of the group'),
  },
  roles: {
    consumer: {
      prefix: 'c',
      volatile: {
        generation: z.int().default(0), // of the group in which it has got the partition; 0: none
        position: z.int().default(0), // records that it is done with
        at: z.enum(['waiting', 'taken', 'committed', 'processed']).default('waiting'),
      },
    },
  },
  shared: {
    generation: z.int().default(0),
    owner: id('consumer').nullable().default(null),
    offset: z.int().default(0), // committed
    /** The outside system: how often it has done each record. */
    effects: z.array(z.int()).default([]),
  },
  faults: {
    crash: { roles: ['consumer'], budget: 1 },
    pause: { roles: ['consumer'], budget: 1 },
  },
})

type Consumer = Process<typeof consumerOffsets, 'consumer'>
type ConsumerContext = Context<typeof consumerOffsets, 'consumer'>

const areProcessed = ({ shared: { effects } }: View<typeof consumerOffsets>) =>
  every(
    effects.map((times, index) => ({ record: index + 1, times })),
    ({ times }) => times > 0,
    ({ record }) => `record ${record} has not been processed`,
  )

const quit = (me: Consumer) => Object.assign(me, { generation: 0, position: 0, at: 'waiting' })

export default protocol(consumerOffsets, ({ commit, idempotent, fencing, records, consumers, crashes, pauses }) => {
  const isFenced = (me: Consumer, { shared }: ConsumerContext) => fencing && me.generation !== shared.generation

  const advance = (me: Consumer) => Object.assign(me, { position: me.position + 1, at: 'waiting' })

  const work = (me: Consumer, { shared }: ConsumerContext) => {
    const times = shared.effects[me.position]!
    if (!idempotent || times === 0) shared.effects[me.position] = Math.min(times + 1, 2)
  }

  /** Stores the offset, unless the partition has gone to another. */
  const store = (me: Consumer, offset: number, context: ConsumerContext): boolean => {
    if (isFenced(me, context)) {
      quit(me)
      return false
    }
    context.shared.offset = offset
    return true
  }

  const commitBefore = (me: Consumer, context: ConsumerContext) => {
    if (me.at !== 'taken') return disabled
    if (store(me, me.position + 1, context)) me.at = 'committed'
  }

  const commitAfter = (me: Consumer, context: ConsumerContext) => {
    if (me.at !== 'processed') return disabled
    if (store(me, me.position + 1, context)) advance(me)
  }

  /** The timer stores how far records have been handed out. */
  const commitByTimer = (me: Consumer, context: ConsumerContext) => {
    const handedOut = me.position + (me.at === 'taken' ? 1 : 0)
    if (me.generation === 0 || handedOut === context.shared.offset) return disabled
    store(me, handedOut, context)
  }

  const workAndCommit = (me: Consumer, context: ConsumerContext) => {
    if (me.at !== 'taken') return disabled
    if (!store(me, me.position + 1, context)) return
    work(me, context)
    advance(me)
  }

  const workAlone = (me: Consumer, context: ConsumerContext) => {
    if (me.at !== (commit === 'before' ? 'committed' : 'taken')) return disabled
    work(me, context)
    if (commit === 'after') me.at = 'processed'
    else advance(me)
  }

  return {
    population: { consumer: consumers },
    start: {
      environment({ shared }) {
        shared.effects = Array.from({ length: records }, () => 0)
      },
    },

    actions: {
      environment: {
        /** A rebalance: another consumer gets the partition, or the same one that has forgotten it. */
        assign({ consumer, shared, choose }) {
          const owner = consumer.find(({ id }) => id === shared.owner)
          if (owner?.health === 'up' && owner.generation === shared.generation) return disabled
          const able = consumer.filter(({ id, health }) => health === 'up' && (id !== shared.owner || consumers === 1))
          const chosen = choose(
            'consumer',
            able.map(({ id }) => id),
          )
          shared.owner = chosen
          shared.generation += 1
          Object.assign(consumer.find(({ id }) => id === chosen)!, {
            generation: shared.generation,
            position: shared.offset,
            at: 'waiting',
          })
        },
      },

      consumer: {
        poll(me) {
          if (me.generation === 0 || me.at !== 'waiting' || me.position === records) return disabled
          me.at = 'taken'
        },

        work: commit === 'together' ? workAndCommit : workAlone,
        commit: commit === 'before' ? commitBefore : commit === 'after' && commitAfter,
        commitByTimer: commit === 'auto' && commitByTimer,
      },
    },

    properties: {
      atMostOnce: always('no record is done twice', ({ shared: { effects } }) =>
        every(
          effects.map((times, index) => ({ record: index + 1, times })),
          ({ times }) => times < 2,
          ({ record }) => `record ${record} has been done twice`,
        ),
      ),
      offsetNeverBack:
        fencing &&
        step('the committed offset never goes back', (before, after) => after.shared.offset >= before.shared.offset),
      canBeProcessed: canAlways('every record can always still be processed', areProcessed),
      processedInTheEnd: eventually('every record is processed in the end', areProcessed, {
        weak: ['actions', 'recoveries'],
      }),
      endsProcessed: deadlockFree('it ends only when every record is processed', areProcessed),
      aHandover:
        crashes + pauses > 0 &&
        sometimes(
          'a second owner does what the first one did not',
          ({ shared }) => shared.generation > 1 && shared.effects.every((times) => times > 0),
        ),
    },
  }
})
