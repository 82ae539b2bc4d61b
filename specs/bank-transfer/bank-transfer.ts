/**
 * Transfers between two accounts in two databases: what keeps the sum of the accounts, a commit protocol, a lock, or both?
 *
 * Sources: documents 001 and 003 (A has 800 and B 600, A gives B 200, and together they have 1400 before and after; and
 * the question at the end of 003: how are distributed mutual exclusion and distributed transactions related?); 004 (locks and
 * transactions are different things); Bernstein, Hadzilacos & Goodman, "Concurrency Control and Recovery" (1987), §3
 * and §7; Garcia-Molina & Salem, "Sagas" (1987).
 *
 * Modelled: transfers of 200 from A to B, an auditor who reads A and then B, and two databases that survive all. A
 * transfer reads both balances and writes what it has computed, in steps of its own. `--commit` says how it writes:
 *   none       one account, then the other
 *   two-phase  it notes both balances down (prepare), logs the commit, and has them take effect; or logs an abort
 *   saga       a debit, then a credit, each a local transaction that reads and writes at once, and is done once in effect;
 *              the credit may be refused, and the debit is then given back
 * and `--locks` what keeps transfers apart: `none`; `rows`, each database locks the row that is read until the transfer is over
 * there, even if its client is away once it is prepared; or `service`, a lock service outside of the databases that is asked
 * before the first read and told after the last write. It frees the lock of a client that is away (`--no-lease`: it does not).
 * Transfers crash at any moment and come back (not with `--no-recovery`). Without a commit protocol they then know nothing.
 * Amounts are counted in units of 200. A step at a database is atomic, and an answer that is lost is a crash to the others.
 * Left out: TCC, which is tcc and order-stock; accounts that run out; transfers that lock in different orders, which
 * wait for each other (two-phase-commit-locks).
 *
 * Findings. Do distributed transactions need distributed mutual exclusion? They need mutual exclusion: two-phase commit
 * alone decides alike everywhere, and loses an update. They do not need it over all databases: a lock of each database on its
 * own rows is enough. Nor does a lock do instead of a transaction: money is lost when its holder crashes between two
 * writes. And a lock service that frees the lock of a client that is away protects nothing: what the client has prepared
 * takes effect later, over what others have written (`lease-runs-out`). A row lock is held by what is prepared, not by the
 * client. A saga keeps the sum in the end, and an auditor sees it wrong meanwhile.
 *
 * Bounds: two transfers, two accounts and one crash: the least that can disturb each other, and every flaw needs no more.
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
  fails,
  id,
  optional,
  type Process,
  type ProcessView,
  protocol,
  sometimes,
  type View,
  type World,
  when,
  z,
} from 'splitbrain'

const bankTransfer = declare({
  name: 'bank-transfer',
  summary: 'transfers between two banks: what a commit protocol is for, and what locks are for',
  sources: [
    'documents 001, 003, 004, distributed transactions',
    'Bernstein, Hadzilacos & Goodman 1987, §3 and §7',
    'Garcia-Molina & Salem 1987',
  ],
  parameters: {
    transfers: z.int().min(1).max(3).default(2).describe('transfers of one unit from A to B'),
    commit: z.enum(['none', 'two-phase', 'saga']).default('two-phase').describe('how a transfer writes'),
    locks: z.enum(['none', 'rows', 'service']).default('rows').describe('what keeps transfers apart'),
    lease: z.boolean().default(true).describe('whether the lock service frees the lock of a client that is away'),
    recovery: z.boolean().default(true).describe('whether clients come back from a crash'),
  },
  bugs: {
    tellFirst: 'a commit takes effect at a database before it is logged',
    freeRows: 'a database frees the row of a client that is away, though it is prepared',
    repeatCredit: 'a credit that is repeated is credited again',
    repeatRefund: 'a refund that is repeated is given back again',
    noRefund: 'a debit is not given back where the credit is refused',
  },
  roles: {
    transfer: {
      prefix: 't',
      durable: {
        log: z.enum(['nothing', 'commit', 'abort']).default('nothing'),
        end: z.enum(['open', 'done', 'undone']).default('open'),
      },
      volatile: {
        isIn: z.boolean().default(false), // it has the lock of the service, or needs none
        read: z.array(z.int()).default([]), // by account
        next: z.int().default(0), // account to write, or to have written
        hasPrepared: z.boolean().default(false),
      },
    },
    auditor: {
      volatile: {
        isIn: z.boolean().default(false),
        read: z.array(z.int()).default([]),
        isDone: z.boolean().default(false),
      },
    },
  },
  shared: {
    accounts: z
      .array(
        z.object({
          balance: z.int(),
          lockedBy: z.string().nullable(),
          prepared: z.record(id('transfer'), z.int()), // the balance that is to be
          record: z.record(id('transfer'), z.enum(['done', 'refused', 'refunded'])), // of a saga
        }),
      )
      .default([]),
    holder: z.string().nullable().default(null), // of the lock service
  },
  faults: { crash: { roles: ['transfer'], restart: 'later', budget: 1 } },
})

type Transfer = Process<typeof bankTransfer, 'transfer'>
type TransferView = ProcessView<typeof bankTransfer, 'transfer'>
type TransferContext = Context<typeof bankTransfer, 'transfer'>
type Reader = Process<typeof bankTransfer, 'auditor'>
type System = View<typeof bankTransfer>
type Account = System['shared']['accounts'][number]

const START = [4, 3] // 800 and 600
const TOTAL = 7

const sumOf = ({ shared: { accounts } }: System) => accounts[0]!.balance + accounts[1]!.balance
const isOver = ({ end }: { readonly end: string }) => end !== 'open'

export default protocol(bankTransfer, ({ transfers, commit, locks, lease, recovery }, bug) => {
  const isSaga = commit === 'saga'

  /** It has done something, and something is left to be done by it. */
  const isOpen = ({ shared: { accounts } }: System, it: TransferView) => {
    if (isOver(it)) return false
    if (isSaga) return accounts[0]!.record[it.id] === 'done'
    const isPrepared = accounts.some(({ prepared }) => prepared[it.id] !== undefined)
    return it.log !== 'nothing' || isPrepared || (it.health === 'up' && it.next > 0)
  }
  const isQuiet = (system: System) => system.transfer.every((it) => !isOpen(system, it))

  const haveAllEnded = (system: System) =>
    every(
      system.transfer,
      (it) => isOver(it) && sumOf(system) === TOTAL,
      ({ id, end }) => `${id} is ${end}, and the accounts have ${sumOf(system)} together`,
    )

  const acquire = (me: Transfer | Reader, { self, shared }: { self: string; shared: { holder: string | null } }) => {
    if (me.isIn || shared.holder !== null) return disabled
    shared.holder = self
    me.isIn = true
  }

  /** The balance of the next account; with row locks, once nobody else is at that row. */
  const readNext = (me: Transfer | Reader, self: string, accounts: TransferContext['shared']['accounts']) => {
    const account = accounts[me.read.length]
    const isFree = account?.lockedBy === null || account?.lockedBy === self
    if (account === undefined || (locks === 'service' && !me.isIn) || (locks === 'rows' && !isFree)) return disabled
    if (locks === 'rows') account.lockedBy = self
    me.read.push(account.balance)
  }

  const release = (me: Transfer | Reader, { self, shared }: { self: string; shared: TransferContext['shared'] }) => {
    if (shared.holder === self) shared.holder = null
    for (const account of shared.accounts) if (account.lockedBy === self) account.lockedBy = null
    me.isIn = false
  }

  const end = (me: Transfer, context: TransferContext, how: 'done' | 'undone') => {
    me.end = how
    Object.assign(me, { read: [], next: 0, hasPrepared: false })
    release(me, context)
  }

  const computed = (me: Transfer) => me.read[me.next]! + (me.next === 0 ? -1 : 1)

  /** Without a commit protocol: one account after the other. */
  const write = (me: Transfer, context: TransferContext) => {
    if (isOver(me) || me.read.length < 2) return disabled
    const account = context.shared.accounts[me.next]!
    account.balance = computed(me)
    if (locks === 'rows') account.lockedBy = null
    me.next += 1
    if (me.next === 2) end(me, context, 'done')
  }

  const prepare = (me: Transfer, { self, shared }: TransferContext) => {
    if (me.log !== 'nothing' || me.read.length < 2 || me.hasPrepared) return disabled
    shared.accounts[me.next]!.prepared[self] = computed(me)
    me.next += 1
    if (me.next < 2) return
    Object.assign(me, { next: 0, hasPrepared: true })
  }

  const decide = (me: Transfer, _: TransferContext) => {
    if (me.log !== 'nothing' || !me.hasPrepared) return disabled
    me.log = 'commit'
  }

  /** It takes too long, at any time before the commit is logged. */
  const giveUp = (me: Transfer, _: TransferContext) => {
    if (me.log !== 'nothing' || me.read.length === 0 || (bug.tellFirst && me.hasPrepared)) return disabled
    Object.assign(me, { log: 'abort', next: 0 })
  }

  /** What was decided takes effect at one database after the other. */
  const finish = (me: Transfer, context: TransferContext) => {
    const isEarly = bug.tellFirst && me.log === 'nothing' && me.hasPrepared && me.next === 0
    if (isOver(me) || (me.log === 'nothing' && !isEarly)) return disabled
    const account = context.shared.accounts[me.next]!
    const noted = account.prepared[context.self]
    if (me.log !== 'abort' && noted !== undefined) account.balance = noted
    delete account.prepared[context.self]
    if (account.lockedBy === context.self) account.lockedBy = null
    me.next += 1
    if (me.next === 2) end(me, context, me.log === 'commit' ? 'done' : 'undone')
  }

  /** The steps of a saga, each of them again and again until the next has been heard of. */
  const debit = (me: Transfer, { self, shared: { accounts } }: TransferContext) => {
    if (isOver(me) || accounts[0]!.record[self] !== undefined) return disabled
    accounts[0]!.record[self] = 'done'
    accounts[0]!.balance -= 1
  }
  const credit = (me: Transfer, { self, shared: { accounts }, choose }: TransferContext) => {
    const [from, to] = accounts
    if (me.log !== 'nothing' || from!.record[self] === undefined) return disabled
    const known = to!.record[self]
    to!.record[self] = known ?? (choose('accepts', [true, false]) ? 'done' : 'refused')
    const isNew = known === undefined || (bug.repeatCredit && to!.balance < START[1]! + transfers + 1)
    if (to!.record[self] === 'done' && isNew) to!.balance += 1
  }
  const hear = (me: Transfer, context: TransferContext) => {
    const { self, shared } = context
    const known = shared.accounts[1]!.record[self]
    if (me.log !== 'nothing' || known === undefined) return disabled
    me.log = known === 'done' ? 'commit' : 'abort'
    if (me.log === 'commit') end(me, context, 'done')
  }
  const refund = (me: Transfer, context: TransferContext) => {
    const [from] = context.shared.accounts
    if (me.log !== 'abort' || isOver(me)) return disabled
    const isNew = from!.record[context.self] === 'done' || (bug.repeatRefund && from!.balance <= START[0]!)
    if (isNew && !bug.noRefund) from!.balance += 1
    from!.record[context.self] = 'refunded'
    if (!bug.repeatRefund || context.choose('is answered', [true, false])) end(me, context, 'undone')
  }

  /** A database frees the row of a connection that is gone, unless it is prepared. */
  const freeRow = ({ transfer, shared: { accounts }, choose }: World<typeof bankTransfer>) => {
    const account = choose('account', [0, 1])
    const it = accounts[account]!
    const owner = transfer.find(({ id }) => id === it.lockedBy)
    if (owner?.health !== 'down' || (it.prepared[owner.id] !== undefined && !bug.freeRows)) return disabled
    it.lockedBy = null
  }
  const expire = ({ transfer, shared }: World<typeof bankTransfer>) => {
    const owner = transfer.find(({ id }) => id === shared.holder)
    if (owner?.health !== 'down') return disabled
    shared.holder = null
  }

  const isSerial = commit === 'two-phase' && locks !== 'none'
  const audited = always('whoever reads both accounts finds the sum', ({ auditor: [it] }: System) =>
    when(it!.read.length === 2, () =>
      it!.read[0]! + it!.read[1]! === TOTAL ? true : fails(`the auditor finds ${it!.read.join(' and ')}`),
    ),
  )

  return {
    population: { transfer: transfers, auditor: 1 },
    requires: { 'a saga has the row locks of its local transactions': !isSaga || locks === 'rows' },
    start: {
      environment({ shared }) {
        shared.accounts = START.map((balance) => ({ balance, lockedBy: null, prepared: {}, record: {} }))
      },
    },

    actions: {
      transfer: {
        acquire:
          locks === 'service' &&
          ((me, context) => {
            if (isOver(me) || me.log !== 'nothing') return disabled
            return acquire(me, context)
          }),
        read:
          !isSaga &&
          ((me, { self, shared }) => {
            if (isOver(me) || me.log !== 'nothing') return disabled
            return readNext(me, self, shared.accounts)
          }),
        write: commit === 'none' && write,
        prepare: commit === 'two-phase' && prepare,
        decide: commit === 'two-phase' && decide,
        giveUp: commit === 'two-phase' && giveUp,
        finish: commit === 'two-phase' && finish,
        debit: isSaga && debit,
        credit: isSaga && credit,
        hear: isSaga && hear,
        refund: isSaga && refund,
      },

      auditor: {
        acquire: locks === 'service' && ((me, context) => (me.isDone ? disabled : acquire(me, context))),
        read(me, context) {
          if (readNext(me, context.self, context.shared.accounts) === disabled) return disabled
          // In a saga a row is locked for the time of one local transaction.
          if (isSaga) release(me, context)
        },
        leave(me, context) {
          if (me.isDone || me.read.length < 2) return disabled
          me.isDone = true
          release(me, context)
        },
      },

      environment: {
        freeRow: locks === 'rows' && !isSaga && freeRow,
        expire: locks === 'service' && lease && expire,
      },
    },

    restart: {
      /** Two-phase commit: what the log does not call committed is aborted. A saga goes on. */
      transfer(me, context) {
        if (!recovery) return disabled
        if (isSaga || isOver(me)) return
        if (commit === 'none') return end(me, context, 'undone')
        if (me.log === 'nothing') me.log = 'abort'
      },
    },

    properties: {
      conserved: always('where no transfer is open, the accounts have together what they had', (system) =>
        when(isQuiet(system), () => {
          const sum = sumOf(system)
          return sum === TOTAL ? true : fails(`the accounts have ${sum} together, and had ${TOTAL}`)
        }),
      ),
      booked: always(
        'where no transfer is open, each account says what the transfers that are done make of it',
        (system) =>
          when(isQuiet(system), () => {
            const done = system.transfer.filter((it) => it.end === 'done').length
            const [from, to] = system.shared.accounts as readonly Account[]
            return from!.balance === START[0]! - done && to!.balance === START[1]! + done
              ? true
              : fails(`after ${done} transfers the accounts have ${from!.balance} and ${to!.balance}`)
          }),
      ),
      audited: isSerial ? audited : optional(audited),
      everyTransferEnds:
        recovery && deadlockFree('it ends only when every transfer is done or undone', { transfer: isOver }),
      canEnd:
        recovery && canAlways('every transfer can always still be done or undone, and the sum be kept', haveAllEnded),
      endsInTheEnd:
        recovery &&
        eventually('every transfer is done or undone in the end, and the sum is kept', haveAllEnded, {
          weak: ['actions', 'recoveries'],
        }),
      neverBlocked: optional(
        canAlways('a transfer whose client is up can always still end', ({ transfer }) =>
          every(
            transfer,
            (it) => it.health === 'down' || isOver(it),
            ({ id }) => `${id} has to wait`,
          ),
        ),
      ),
      allDone: sometimes('every transfer is done', ({ transfer }) => transfer.every((it) => it.end === 'done')),
      anUndone:
        commit !== 'none' &&
        sometimes('a transfer is undone', ({ transfer }) => transfer.some((it) => it.end === 'undone')),
    },
  }
})
