/**
 * Two transactions over the same databases, each by two-phase commit: what it costs others that locks are held until
 * the last phase, and what they are held for.
 *
 * Sources: documents 000, 001, 002, 003 and 004 §2 (2PC, and that it blocks); Bernstein, Hadzilacos & Goodman,
 * "Concurrency Control and Recovery in Database Systems" (1987), §3 (two-phase locking) and §7.
 *
 * Modelled: each transaction adds one to the value in every database. A database that votes yes locks the value until it
 * hears the outcome. Who finds it locked waits in line, or is refused (`--conflict`), which is a vote of no. A
 * transaction takes effect as the database votes, and is undone if it aborts; or, with `--writes at-commit`, it is only
 * noted down at the vote, and there is nothing to undo. A coordinator crashes at any moment; it comes back with its
 * log if there is `--recovery`: a decision it has not logged is an abort. Messages arrive in order, none is lost.
 * Left out: crashes of databases (`two-phase-commit`), reads, more than one value.
 *
 * Findings. Whose coordinator is down holds its locks, so a transaction of somebody else, whose coordinator is well,
 * waits for it. Two transactions that lock in different orders wait for each other, without any fault; only a time-out
 * ends that. Released at the vote, before the outcome is known, a lock protects nothing: an abort undoes what another
 * transaction has built on, and an update is lost. That is what transactions need mutual exclusion for; each database
 * has its own, and none over all of them is needed.
 *
 * Bounds: two transactions and two databases are the least that can lock in different orders; every bug needs no crash,
 * blocking needs one.
 */
import {
  always,
  canAlways,
  deadlockFree,
  declare,
  disabled,
  every,
  type Id,
  id,
  type Process,
  protocol,
  type ReceiveContext,
  sometimes,
  z,
} from 'splitbrain'

const Decision = z.enum(['commit', 'abort'])

const locks = declare({
  name: 'two-phase-commit-locks',
  summary: 'two transactions by two-phase commit, and the locks between them',
  sources: ['documents 000, 001, 002, 003, 004 §2', 'Bernstein, Hadzilacos & Goodman 1987, §3 and §7'],
  parameters: {
    transactions: z.int().min(1).max(3).default(2).describe('transactions, each with a coordinator'),
    databases: z.int().min(1).max(3).default(2).describe('databases, in all of which each transaction writes'),
    conflict: z.enum(['wait', 'refuse']).default('wait').describe('what becomes of who finds the value locked'),
    writes: z.enum(['at-vote', 'at-commit']).default('at-vote').describe('when a transaction takes effect'),
    timeouts: z.boolean().default(true).describe('whether coordinators wait for votes only so long'),
    recovery: z.boolean().default(true).describe('whether coordinators come back'),
  },
  bugs: {
    releaseEarly: 'a database unlocks the value as it votes',
    noUndo: 'a database that aborts a transaction does not undo it',
  },
  roles: {
    coordinator: {
      prefix: 'tm',
      durable: {
        decision: Decision.nullable().default(null),
      },
      volatile: {
        asked: z.set(id('database')).default(new Set()),
        yes: z.set(id('database')).default(new Set()),
        told: z.set(id('database')).default(new Set()),
      },
    },
    database: {
      prefix: 'db',
      durable: {
        value: z.int().default(0),
        /** Who holds the lock, having voted yes, and what the value was before. */
        prepared: z.record(id('coordinator'), z.int()).default({}),
        queue: z.array(id('coordinator')).default([]), // who waits for the lock
        commits: z.int().default(0), // for the properties only
      },
    },
  },
  messages: { Prepare: {}, Vote: { yes: z.boolean() }, Outcome: { decision: Decision } },
  network: 'fifo',
  faults: { crash: { roles: ['coordinator'], budget: 1 } },
})

type Database = Process<typeof locks, 'database'>
type Receives = ReceiveContext<typeof locks, 'database'>

export default protocol(locks, ({ transactions, databases, conflict, writes, timeouts, recovery }, bug) => {
  const isLocked = ({ prepared }: Database) => Object.keys(prepared).length > 0 && !bug.releaseEarly

  /** The lock is taken, the work is done as far as it can be undone, and the vote is yes. */
  const prepare = (me: Database, transaction: Id<'coordinator'>, { send }: Receives) => {
    me.prepared[transaction] = me.value
    if (writes === 'at-vote') me.value += 1
    send(transaction, { type: 'Vote', yes: true })
  }

  return {
    population: { coordinator: transactions, database: databases },

    actions: {
      coordinator: {
        ask(me, { ids, choose, send }) {
          if (me.decision !== null) return disabled
          const database = choose(
            'database',
            ids.database.filter((db) => !me.asked.has(db)),
          )
          me.asked.add(database)
          send(database, { type: 'Prepare' })
        },

        commit(me) {
          if (me.decision !== null || me.yes.size < databases) return disabled
          me.decision = 'commit'
        },

        /** A vote does not come in time, which counts as no. */
        timeout(me) {
          if (!timeouts || me.decision !== null || me.asked.size === me.yes.size) return disabled
          me.decision = 'abort'
        },

        tell(me, { ids, choose, send }) {
          if (me.decision === null) return disabled
          const database = choose(
            'database',
            ids.database.filter((db) => !me.told.has(db)),
          )
          me.told.add(database)
          send(database, { type: 'Outcome', decision: me.decision })
        },
      },
    },

    receive: {
      coordinator: {
        Vote(me, { yes }, { from }) {
          if (me.decision !== null) return
          if (yes) me.yes.add(from)
          else me.decision = 'abort'
        },
      },

      database: {
        Prepare(me, _, context) {
          if (!isLocked(me)) return prepare(me, context.from, context)
          if (conflict === 'wait') me.queue.push(context.from)
          else context.send(context.from, { type: 'Vote', yes: false })
        },

        /** The locks are released in the last phase, and the next in line gets them. */
        Outcome(me, { decision }, context) {
          const { from } = context
          const before = me.prepared[from]
          me.queue = me.queue.filter((transaction) => transaction !== from)
          if (before === undefined) return
          delete me.prepared[from]
          if (decision === 'commit') {
            me.commits += 1
            if (writes === 'at-commit') me.value += 1
          } else if (!bug.noUndo) me.value = before
          const next = me.queue.shift()
          if (next !== undefined) prepare(me, next, context)
        },
      },
    },

    restart: {
      coordinator(me) {
        if (!recovery) return disabled
        me.decision ??= 'abort'
      },
    },

    properties: {
      noLostUpdate: always('where no transaction is open, the value is the number of those committed', ({ database }) =>
        every(
          database.filter(({ prepared }) => Object.keys(prepared).length === 0),
          ({ value, commits }) => value === commits,
          ({ id, value, commits }) => `${id} says ${value} after ${commits} commits`,
        ),
      ),
      nobodyWaits: deadlockFree('it ends only when every transaction of a live coordinator is over', {
        coordinator: (tm) => tm.health === 'down' || tm.told.size === databases,
      }),
      neverBlocked: canAlways('a transaction whose coordinator is up can always still end', ({ coordinator }) =>
        every(
          coordinator,
          (tm) => tm.health === 'down' || tm.told.size === databases,
          ({ id }) => `the transaction of ${id} cannot end`,
        ),
      ),
      bothCommit: sometimes('all transactions commit', ({ database }) =>
        database.every(({ commits }) => commits === transactions),
      ),
      aWait:
        conflict === 'wait' &&
        sometimes('one waits for the lock of another', ({ database }) =>
          database.some(({ queue }) => queue.length > 0),
        ),
    },
  }
})
