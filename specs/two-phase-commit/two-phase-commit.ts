/**
 * Two-phase commit: several databases carry out one transaction, wholly or not at all.
 *
 * Sources: Gray, "Notes on Data Base Operating Systems" (1978); Bernstein, Hadzilacos & Goodman, "Concurrency Control
 * and Recovery in Database Systems" (1987), §7.4 (with its cooperative termination protocol); documents 000 (2PC and its
 * four shortcomings), 001 and 003 (XA), 002 (communication failures) and 004 §2.
 *
 * Modelled: one transaction; a coordinator (the TM of XA) and participants (the RMs), each with a write-ahead log that
 * survives a crash and a memory that does not. The coordinator asks and tells participants one by one, so that it can
 * crash between any two. Time-outs may strike whenever somebody waits: no clock is assumed, a time-out may be wrong.
 * Messages may be late, overtake each other, or never arrive (`--losses`, `--duplicates` make that a step).
 * A participant forces its log and answers in one step: a crash between the two looks to everybody else like an answer
 * that never arrives. A heartbeat that is missed is a time-out by another name. Left out: the work itself; locks and a
 * second transaction, which are `two-phase-commit-locks`.
 *
 * What may end the wait of a participant is `--termination`: `none` (it waits for the coordinator), `cooperative` (it asks
 * the other participants), `backup` (a second coordinator, reading the same log, takes over), `elected` (a second
 * coordinator without the log takes over, and asks the participants) or `queue` (a second coordinator without the log takes
 * over, and reads the votes, which the participants have written into a message queue that does not fail). With `--no-recovery` nobody comes back from a
 * crash, which is what "while the coordinator is down" means: a state from which a participant can never come to a decision
 * is then reachable (`neverBlocked` fails), and so is one in which it waits and nothing more can happen at all
 * (`nobodyWaits` fails).
 *
 * Verdicts worth knowing. Some have committed and others cannot, as document 000 says: for a moment (`aSplit`), until the
 * coordinator comes back or the network heals (`splitEnds`); and for good if they do not (`splitEndsUnaided` fails). But
 * nobody decides otherwise: `agreement` holds under every crash, loss, partition and time-out here. An election does not
 * help who waits: whom it elects knows no more than those it asks, as document 000 says too, and two coordinators at once
 * are safe if they share a log, and not if one guesses (bug `guess`). Document 002 advises a coordinator that misses an
 * acknowledgement to send that participant a rollback, which breaks atomicity (bug `rollbackUnacknowledged`), or to treat
 * it as failed, which leaves it waiting for ever when it is not (bug `forgetSilent`). Its message queue is as good as a log
 * if whoever gives up waiting for a vote writes that there too (bug `unqueuedTimeout`). Document 004 says that the failure
 * of one fails all: before its vote, yes; after it, the transaction commits all the same. Two-phase commit is half a
 * consensus: it never decides two things (`isConsensus`), but one crash of four processes may keep it from deciding
 * (`neverBlocked` fails).
 *
 * Bounds: 3 participants are enough for one that has heard, one that has not and one that is dead; where two will do,
 * the scenarios have two. Every bug needs at most one crash, blocking under every remedy at most two.
 */
import {
  all,
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
  leadsTo,
  ltl,
  never,
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
  when,
  z,
} from 'splitbrain'
import consensus from '../abstract/consensus.ts'
import transactionCommit from '../abstract/transaction-commit.ts'

const Decision = z.enum(['commit', 'abort'])

const twoPhaseCommit = declare({
  name: 'two-phase-commit',
  summary: 'atomic commitment with logs, crashes, time-outs and three ways to wait',
  sources: ['Gray 1978', 'Bernstein, Hadzilacos & Goodman 1987, §7.4', 'documents 000, 001, 002, 003, 004 §2'],
  parameters: {
    participants: z.int().min(1).max(5).default(3).describe('databases that take part in the transaction'),
    termination: z
      .enum(['none', 'cooperative', 'backup', 'elected', 'queue'])
      .default('none')
      .describe('what may end the wait for a coordinator that is silent'),
    timeouts: z.boolean().default(true).describe('whether waits can run out'),
    recovery: z.boolean().default(true).describe('whether crashed processes come back'),
  },
  bugs: {
    abortAlone: 'a participant that has voted yes and waits too long aborts alone',
    commitAlone: 'a participant that has voted yes and waits too long commits alone',
    majorityCommits: 'the coordinator commits when a majority has voted yes',
    hastyAbort: 'the coordinator aborts on a time-out though all votes are in',
    unforcedVote: 'a participant votes yes before the vote is safely in its log',
    unforcedOutcome: 'a participant acknowledges a commit before it is safely in its log',
    forgetDecision: 'a coordinator that comes back finds its log empty',
    lateLog: 'the coordinator logs its decision only once a participant has acknowledged it',
    rollbackUnacknowledged: 'the coordinator sends a rollback to a participant whose acknowledgement it misses',
    blindTakeover: 'a backup that takes over aborts without looking into the log',
    guess: 'an elected coordinator aborts, though nobody has told it the outcome',
    forgetSilent: 'the coordinator tells no more a participant that it takes for failed',
    unqueuedTimeout: 'a coordinator that gives up waiting for a vote does not write that into the queue',
  },
  roles: {
    coordinator: {
      prefix: 'tm',
      volatile: {
        asked: z.set(id('participant')).default(new Set()), // before the decision
        yes: z.set(id('participant')).default(new Set()), // before the decision
        decision: Decision.nullable().default(null),
        acknowledged: z.set(id('participant')).default(new Set()), // after the decision
      },
    },
    participant: {
      prefix: 'rm',
      durable: {
        // `prepared` is the vote yes: the redo and undo records are safe, the locks are held, the outcome is open.
        log: z.enum(['nothing', 'prepared', 'committed', 'aborted']).default('nothing'),
      },
    },
  },
  messages: {
    Prepare: {},
    Vote: { yes: z.boolean() },
    Outcome: { decision: Decision },
    Done: {},
    Inquiry: {}, // to a participant: do you know the outcome?
  },
  shared: {
    // The coordinator's log. It survives the coordinator, and a backup can read it.
    log: Decision.nullable().default(null),
    // The message queue, where there is one: the first word on each vote, which is the one that counts.
    queue: z.record(id('participant'), z.enum(['prepared', 'aborted'])).default({}),
  },
  network: 'set',
  faults: {
    crash: { roles: ['coordinator', 'participant'], budget: 1 },
    lose: true,
    duplicate: true,
    partition: true,
  },
})

type Coordinator = Process<typeof twoPhaseCommit, 'coordinator'>
type System = View<typeof twoPhaseCommit>
type Participant = Process<typeof twoPhaseCommit, 'participant'>
type CoordinatorContext = Context<typeof twoPhaseCommit, 'coordinator'>
type ParticipantContext = Context<typeof twoPhaseCommit, 'participant'>
type ParticipantReceives = ReceiveContext<typeof twoPhaseCommit, 'participant'>
type Decision = z.output<typeof Decision>

const hasDecided = ({ log }: { readonly log: Participant['log'] }) => log === 'committed' || log === 'aborted'
const haveAllDecided = ({ participant }: System) => participant.every(hasDecided)
const isUp = ({ health }: { readonly health: string }) => health === 'up'
const haveLiveDecided = ({ participant }: System) => participant.every((rm) => !isUp(rm) || hasDecided(rm))
const isPrepare = ({ message }: System['messages'][number]) => message.type === 'Prepare'
const isAsked = ({ messages }: System, by: string, who: string) =>
  messages.some(({ from, to, message }) => message.type === 'Inquiry' && from === by && to === who)
const areAllUp = ({ coordinator, participant }: System) =>
  [...coordinator, ...participant].every(({ health }) => health === 'up')

/** What is decided, by whomever: to commit is one value, to abort the other. */
const asConsensus = ({ participant }: System) => ({
  shared: {
    chosen: new Set([
      ...(participant.some(({ log }) => log === 'committed') ? [1] : []),
      ...(participant.some(({ log }) => log === 'aborted') ? [2] : []),
    ]),
  },
})

/** What each participant has in its log, as an RM of transaction commit. */
const asTransactionCommit = ({ participant }: System) => ({
  rm: participant.map(({ log }) => ({ state: log === 'nothing' ? ('working' as const) : log })),
})

export default protocol(twoPhaseCommit, ({ participants, termination, timeouts, recovery, crashes }, bug) => {
  const hasBackup = termination === 'backup' || termination === 'queue'
  const enough = bug.majorityCommits ? Math.floor(participants / 2) + 1 : participants

  /** A participant votes: into the queue first, where somebody may have given it up before. Who never votes need not. */
  const vote = (me: Participant, { self, shared }: ParticipantContext, word: 'prepared' | 'aborted') => {
    // mutate: equivalent (drop condition), because where there is no queue nobody else reads it
    if (termination === 'queue') shared.queue[self] ??= word
    me.log = shared.queue[self] ?? word
  }

  /** Votes that are not in the queue are given up there. Then it says what is decided, to whoever reads it. */
  const readQueue = ({ ids, shared }: CoordinatorContext): Decision => {
    for (const rm of ids.participant) shared.queue[rm] ??= 'aborted'
    return ids.participant.every((rm) => shared.queue[rm] === 'prepared') ? 'commit' : 'abort'
  }

  /** The decision is what the log says; only who finds it empty may write. Nobody is told before that. */
  const decide = (me: Coordinator, context: CoordinatorContext, wanted: Decision) => {
    const { shared } = context
    const decision = termination === 'queue' && !bug.unqueuedTimeout ? readQueue(context) : wanted
    if (!bug.lateLog) shared.log ??= decision
    me.decision = shared.log ?? decision
    me.asked = new Set() // mutate: equivalent (forget to clear), because after the decision nobody looks at it
    me.yes = new Set() // mutate: equivalent (forget to clear), because after the decision nobody looks at it
  }

  /** The backup has not heard from the coordinator for too long, perhaps wrongly, and carries on from its log. */
  const takeOver = (me: Coordinator, context: CoordinatorContext) => {
    const { self, ids, shared } = context
    // mutate: equivalent (drop operand), because who has decided decides again what the log says
    if (!timeouts || self === ids.coordinator[0] || me.decision !== null) return disabled
    if (bug.blindTakeover) shared.log = null
    return decide(me, context, 'abort')
  }

  /** The same, without the log. */
  const takeOverByQueue = (me: Coordinator, context: CoordinatorContext) => {
    // mutate: equivalent (drop operand), because who has decided reads the same again, and one that coordinates would abort
    // as by a time-out
    if (!timeouts || context.self === context.ids.coordinator[0] || me.decision !== null) return disabled
    me.decision = readQueue(context)
  }

  /** One that was elected has no log: it asks the participants, and may only guess. */
  const ask = (me: Coordinator, { self, ids, choose, send }: CoordinatorContext) => {
    if (!timeouts || self === ids.coordinator[0] || me.decision !== null) return disabled
    if (bug.guess && choose('guesses', [false, true])) me.decision = 'abort'
    else send(choose('participant', ids.participant), { type: 'Inquiry' })
  }

  /** A participant does not answer, and is taken for failed. */
  const forget = (me: Coordinator, { ids, choose }: CoordinatorContext) => {
    if (!timeouts || me.decision === null) return disabled
    const silent = ids.participant.filter((rm) => !me.acknowledged.has(rm))
    me.acknowledged.add(choose('silent', silent))
  }

  /** Whoever has voted yes may not decide alone, but may ask all others. */
  const inquire = (me: Participant, { peers, send }: ParticipantContext) => {
    if (!timeouts || me.log !== 'prepared') return disabled
    return send(peers, { type: 'Inquiry' })
  }

  /** Who has not voted yet can make the outcome certain: it will never vote yes now. Who has voted yes cannot help. */
  const answerInquiry = (me: Participant, _: object, { from, send }: ParticipantReceives) => {
    if (me.log === 'prepared') return
    if (me.log === 'nothing') me.log = 'aborted'
    send(from, { type: 'Outcome', decision: me.log === 'committed' ? 'commit' : 'abort' })
  }

  /**
   * Whether a live participant waits for what nobody alive can give: no coordinator that knows is up, no word of the
   * outcome is on its way, and everyone who may be asked waits too.
   */
  const isInDoubt = ({ coordinator, participant, messages }: View<typeof twoPhaseCommit>) => {
    const alive = participant.filter(({ health }) => health === 'up')
    const isToldOutcome = (id: string) => messages.some(({ to, message }) => to === id && message.type === 'Outcome')
    const waits = (rm: (typeof alive)[number]) => rm.log === 'prepared' && !isToldOutcome(rm.id)
    const knows = (tm: (typeof coordinator)[number], i: number) =>
      tm.health === 'up' && (i === 0 || hasBackup || tm.decision !== null || isToldOutcome(tm.id))
    const asksAll = termination === 'cooperative' || termination === 'elected'
    return !coordinator.some(knows) && (asksAll ? alive.length > 0 && alive.every(waits) : alive.some(waits))
  }

  return {
    population: {
      coordinator: hasBackup || termination === 'elected' ? 2 : 1,
      participant: participants,
    },

    actions: {
      coordinator: {
        /** Phase one: ask every participant to prepare. */
        ask(me, { self, ids, choose, send }) {
          if (self !== ids.coordinator[0] || me.decision !== null) return disabled
          // mutate: equivalent (drop filter), because who is asked again answers what its log says
          const unasked = ids.participant.filter((rm) => !me.asked.has(rm))
          // mutate: equivalent (first choice), because participants are alike, whatever the order: every run is, but for
          // their names, one in which they are asked in this order
          const participant = choose('participant', unasked)
          me.asked.add(participant)
          send(participant, { type: 'Prepare' })
        },

        /** All have voted yes. */
        commit(me, context) {
          if (me.decision !== null || me.yes.size < enough) return disabled
          decide(me, context, 'commit')
        },

        /** A vote does not come in time, which counts as no. */
        timeout(me, context) {
          const isWaiting = me.asked.size > me.yes.size || (me.asked.size > 0 && bug.hastyAbort)
          if (!timeouts || me.decision !== null || !isWaiting) return disabled
          decide(me, context, 'abort')
        },

        /** Phase two: tell every participant the outcome, again and again until it has acknowledged. */
        tell(me, { ids, choose, send }) {
          if (me.decision === null) return disabled
          // mutate: equivalent (drop filter), because who is told again has decided, and acknowledges again
          const unacknowledged = ids.participant.filter((rm) => !me.acknowledged.has(rm))
          const participant = choose('participant', unacknowledged)
          const mayRollBack = me.decision === 'commit' && bug.rollbackUnacknowledged
          const decision = mayRollBack ? choose('decision', Decision.options) : me.decision
          send(participant, { type: 'Outcome', decision })
        },

        takeOver: hasBackup && (termination === 'backup' ? takeOver : takeOverByQueue),
        inquire: termination === 'elected' && ask,
        forget: bug.forgetSilent && forget,
      },

      participant: {
        /** Nobody asks, or nobody answers. A participant that has not voted may abort alone; one that has may not. */
        decideAlone(me) {
          const mayDecide = me.log === 'nothing' || (me.log === 'prepared' && (bug.abortAlone || bug.commitAlone))
          if (!timeouts || !mayDecide) return disabled
          me.log = me.log === 'prepared' && bug.commitAlone ? 'committed' : 'aborted'
        },

        inquire: termination === 'cooperative' && inquire,
      },
    },

    receive: {
      coordinator: {
        Vote(me, { yes }, context) {
          // mutate: equivalent (drop guard), because who has decided decides again what the log says, and looks at no
          // more votes
          if (me.decision !== null) return
          if (yes) me.yes.add(context.from)
          else decide(me, context, 'abort')
        },

        /** Of one that was elected, and has asked. */
        Outcome:
          termination === 'elected' &&
          ((me, { decision }) => {
            me.decision ??= decision
          }),

        Done(me, _, { from, shared }) {
          // mutate: equivalent (drop guard), because who acknowledges has decided, and need not be told again
          if (me.decision === null) return // told before a crash: it will be told again
          if (bug.lateLog) shared.log ??= me.decision
          me.acknowledged.add(from)
        },
      },

      participant: {
        /** The vote goes into the log before it goes to the coordinator. */
        Prepare(me, _, context) {
          const { from, choose, send } = context
          if (me.log === 'nothing') vote(me, context, choose('vote', ['prepared', 'aborted']))
          send(from, { type: 'Vote', yes: me.log === 'prepared' })
        },

        Outcome(me, { decision }, { from, ids, send }) {
          if (!hasDecided(me)) me.log = decision === 'commit' ? 'committed' : 'aborted'
          if (ids.coordinator.some((tm) => tm === from)) send(from, { type: 'Done' })
        },

        Inquiry: (termination === 'cooperative' || termination === 'elected') && answerInquiry,
      },
    },

    restart: {
      /** A log without a decision means that nobody has been told anything: abort. */
      coordinator(me, context) {
        if (!recovery) return disabled
        if (termination === 'elected' && context.self !== context.ids.coordinator[0]) return
        if (bug.forgetDecision) context.shared.log = null
        decide(me, context, 'abort')
      },

      /** Work that was not prepared died with the memory. */
      participant(me) {
        if (!recovery) return disabled
        if (bug.unforcedVote && me.log === 'prepared') me.log = 'nothing'
        if (bug.unforcedOutcome && me.log === 'committed') me.log = 'prepared'
        if (me.log === 'nothing') me.log = 'aborted'
      },
    },

    properties: {
      agreement: always('no participant commits while another aborts', ({ participant }) =>
        noPair(
          participant.filter(hasDecided),
          (a, b) => a.log !== b.log,
          (a, b) => `${a.id} has ${a.log}, ${b.id} has ${b.log}`,
        ),
      ),
      commitNeedsEveryVote: always('a commit means that every participant has voted yes', ({ participant, shared }) =>
        when(shared.log === 'commit' || participant.some(({ log }) => log === 'committed'), () =>
          every(
            participant,
            ({ log }) => log === 'prepared' || log === 'committed',
            ({ id, log }) => `the transaction commits, but the log of ${id} says ${log}`,
          ),
        ),
      ),
      abortNeedsCause: step(
        'a coordinator that was not down aborts only while a yes is missing, and without time-outs only for a no',
        (before, after) =>
          every(
            before.coordinator.filter(
              (tm, i) =>
                before.shared.log === null &&
                tm.health === 'up' &&
                tm.decision === null &&
                after.coordinator[i]!.decision === 'abort',
            ),
            (tm) => tm.yes.size < participants && (timeouts || before.participant.some(({ log }) => log === 'aborted')),
            ({ id }) => `${id} aborts, though nobody has voted no and nothing is late`,
          ),
      ),
      decisionIsFinal: step('a decision is never reversed', (before, after) =>
        all(
          () =>
            when(before.shared.log !== null, () =>
              before.shared.log === after.shared.log
                ? true
                : fails(`the coordinator's log said ${before.shared.log} and now says ${after.shared.log}`),
            ),
          () =>
            every(
              before.participant.filter(hasDecided),
              ({ id, log }) => after.participant.some((rm) => rm.id === id && rm.log === log),
              ({ id, log }) => `${id} had ${log}, and has changed its mind`,
            ),
        ),
      ),
      nobodyWaits: deadlockFree('it ends only when every live participant has decided', {
        participant: (rm) => rm.health === 'down' || hasDecided(rm),
      }),
      neverBlocked: canAlways('a decision can always be reached by every live participant', ({ participant }) =>
        every(
          participant,
          (rm) => rm.health === 'down' || hasDecided(rm),
          ({ id }) => `${id} is blocked, holding its locks`,
        ),
      ),
      /** Without a further fault: so whoever is told to nobody, or asked by nobody, shows. */
      tellsAll: optional(
        canAlways('while a coordinator that has decided is up, all that are up can learn its decision', (system) =>
          when(
            system.coordinator.some((tm) => isUp(tm) && tm.decision !== null),
            () => haveLiveDecided(system),
          ),
        ),
      ),
      canBeDone: optional(
        canAlways('a coordinator that has decided can have the acknowledgement of all', ({ coordinator }) =>
          coordinator.every((tm) => tm.decision === null || tm.acknowledged.size === participants),
        ),
      ),
      knownIsLearnt: optional(
        canAlways('what a live participant knows all that are up can learn', (system) =>
          when(
            system.participant.some((rm) => isUp(rm) && hasDecided(rm)),
            () => haveLiveDecided(system),
          ),
        ),
      ),
      asksInDoubt: step('only who waits asks, and only while waits can run out', (before, after) =>
        after.messages
          .filter(({ message }) => message.type === 'Inquiry')
          .filter(({ from, to }) => !isAsked(before, from, to))
          .every(
            ({ from }) =>
              timeouts &&
              (before.participant.some(({ id, log }) => id === from && log === 'prepared') ||
                before.coordinator.some(({ id, decision }, i) => i > 0 && id === from && decision === null)),
          ),
      ),
      asksEverybody:
        termination === 'cooperative' &&
        optional(
          step('whoever asks and is not cut short asks everybody else', (before, after) =>
            every(
              after.participant.filter(
                (rm) =>
                  isUp(rm) &&
                  after.participant.some(({ id }) => !isAsked(before, rm.id, id) && isAsked(after, rm.id, id)),
              ),
              (rm) => after.participant.every(({ id }) => id === rm.id || isAsked(after, rm.id, id)),
              ({ id }) => `${id} asks, but not everybody`,
            ),
          ),
        ),
      firstAsks: step('only the first coordinator asks for votes, and only before its decision', (before, after) =>
        when(
          after.messages.filter(isPrepare).length > before.messages.filter(isPrepare).length,
          () =>
            before.coordinator[0]!.decision === null &&
            after.messages.filter(isPrepare).every(({ from }) => from === before.coordinator[0]!.id),
        ),
      ),
      comesBackByLog: step('who comes back goes on by its log, and without one aborts', (before, after) =>
        all(
          () =>
            before.participant.every(
              (rm, i) =>
                isUp(rm) ||
                !isUp(after.participant[i]!) ||
                rm.log !== 'nothing' ||
                after.participant[i]!.log === 'aborted',
            ),
          () =>
            before.coordinator.every((tm, i) => {
              if (isUp(tm) || !isUp(after.coordinator[i]!)) return true
              const { decision } = after.coordinator[i]!
              return termination === 'elected' && i > 0
                ? decision === null
                : decision !== null && decision === after.shared.log
            }),
        ),
      ),
      nobodyDecidesAlone:
        !timeouts &&
        step('without time-outs nobody aborts alone that was not asked, and is up', (before, after) =>
          before.participant.every(
            (rm, i) =>
              !isUp(rm) ||
              rm.log !== 'nothing' ||
              after.participant[i]!.log !== 'aborted' ||
              before.messages.some(({ to }) => to === rm.id),
          ),
        ),
      noTakeOver:
        hasBackup &&
        optional(
          always('without time-outs no backup takes over', ({ coordinator }) =>
            when(!timeouts, () => coordinator[1]!.decision === null),
          ),
        ),
      staysDown:
        !recovery &&
        step('who has crashed stays down', (before, after) =>
          [...after.coordinator, ...after.participant].every((one, i) => {
            const was = [...before.coordinator, ...before.participant][i]!
            return isUp(was) || !isUp(one)
          }),
        ),
      aTimeOut:
        timeouts &&
        crashes === 0 &&
        sometimes(
          'the coordinator waits no longer, and aborts, though nobody has voted no',
          ({ coordinator, participant }) =>
            coordinator[0]!.decision === 'abort' && participant.every(({ log }) => log !== 'aborted'),
        ),
      anAbortAlone:
        timeouts &&
        crashes === 0 &&
        sometimes('a participant that nobody has asked aborts', ({ coordinator, participant }) =>
          participant.some(
            ({ id, log }) => log === 'aborted' && coordinator[0]!.decision === null && !coordinator[0]!.asked.has(id),
          ),
        ),
      anElectedAsksAll: optional(
        sometimes('an elected coordinator has asked everybody', (system) =>
          system.participant.every(({ id }) => isAsked(system, system.coordinator[1]?.id ?? '', id)),
        ),
      ),
      aLessonOfAnElected: optional(
        sometimes('an elected coordinator is told the outcome', ({ coordinator }) => coordinator[1]?.decision != null),
      ),
      decidesInTheEnd: optional(
        eventually(
          'every participant decides in the end',
          haveAllDecided,
          { weak: ['messages', 'processes', 'recoveries'] }, // what is in flight arrives, who is up goes on, who is down comes back
        ),
      ),
      isTransactionCommit: optional(
        refines('whatever happens is a step of transaction commit, or none', transactionCommit, asTransactionCommit, {
          parameters: { rms: participants },
        }),
      ),
      commitsFairly: optional(
        refinesFairly(
          'whoever can commit or abort does, as in transaction commit, or can no longer',
          transactionCommit,
          asTransactionCommit,
          {
            parameters: { rms: participants },
            fair: { weak: ['environment.commit(rm)', 'environment.abort(rm)'] },
            weak: ['messages', 'processes', 'recoveries'],
          },
        ),
      ),
      isConsensus: optional(
        refines('one of commit and abort is decided, for good, as in a consensus', consensus, asConsensus),
      ),
      decidesOnceUp: optional(
        ltl(
          'if all stay up from some point on, every participant decides',
          ltl.implies(ltl.finally(ltl.globally(areAllUp)), ltl.finally(haveAllDecided)),
          { weak: ['messages', 'processes'] },
        ),
      ),
      aCommit: sometimes('all commit', ({ participant }) => participant.every(({ log }) => log === 'committed')),
      anAbort: sometimes('all abort', ({ participant }) => participant.every(({ log }) => log === 'aborted')),
      aSplit: optional(
        sometimes(
          'one has committed, and another, which is up, waits',
          ({ participant }) =>
            participant.some(({ log }) => log === 'committed') &&
            participant.some(({ log, health }) => log === 'prepared' && health === 'up'),
        ),
      ),
      splitEnds: optional(
        leadsTo(
          'whenever some have committed, all commit in the end, if who is down comes back and the network heals',
          ({ participant }) => participant.some(({ log }) => log === 'committed'),
          ({ participant }) => participant.every(({ log }) => log === 'committed'),
          { weak: ['messages', 'processes', 'recoveries'] },
        ),
      ),
      splitEndsUnaided: optional(
        leadsTo(
          'whenever some have committed, all commit in the end, though nobody comes back and nothing heals',
          ({ participant }) => participant.some(({ log }) => log === 'committed'),
          ({ participant }) => participant.every(({ log, health }) => log === 'committed' || health === 'down'),
          { weak: ['messages', 'processes'] },
        ),
      ),
      aCommitDespiteACrash: optional(
        sometimes(
          'the transaction commits while a participant is down',
          ({ participant, shared }) => shared.log === 'commit' && participant.some(({ health }) => health === 'down'),
        ),
      ),
      nobodyInDoubt: optional(
        never('a live participant has voted yes, and nobody alive can tell it the outcome', isInDoubt),
      ),
      noOutcomeUnknown: optional(
        never(
          'somebody has committed, and nobody alive can tell a live participant',
          (state) => state.participant.some(({ log }) => log === 'committed') && isInDoubt(state),
        ),
      ),
    },
  }
})
