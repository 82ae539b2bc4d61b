/**
 * Three-phase commit: two-phase commit with a phase more, so that nobody need wait for a coordinator that has died.
 *
 * Sources: Skeen, "Nonblocking Commit Protocols" (1981); Bernstein, Hadzilacos & Goodman, "Concurrency Control and
 * Recovery in Database Systems" (1987), §7.5 (with its termination protocol); documents 000, 001, 002 and 003 (3PC).
 *
 * Modelled: one transaction. The coordinator sends canCommit, preCommit and doCommit (or abort) to the participants one
 * by one, so that it can crash between any two. Each participant logs what it has done. Who has crashed stays down.
 * What a participant does whose wait has run out is `--termination`:
 *   alone      it decides by itself (the documents): abort before preCommit, commit after it. A coordinator that misses
 *              an acknowledgement of preCommit aborts.
 *   together   those alive find out what they know and decide alike (Skeen): the first of them asks the others; has
 *              one aborted, all abort; has one committed, all commit; is one prepared, all prepare and then commit;
 *              else all abort. If it dies, the next one starts over. A coordinator that misses an acknowledgement goes
 *              on without that participant.
 * Time is the environment's: with `--synchronous` a wait runs out only where nothing can come any more (the other is
 * down or its message was lost, and nothing of it is on its way). Without, it may run out at any moment.
 * Left out: recovery, the last acknowledgement (it decides nothing), locks, more than one transaction.
 *
 * What comes out. Skeen's protocol keeps its promise under crashes in a synchronous network: nobody ever waits in vain,
 * and all decide alike. The documents' does not: one crash of the coordinator between two preCommits is enough, since
 * who has got it commits and who has not aborts. (They warn of late and lost messages only.) In an asynchronous network
 * both fail, with no crash at all. If the coordinator crashes, then those alive end with
 *
 *                              alone, synchronous   together, synchronous   alone, asynchronous
 *   before it sends preCommit  abort                abort                   abort
 *   between two preCommits     mixed                commit                  abort, mixed
 *   after the last preCommit   commit               commit                  abort, commit, mixed
 *   before it sends doCommit   commit               commit                  commit
 *   between two doCommits      commit               commit                  commit
 *   after the last doCommit    commit               commit                  commit
 *
 * where `mixed` is: some have committed and others aborted. The scenarios check every cell of the table, that each
 * outcome in it is reached and no other is.
 *
 * Bounds: 3 participants: one that has heard, one that has not, and one that dies. Two crashes: the coordinator, and
 * the participant that takes its place.
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
  never,
  none,
  noPair,
  optional,
  type Process,
  protocol,
  type ReceiveContext,
  refines,
  sometimes,
  step,
  type View,
  type World,
  when,
  z,
} from 'splitbrain'
import transactionCommit from '../abstract/transaction-commit.ts'

/** What a participant has done: not voted; voted yes; got preCommit; decided. */
const Progress = z.enum(['working', 'uncertain', 'prepared', 'committed', 'aborted'])
type Progress = z.output<typeof Progress>

const threePhaseCommit = declare({
  name: 'three-phase-commit',
  summary: 'atomic commitment that need not wait for a dead coordinator',
  sources: ['Skeen 1981', 'Bernstein, Hadzilacos & Goodman 1987, §7.5', 'documents 000, 001, 002, 003'],
  parameters: {
    participants: z.int().min(1).max(4).default(3).describe('databases that take part in the transaction'),
    termination: z
      .enum(['alone', 'together'])
      .default('together')
      .describe('how participants end a wait that has run out'),
    synchronous: z.boolean().default(true).describe('whether waits run out only where nothing can come any more'),
  },
  bugs: {
    waitWhenPrepared: 'a participant that has got preCommit waits for ever',
    skipPreCommit: 'the coordinator skips preCommit: two-phase commit with time-outs',
    commitAtOnce: 'a participant that takes over and finds one prepared commits before the others are prepared',
    abortOnSilence: 'a coordinator that misses an acknowledgement of preCommit aborts, as the documents have it',
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
        // Together only:
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
  network: 'set',
  faults: {
    crash: { roles: ['coordinator', 'participant'], restart: 'never', budget: 2 },
    lose: true,
    partition: true,
  },
})

type Coordinator = Process<typeof threePhaseCommit, 'coordinator'>
type Participant = Process<typeof threePhaseCommit, 'participant'>
type ParticipantContext = Context<typeof threePhaseCommit, 'participant'>
type ParticipantReceives = ReceiveContext<typeof threePhaseCommit, 'participant'>
type System = World<typeof threePhaseCommit>
type SystemView = View<typeof threePhaseCommit>
type Phase = Coordinator['phase']

const hasDecided = ({ progress }: { readonly progress: Progress }) => progress === 'committed' || progress === 'aborted'
const isUp = ({ health }: { readonly health: string }) => health === 'up'

const TOLD_IN = { asking: 'CanCommit', preparing: 'PreCommit', committing: 'DoCommit', aborting: 'Abort' } as const

/** The phases in which the coordinator tells something new to a participant that has come so far. */
const NEWS: Readonly<Record<Progress, readonly Phase[]>> = {
  working: ['asking', 'preparing', 'committing', 'aborting'],
  uncertain: ['preparing', 'committing', 'aborting'],
  prepared: ['committing', 'aborting'],
  committed: [],
  aborted: [],
}

/** How those alive may end, by the moment at which the coordinator crashed. Every outcome named is reached, no other. */
const OUTCOMES = {
  'alone, synchronous': {
    beforePreCommit: ['Abort'],
    amidPreCommit: ['Mixed'],
    afterPreCommit: ['Commit'],
    beforeDoCommit: ['Commit'],
    amidDoCommit: ['Commit'],
    afterDoCommit: ['Commit'],
  },
  'together, synchronous': {
    beforePreCommit: ['Abort'],
    amidPreCommit: ['Commit'],
    afterPreCommit: ['Commit'],
    beforeDoCommit: ['Commit'],
    amidDoCommit: ['Commit'],
    afterDoCommit: ['Commit'],
  },
  'alone, asynchronous': {
    beforePreCommit: ['Abort'],
    amidPreCommit: ['Abort', 'Mixed'],
    afterPreCommit: ['Abort', 'Commit', 'Mixed'],
    beforeDoCommit: ['Commit'],
    amidDoCommit: ['Commit'],
    afterDoCommit: ['Commit'],
  },
} as const
type Outcome = 'Commit' | 'Abort' | 'Mixed'

const ENDINGS = { Commit: 'those alive commit', Abort: 'those alive abort', Mixed: 'some commit while others abort' }
const MOMENTS: Readonly<Record<string, string>> = {
  beforePreCommit: 'before it sends preCommit',
  amidPreCommit: 'between two preCommits',
  afterPreCommit: 'after the last preCommit',
  beforeDoCommit: 'before it sends doCommit',
  amidDoCommit: 'between two doCommits',
  afterDoCommit: 'after the last doCommit',
}

const aliveHaveDecided = ({ participant }: SystemView) => participant.every((rm) => !isUp(rm) || hasDecided(rm))

/** The moment at which the coordinator has crashed, where it is one of the six. */
const crashOf = ({ coordinator: [tm], participant }: SystemView) => {
  if (tm === undefined || isUp(tm) || (tm.phase !== 'preparing' && tm.phase !== 'committing')) return undefined
  const when = tm.told.size === 0 ? 'before' : tm.told.size < participant.length ? 'amid' : 'after'
  return `${when}${tm.phase === 'preparing' ? 'PreCommit' : 'DoCommit'}`
}

const outcomeOf = ({ participant }: SystemView): Outcome | undefined => {
  const alive = participant.filter(isUp)
  if (alive.length === 0 || !alive.every(hasDecided)) return undefined
  const committed = alive.filter(({ progress }) => progress === 'committed').length
  return committed === 0 ? 'Abort' : committed === alive.length ? 'Commit' : 'Mixed'
}

/** One question for each moment of a crash and each outcome: it is reached, or it is not. */
const afterCrash = (table: Readonly<Record<string, readonly Outcome[]>> = {}) =>
  Object.fromEntries(
    Object.entries(table).flatMap(([moment, reached]) =>
      (['Commit', 'Abort', 'Mixed'] as const).map((outcome) => {
        const claim = `the coordinator crashes ${MOMENTS[moment]}, and ${ENDINGS[outcome]}`
        const test = (state: SystemView) => crashOf(state) === moment && outcomeOf(state) === outcome
        return [`${moment}${outcome}`, optional((reached.includes(outcome) ? sometimes : never)(claim, test))]
      }),
    ),
  )

export default protocol(threePhaseCommit, ({ participants, termination, synchronous }, bug) => {
  const together = termination === 'together'

  const enter = (me: Coordinator, phase: Phase) => {
    me.phase = phase
    me.told = new Set()
    me.answered = new Set()
  }

  /** Everybody it still waits for has answered: on to the next phase. */
  const advance = (me: Coordinator, all: readonly Id<'participant'>[]) => {
    if (!all.every((rm) => me.answered.has(rm) || me.silent.has(rm))) return
    enter(me, me.phase === 'asking' && !bug.skipPreCommit ? 'preparing' : 'committing')
  }

  // Together: the first of those alive takes over.

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
    else if (!known.includes('prepared')) follow(me, 'abort')
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

  /** A participant takes another for dead, together. */
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
        poll: together && poll,
        plan: together && plan,
        order: together && order,
        commit: together && commit,
      },

      environment: {
        /** The coordinator waits for a participant's answer for too long. */
        coordinatorTimesOut({ coordinator: [tm], participant, ids, choose, channel, isCut }) {
          const me = tm!
          if (!isUp(me) || (me.phase !== 'asking' && me.phase !== 'preparing')) return disabled
          const isAwaited = (id: Id<'participant'>) => me.told.has(id) && !me.answered.has(id) && !me.silent.has(id)
          const silent = choose('silent', ids.participant.filter(isAwaited))
          const isGone = !isUp(participant.find(({ id }) => id === silent)!)
          const isLost = channel(me.id, silent).length === 0
          const isOver = channel(silent, me.id).length === 0 && (isGone || isLost)
          if (synchronous && !isOver && !isCut(silent, me.id)) return disabled
          me.silent.add(silent)
          if (me.phase === 'asking' || !together || bug.abortOnSilence) enter(me, 'aborting')
          else advance(me, ids.participant)
        },

        /** A participant waits for the coordinator for too long. */
        participantTimesOut({ coordinator: [tm], participant, choose, channel, isCut }) {
          const waiter = choose(
            'waiter',
            participant.filter(isUp).map(({ id }) => id),
          )
          const me = participant.find(({ id }) => id === waiter)!
          const isLost =
            tm!.told.has(waiter) && NEWS[me.progress].includes(tm!.phase) && channel(waiter, tm!.id).length === 0
          const isOver = channel(tm!.id, waiter).length === 0 && (!isUp(tm!) || isLost)
          if (synchronous && !isOver && !isCut(tm!.id, waiter)) return disabled
          if (together) {
            if (me.hasNoCoordinator) return disabled
            me.hasNoCoordinator = true
          } else {
            if (hasDecided(me) || (me.progress === 'prepared' && bug.waitWhenPrepared)) return disabled
            me.progress = me.progress === 'prepared' ? 'committed' : 'aborted'
          }
        },

        suspect: together && suspect,
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
        CanCommit(me, _, { from, choose, send }) {
          if (me.progress !== 'working' || me.hasNoCoordinator) return
          me.progress = choose('vote', ['uncertain', 'aborted'])
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

        Poll: together && ((me, _, context) => answerPoll(me, context)),

        Report:
          together &&
          ((me, { progress }, { from }) => {
            me.reports[from] = progress
          }),

        Prepared:
          together &&
          ((me, _, { from }) => {
            me.reports[from] = 'prepared'
          }),
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
      decisionIsFinal: step('a decision is never reversed', (before, after) =>
        every(
          before.participant.filter(hasDecided),
          ({ id, progress }) => after.participant.some((rm) => rm.id === id && rm.progress === progress),
          ({ id, progress }) => `${id} had ${progress}, and has changed its mind`,
        ),
      ),
      /** Who has voted yes is prepared in their sense, whether it has got preCommit or not. */
      isTransactionCommit: optional(
        refines(
          'whatever happens is a step of transaction commit, or none',
          transactionCommit,
          ({ participant }) => ({
            rm: participant.map(({ progress }) => ({ state: progress === 'uncertain' ? 'prepared' : progress })),
          }),
          { parameters: { rms: participants } },
        ),
      ),
      nobodyWaits: deadlockFree('it ends only when every live participant has decided', {
        participant: (rm) => !isUp(rm) || hasDecided(rm),
      }),
      nobodyIsBlocked: canAlways('those alive can always decide, without a further fault', aliveHaveDecided),
      allDecide: eventually('all who stay alive decide in the end', aliveHaveDecided, {
        weak: ['actions', 'messages'],
      }),
      abortIsObeyed: optional(
        never(
          'a participant commits though the coordinator aborts',
          ({ coordinator: [tm], participant }) =>
            tm!.phase === 'aborting' && participant.some(({ progress }) => progress === 'committed'),
        ),
      ),
      aCommit: sometimes('all commit', ({ participant }) =>
        participant.every(({ progress }) => progress === 'committed'),
      ),
      anAbort: sometimes('all abort', ({ participant }) => participant.every(({ progress }) => progress === 'aborted')),
      ...afterCrash(
        OUTCOMES[`${termination}, ${synchronous ? 'synchronous' : 'asynchronous'}` as keyof typeof OUTCOMES],
      ),
    },
  }
})
