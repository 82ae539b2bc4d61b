/**
 * Three-phase commit as documents 000 to 003 tell it: two-phase commit with a phase more and time-outs on both sides, so
 * that nobody need wait for a coordinator that has died. Skeen's own protocol, in which those alive ask each other before
 * they decide, is `three-phase-commit-skeen`; the documents leave that part out.
 *
 * Sources: documents 000, 001, 002 and 003 (3PC).
 *
 * Modelled: one transaction. The coordinator sends canCommit, preCommit and doCommit (or abort) to the participants one
 * by one, so that it can crash between any two. It aborts if one votes no, or if a vote or an acknowledgement of
 * preCommit does not come in time. A participant decides by itself when its wait runs out: it aborts before preCommit,
 * and commits after it. With `--synchronous` a wait runs out only where nothing can come any more (the other is down,
 * cut off, or its message was lost, and nothing of it is on its way). Without, it may run out at any moment.
 * With `--recovery` who has crashed comes back: a participant goes on where its log says; a coordinator that had not
 * begun to commit aborts, and one that had tells everybody again. (The documents do not say; 2PC does so.)
 * With `--standbys 1` the coordinator is a cluster: what it has begun is agreed on among its members, and when the one
 * that coordinates crashes the next goes on from there. It takes over before any wait runs out, or `--failover late`.
 * Left out: the last acknowledgement, which decides nothing; locks (`two-phase-commit-locks`).
 *
 * What comes out. Nobody is ever blocked, as the documents say. But they also say that the phase in between makes sure
 * that all are in the same state before any commits, and that is not so: one crash of the coordinator between two
 * preCommits is enough, since who has got it commits and who has not aborts. They warn of late and lost messages only.
 * Why a participant may dare to commit by default: preCommit tells it that all have voted yes (`commitNeedsEveryVote`
 * holds under every fault). Where it is wrong: it does not tell it that all others know.
 * If the coordinator crashes, then those alive end with
 *
 *                              synchronous   asynchronous
 *   before it sends preCommit  abort         abort
 *   between two preCommits     mixed         abort, mixed
 *   after the last preCommit   commit        abort, commit, mixed
 *   before it sends doCommit   commit        commit
 *   between two doCommits      commit        commit
 *   after the last doCommit    commit        commit
 *
 * where `mixed` is: some have committed and others aborted. The scenarios check each moment, that each outcome is reached
 * and no other is.
 * A cluster for a coordinator mends that, as long as it takes over in time; but then so it does for two phases.
 * Nor is it a consensus (`isConsensus` fails): it always decides, and not always one thing. Two-phase commit is the other
 * half of one. What the phase in between is good for: one lost message no longer divides, as it does two phases with
 * time-outs of either kind; and nobody works in vain where somebody votes no.
 *
 * Bounds: 3 participants: one that has heard, one that has not, and one that dies; the default has one crash, which
 * is all that it takes. Only the lost abort needs two faults. Every bug shows with at most one.
 */
import {
  all,
  always,
  canAlways,
  deadlockFree,
  declare,
  disabled,
  eventually,
  every,
  fails,
  id,
  never,
  none,
  noPair,
  optional,
  type Process,
  protocol,
  refines,
  sometimes,
  step,
  type View,
  when,
  z,
} from 'splitbrain'
import consensus from '../abstract/consensus.ts'
import transactionCommit from '../abstract/transaction-commit.ts'
import { crashTable } from './crash-table.ts'

/** What a participant has done: not voted; voted yes; got preCommit; decided. */
const Progress = z.enum(['working', 'uncertain', 'prepared', 'committed', 'aborted'])
type Progress = z.output<typeof Progress>

const threePhaseCommit = declare({
  name: 'three-phase-commit',
  summary: 'atomic commitment with time-outs on both sides, as the documents have it',
  sources: ['documents 000, 001, 002, 003'],
  parameters: {
    participants: z.int().min(1).max(4).default(3).describe('databases that take part in the transaction'),
    synchronous: z.boolean().default(true).describe('whether waits run out only where nothing can come any more'),
    recovery: z.boolean().default(false).describe('whether crashed processes come back'),
    standbys: z.int().min(0).max(2).default(0).describe('other members of the coordinator, where it is a cluster'),
    failover: z.enum(['in-time', 'late']).default('in-time').describe('whether one takes over before waits run out'),
  },
  bugs: {
    waitWhenPrepared: 'a participant that has got preCommit, or voted yes where there is none, waits for ever',
    abortWhenPrepared: 'a participant that has got preCommit aborts when its wait runs out',
    skipPreCommit: 'the coordinator skips preCommit, and who has voted yes aborts when its wait runs out',
    majorityOfAcks: 'the coordinator commits when most have acknowledged preCommit',
    abortDespiteYes: 'the coordinator aborts though all have voted yes',
    abortDespiteAcks: 'the coordinator aborts though all have acknowledged preCommit',
    commitWhenUncertain: 'a participant that has voted yes commits when its wait runs out',
    forgetfulCluster: 'who takes over in the cluster does not know what it has begun, and aborts',
  },
  roles: {
    coordinator: {
      prefix: 'tm',
      durable: {
        phase: z.enum(['asking', 'preparing', 'committing', 'aborting']).default('asking'),
        told: z.set(id('participant')).default(new Set()), // in this phase; outlives a crash for the properties only
        failovers: z.int().default(0), // in the cluster, so far
      },
      volatile: {
        answered: z.set(id('participant')).default(new Set()), // in this phase: yes, or the acknowledgement
      },
    },
    participant: {
      prefix: 'rm',
      durable: { progress: Progress.default('working') },
    },
  },
  messages: {
    CanCommit: {},
    Vote: { yes: z.boolean() },
    PreCommit: {},
    Prepared: {}, // acknowledges preCommit
    DoCommit: {},
    Abort: {},
  },
  shared: {
    cause: z.enum(['none', 'no', 'silence']).default('none'), // for the properties only: the first for an abort; of silence: a wait that ran out, or a crash outlived
  },
  network: 'set',
  faults: {
    crash: { roles: ['coordinator', 'participant'], budget: 1 },
    lose: true,
    duplicate: true,
    partition: true,
  },
})

type Coordinator = Process<typeof threePhaseCommit, 'coordinator'>
type Phase = Coordinator['phase']

const hasDecided = ({ progress }: { readonly progress: Progress }) => progress === 'committed' || progress === 'aborted'
const isUp = ({ health }: { readonly health: string }) => health === 'up'
const aliveHaveDecided = ({ participant }: View<typeof threePhaseCommit>) =>
  participant.every((rm) => !isUp(rm) || hasDecided(rm))

const TOLD_IN = { asking: 'CanCommit', preparing: 'PreCommit', committing: 'DoCommit', aborting: 'Abort' } as const

/** The phases in which the coordinator tells something new to a participant that has come so far. */
const NEWS: Readonly<Record<Progress, readonly Phase[]>> = {
  working: ['asking', 'preparing', 'committing', 'aborting'],
  uncertain: ['preparing', 'committing', 'aborting'],
  prepared: ['committing', 'aborting'],
  committed: [],
  aborted: [],
}

const SYNCHRONOUS = {
  beforePreCommit: ['Abort'],
  amidPreCommit: ['Mixed'],
  afterPreCommit: ['Commit'],
  beforeDoCommit: ['Commit'],
  amidDoCommit: ['Commit'],
  afterDoCommit: ['Commit'],
} as const
const ASYNCHRONOUS = {
  ...SYNCHRONOUS,
  amidPreCommit: ['Abort', 'Mixed'],
  afterPreCommit: ['Abort', 'Commit', 'Mixed'],
} as const

export default protocol(
  threePhaseCommit,
  ({ participants, synchronous, recovery, standbys, failover, crashes, losses, partitions }, bug) => {
    const isServed = synchronous && crashes <= standbys && failover === 'in-time' && losses === 0 && partitions === 0
    const majority = Math.floor(participants / 2) + 1

    /** What a participant has come to that has done its work, and may no longer abort alone. */
    const PROMISED = bug.skipPreCommit ? 'uncertain' : 'prepared'

    const BY_DEFAULT = {
      working: 'aborted',
      uncertain: bug.commitWhenUncertain ? 'committed' : 'aborted',
      prepared: bug.abortWhenPrepared ? 'aborted' : 'committed',
    } as const

    const enter = (me: Coordinator, phase: Phase) => {
      me.phase = phase
      me.told = new Set()
      me.answered = new Set()
    }

    /** Nobody can be expected to go on for it, before a wait runs out. */
    const isGone = (tm: View<typeof threePhaseCommit>['coordinator'][number]) =>
      !isUp(tm) && (failover === 'late' || tm.failovers === standbys)

    /** All have voted yes, or have acknowledged preCommit: on to the next phase. */
    const advance = (me: Coordinator) => {
      const enough = me.phase === 'preparing' && bug.majorityOfAcks ? majority : participants
      if (me.answered.size < enough) return
      if (me.phase === 'asking' ? bug.abortDespiteYes : bug.abortDespiteAcks) enter(me, 'aborting')
      else enter(me, me.phase === 'asking' && !bug.skipPreCommit ? 'preparing' : 'committing')
    }

    return {
      population: { coordinator: 1, participant: participants },

      actions: {
        coordinator: {
          /** One more participant is told what this phase is about. */
          tell(me, { ids, choose, send }) {
            const participant = choose(
              'participant',
              // mutate: equivalent (first choice), because participants are alike: another order has other names
              ids.participant.filter((rm) => !me.told.has(rm)),
            )
            me.told.add(participant)
            send(participant, { type: TOLD_IN[me.phase] })
          },
        },

        environment: {
          /** The coordinator waits for a participant's answer for too long: it aborts. */
          coordinatorTimesOut({ coordinator: [tm], participant, shared, choose, channel, isCut }) {
            const me = tm!
            if (!isUp(me) || (me.phase !== 'asking' && me.phase !== 'preparing')) return disabled
            const awaited = participant.filter(({ id }) => me.told.has(id) && !me.answered.has(id)).map(({ id }) => id)
            // mutate: equivalent (first choice), because of whom it waits for longest it does not matter who it is
            const silent = choose('silent', awaited)
            const isGone = !isUp(participant.find(({ id }) => id === silent)!)
            const isLost = channel(me.id, silent).length === 0
            const isOver = channel(silent, me.id).length === 0 && (isGone || isLost)
            if (synchronous && !isOver && !isCut(silent, me.id)) return disabled
            if (shared.cause === 'none') shared.cause = 'silence'
            enter(me, 'aborting')
          },

          /** A participant waits for the coordinator for too long: it decides by itself. */
          participantTimesOut({ coordinator: [tm], participant, shared, choose, channel, isCut }) {
            const waiting = participant.filter((rm) => isUp(rm) && !hasDecided(rm)).map(({ id }) => id)
            // mutate: equivalent (first choice), because participants are alike: another order has other names
            const waiter = choose('waiter', waiting)
            const me = participant.find(({ id }) => id === waiter)!
            const isLost = tm!.told.has(waiter) && NEWS[me.progress].includes(tm!.phase)
            const isOver = channel(tm!.id, waiter).length === 0 && (isGone(tm!) || isLost)
            if (synchronous && !isOver && !isCut(tm!.id, waiter)) return disabled
            if (me.progress === PROMISED && bug.waitWhenPrepared) return disabled
            if (shared.cause === 'none') shared.cause = 'silence'
            me.progress = BY_DEFAULT[me.progress as keyof typeof BY_DEFAULT]
          },
        },
      },

      receive: {
        coordinator: {
          Vote(me, { yes }, { from }) {
            if (me.phase !== 'asking') return
            me.answered.add(from)
            if (yes) advance(me)
            else enter(me, 'aborting')
          },

          Prepared(me, _, { from }) {
            if (me.phase !== 'preparing') return
            me.answered.add(from)
            advance(me)
          },
        },

        participant: {
          CanCommit(me, _, { from, shared, choose, send }) {
            // mutate: equivalent (drop guard), because who answers again says what it has said
            if (me.progress !== 'working' && standbys === 0) return
            if (me.progress === 'working') me.progress = choose('vote', ['uncertain', 'aborted'])
            if (me.progress === 'aborted' && shared.cause === 'none') shared.cause = 'no'
            send(from, { type: 'Vote', yes: me.progress !== 'aborted' })
          },

          PreCommit(me, _, { from, send }) {
            if (hasDecided(me) || me.progress === 'working') return
            me.progress = 'prepared'
            send(from, { type: 'Prepared' })
          },

          DoCommit(me) {
            if (!hasDecided(me)) me.progress = 'committed'
          },

          Abort(me) {
            if (!hasDecided(me)) me.progress = 'aborted'
          },
        },
      },

      restart: {
        coordinator(me, { shared }) {
          if (me.failovers < standbys) {
            me.failovers += 1
            return enter(me, bug.forgetfulCluster ? 'aborting' : me.phase)
          }
          if (!recovery) return disabled
          if (shared.cause === 'none') shared.cause = 'silence'
          enter(me, me.phase === 'committing' ? 'committing' : 'aborting')
        },

        participant: () => (recovery ? undefined : disabled),
      },

      properties: {
        agreement: always('no participant commits while another aborts', ({ participant }) =>
          noPair(
            participant.filter(hasDecided),
            (a, b) => a.progress !== b.progress,
            (a, b) => `${a.id} has ${a.progress}, ${b.id} has ${b.progress}`,
          ),
        ),
        commitNeedsEveryVote: always('a commit means that every participant has voted yes', ({ participant, shared }) =>
          when(
            participant.some(({ progress }) => progress === 'committed'),
            () =>
              all(
                () => shared.cause !== 'no' || fails('the transaction commits, and somebody has voted no'),
                () =>
                  none(
                    participant,
                    ({ progress }) => progress === 'working',
                    ({ id }) => `the transaction commits, and ${id} has not voted`,
                  ),
              ),
          ),
        ),
        abortNeedsCause: always(
          'nobody aborts unless somebody has voted no, or a wait has run out',
          ({ coordinator: [tm], participant, shared }) =>
            when(
              tm!.phase === 'aborting' || participant.some(({ progress }) => progress === 'aborted'),
              () => shared.cause !== 'none',
            ),
        ),
        downIsSilent: step('who is down decides nothing, nor does it come back unasked', (before, after) =>
          all(
            () =>
              before.coordinator.every(
                (tm, i) => isUp(tm) || after.coordinator[i]!.phase === tm.phase || isUp(after.coordinator[i]!),
              ),
            () => before.participant.every((rm, i) => isUp(rm) || after.participant[i]!.progress === rm.progress),
          ),
        ),
        staysDown:
          !recovery &&
          step('who has crashed stays down, but for the cluster', (before, after) =>
            [...before.coordinator.filter(({ failovers }) => failovers === standbys), ...before.participant].every(
              (one) =>
                isUp(one) ||
                [...after.coordinator, ...after.participant].some(
                  ({ id, health }) => id === one.id && health === 'down',
                ),
            ),
          ),
        comesBack:
          recovery &&
          canAlways(
            'whoever has crashed can come back',
            ({ coordinator, participant }) => coordinator.every(isUp) && participant.every(isUp),
          ),
        goesOnByLog:
          recovery &&
          step('a coordinator that comes back aborts, unless it had begun to commit', (before, after) => {
            const [was, is] = [before.coordinator[0]!, after.coordinator[0]!]
            return when(
              !isUp(was) && isUp(is),
              () => is.phase === (was.phase === 'committing' ? 'committing' : 'aborting'),
            )
          }),
        noWaitRunsOut:
          isServed &&
          never(
            'a wait runs out though nobody has failed for good',
            ({ participant, shared }) => shared.cause === 'silence' && participant.every(isUp),
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
        /** What is decided, by whomever: to commit is one value, to abort the other. */
        isConsensus: optional(
          refines('one of commit and abort is decided, for good, as in a consensus', consensus, ({ participant }) => ({
            shared: {
              chosen: new Set([
                ...(participant.some(({ progress }) => progress === 'committed') ? [1] : []),
                ...(participant.some(({ progress }) => progress === 'aborted') ? [2] : []),
              ]),
            },
          })),
        ),
        /** Work is done at preCommit; where there is none, at the vote. */
        noWorkInVain: optional(
          never(
            'somebody has carried out the transaction, and another has voted no',
            ({ participant, shared }) =>
              shared.cause === 'no' && participant.some(({ progress }) => progress === PROMISED),
          ),
        ),
        /** To tell by its shortest violation how long a commit takes. */
        neverDone: optional(
          never('all have committed', ({ participant }) =>
            participant.every(({ progress }) => progress === 'committed'),
          ),
        ),
        nobodyWaits: deadlockFree('it ends only when all who are alive have decided', {
          coordinator: (tm) => !isUp(tm) || tm.phase === 'committing' || tm.phase === 'aborting',
          participant: (rm) => !isUp(rm) || hasDecided(rm),
        }),
        nobodyIsBlocked: canAlways('those alive can always decide, without a further fault', aliveHaveDecided),
        allDecide: eventually('all who stay alive decide in the end', aliveHaveDecided, {
          weak: standbys > 0 ? ['actions', 'messages', 'recoveries'] : ['actions', 'messages'],
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
        anAbort: sometimes('all abort', ({ participant }) =>
          participant.every(({ progress }) => progress === 'aborted'),
        ),
        anEarlyAbort:
          !synchronous &&
          sometimes(
            'the coordinator waits no longer, though nobody has failed',
            ({ coordinator: [tm], participant, shared }) =>
              [tm!, ...participant].every(isUp) &&
              !participant.some(hasDecided) &&
              tm!.phase === 'aborting' &&
              shared.cause === 'silence',
          ),
        ...crashTable(synchronous ? SYNCHRONOUS : ASYNCHRONOUS),
      },
    }
  },
)
