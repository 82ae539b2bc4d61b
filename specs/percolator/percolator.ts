/**
 * Percolator: transactions over many rows, with snapshot isolation, on a store that knows only transactions over one row.
 *
 * Source: Peng & Dabek, "Large-scale Incremental Processing Using Distributed Transactions and Notifications" (OSDI 2010),
 * §2.2 (Figure 6 is its pseudo-code). Snapshot isolation: Berenson et al., "A Critique of ANSI SQL Isolation Levels"
 * (SIGMOD 1995), §4.2.
 *
 * Modelled: rows, each with its versions and at most one lock; an oracle that gives out timestamps, each later than all
 * before; clients with one transaction each. A transaction takes its start timestamp and reads the rows as they were
 * then. It locks the rows that it writes, one of them, the primary, first; it gives up where it finds a lock, or a version
 * later than its start (Prewrite). Then it takes its commit timestamp, and replaces each lock by a version: first the
 * primary's, which commits the transaction, if its lock is still there. Every access to a row is a step of its own, and
 * one transaction of the store. Clients crash and do not come back; there is no coordinator. Who meets a lock while it
 * reads waits, or settles the other's transaction by its primary: a version there means that it has committed, and the lock is
 * replaced as well; neither version nor lock, that it has not, and the lock is erased. If the primary is still locked,
 * that lock is erased first, which takes a slow client, or a dead one, its chance to commit: a suspicion may be wrong.
 * A value is kept in its lock and then in its version, since nothing else refers to the column of data.
 * Left out: repeating a transaction that gave up, with which two could keep each other from committing for ever; the
 * lock service that tells who is alive, which only saves wrong suspicions; notifications; requests to the store that
 * are repeated (its client would have to see its own lock); deleting old versions.
 *
 * Findings. Transactions that read what others write are not serialisable: of two doctors on call, each of whom leaves
 * only if the other stays, both leave (`write-skew`). The commit timestamp must be taken once all rows are locked, or a
 * reader that is later misses the commit (bug `earlyTimestamp`); the paper says so by its order of lines only. So must the
 * primary be locked first: else a secondary looks as if its transaction had been rolled back (bug `primaryLast`).
 *
 * What clients are promised is asked of their history: it must be that of an object with two operations, `snapshot`
 * and `commit`, which refuses to commit over a version later than the snapshot.
 *
 * Bounds: two rows, a primary and a secondary (`three-rows` has two of these); two writers, each of whom reads as well,
 * meets the other's locks and settles them; one crash. Two readers that settle the same locks are `readers`, all three at
 * once are `writers-and-a-reader`. Every bug needs two clients, and one crash at the most.
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
  linearizable,
  never,
  optional,
  type Process,
  type ProcessView,
  protocol,
  type Shared,
  sequentialObject,
  sometimes,
  type View,
  z,
} from 'splitbrain'

const Writes = z.array(z.object({ row: z.int(), value: z.int() }))

const percolator = declare({
  name: 'percolator',
  summary: 'snapshot isolation over transactions of single rows: primary locks, clean-up',
  sources: ['Peng & Dabek 2010, §2.2', 'Berenson et al. 1995, §4.2'],
  parameters: {
    writers: z.int().min(1).max(3).default(2).describe('clients that read and write'),
    readers: z.int().min(0).max(2).default(0).describe('clients that only read'),
    rows: z.int().min(1).max(3).default(2).describe('rows, all of which each client reads'),
    work: z
      .enum(['add', 'leave'])
      .default('add')
      .describe('a writer adds one to every row, or sets its own row to 0 if another is 1'),
  },
  bugs: {
    secondariesFirst: 'a transaction commits its secondaries before its primary',
    primaryLast: 'a transaction locks its primary last',
    noConflictCheck: 'a transaction that locks a row does not look for later versions',
    lockOverLock: 'a transaction that locks a row does not look for locks',
    earlyTimestamp: 'a transaction takes its commit timestamp before its rows are locked',
    commitUnlocked: 'a transaction commits its primary without looking whether its lock is still there',
    readThroughLocks: 'a reader does not look for locks',
    readLatest: 'a reader takes the latest version, not that of its start',
    ignorePrimary: 'who meets a lock erases it, whatever the primary says',
    neverSettle: 'who meets a lock waits for its owner',
  },
  roles: {
    client: {
      prefix: 'c',
      durable: {
        at: z.enum(['idle', 'reading', 'locking', 'committing', 'finishing', 'done', 'aborted']).default('idle'),
        start: z.int().default(0),
        commit: z.int().default(0),
        read: z.array(z.int()).default([]), // by row
        /** The rows that it writes, its primary first. */
        writes: Writes.default([]),
        next: z.int().default(0), // of its writes
      },
    },
  },
  shared: {
    time: z.int().default(0),
    rows: z
      .array(
        z.object({
          lock: z.object({ start: z.int(), primary: z.int(), value: z.int() }).nullable(),
          versions: z.array(z.object({ start: z.int(), commit: z.int(), value: z.int() })),
        }),
      )
      .default([]),
  },
  faults: { crash: { roles: ['client'], restart: 'never', budget: 1 } },
  operations: {
    snapshot: { argument: id('client'), result: z.array(z.int()) },
    commit: { argument: z.object({ client: id('client'), writes: Writes }) },
  },
})

type Client = Process<typeof percolator, 'client'>
type ClientView = ProcessView<typeof percolator, 'client'>
type Row = Shared<typeof percolator>['rows'][number]
type System = View<typeof percolator>
type ClientContext = Context<typeof percolator, 'client'>
type Writes = z.output<typeof Writes>

const isOver = ({ at }: ClientView) => at === 'done' || at === 'aborted'
const isOverOrDown = (client: ClientView) => client.health === 'down' || isOver(client)
const haveEnded = ({ client }: System) => every(client, isOverOrDown)
const isOwn = (row: Row, { start }: { readonly start: number }) => row.lock?.start === start
const versionOf = (row: System['shared']['rows'][number], { start }: { readonly start: number }) =>
  row.versions.find((version) => version.start === start)

/** What the store is to its clients: snapshots, and commits that are refused over a version later than their snapshot. */
const snapshots = (initial: readonly number[]) =>
  sequentialObject<{
    readonly values: readonly number[]
    readonly versions: readonly number[]
    readonly seen: { readonly [client: string]: readonly number[] }
  }>({
    name: 'snapshots',
    initial: { values: initial, versions: initial.map(() => 0), seen: {} },
    updates: {
      snapshot: (state, client: string) => ({
        state: { ...state, seen: { ...state.seen, [client]: state.versions } },
        result: state.values,
      }),
      commit: (
        { values, versions, seen },
        { client, writes }: { readonly client: string; readonly writes: Writes },
      ) => {
        if (writes.some(({ row }) => versions[row] !== seen[client]![row])) return undefined
        const written = (row: number) => writes.find((write) => write.row === row)
        return {
          state: {
            values: values.map((value, row) => written(row)?.value ?? value),
            versions: versions.map((version, row) => (written(row) === undefined ? version : version + 1)),
            seen,
          },
        }
      },
    },
  })

export default protocol(percolator, ({ writers, readers, rows, work }, bug) => {
  const initial = Array.from({ length: rows }, () => (work === 'add' ? 0 : 1))

  /** What a writer writes, having read. */
  const plan = (read: readonly number[], own: number): Writes => {
    if (work === 'add') return read.map((value, row) => ({ row, value: value + 1 }))
    return read.some((value, row) => row !== own && value === 1) ? [{ row: own, value: 0 }] : []
  }

  /** The lock that keeps this client from reading on. */
  const met = (me: Client, { shared }: ClientContext) => {
    const lock = shared.rows[me.read.length]?.lock ?? null
    return me.at === 'reading' && lock !== null && lock.start < me.start && !bug.readThroughLocks ? lock : null
  }

  const takeCommitTime = (me: Client, { self, shared, invoke }: ClientContext) => {
    me.commit = shared.time += 1
    invoke('commit', { client: self, writes: me.writes.map((write) => ({ ...write })) })
  }

  /** All that it reads is read. */
  const decide = (me: Client, context: ClientContext) => {
    const { self, ids, choose, returns } = context
    returns('snapshot', [...me.read])
    const own = ids.client.indexOf(self)
    const all = own < writers ? plan(me.read, own) : []
    me.at = all.length === 0 ? 'done' : 'locking'
    if (all.length === 0) return
    const primary = choose(
      'primary',
      all.map(({ row }) => row),
    )
    me.writes = [...all.filter(({ row }) => row === primary), ...all.filter(({ row }) => row !== primary)]
  }

  const abort = (me: Client, { failed }: ClientContext) => {
    if (me.commit > 0) failed('commit')
    me.at = 'aborted'
  }

  /** The write that is next in the order of locking; in that of committing. */
  const toLock = ({ writes, next }: Client) => (bug.primaryLast ? writes.toReversed() : writes)[next]!
  const toCommit = ({ writes, next }: Client) => (bug.secondariesFirst ? writes.toReversed() : writes)[next]!

  const replaceLock = (row: Row, commit: number) => {
    const { start, value } = row.lock!
    row.versions.push({ start, commit, value })
    row.lock = null
  }

  return {
    population: { client: writers + readers },
    requires: { 'writers <= rows, if each has a row of its own': work === 'add' || writers <= rows },
    start: {
      environment({ shared }) {
        shared.rows = initial.map((value) => ({ lock: null, versions: [{ start: 0, commit: 0, value }] }))
      },
    },

    actions: {
      client: {
        begin(me, { self, shared, invoke }) {
          if (me.at !== 'idle') return disabled
          me.at = 'reading'
          me.start = shared.time += 1
          invoke('snapshot', self)
        },

        /** Get: the latest version of before its start, unless a lock of before its start is there. */
        read(me, context) {
          if (me.at !== 'reading' || met(me, context) !== null) return disabled
          const { versions } = context.shared.rows[me.read.length]!
          const visible = versions.filter(({ commit }) => commit < me.start || bug.readLatest)
          const latest = visible.reduce((a, b) => (a.commit > b.commit ? a : b))
          me.read.push(latest.value)
          if (me.read.length === rows) decide(me, context)
        },

        /** Its owner seems to have crashed, and has not committed: its primary lock is erased first. */
        rollBack(me, context) {
          const lock = met(me, context)
          if (lock === null || bug.neverSettle) return disabled
          const primary = context.shared.rows[bug.ignorePrimary ? me.read.length : lock.primary]!
          if (!isOwn(primary, lock)) return disabled
          primary.lock = null
        },

        /** Whether its transaction has committed is known by its primary, for good. */
        settle(me, context) {
          const lock = met(me, context)
          if (lock === null || bug.neverSettle || bug.ignorePrimary) return disabled
          const primary = context.shared.rows[lock.primary]!
          if (isOwn(primary, lock)) return disabled
          const row = context.shared.rows[me.read.length]!
          const version = versionOf(primary, lock)
          if (version === undefined) row.lock = null
          else replaceLock(row, version.commit)
        },

        /** Prewrite: in one transaction over this row. What it has locked already is left to whoever meets it. */
        lock(me, context) {
          if (me.at !== 'locking' || me.next === me.writes.length) return disabled
          if (bug.earlyTimestamp && me.commit === 0) takeCommitTime(me, context)
          const { row: at, value } = toLock(me)
          const row = context.shared.rows[at]!
          const isLocked = row.lock !== null && !bug.lockOverLock
          const isLate = row.versions.some(({ commit }) => commit > me.start) && !bug.noConflictCheck
          if (isLocked || isLate) return abort(me, context)
          row.lock = { start: me.start, primary: me.writes[0]!.row, value }
          me.next += 1
        },

        takeTime(me, context) {
          if (me.at !== 'locking' || me.next < me.writes.length) return disabled
          if (!bug.earlyTimestamp) takeCommitTime(me, context)
          Object.assign(me, { at: 'committing', next: 0 })
        },

        /** The primary's lock becomes a version, if it is still there: that commits all. Then the others'. */
        commit(me, context) {
          if (me.at !== 'committing' && me.at !== 'finishing') return disabled
          const { row: at, value } = toCommit(me)
          const row = context.shared.rows[at]!
          const isPrimary = at === me.writes[0]!.row
          if (isPrimary && !isOwn(row, me) && !bug.commitUnlocked) return abort(me, context)
          if (isOwn(row, me)) replaceLock(row, me.commit)
          else if (isPrimary) row.versions.push({ start: me.start, commit: me.commit, value })
          if (isPrimary) context.returns('commit')
          me.next += 1
          me.at = me.next === me.writes.length ? 'done' : 'finishing'
        },
      },
    },

    properties: {
      snapshotIsolation: linearizable(
        'each transaction reads one snapshot, and commits only if nobody has since written what it writes',
        snapshots(initial),
      ),
      atomic:
        work === 'add' &&
        always('a transaction that has committed in one row has, or still can, in every other', ({ shared }) =>
          every(
            shared.rows.flatMap(({ versions }) => versions.map(({ start }) => start)),
            (start) => shared.rows.every((row) => isOwn(row as Row, { start }) || versionOf(row, { start })),
            (start) => `the transaction of timestamp ${start} is there in one row, and lost in another`,
          ),
        ),
      oneState:
        work === 'add' &&
        rows > 1 &&
        always('whoever has read all rows has read the same number in each', ({ client }) =>
          every(
            client.filter(({ read }) => read.length === rows),
            ({ read }) => new Set(read).size === 1,
            ({ id, read }) => `${id} has read ${read.join(' and ')}`,
          ),
        ),
      noLostUpdate:
        work === 'add' &&
        always('the latest version of a row counts all versions', ({ shared }) =>
          every(
            shared.rows,
            ({ versions }) => Math.max(...versions.map(({ value }) => value)) === versions.length - 1,
            ({ versions }) =>
              `${versions.length - 1} transactions added to ${Math.max(...versions.map((v) => v.value))}`,
          ),
        ),
      everyClientEnds: deadlockFree('it ends only when every live client has committed, given up or read', {
        client: isOverOrDown,
      }),
      canEnd: canAlways('no lock of a dead client keeps others from ending', haveEnded),
      endsInTheEnd: eventually('every client that lives ends', haveEnded, { weak: ['actions'] }),
      allCommit:
        work === 'add' &&
        sometimes('all writers commit', ({ client, shared }) =>
          shared.rows.every(({ versions }) => versions.length === 1 + writers && client.every(isOver)),
        ),
      aConflict:
        work === 'add' &&
        writers > 1 &&
        sometimes('a transaction gives up', ({ client }) => client.some(({ at }) => at === 'aborted')),
      aRollForward: optional(
        sometimes('a client dies amid its commits, and another completes them', ({ client, shared }) =>
          client.some(
            (c) => c.health === 'down' && c.at === 'finishing' && shared.rows.every((row) => versionOf(row, c)),
          ),
        ),
      ),
      aRollBack: optional(
        sometimes('a client dies with all its rows locked, and another rolls it back', ({ client, shared }) =>
          client.some(
            (c) =>
              c.health === 'down' &&
              c.at === 'committing' &&
              shared.rows.every((row) => !versionOf(row, c) && !isOwn(row as Row, c)),
          ),
        ),
      ),
      noWriteSkew: optional(
        never('nobody is left on call, though each leaves only if another stays', ({ shared }) =>
          shared.rows.every(({ versions }) => versions.some(({ value }) => value === 0)),
        ),
      ),
    },
  }
})
