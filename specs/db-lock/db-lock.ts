/**
 * A lock in a database: a row that stands for the lock, or a lock of the database's own.
 *
 * Sources: document 002 (a unique index, with owner and count; `for update`), document 004 §1 (the unique index and its
 * three problems); MySQL 8.0 Reference Manual, "Locking Reads", for what ends a `for update`; Gray & Cheriton 1989,
 * "Leases", for the allowance that clocks need.
 *
 * `--lock` is how it is done:
 *   row          INSERT into a table with a unique index; DELETE       a holder that crashes, or locks twice, is stuck
 *   owner-row    the row has owner and count; who owns it may enter    a holder that crashes still keeps it
 *   for-update   SELECT ... FOR UPDATE; COMMIT                          (ends with its connection)
 *   lease        the row has an owner and ends at a time               (ends with its time)
 *
 * Modelled: each statement is one atomic step, and a client whose statement fails or waits tries until it succeeds. A
 * client that crashes comes back under its name and knows nothing; its connection is closed by then. With `--nested` the
 * work locks once more what it has locked. Of a lease the database's clock decides, by which an expired row is anybody's;
 * its holder goes by its own clock, and lets go `--margin` ticks before the end. Of all clocks none gets more than
 * `--skew` ticks ahead of another, so over the time of a lease one may count twice that many more. Left out: a database
 * that fails (see redis-lock), lock wait time-outs, renewing a lease (the watchdog of redis-lock), the way from client to
 * database: a holder starts its clock with the statement, before the database does.
 *
 * Findings. The count makes the row reentrant; but a name that outlives a crash makes it too much so: who comes back
 * enters on its own old row, counts to two, and leaves a row that nobody deletes (`owner-comes-back`). `for update` is
 * freed by every crash, and reentrant only if the inner lock uses the same connection and does not commit (bugs
 * `otherConnection`, `innerFrees`). A lease is freed by time, and holds only with a margin of twice the skew
 * (`margin-too-small`) and only if no time passes between a holder's look at the clock and what it then does
 * (`looked-too-early`): so nowhere. A resource that knows tokens is the remedy: see redis-lock.
 *
 * Bounds: 2 clients, each with 2 turns, so that a crash finds one waiting and another turn is left; leases of 3 ticks, the
 * shortest with a margin of 2. `three-clients` has one that watches two others.
 */
import {
  always,
  alwaysEventually,
  type Context,
  canAlways,
  deadlockFree,
  declare,
  disabled,
  eventually,
  fails,
  id,
  noPair,
  type Process,
  type ProcessView,
  protocol,
  sometimes,
  step,
  tick,
  type View,
  type World,
  when,
  z,
} from 'splitbrain'

const dbLock = declare({
  name: 'db-lock',
  summary: 'a lock in a database: a unique index, `for update`, a row that is leased',
  sources: ['document 002, MySQL', 'document 004 §1', 'Gray & Cheriton 1989, "Leases"'],
  parameters: {
    lock: z
      .enum(['row', 'owner-row', 'for-update', 'lease'])
      .default('lease')
      .describe('how the lock is taken and freed'),
    clients: z.int().min(1).max(4).default(2).describe('clients that want the lock'),
    turns: z.int().min(1).max(3).default(2).describe('how often each client takes the lock'),
    nested: z.boolean().default(false).describe('whether the work takes the lock once more'),
    lease: z.int().min(1).max(8).default(3).describe('ticks of the database until a leased row expires'),
    margin: z.int().min(0).max(7).default(2).describe('ticks of its own before that at which a holder lets go'),
    skew: z.int().min(1).max(2).default(1).describe('how far one clock may be ahead of another'),
    late: z.boolean().default(false).describe('whether time may pass between a look at the clock and the write'),
  },
  bugs: {
    keepRow: 'a release does not free the lock',
    innerFrees: 'the release of the inner lock frees the outer one',
    otherConnection: 'the inner lock is taken through another connection of the pool',
    deleteAny: 'a release deletes the row without comparing the owner',
  },
  roles: {
    client: {
      prefix: 'c',
      durable: {
        ahead: z.int().default(0),
        turns: z.int().default(0),
      },
      volatile: {
        /** `locking`: the inner lock; `looked`: at its clock, and will write. */
        at: z.enum(['idle', 'holding', 'locking', 'inner', 'looked']).default('idle'),
        hasNested: z.boolean().default(false),
        hasWritten: z.boolean().default(false),
        left: z.int().default(0), // of its lease, by its own clock
        grant: z.int().default(0), // for the properties only: which lock this is, counted over all
      },
    },
    database: { durable: { ahead: z.int().default(0) } },
  },
  shared: {
    /** The row, or the database's lock on it. Left: of its lease. */
    row: z
      .object({ owner: id('client'), count: z.int(), left: z.int() })
      .nullable()
      .default(null),
    // For the properties only: locks so far, and the lock under which the resource was written last.
    grants: z.int().default(0),
    written: z.int().default(0),
  },
  faults: { crash: { roles: ['client'], restart: 'at once', budget: 1 } },
})

type Client = Process<typeof dbLock, 'client'>
type ClientContext = Context<typeof dbLock, 'client'>
type ClientView = ProcessView<typeof dbLock, 'client'>
type System = View<typeof dbLock>

const isInside = ({ at }: ClientView) => at !== 'idle'

export default protocol(dbLock, ({ lock, clients, turns, nested, lease, margin, skew, late }, bug) => {
  const isLeased = lock === 'lease'
  const isFree = ({ row }: System['shared']) => row === null || (isLeased && row.left === 0)
  const believesToHold = (c: ClientView) => isInside(c) && (!isLeased || c.left > 0)

  const endTurn = (me: Client) => {
    Object.assign(me, { at: 'idle', hasNested: false, hasWritten: false, left: 0, grant: 0 })
    me.turns += 1
  }

  /** The inner lock: asked for, taken, given back. */
  const lockInner = (me: Client) => {
    if (me.at !== 'holding' || me.hasNested) return disabled
    me.at = 'locking'
  }
  const enterInner = (me: Client, { self, shared: { row } }: ClientContext) => {
    const isReentrant = lock !== 'row' && !bug.otherConnection
    if (me.at !== 'locking' || (row !== null && !(isReentrant && row.owner === self))) return disabled
    if (row !== null) row.count += 1
    Object.assign(me, { at: 'inner', hasNested: true })
  }
  const releaseInner = (me: Client, { shared }: ClientContext) => {
    if (me.at !== 'inner') return disabled
    if (bug.innerFrees) shared.row = null
    else if (shared.row !== null) shared.row.count -= 1
    me.at = 'holding'
  }

  const write = (me: Client, { shared }: ClientContext) => {
    if (me.at !== 'holding' || me.hasWritten || !believesToHold(me as ClientView)) return disabled
    me.hasWritten = true
    shared.written = me.grant
  }

  /** The write in two: it looks at its clock, and then writes. */
  const look = (me: Client) => {
    if (me.at !== 'holding' || me.hasWritten || me.left === 0) return disabled
    me.at = 'looked'
  }
  const writeLate = (me: Client, { shared }: ClientContext) => {
    if (me.at !== 'looked') return disabled
    Object.assign(me, { at: 'holding', hasWritten: true })
    shared.written = me.grant
  }

  const passTime = ({ client, database, shared: { row }, choose }: World<typeof dbLock>) => {
    const it = tick([...client, ...database], { skew, choose })
    if (it === database[0] && row !== null && row.left > 0) row.left -= 1
    const c = client.find(({ id }) => id === it.id)
    if (c !== undefined && c.left > 0) c.left -= 1
  }

  return {
    population: { client: clients, database: 1 },
    requires: { 'margin < lease': margin < lease },

    actions: {
      client: {
        /** INSERT, SELECT ... FOR UPDATE, or an UPDATE of the row that has expired: until it succeeds. */
        acquire(me, { self, shared }) {
          if (me.at !== 'idle' || me.turns === turns) return disabled
          const isOwn = lock === 'owner-row' && shared.row?.owner === self
          if (!isFree(shared) && !isOwn) return disabled
          const count = isOwn && shared.row !== null ? shared.row.count + 1 : 1
          shared.row = { owner: self, count, left: isLeased ? lease : 0 }
          me.at = 'holding'
          if (isLeased) me.left = lease - margin
          me.grant = shared.grants += 1
        },

        lockInner: nested && lockInner,
        enterInner: nested && enterInner,
        releaseInner: nested && releaseInner,

        /** The work that the lock is for. */
        write: !late && write,
        look: late && look,
        writeLate: late && writeLate,

        /** DELETE, COMMIT, or one less of the count. */
        release(me, { self, shared }) {
          if (me.at !== 'holding' || (nested && !me.hasNested)) return disabled
          const { row } = shared
          const isOwn = row?.owner === self || bug.deleteAny
          if (isOwn && row !== null && !bug.keepRow) {
            row.count -= 1
            if (row.count === 0 || lock !== 'owner-row') shared.row = null
          }
          endTurn(me)
        },
      },

      environment: {
        passTime: isLeased && passTime,
      },
    },

    restart: {
      /** The database ends what its connection has locked. */
      client(_, { self, shared }) {
        if (lock === 'for-update' && shared.row?.owner === self) shared.row = null
      },
    },

    properties: {
      mutualExclusion: always('at most one client believes that it holds the lock', ({ client }) =>
        noPair(
          client,
          (a, b) => believesToHold(a) && believesToHold(b),
          (a, b) => `${a.id} and ${b.id} both believe that they hold the lock`,
        ),
      ),
      noStaleWrite: step('nobody writes after a later holder has written', (before, after) =>
        when(before.shared.written > 0, () =>
          after.shared.written >= before.shared.written
            ? true
            : fails(`lock ${after.shared.written} writes after lock ${before.shared.written}`),
        ),
      ),
      onlyOwnFreed: step('nobody frees the lock of another', (before, after) => {
        const owner = before.shared.row?.owner
        const leaver = before.client.find((c, i) => isInside(c) && !isInside(after.client[i]!))
        return when(owner !== undefined && leaver !== undefined, () =>
          after.shared.row !== null || leaver?.id === owner
            ? true
            : fails(`${leaver?.id} has freed the lock of ${owner}`),
        )
      }),
      freeable: canAlways('the lock can always become free', ({ shared }) => isFree(shared)),
      everyTurnTaken:
        !isLeased &&
        deadlockFree('it ends only when every client has had its turns', { client: (c) => c.turns === turns }),
      freedInTheEnd: alwaysEventually('the lock becomes free again and again', ({ shared }) => isFree(shared), {
        weak: ['actions'], // whoever is up does what it has to do, and time passes
      }),
      turnsInTheEnd: eventually('every client has its turns', ({ client }) => client.every((c) => c.turns === turns), {
        weak: ['actions'],
      }),
      aWrite: sometimes('a holder writes', ({ shared }) => shared.written > 0),
      anInnerLock:
        nested &&
        lock !== 'row' &&
        sometimes('a holder locks twice', ({ client }) => client.some(({ at }) => at === 'inner')),
    },
  }
})
