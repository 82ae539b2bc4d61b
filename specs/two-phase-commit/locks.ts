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
  step,
  type View,
  when,
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
type State = View<typeof locks>
type Receives = ReceiveContext<typeof locks, 'database'>

const find = ({ coordinator }: State, id: Id<'coordinator'>) => coordinator.find((tm) => tm.id === id)!
const decisionOf = (state: State, id: Id<'coordinator'>) => find(state, id).decision
const isUp = (state: State, id: Id<'coordinator'>) => find(state, id).health === 'up'

export default protocol(locks, ({ transactions, databases, conflict, writes, timeouts, recovery, crashes }, bug) => {
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
          // mutate: equivalent (drop operand), because votes are no longer counted after the decision: it would be the same one
          if (me.decision !== null || me.yes.size < databases) return disabled
          me.decision = 'commit'
        },

        /** A vote does not come in time, which counts as no. */
        timeout(me) {
          // mutate: equivalent (drop operand), because who has not got all votes can only have decided to abort, and does so again
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
          if (me.decision !== null) return // mutate: equivalent (drop guard), because after the decision nobody looks at votes
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
      allOrNothing: always(
        'where all transactions are over, every database has committed those that were decided, and locks nothing',
        ({ coordinator, database, messages }) =>
          when(
            messages.length === 0 && coordinator.every((tm) => tm.health === 'up' && tm.told.size === databases),
            () =>
              every(
                database,
                ({ prepared, commits }) =>
                  commits === coordinator.filter(({ decision }) => decision === 'commit').length &&
                  Object.keys(prepared).length === 0,
                ({ id, commits }) => `${id} has committed ${commits}, and should have committed others, or still locks`,
              ),
          ),
      ),
      abortNeedsCause: step(
        'nobody aborts unless a database has refused, a vote has been awaited, or it has crashed',
        (before, after) =>
          every(
            before.coordinator.filter(
              ({ id, health, decision }) => health === 'up' && decision === null && decisionOf(after, id) === 'abort',
            ),
            (tm) =>
              before.messages.some(({ to, message }) => to === tm.id && message.type === 'Vote' && !message.yes) ||
              (timeouts && tm.asked.size > tm.yes.size),
            ({ id }) => `${id} aborts without a cause`,
          ),
      ),
      presumedAbort:
        crashes > 0 &&
        step('who comes back aborts what its log does not call decided', (before, after) =>
          every(
            before.coordinator.filter(({ id, health }) => health === 'down' && isUp(after, id)),
            ({ id, decision }) => recovery && decisionOf(after, id) === (decision ?? 'abort'),
            ({ id }) => `${id} comes back with another decision than its log's`,
          ),
        ),
      toldOnce: always('a database is asked once, and told once, and once more after a crash', ({ messages }) =>
        every(
          messages,
          ({ from, to, message }) => {
            const like = messages.filter(
              (one) => one.from === from && one.to === to && one.message.type === message.type,
            )
            return like.length <= (message.type === 'Outcome' ? 1 + crashes : 1)
          },
          ({ from, to, message }) => `${from} has told ${to} its ${message.type} too often`,
        ),
      ),
      votesAreOnTheirWay: always(
        'a vote that is awaited is on its way, or its database waits for a lock',
        ({ coordinator, database, messages }) =>
          every(
            coordinator.filter(({ decision }) => decision === null),
            (tm) =>
              database.every(
                (db) =>
                  !tm.asked.has(db.id) ||
                  tm.yes.has(db.id) ||
                  db.queue.includes(tm.id) ||
                  messages.some(({ from, to }) => (from === tm.id && to === db.id) || (from === db.id && to === tm.id)),
              ),
            ({ id }) => `${id} waits for a vote that nobody is going to give`,
          ),
      ),
      waitsForAnother:
        conflict === 'wait' &&
        transactions > 1 &&
        always('who waits for a lock waits for one that is held', ({ database }) =>
          every(
            database.filter(({ queue }) => queue.length > 0),
            ({ prepared }) => Object.keys(prepared).length > 0,
            ({ id }) => `${id} has nothing locked, and lets others wait`,
          ),
        ),
      bothCommit: sometimes('all transactions commit', ({ database }) =>
        database.every(({ commits }) => commits === transactions),
      ),
      tellsInAnyOrder:
        databases > 1 &&
        sometimes('the last database has heard the outcome, and the first has not', ({ coordinator, database }) =>
          coordinator.some(({ told }) => told.has(database.at(-1)!.id) && !told.has(database[0]!.id)),
        ),
      asksInAnyOrder:
        databases > 1 &&
        sometimes('the last database has been asked, and the first has not', ({ coordinator, database }) =>
          coordinator.some(({ asked }) => asked.has(database.at(-1)!.id) && !asked.has(database[0]!.id)),
        ),
      aDeadlock:
        conflict === 'wait' &&
        transactions > 1 &&
        databases > 1 &&
        sometimes('two transactions wait for each other', ({ coordinator, database }) =>
          coordinator.some((a) =>
            [database[0]!, database[1]!].every(({ prepared, queue }, i) => {
              const b = coordinator.find(({ id }) => id !== a.id)!
              const [holder, waiter] = i === 0 ? [a, b] : [b, a]
              return prepared[holder.id] !== undefined && queue.includes(waiter.id)
            }),
          ),
        ),
      aWait:
        conflict === 'wait' &&
        transactions > 1 &&
        sometimes('one waits for the lock of another', ({ database }) =>
          database.some(({ queue }) => queue.length > 0),
        ),
    },
  }
})
