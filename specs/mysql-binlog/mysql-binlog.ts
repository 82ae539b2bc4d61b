/**
 * MySQL's own commit: a transaction is in two logs, that of the storage engine (InnoDB's redo log) and the binlog, which
 * replicas read. That both have it or neither is a two-phase commit inside of one server.
 *
 * Sources: document 003, a reader's question (is it a 2PC, and who coordinates?); MySQL 8.0 Reference Manual, "The Binary
 * Log" (sync_binlog), innodb_flush_log_at_trx_commit, binlog_order_commits; MariaDB MDEV-181, which tells how recovery
 * goes by the binlog.
 *
 * Modelled: clients with one transaction each, a server, and a replica that reads the binlog. A transaction is written to
 * the redo log as prepared, then to the binlog, then as committed to the redo log, and then its client is told. What is written
 * is in memory until it is flushed: at once where it says so (`--sync-binlog`, `--redo`), and otherwise some time. The
 * replica reads what is written, flushed or not; with sync_binlog = 1 that is the same.
 * The server crashes at any moment, comes back with what was flushed, and recovers: a transaction that is prepared
 * and in the binlog is committed, one that is prepared only is rolled back.
 * `--order` says in which of three ways the two logs are written: `two-phase`, or `redo-first` or `binlog-first` without a
 * prepared state. Left out: semi-synchronous replication, group commit as a whole, the log positions of a replica.
 *
 * Findings. It is a two-phase commit: the engine is the participant, and the binlog is the log of the coordinator, which is
 * the server. Its decision is the flush of the binlog, so nobody is asked after a crash and nothing is blocked: the
 * coordinator and the participant die and come back together. Recovery by any other rule loses a transaction at the
 * replica or leaves it there alone (bugs `commitPrepared`, `rollBackPrepared`). With the binlog not flushed at each commit a
 * client is told of a transaction that is gone after a crash, and that a replica may have (`binlog-unsynced`); the
 * engine's own commit need not be flushed, since recovery repeats it, but its prepare must be (`--redo never`).
 *
 * Bounds: two transactions, whose order in both logs may differ; two crashes, so that one may strike after a recovery.
 */
import {
  always,
  canAlways,
  deadlockFree,
  declare,
  disabled,
  eventually,
  every,
  fails,
  type Id,
  id,
  may,
  type Process,
  type ProcessView,
  protocol,
  sometimes,
  type View,
  type World,
  when,
  z,
} from 'splitbrain'

const mysqlBinlog = declare({
  name: 'mysql-binlog',
  summary: "MySQL's commit between redo log and binlog: a two-phase commit inside of one server",
  sources: ["document 003, a reader's question", 'MySQL 8.0 Reference Manual, The Binary Log', 'MariaDB MDEV-181'],
  parameters: {
    clients: z.int().min(1).max(3).default(2).describe('clients, each with a transaction'),
    order: z
      .enum(['two-phase', 'redo-first', 'binlog-first'])
      .default('two-phase')
      .describe('how the two logs are written'),
    syncBinlog: z.boolean().default(true).describe('whether the binlog is flushed as it is written (sync_binlog = 1)'),
    redo: z
      .enum(['always', 'at-prepare', 'never'])
      .default('at-prepare')
      .describe('when the redo log is flushed as it is written'),
  },
  bugs: {
    commitPrepared: 'recovery commits all that is prepared',
    rollBackPrepared: 'recovery rolls back all that is prepared',
    tellEarly: 'a client is told as soon as its transaction is prepared',
    anyOrder: 'transactions commit in the engine in another order than in the binlog',
  },
  roles: {
    client: {
      prefix: 'c',
      durable: {
        at: z.enum(['idle', 'open', 'prepared', 'logged', 'committed', 'told', 'lost']).default('idle'),
      },
    },
  },
  shared: {
    // On disk, and in memory what is not flushed yet. The redo log: what state each transaction has.
    redo: z.record(id('client'), z.enum(['prepared', 'committed'])).default({}),
    redoInMemory: z.record(id('client'), z.enum(['prepared', 'committed'])).default({}),
    binlog: z.array(id('client')).default([]),
    binlogInMemory: z.array(id('client')).default([]),
    engineOrder: z.array(id('client')).default([]), // for the properties only: in which they have committed
    replica: z.array(id('client')).default([]),
    crashes: z.int().default(0),
  },
})

type Client = Process<typeof mysqlBinlog, 'client'>
type System = View<typeof mysqlBinlog>
type Server = World<typeof mysqlBinlog>['shared']
type ClientId = Id<'client'>

const CRASHES = 2

const isCommitted = ({ shared: { redo, redoInMemory } }: System, who: ClientId) =>
  (redoInMemory[who] ?? redo[who]) === 'committed'
const binlogOf = ({ shared: { binlog, binlogInMemory } }: System) => [...binlog, ...binlogInMemory]
const isAtRest = ({ at }: ProcessView<typeof mysqlBinlog, 'client'>) => at === 'idle' || at === 'told' || at === 'lost'

export default protocol(mysqlBinlog, ({ clients, order, syncBinlog, redo }, bug) => {
  const writeRedo = (shared: Server, who: ClientId, state: 'prepared' | 'committed') => {
    const isFlushed = redo === 'always' || (redo === 'at-prepare' && state === 'prepared')
    if (isFlushed) flush(shared)
    if (isFlushed) shared.redo[who] = state
    else shared.redoInMemory[who] = state
    if (state === 'committed') shared.engineOrder.push(who)
  }
  /** One file: what was written before is flushed with it. */
  const flush = (shared: Server) => {
    Object.assign(shared.redo, shared.redoInMemory)
    shared.redoInMemory = {}
  }
  const writeBinlog = (shared: Server, who: ClientId) => {
    if (syncBinlog) shared.binlog.push(who)
    else shared.binlogInMemory.push(who)
  }
  const isNextToCommit = ({ binlog, binlogInMemory, engineOrder }: Server, who: ClientId) =>
    bug.anyOrder || [...binlog, ...binlogInMemory].find((other) => !engineOrder.includes(other)) === who

  /** What a client does next, by the order in which the logs are written. */
  const NEXT = {
    'two-phase': { open: 'prepared', prepared: 'logged', logged: 'committed', committed: 'told' },
    'redo-first': { open: 'committed', committed: 'logged', logged: 'told' },
    'binlog-first': { open: 'logged', logged: 'committed', committed: 'told' },
  } as const
  const nextOf = (me: Client) => (NEXT[order] as Readonly<Record<string, Client['at']>>)[me.at]

  return {
    population: { client: clients },

    actions: {
      client: {
        begin(me) {
          if (me.at !== 'idle') return disabled
          me.at = 'open'
        },

        prepare(me, { self, shared }) {
          if (nextOf(me) !== 'prepared') return disabled
          me.at = 'prepared'
          writeRedo(shared, self, 'prepared')
        },

        /** With sync_binlog, this is the decision. */
        logBinlog(me, { self, shared }) {
          if (nextOf(me) !== 'logged') return disabled
          me.at = 'logged'
          writeBinlog(shared, self)
        },

        /** In the order of the binlog, as binlog_order_commits has it. */
        commit(me, { self, shared }) {
          if (nextOf(me) !== 'committed') return disabled
          if (order !== 'redo-first' && !isNextToCommit(shared, self)) return disabled
          me.at = 'committed'
          writeRedo(shared, self, 'committed')
        },

        tell(me) {
          if (nextOf(me) !== 'told' && !(bug.tellEarly && me.at === 'prepared')) return disabled
          me.at = 'told'
        },
      },

      environment: {
        flushRedo:
          redo !== 'always' &&
          (({ shared }: World<typeof mysqlBinlog>) => {
            if (Object.keys(shared.redoInMemory).length === 0) return disabled
            flush(shared)
          }),

        flushBinlog:
          !syncBinlog &&
          (({ shared }: World<typeof mysqlBinlog>) => {
            if (shared.binlogInMemory.length === 0) return disabled
            shared.binlog.push(...shared.binlogInMemory)
            shared.binlogInMemory = []
          }),

        /** The replica applies the next transaction of the binlog. */
        replicate({ shared }) {
          const next = [...shared.binlog, ...shared.binlogInMemory][shared.replica.length]
          if (next === undefined) return disabled
          shared.replica.push(next)
        },

        /** The server crashes, comes back with what was flushed, and recovers. */
        crash: may(({ client, shared }: World<typeof mysqlBinlog>) => {
          if (shared.crashes === CRASHES) return disabled
          shared.crashes += 1
          shared.redoInMemory = {}
          shared.binlogInMemory = []
          const isCommit = (who: ClientId) =>
            bug.commitPrepared || (shared.binlog.includes(who) && !bug.rollBackPrepared)
          const prepared = client.filter(({ id }) => shared.redo[id] === 'prepared').map(({ id }) => id)
          const inOrder = shared.binlog.filter((who) => prepared.includes(who))
          const toCommit = [...inOrder, ...prepared.filter((who) => !inOrder.includes(who))].filter(isCommit)
          for (const who of prepared) {
            if (toCommit.includes(who)) shared.redo[who] = 'committed'
            else delete shared.redo[who]
          }
          const kept = shared.engineOrder.filter((who) => shared.redo[who] === 'committed')
          shared.engineOrder = [...kept, ...toCommit.filter((who) => !kept.includes(who))]
          for (const one of client) if (one.at !== 'idle' && one.at !== 'told') one.at = 'lost'
        }),
      },
    },

    properties: {
      noLoss: always('a transaction that its client was told of is committed', (system) =>
        every(
          system.client.filter(({ at }) => at === 'told'),
          ({ id }) => isCommitted(system, id),
          ({ id }) => `${id} was told that it has committed, and it has not`,
        ),
      ),
      noPhantom: always('where nothing is under way, what the replica has the server has committed', (system) =>
        when(system.client.every(isAtRest), () =>
          every(
            [...system.shared.replica],
            (who) => isCommitted(system, who),
            (who) => `the replica has the transaction of ${who}, and the server has not`,
          ),
        ),
      ),
      sameInBoth: always('where nothing is under way, the engine and the binlog have the same', (system) =>
        when(system.client.every(isAtRest), () =>
          every(
            system.client,
            ({ id }) => isCommitted(system, id) === binlogOf(system).includes(id),
            ({ id }) => `${id} is in one of engine and binlog only`,
          ),
        ),
      ),
      sameOrder: always('where nothing is under way, the engine and the binlog have the same order', (system) =>
        when(system.client.every(isAtRest) && system.shared.engineOrder.length > 1, () => {
          const inBinlog = binlogOf(system).filter((who) => system.shared.engineOrder.includes(who))
          const inEngine = system.shared.engineOrder.filter((who) => inBinlog.includes(who))
          return inBinlog.join() === inEngine.join()
            ? true
            : fails(`the binlog has ${inBinlog.join(', ')}, and the engine ${inEngine.join(', ')}`)
        }),
      ),
      followed: deadlockFree(
        'it ends only when the replica has what the server has',
        ({ shared }) => shared.replica.length === shared.binlog.length + shared.binlogInMemory.length,
      ),
      canEnd: canAlways('every transaction can always still end, one way or the other', ({ client }) =>
        every(
          client,
          ({ at }) => at === 'told' || at === 'lost',
          ({ id }) => `${id} cannot end`,
        ),
      ),
      replicatedInTheEnd: eventually(
        'every transaction ends, and the replica has those that have committed',
        (system) =>
          system.client.every(({ at }) => at === 'told' || at === 'lost') &&
          system.client.every(({ id }) => isCommitted(system, id) === system.shared.replica.includes(id)),
        { weak: ['client', 'environment.replicate'] },
      ),
      aRecoveredCommit: sometimes('recovery commits what its client was not told of', (system) =>
        system.client.some(({ id, at }) => at === 'lost' && isCommitted(system, id)),
      ),
      aRollback: sometimes('recovery rolls back', (system) =>
        system.client.some(({ id, at }) => at === 'lost' && !isCommitted(system, id)),
      ),
      allReplicated: sometimes('the replica has all', ({ shared }) => shared.replica.length === clients),
    },
  }
})
