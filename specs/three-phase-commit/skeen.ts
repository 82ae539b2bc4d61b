/**
 * Three-phase commit with its termination protocol: where a coordinator is silent, those alive ask each other and decide
 * alike. `three-phase-commit` is the form of the documents, which leave this out and let each decide alone.
 *
 * Sources: Skeen, "Nonblocking Commit Protocols" (1981); Bernstein, Hadzilacos & Goodman, "Concurrency Control and
 * Recovery in Database Systems" (1987), §7.5.
 *
 * Modelled: one transaction. The coordinator sends canCommit, preCommit and doCommit (or abort) to the participants one
 * by one, so that it can crash between any two. If it is silent, the first of those alive takes over and asks the others:
 * has one aborted, all abort; has one committed, all commit; is one prepared, all prepare and then commit; else all
 * abort. If it dies, the next one starts over. A coordinator that misses an acknowledgement of preCommit goes on without
 * that participant. With `--synchronous` a wait runs out only where nothing can come any more (the other is down, cut
 * off, or its message was lost, and nothing of it is on its way). Without, it may run out at any moment.
 * Left out: the last acknowledgement (it decides nothing), locks, and recovery: who has crashed stays down. (Who comes
 * back must ask how it ended, and if all have crashed, wait for the last; §7.5.)
 *
 * What comes out. Under crashes in a synchronous network nobody ever waits in vain, all decide alike, and the crash of a
 * coordinator between two preCommits, fatal to the documents' form, ends in a commit. It rests on time: one time-out that
 * is wrong, or a partition, lets those alive decide twice, and one lost message leaves somebody to wait for ever.
 * If the coordinator crashes before it sends preCommit, all abort; at each later moment, all commit (`table`).
 *
 * Bounds: 3 participants: one that has heard, one that has not, and one that dies. Two crashes: the coordinator, and
 * the participant that takes its place. The one bug that needs three has a scenario with three.
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
  type Id,
  id,
  none,
  noPair,
  optional,
  type Process,
  protocol,
  type ReceiveContext,
  refines,
  refinesFairly,
  sometimes,
  step,
  type View,
  type World,
  when,
  z,
} from 'splitbrain'
import transactionCommit from '../abstract/transaction-commit.ts'
import { crashTable } from './crash-table.ts'

/** What a participant has done: not voted; voted yes; got preCommit; decided. */
const Progress = z.enum(['working', 'uncertain', 'prepared', 'committed', 'aborted'])
type Progress = z.output<typeof Progress>

const skeen = declare({
  name: 'three-phase-commit-skeen',
  summary: "atomic commitment that need not wait for a dead coordinator, Skeen's form",
  sources: ['Skeen 1981', 'Bernstein, Hadzilacos & Goodman 1987, §7.5'],
  parameters: {
    participants: z.int().min(1).max(4).default(3).describe('databases that take part in the transaction'),
    synchronous: z.boolean().default(true).describe('whether waits run out only where nothing can come any more'),
  },
  bugs: {
    skipPreCommit: 'the coordinator skips preCommit: two-phase commit with time-outs',
    commitAtOnce: 'a participant that takes over and finds one prepared commits before the others are prepared',
    abortPrepared: 'a participant that takes over aborts though it finds one prepared',
    abortOnSilence: 'a coordinator that misses an acknowledgement of preCommit aborts, as the documents have it',
    abortDespiteYes: 'the coordinator aborts though all have voted yes',
  },
  roles: {
    coordinator: {
      prefix: 'tm',
      durable: {
        phase: z.enum(['asking', 'preparing', 'committing', 'aborting']).default('asking'),
        told: z.set(id('participant')).default(new Set()), // in this phase
        answered: z.set(id('participant')).default(new Set()), // in this phase: yes, or the acknowledgement
        silent: z.set(id('participant')).default(new Set()), // those it waits for no longer
      },
    },
    participant: {
      prefix: 'rm',
      durable: { progress: Progress.default('working') },
      volatile: {
        hasNoCoordinator: z.boolean().default(false),
        dead: z.set(id('participant')).default(new Set()),
        // Of the one that has taken over:
        polled: z.set(id('participant')).default(new Set()),
        reports: z.record(id('participant'), Progress).default({}),
        plan: z.enum(['none', 'prepare', 'commit', 'abort']).default('none'),
        informed: z.set(id('participant')).default(new Set()), // of the plan
      },
    },
  },
  messages: {
    CanCommit: {},
    Vote: { yes: z.boolean() },
    PreCommit: {},
    Prepared: {}, // acknowledges preCommit
    DoCommit: {},
    Abort: {},
    Poll: {}, // between participants: what have you done?
    Report: { progress: Progress },
  },
  shared: {
    hasCause: z.boolean().default(false), // for the properties only: a no, or a wait that ran out
  },
  network: 'set',
  faults: {
    crash: { roles: ['coordinator', 'participant'], restart: 'never', budget: 2 },
    lose: true,
    partition: true,
  },
})

type Coordinator = Process<typeof skeen, 'coordinator'>
type Participant = Process<typeof skeen, 'participant'>
type ParticipantContext = Context<typeof skeen, 'participant'>
type ParticipantReceives = ReceiveContext<typeof skeen, 'participant'>
type System = World<typeof skeen>
type SystemView = View<typeof skeen>
type Phase = Coordinator['phase']

const hasDecided = ({ progress }: { readonly progress: Progress }) => progress === 'committed' || progress === 'aborted'
const isUp = ({ health }: { readonly health: string }) => health === 'up'
const aliveHaveDecided = ({ participant }: SystemView) => participant.every((rm) => !isUp(rm) || hasDecided(rm))

const TOLD_IN = { asking: 'CanCommit', preparing: 'PreCommit', committing: 'DoCommit', aborting: 'Abort' } as const

/** The phases in which the coordinator tells something new to a participant that has come so far. */
const NEWS: Readonly<Record<Progress, readonly Phase[]>> = {
  working: ['asking', 'preparing', 'committing', 'aborting'],
  uncertain: ['preparing', 'committing', 'aborting'],
  prepared: ['committing', 'aborting'],
  committed: [],
  aborted: [],
}

const TABLE = {
  beforePreCommit: ['Abort'],
  amidPreCommit: ['Commit'],
  afterPreCommit: ['Commit'],
  beforeDoCommit: ['Commit'],
  amidDoCommit: ['Commit'],
  afterDoCommit: ['Commit'],
} as const

/** Who has voted yes is prepared in their sense, whether it has got preCommit or not. */
const asTransactionCommit = ({ participant }: SystemView) => ({
  rm: participant.map(({ progress }) => ({ state: progress === 'uncertain' ? ('prepared' as const) : progress })),
})

export default protocol(skeen, ({ participants, synchronous, losses, partitions }, bug) => {
  /** What the protocol is made for: whoever is silent is dead. */
  const isSynchronous = synchronous && losses === 0 && partitions === 0

  const enter = (me: Coordinator, phase: Phase) => {
    me.phase = phase
    me.told = new Set()
    me.answered = new Set()
  }

  /** Everybody it still waits for has answered: on to the next phase. */
  const advance = (me: Coordinator, all: readonly Id<'participant'>[]) => {
    if (!all.every((rm) => me.answered.has(rm) || me.silent.has(rm))) return
    if (me.phase === 'asking' && bug.abortDespiteYes) enter(me, 'aborting')
    else enter(me, me.phase === 'asking' && !bug.skipPreCommit ? 'preparing' : 'committing')
  }

  // The first of those alive takes over.

  const leads = (me: Participant, self: Id<'participant'>, all: readonly Id<'participant'>[]) =>
    me.hasNoCoordinator && all.every((rm) => rm >= self || me.dead.has(rm))

  /** Whether it takes orders from `leader`, and from nobody that came before. */
  const follows = (me: Participant, leader: Id<'participant'>, { ids }: ParticipantContext) =>
    me.hasNoCoordinator && !me.dead.has(leader) && ids.participant.every((rm) => rm >= leader || me.dead.has(rm))

  const poll = (me: Participant, { self, ids, peers, choose, send }: ParticipantContext) => {
    if (!leads(me, self, ids.participant) || me.plan !== 'none') return disabled
    const peer = choose(
      'peer',
      peers.filter((rm) => !me.dead.has(rm) && !me.polled.has(rm)),
    )
    me.polled.add(peer)
    send(peer, { type: 'Poll' })
  }

  /** Everybody alive has reported. The termination rules, Bernstein, Hadzilacos & Goodman, §7.5. */
  const plan = (me: Participant, { self, ids, peers }: ParticipantContext) => {
    const hasHeard = peers.every((rm) => me.dead.has(rm) || me.reports[rm] !== undefined)
    if (!leads(me, self, ids.participant) || me.plan !== 'none' || !hasHeard) return disabled
    const known = [me.progress, ...Object.values(me.reports)]
    if (known.includes('aborted')) follow(me, 'abort')
    else if (known.includes('committed')) follow(me, 'commit')
    else if (!known.includes('prepared') || bug.abortPrepared) follow(me, 'abort')
    else follow(me, bug.commitAtOnce ? 'commit' : 'prepare')
  }

  /** A plan is carried out at home first. */
  const follow = (me: Participant, plan: Participant['plan']) => {
    me.plan = plan
    me.informed = new Set()
    if (plan === 'prepare') me.progress = 'prepared'
    else if (!hasDecided(me)) me.progress = plan === 'commit' ? 'committed' : 'aborted'
  }

  const order = (me: Participant, { peers, choose, send }: ParticipantContext) => {
    if (me.plan === 'none') return disabled
    const isDue = (rm: Id<'participant'>) =>
      !me.dead.has(rm) && !me.informed.has(rm) && (me.plan !== 'prepare' || me.reports[rm] === 'uncertain')
    const peer = choose('peer', peers.filter(isDue))
    me.informed.add(peer)
    send(peer, { type: me.plan === 'prepare' ? 'PreCommit' : me.plan === 'commit' ? 'DoCommit' : 'Abort' })
  }

  /** All who are alive are prepared. */
  const commit = (me: Participant, { peers }: ParticipantContext) => {
    const arePrepared = peers.every((rm) => me.dead.has(rm) || me.reports[rm] === 'prepared')
    if (me.plan !== 'prepare' || !arePrepared) return disabled
    follow(me, 'commit')
  }

  const answerPoll = (me: Participant, context: ParticipantReceives) => {
    if (!follows(me, context.from, context)) return disabled
    context.send(context.from, { type: 'Report', progress: me.progress })
  }

  /** A participant that has no coordinator takes another for dead. */
  const suspect = ({ participant, choose, channel, isCut }: System) => {
    const waiter = choose(
      'waiter',
      participant.filter((rm) => isUp(rm) && rm.hasNoCoordinator).map(({ id }) => id),
    )
    const me = participant.find(({ id }) => id === waiter)!
    const silent = choose(
      'silent',
      participant.filter(({ id }) => id !== waiter && !me.dead.has(id)).map(({ id }) => id),
    )
    const isGone = !isUp(participant.find(({ id }) => id === silent)!) && channel(silent, waiter).length === 0
    if (synchronous && !isGone && !isCut(silent, waiter)) return disabled
    me.dead.add(silent)
  }

  return {
    population: { coordinator: 1, participant: participants },

    actions: {
      coordinator: {
        /** One more participant is told what this phase is about. */
        tell(me, { ids, choose, send }) {
          const participant = choose(
            'participant',
            ids.participant.filter((rm) => !me.told.has(rm)),
          )
          me.told.add(participant)
          send(participant, { type: TOLD_IN[me.phase] })
        },
      },

      participant: {
        poll,
        plan,
        order,
        commit,
      },

      environment: {
        /** The coordinator waits for a participant's answer for too long. */
        coordinatorTimesOut({ coordinator: [tm], participant, ids, shared, choose, channel, isCut }) {
          const me = tm!
          if (!isUp(me) || (me.phase !== 'asking' && me.phase !== 'preparing')) return disabled
          const isAwaited = (id: Id<'participant'>) => me.told.has(id) && !me.answered.has(id) && !me.silent.has(id)
          const silent = choose('silent', ids.participant.filter(isAwaited))
          const isGone = !isUp(participant.find(({ id }) => id === silent)!)
          const isLost = channel(me.id, silent).length === 0
          const isOver = channel(silent, me.id).length === 0 && (isGone || isLost)
          if (synchronous && !isOver && !isCut(silent, me.id)) return disabled
          shared.hasCause = true
          me.silent.add(silent)
          if (me.phase === 'asking' || bug.abortOnSilence) enter(me, 'aborting')
          else advance(me, ids.participant)
        },

        /** A participant waits for the coordinator for too long. */
        participantTimesOut({ coordinator: [tm], participant, shared, choose, channel, isCut }) {
          const waiter = choose(
            'waiter',
            participant.filter(isUp).map(({ id }) => id),
          )
          const me = participant.find(({ id }) => id === waiter)!
          const isLost =
            tm!.told.has(waiter) && NEWS[me.progress].includes(tm!.phase) && channel(waiter, tm!.id).length === 0
          const isOver = channel(tm!.id, waiter).length === 0 && (!isUp(tm!) || isLost)
          if (synchronous && !isOver && !isCut(tm!.id, waiter)) return disabled
          if (me.hasNoCoordinator) return disabled
          me.hasNoCoordinator = true
          shared.hasCause = true
        },

        suspect,
      },
    },

    receive: {
      coordinator: {
        Vote(me, { yes }, { from, ids }) {
          if (me.phase !== 'asking') return
          me.answered.add(from)
          if (yes) advance(me, ids.participant)
          else enter(me, 'aborting')
        },

        Prepared(me, _, { from, ids }) {
          if (me.phase !== 'preparing') return
          me.answered.add(from)
          advance(me, ids.participant)
        },
      },

      participant: {
        CanCommit(me, _, { from, shared, choose, send }) {
          if (me.progress !== 'working' || me.hasNoCoordinator) return
          me.progress = choose('vote', ['uncertain', 'aborted'])
          if (me.progress === 'aborted') shared.hasCause = true
          send(from, { type: 'Vote', yes: me.progress === 'uncertain' })
        },

        PreCommit(me, _, context) {
          const { from, ids, send } = context
          const isValid = ids.coordinator.some((tm) => tm === from) ? !me.hasNoCoordinator : follows(me, from, context)
          if (me.progress !== 'uncertain' || !isValid) return
          me.progress = 'prepared'
          send(from, { type: 'Prepared' })
        },

        DoCommit(me) {
          if (!hasDecided(me)) me.progress = 'committed'
        },

        Abort(me) {
          if (!hasDecided(me)) me.progress = 'aborted'
        },

        Poll: (me, _, context) => answerPoll(me, context),

        Report(me, { progress }, { from }) {
          me.reports[from] = progress
        },

        Prepared(me, _, { from }) {
          me.reports[from] = 'prepared'
        },
      },
    },

    properties: {
      agreement: always('no participant commits while another aborts', ({ participant }) =>
        noPair(
          participant.filter(hasDecided),
          (a, b) => a.progress !== b.progress,
          (a, b) => `${a.id} has ${a.progress}, ${b.id} has ${b.progress}`,
        ),
      ),
      commitNeedsEveryVote: always('a commit means that every participant has voted yes', ({ participant }) =>
        when(
          participant.some(({ progress }) => progress === 'committed'),
          () =>
            none(
              participant,
              ({ progress }) => progress === 'working',
              ({ id }) => `the transaction commits, and ${id} has not voted`,
            ),
        ),
      ),
      abortNeedsCause: always(
        'nobody aborts unless somebody has voted no, or a wait has run out',
        ({ coordinator: [tm], participant, shared }) =>
          when(
            tm!.phase === 'aborting' || participant.some(({ progress }) => progress === 'aborted'),
            () => shared.hasCause,
          ),
      ),
      preparedCommit:
        isSynchronous &&
        step('who is alive and prepared does not abort: all have voted yes', (before, after) =>
          every(
            before.participant.filter(({ progress }) => progress === 'prepared'),
            ({ id }) => after.participant.every((rm) => rm.id !== id || rm.progress !== 'aborted'),
            ({ id }) => `${id} was prepared, and aborts`,
          ),
        ),
      decisionIsFinal: step('a decision is never reversed', (before, after) =>
        every(
          before.participant.filter(hasDecided),
          ({ id, progress }) => after.participant.some((rm) => rm.id === id && rm.progress === progress),
          ({ id, progress }) => `${id} had ${progress}, and has changed its mind`,
        ),
      ),
      isTransactionCommit: optional(
        refines('whatever happens is a step of transaction commit, or none', transactionCommit, asTransactionCommit, {
          parameters: { rms: participants },
        }),
      ),
      commitsFairly: optional(
        refinesFairly(
          'it goes on as transaction commit does, until all have decided',
          transactionCommit,
          asTransactionCommit,
          {
            parameters: { rms: participants },
            fair: { weak: ['environment'] },
            weak: ['actions', 'messages'],
          },
        ),
      ),
      nobodyWaits: deadlockFree('it ends only when every live participant has decided', {
        participant: (rm) => !isUp(rm) || hasDecided(rm),
      }),
      nobodyIsBlocked: canAlways('those alive can always decide, without a further fault', aliveHaveDecided),
      allDecide: eventually('all who stay alive decide in the end', aliveHaveDecided, {
        weak: ['actions', 'messages'],
      }),
      aCommit: sometimes('all commit', ({ participant }) =>
        participant.every(({ progress }) => progress === 'committed'),
      ),
      anAbort: sometimes('all abort', ({ participant }) => participant.every(({ progress }) => progress === 'aborted')),
      ...(synchronous ? crashTable(TABLE) : {}),
    },
  }
})
