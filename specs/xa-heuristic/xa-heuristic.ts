/**
 * XA with heuristic decisions: a resource manager that has prepared, and waits for too long, ends its branch alone, and
 * remembers that it did until the transaction manager has heard of it.
 *
 * Sources: X/Open, "Distributed Transaction Processing: The XA Specification" (1991): heuristic completion, the return
 * codes XA_HEURCOM and XA_HEURRB, xa_forget, presumed rollback; documents 000, 001, 002 and 003 (XA; its participants
 * block while the coordinator is down). What an application is told is named as in JTA (HeuristicMixedException, ...).
 *
 * Modelled: one transaction, its transaction manager (TM) and its resource managers (RMs). A TM logs a commit before it
 * tells of it, and a rollback not at all: where the log says nothing it rolls back. An RM that has done as it was told
 * forgets its branch, and answers the same call again with XAER_NOTA, which the TM takes for done. One that has decided
 * alone (`--heuristics`: which way it may) answers what it did, as often as it is asked, until it is told to forget. When all
 * have answered, the TM puts its report on disk, and then has the RMs forget. TM and RMs crash at any moment; calls and
 * answers are messages that are repeated, late or lost (`--losses`), one at a time over each connection and way. With `--no-recovery` who crashes stays away.
 * Left out: XA_HEURHAZ and XA_HEURMIX of a single RM, which does not know itself what it did; read-only branches; the
 * one-phase optimisation; what an operator does about a mixed outcome. Locks are held while a branch is prepared.
 *
 * Findings. Without heuristic decisions this is two-phase commit: it refines transaction-commit, and blocks. With them
 * nobody is blocked, and agreement is gone: a branch has committed for good where another has rolled back. All that is
 * left is that the TM reports it, and what that takes is a memory: that of the RM until it is told to forget (bug
 * `forgetful`), and that of the report before it tells it to (bug `forgetEarly`). Guessing one way only does not help:
 * either guess differs from one of the two outcomes (`rollback-only`, `commit-only`).
 *
 * Bounds: two RMs are enough to differ; a third could only side with one of them (`three-rms`). One crash, one loss.
 */
import {
  always,
  canAlways,
  deadlockFree,
  declare,
  disabled,
  every,
  id,
  leadsTo,
  noPair,
  optional,
  type Process,
  type ProcessView,
  protocol,
  refines,
  sometimes,
  step,
  type View,
  when,
  z,
} from 'splitbrain'
import transactionCommit from '../abstract/transaction-commit.ts'

const Code = z.enum(['ok', 'nota', 'heurcom', 'heurrb'])
const Outcome = z.enum(['committed', 'rolled back'])
const Report = z.enum(['committed', 'rolled back', 'heuristic commit', 'heuristic rollback', 'heuristic mixed'])

const xaHeuristic = declare({
  name: 'xa-heuristic',
  summary: 'XA whose resource managers may decide alone: never blocked, and not always agreed',
  sources: ['X/Open 1991, The XA Specification', 'documents 000, 001, 002, 003, XA'],
  parameters: {
    rms: z.int().min(1).max(4).default(2).describe('resource managers'),
    heuristics: z
      .enum(['none', 'rollback', 'commit', 'any'])
      .default('any')
      .describe('what a resource manager may decide alone once it has prepared'),
    recovery: z.boolean().default(true).describe('whether crashed processes come back'),
  },
  bugs: {
    forgetful: 'a resource manager does not remember that it has decided alone',
    forgetEarly: 'the transaction manager has a resource manager forget before its report is on disk',
    saysOk: 'a resource manager that has decided alone answers that it did as it was told',
    obeysLate: 'a resource manager that has decided alone still does as it is told',
    ignoreCodes: 'the transaction manager takes any answer for done',
    neverForget: 'the transaction manager does not tell the resource managers to forget',
    lateLog: 'the transaction manager logs a commit only once a resource manager has answered',
  },
  roles: {
    tm: {
      durable: {
        log: z.literal('commit').nullable().default(null),
        report: Report.nullable().default(null),
      },
      volatile: {
        asked: z.set(id('rm')).default(new Set()),
        yes: z.set(id('rm')).default(new Set()),
        decision: z.enum(['commit', 'rollback']).nullable().default(null),
        outcomes: z.record(id('rm'), Outcome).default({}), // as far as they have answered
        isHeuristic: z.boolean().default(false), // one of them otherwise than decided
        forgotten: z.set(id('rm')).default(new Set()), // by those that were told to
      },
    },
    rm: {
      durable: {
        branch: z.enum(['active', 'prepared', 'heuristic', 'none']).default('active'), // what it knows of its branch
        data: z.enum(['open', 'committed', 'rolled back']).default('open'), // what has become of the data
      },
    },
  },
  messages: {
    Prepare: {},
    Vote: { yes: z.boolean() },
    Decide: { commit: z.boolean() }, // xa_commit or xa_rollback
    Answer: { code: Code },
    Forget: {},
    Forgotten: {},
  },
  network: { order: 'fifo', capacity: 1 },
  faults: {
    crash: { roles: ['tm', 'rm'], budget: 1 },
    lose: { budget: 1 },
  },
})

type Tm = Process<typeof xaHeuristic, 'tm'>
type RmView = ProcessView<typeof xaHeuristic, 'rm'>
type System = View<typeof xaHeuristic>

const hasEnded = ({ data }: RmView) => data !== 'open'
const isMixed = ({ rm }: System) =>
  (['committed', 'rolled back'] as const).every((end) => rm.some((r) => r.data === end))
const holdsNoLock = (rm: RmView) => rm.health === 'down' || rm.branch !== 'prepared'
const reportOf = ({ tm: [tm] }: System) => tm!.report

const ENDS: Readonly<Record<string, string>> = {
  committed: 'committed',
  'heuristic commit': 'committed',
  'rolled back': 'rolled back',
  'heuristic rollback': 'rolled back',
}

/** What a branch is to transaction commit. */
function asRm({ branch, data }: RmView) {
  if (data === 'open') return { state: branch === 'prepared' ? ('prepared' as const) : ('working' as const) }
  return { state: data === 'committed' ? ('committed' as const) : ('aborted' as const) }
}

export default protocol(xaHeuristic, ({ rms, heuristics, recovery }, bug) => {
  const decide = (me: Tm, decision: 'commit' | 'rollback') => {
    if (decision === 'commit' && !bug.lateLog) me.log = 'commit'
    Object.assign(me, { decision, asked: new Set(), yes: new Set() })
  }

  /** What the application is told. */
  const judge = (me: Tm): z.output<typeof Report> => {
    const ends = new Set(Object.values(me.outcomes))
    if (ends.size > 1) return 'heuristic mixed'
    const [end] = ends
    if (!me.isHeuristic) return end!
    return end === 'committed' ? 'heuristic commit' : 'heuristic rollback'
  }

  // Without heuristic decisions these are promised; with them, only asked.
  const isOff = heuristics === 'none'
  const agreement = always('no branch commits while another rolls back', ({ rm }: System) =>
    noPair(
      rm.filter(hasEnded),
      (a, b) => a.data !== b.data,
      (a, b) => `${a.id} has ${a.data}, ${b.id} has ${b.data}`,
    ),
  )
  const isTransactionCommit = refines(
    'whatever happens is a step of transaction commit, or none',
    transactionCommit,
    ({ rm }: System) => ({ rm: rm.map(asRm) }),
    { parameters: { rms } },
  )

  const guesses = (['committed', 'rolled back'] as const).filter(
    (end) => heuristics === 'any' || heuristics === (end === 'committed' ? 'commit' : 'rollback'),
  )

  return {
    population: { tm: 1, rm: rms },

    actions: {
      tm: {
        /** xa_prepare. */
        ask(me, { ids, choose, send }) {
          if (me.decision !== null) return disabled
          const rm = choose(
            'rm',
            ids.rm.filter((each) => !me.asked.has(each)),
          )
          me.asked.add(rm)
          send(rm, { type: 'Prepare' })
        },

        commit(me) {
          if (me.decision !== null || me.yes.size < rms) return disabled
          decide(me, 'commit')
        },

        /** A vote does not come in time. */
        timeout(me) {
          if (me.decision !== null || me.asked.size === me.yes.size) return disabled
          decide(me, 'rollback')
        },

        /** xa_commit or xa_rollback, until it is answered. */
        tell(me, { ids, choose, send }) {
          if (me.decision === null || me.report !== null) return disabled
          const rm = choose(
            'rm',
            ids.rm.filter((each) => me.outcomes[each] === undefined),
          )
          send(rm, { type: 'Decide', commit: me.decision === 'commit' })
        },

        report(me) {
          if (me.report !== null || Object.keys(me.outcomes).length < rms) return disabled
          me.report = judge(me)
        },

        /** xa_forget: the application's report is safe. */
        forget(me, { ids, choose, send }) {
          if (me.report === null || bug.neverForget) return disabled
          const rm = choose(
            'rm',
            ids.rm.filter((each) => !me.forgotten.has(each)),
          )
          send(rm, { type: 'Forget' })
        },
      },

      rm: {
        /** Before it has prepared, an RM may always roll back. */
        rollBack(me) {
          if (me.branch !== 'active') return disabled
          Object.assign(me, { branch: 'none', data: 'rolled back' })
        },

        decideAlone:
          heuristics !== 'none' &&
          ((me, { choose }) => {
            if (me.branch !== 'prepared') return disabled
            me.data = choose('data', guesses)
            me.branch = bug.forgetful ? 'none' : 'heuristic'
          }),
      },
    },

    receive: {
      tm: {
        Vote(me, { yes }, { from }) {
          if (me.decision !== null) return
          if (yes) me.yes.add(from)
          else decide(me, 'rollback')
        },

        Answer(me, { code }, { from, send }) {
          if (me.decision === null || me.report !== null) return
          const asDecided = me.decision === 'commit' ? 'committed' : 'rolled back'
          const told = code === 'heurcom' ? 'committed' : code === 'heurrb' ? 'rolled back' : asDecided
          const end = bug.ignoreCodes ? asDecided : told
          if (bug.lateLog && me.decision === 'commit') me.log = 'commit'
          me.outcomes[from] = end
          if (end !== asDecided) me.isHeuristic = true
          if (bug.forgetEarly) send(from, { type: 'Forget' })
        },

        Forgotten(me, _, { from }) {
          if (me.report !== null) me.forgotten.add(from)
        },
      },

      rm: {
        Prepare(me, _, { from, choose, send }) {
          if (me.branch === 'active') {
            const yes = choose('vote', [true, false])
            Object.assign(me, yes ? { branch: 'prepared' } : { branch: 'none', data: 'rolled back' })
          }
          send(from, { type: 'Vote', yes: me.branch === 'prepared' })
        },

        Decide(me, { commit }, { from, send }) {
          const answer = (code: z.output<typeof Code>) => send(from, { type: 'Answer', code })
          const end = commit ? 'committed' : 'rolled back'
          if (me.branch === 'none') return answer('nota')
          if (me.branch === 'heuristic') {
            if (bug.obeysLate) me.data = end
            if (bug.saysOk || bug.obeysLate) return answer('ok')
            return answer(me.data === 'committed' ? 'heurcom' : 'heurrb')
          }
          Object.assign(me, { branch: 'none', data: end })
          return answer('ok')
        },

        Forget(me, _, { from, send }) {
          if (me.branch === 'heuristic') me.branch = 'none'
          send(from, { type: 'Forgotten' })
        },
      },
    },

    restart: {
      /** Where the log does not say commit, it is rolled back: nobody has been told otherwise. */
      tm(me) {
        if (!recovery) return disabled
        decide(me, me.log ?? 'rollback')
      },

      /** What was not prepared is gone. */
      rm(me) {
        if (!recovery) return disabled
        if (me.branch === 'active') Object.assign(me, { branch: 'none', data: 'rolled back' })
      },
    },

    properties: {
      agreement: isOff ? agreement : optional(agreement),
      isTransactionCommit: isOff ? isTransactionCommit : optional(isTransactionCommit),
      reportIsTrue: always('what the application is told is what has become of the branches', (system) =>
        when(reportOf(system) !== null, () =>
          every(
            system.rm,
            ({ data }) => reportOf(system) === 'heuristic mixed' || ENDS[reportOf(system)!] === data,
            ({ id, data }) => `the report says ${reportOf(system)}, and ${id} has ${data}`,
          ),
        ),
      ),
      mixedIsMixed: always('nobody is told of a mixed outcome that is none', (system) =>
        when(reportOf(system) === 'heuristic mixed', () => isMixed(system)),
      ),
      endIsFinal: step('what has become of a branch is never reversed', (before, after) =>
        every(
          before.rm.filter(hasEnded),
          ({ id, data }) => after.rm.some((r) => r.id === id && r.data === data),
          ({ id, data }) => `${id} had ${data}, and has changed its mind`,
        ),
      ),
      neverBlocked: canAlways('every live resource manager can always release its locks', ({ rm }) =>
        every(rm, holdsNoLock, ({ id }) => `${id} is blocked, holding its locks`),
      ),
      endsReported:
        recovery &&
        deadlockFree(
          'it ends only with a report, and nothing left to remember',
          ({ tm, rm }) => tm[0]!.report !== null && rm.every(({ branch }) => branch === 'none'),
        ),
      canReport: recovery && canAlways('it can always still be reported', (system) => reportOf(system) !== null),
      mixedIsReported:
        recovery &&
        heuristics !== 'none' &&
        leadsTo(
          'a mixed outcome is reported in the end, if who is down comes back',
          isMixed,
          (system) => reportOf(system) === 'heuristic mixed',
          { weak: ['actions', 'messages', 'recoveries'] },
        ),
      isForgotten:
        recovery &&
        heuristics !== 'none' &&
        leadsTo(
          'what was decided alone is forgotten in the end, once it is reported',
          (system) => system.rm.some(({ branch }) => branch === 'heuristic'),
          (system) => reportOf(system) !== null && system.rm.every(({ branch }) => branch === 'none'),
          { weak: ['actions', 'messages', 'recoveries'] },
        ),
      aCommit: sometimes('all commit', ({ rm }) => rm.every(({ data }) => data === 'committed')),
      aRollback: sometimes('all roll back', ({ rm }) => rm.every(({ data }) => data === 'rolled back')),
      aMix: rms > 1 && heuristics !== 'none' && sometimes('a branch commits and another rolls back', isMixed),
      isKnown: optional(
        canAlways(
          'a mixed outcome can always still be reported',
          (system) => !isMixed(system) || reportOf(system) !== null,
        ),
      ),
      aHeuristicEnd: optional(
        sometimes('all branches end alike, and otherwise than was decided', (system) =>
          ['heuristic commit', 'heuristic rollback'].includes(reportOf(system) ?? ''),
        ),
      ),
    },
  }
})
