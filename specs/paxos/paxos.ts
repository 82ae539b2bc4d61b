/**
 * Paxos: several processes agree on one value, though messages are late and processes stop (single-decree Paxos).
 *
 * Sources: Lamport, "Paxos Made Simple" (2001), §2.2-2.4; document 004 §5.
 *
 * Modelled: proposers, acceptors, learners. A proposer prepares a ballot and, with promises from a majority, proposes a
 * value in a step of its own, so that another can get in between. Ballots are numbered without a shared counter: with
 * two proposers, p1 owns 1, 3, 5 and p2 owns 2, 4, 6. Each proposer wants a value of its own, which is known here by
 * the proposer's id. An acceptor crashes and is back at once: one that stays away for a while is one whose messages are
 * late. Messages may overtake each other or arrive never; `--losses` and `--duplicates` make that a step.
 * Left out: refusals (they only hurry a proposer), proposers that crash (one that stops is one that takes no step),
 * more than one decision (Multi-Paxos). A message too old to matter is not received, which nobody can tell from its
 * being ignored.
 *
 * `--reading document-004` takes document 004 at its word: a prepare carries the proposer's value, and an acceptor that
 * receives it *sets* its current proposal to [n, v], the one that it reports to later prepares. Then a value that was
 * only ever asked for passes for one that was accepted, and displaces a chosen one: `agreement` fails. What is to be
 * reported is what was accepted (§2.2). Two more sentences of the document do not hold, of Paxos as Lamport has it:
 * an acceptor does accept two different proposals (`oneProposalEach`), and termination is not guaranteed.
 *
 * `--patient` is for the latter. Proposers try for ever, and give a ballot up only once nothing of it is in flight: no
 * time-out is early. Ballots are only ever compared, so whenever the network is empty they may be numbered anew
 * (`renumber`), which keeps an endless run within finitely many states. One proposer then always succeeds; two can
 * outbid each other for ever (a loop that the search finds), and only luck or a distinguished proposer ends that (§2.4).
 *
 * Defaults: a learner, a crash, and a ballot each of two proposers, which is where most mistakes show. Those about
 * several ballots of one proposer, or about accepting without a promise, need three (`three-ballots`, without a
 * learner). However a run has gone, a value can still be learned: a proposer of the highest ballot is outbid by nobody.
 * That is not asked where messages are lost and ballots run out, for then the bound speaks and not Paxos; proposers that
 * try for ever (`--patient`) make up for every loss. Document 004's reading shows its flaw from three ballots on.
 *
 * Bounds: 3 acceptors are the fewest of which one may fail. Every bug needs at most three ballots and one crash. Fewer
 * ballots hide nothing else, since a ballot only ever looks at the highest one before it.
 */
import {
  always,
  canAlways,
  deadlockFree,
  declare,
  disabled,
  equal,
  eventually,
  every,
  fails,
  id,
  noPair,
  optional,
  type Process,
  type ProcessView,
  protocol,
  refines,
  sometimes,
  step,
  type View,
  type World,
  when,
  z,
} from 'splitbrain'
import voting from '../abstract/voting.ts'

const Proposal = z.object({ number: z.int(), value: id('proposer') })
type Proposal = z.output<typeof Proposal>

const paxos = declare({
  name: 'paxos',
  summary: 'agreement on one value by ballots and majorities',
  sources: ['Lamport 2001, Paxos Made Simple, §2', 'document 004 §5'],
  parameters: {
    proposers: z.int().min(1).max(3).default(2).describe('processes that want a value of theirs to be chosen'),
    acceptors: z.int().min(1).max(5).default(3).describe('processes a majority of which chooses'),
    learners: z.int().min(0).max(2).default(1).describe('processes that want to know the choice'),
    ballots: z.int().min(1).max(9).default(2).describe('ballots there are: the highest number'),
    reading: z
      .enum(['lamport', 'document-004'])
      .default('lamport')
      .describe('whether a prepare only asks for a promise, or sets the proposal of the acceptor'),
    patient: z
      .boolean()
      .default(false)
      .describe('whether proposers try for ever, each ballot until nothing of it is in flight'),
  },
  bugs: {
    forgetPromise: 'a restarted acceptor forgets what it has promised',
    forgetAccepted: 'a restarted acceptor forgets what it has accepted',
    smallQuorum: 'half of the acceptors, rounded up, pass for a majority',
    ignoreAccepted: 'a proposer proposes its own value, whatever acceptors have accepted',
    anyAccepted: 'a proposer takes up the first accepted value that it hears of, not the one of the highest ballot',
    shareNumbers: 'proposers number their ballots alike',
    promiseTwice: 'an acceptor promises a ballot again that it has promised before',
    acceptUnpromised: 'an acceptor that accepts a ballot does not promise it',
    acceptAnything: 'an acceptor accepts whatever its promises say',
    stalePromises: 'a proposer counts the promises of its earlier ballots',
    neverTold: 'acceptors tell learners nothing',
    learnFromOne: 'a learner learns what one acceptor has accepted',
    countAcross: 'a learner counts acceptors of a value, whatever their ballots',
  },
  roles: {
    proposer: {
      prefix: 'p',
      volatile: {
        at: z.enum(['idle', 'preparing', 'proposed']).default('idle'),
        number: z.int().default(0), // of the ballot
        promises: z.set(id('acceptor')).default(new Set()),
        /** The proposal of the highest ballot that any of them has accepted. */
        highest: Proposal.nullable().default(null),
      },
    },
    acceptor: {
      prefix: 'a',
      durable: {
        promised: z.int().default(0), // no ballot below this number will be accepted
        accepted: Proposal.nullable().default(null),
        /** For the properties only: everything that it has accepted (patient: what it accepted last). */
        votes: z.set(Proposal).default(new Set()),
      },
    },
    learner: {
      prefix: 'l',
      volatile: {
        heard: z.record(id('acceptor'), Proposal).default({}), // of each, the highest ballot that it has accepted
        learned: z.set(id('proposer')).default(new Set()),
      },
    },
  },
  messages: {
    Prepare: { number: z.int(), value: id('proposer').nullable() }, // the value: document 004 only
    Promise: { number: z.int(), accepted: Proposal.nullable() },
    Accept: { number: z.int(), value: id('proposer') },
    Accepted: { number: z.int(), value: id('proposer') },
  },
  network: 'set',
  faults: {
    crash: { roles: ['acceptor'], restart: 'at once', budget: 1 },
    lose: true,
    duplicate: true,
  },
})

type Proposer = Process<typeof paxos, 'proposer'>
type ProposerView = ProcessView<typeof paxos, 'proposer'>
type AcceptorView = ProcessView<typeof paxos, 'acceptor'>

const hasLearned = ({ learned }: ProcessView<typeof paxos, 'learner'>) => learned.size > 0

/** Whether a proposer's ballot is over, and not because a majority has made it propose. */
const hasLeft = (before: ProposerView, after: ProposerView) => after.at === 'idle' || after.number > before.number

/** Every number of a ballot that is in use, always in this order, and 0, which is none. */
const numbersIn = ({ proposer, acceptor, learner, messages }: View<typeof paxos>) => [
  0,
  ...proposer.map(({ number }) => number),
  ...acceptor.flatMap(({ promised, accepted, votes }) => [
    promised,
    accepted?.number ?? 0,
    ...[...votes].map(({ number }) => number),
  ]),
  ...learner.flatMap(({ heard }) => Object.values(heard).map(({ number }) => number)),
  ...messages.map(({ message }) => message.number),
]

/** Of a ballot that is over, or of its first phase, nothing is remembered. */
const rest = (me: Proposer) => Object.assign(me, { at: 'idle', promises: new Set(), highest: null })

export default protocol(paxos, ({ proposers, acceptors, learners, ballots, reading, patient, losses }, bug) => {
  const quorum = bug.smallQuorum ? Math.ceil(acceptors / 2) : Math.floor(acceptors / 2) + 1
  const answersEqual = reading === 'document-004' || bug.promiseTwice
  const roundOf = (number: number) => Math.ceil(number / proposers) // a proposer has one ballot in each round
  // mutate: equivalent (drop condition), because nobody can tell a message that is ignored from one that is not
  // received
  const ignore = patient ? undefined : disabled // an empty network must be possible where runs are endless

  // mutate: equivalent (off by one), because two proposals of one ballot are one and the same
  const isHigher = (a: Proposal | null, b: Proposal | null) => (a?.number ?? 0) > (b?.number ?? 0)

  /** For the properties, which do not ask the code how many are enough. */
  const isMajority = (count: number) => 2 * count > acceptors

  /** The proposals that a majority of acceptors has accepted: chosen, whether anybody knows it or not. */
  const chosen = (all: readonly AcceptorView[]): readonly Proposal[] => {
    const votersFor = (vote: Proposal) => all.filter(({ votes }) => votes.has(vote))
    const votes = all.flatMap((a) => [...a.votes].filter((vote) => votersFor(vote)[0] === a))
    return votes.filter((vote) => isMajority(votersFor(vote).length))
  }

  /** Of those that have promised its ballot to a proposer: the highest proposal below it that they have accepted. */
  const highestOf = (all: readonly AcceptorView[], { number, promises }: ProposerView): Proposal | null => {
    const accepted = all.filter(({ id }) => promises.has(id)).flatMap(({ votes }) => [...votes])
    const below = accepted.filter((vote) => vote.number < number)
    return below.sort((a, b) => b.number - a.number)[0] ?? null
  }

  /** Nothing of its ballot is on its way any more, and a majority has not come together: the proposer gives up. */
  const giveUp = ({ proposer, acceptor, choose, channel }: World<typeof paxos>) => {
    const name = choose(
      'proposer',
      proposer.map(({ id }) => id),
    )
    const me = proposer.find(({ id }) => id === name)!
    // mutate: equivalent (drop operand), because one that is idle gives up nothing: the step changes nothing
    const isWaiting = me.at === 'proposed' || (me.at === 'preparing' && me.promises.size < quorum)
    if (!isWaiting || acceptor.some(({ id }) => channel(name, id).length + channel(id, name).length > 0))
      return disabled
    rest(me)
  }

  /** Numbers are compared and nothing else: while none is on its way, the ballots in use may be numbered from 1. */
  const renumber = ({ proposer, acceptor, learner, channel }: World<typeof paxos>) => {
    const everybody = [...proposer, ...acceptor, ...learner].map(({ id }) => id)
    if (everybody.some((from) => everybody.some((to) => channel(from, to).length > 0))) return disabled
    const inUse = [
      ...proposer.map(({ number }) => number),
      ...acceptor.flatMap(({ promised, votes }) => [promised, ...[...votes].map(({ number }) => number)]),
      ...learner.flatMap(({ heard }) => Object.values(heard).map(({ number }) => number)),
    ]
    const rounds = [...new Set(inUse.filter((number) => number > 0).map(roundOf))].sort((a, b) => a - b)
    // mutate: equivalent (drop guard, drop operand), because what is numbered from 1, or not at all, is numbered anew
    // as it was
    if (rounds.length === 0 || rounds.at(-1) === rounds.length) return disabled
    const anew = (number: number) =>
      // mutate: equivalent (drop condition), because 0 is in no round, and comes out as 0
      number === 0 ? 0 : number + (rounds.indexOf(roundOf(number)) + 1 - roundOf(number)) * proposers
    for (const p of proposer) p.number = anew(p.number)
    for (const a of acceptor) {
      a.promised = anew(a.promised)
      if (a.accepted !== null) a.accepted.number = anew(a.accepted.number)
      a.votes = new Set([...a.votes].map(({ number, value }) => ({ number: anew(number), value })))
    }
    for (const l of learner) for (const proposal of Object.values(l.heard)) proposal.number = anew(proposal.number)
  }

  return {
    population: { proposer: proposers, acceptor: acceptors, learner: learners },

    actions: {
      proposer: {
        /** Phase 1a: a ballot with a number higher than any of its own before. */
        prepare(me, { self, ids, send }) {
          const rank = bug.shareNumbers ? 1 : ids.proposer.indexOf(self) + 1
          const number = me.number === 0 ? rank : me.number + proposers
          if (number > ballots || (patient && me.at !== 'idle')) return disabled
          rest(me)
          me.at = 'preparing'
          // mutate: equivalent (answer before writing), because a proposer does not crash
          me.number = number
          send(ids.acceptor, { type: 'Prepare', number, value: reading === 'document-004' ? self : null })
        },

        /** Phase 2a: with promises from a majority, the value of the highest ballot accepted so far, or one's own. */
        propose(me, { self, ids, send }) {
          // mutate: equivalent (drop operand), because only who prepares has promises
          if (me.at !== 'preparing' || me.promises.size < quorum) return disabled
          const value = me.highest === null || bug.ignoreAccepted ? self : me.highest.value
          const { number } = me
          // mutate: equivalent (drop call), because the next ballot begins with none, and until then nobody looks at
          // them
          rest(me)
          // mutate: equivalent (answer before writing), because a proposer does not crash
          me.at = 'proposed'
          send(ids.acceptor, { type: 'Accept', number, value })
        },
      },

      environment: {
        giveUp: patient && giveUp,
        renumber: patient && renumber,
      },
    },

    receive: {
      acceptor: {
        /** Phase 1b: a promise to accept nothing below, and what has been accepted so far. */
        Prepare(me, { number, value }, { from, send }) {
          const isOld = answersEqual ? number < me.promised : number <= me.promised
          if (isOld) return ignore
          me.promised = number
          send(from, { type: 'Promise', number, accepted: me.accepted })
          if (value !== null) me.accepted = { number, value }
        },

        /** Phase 2b: accepted, unless a higher ballot has the promise. */
        Accept(me, { number, value }, { ids, send }) {
          if (number < me.promised && !bug.acceptAnything) return ignore
          if (!bug.acceptUnpromised) me.promised = bug.acceptAnything ? Math.max(me.promised, number) : number
          me.accepted = { number, value }
          if (patient) me.votes.clear()
          me.votes.add({ number, value })
          if (!bug.neverTold) send(ids.learner, { type: 'Accepted', number, value })
        },
      },

      proposer: {
        Promise(me, { number, accepted }, { from }) {
          // mutate: equivalent (drop operand), because only who prepares looks at promises, and each ballot begins with
          // none
          if (me.at !== 'preparing' || (number !== me.number && !bug.stalePromises)) return ignore
          me.promises.add(from)
          if (isHigher(accepted, me.highest) && !(bug.anyAccepted && me.highest !== null)) me.highest = accepted
        },
      },

      learner: {
        /** A value is learned once the same ballot is heard of from a majority. */
        Accepted(me, proposal, { from }) {
          // mutate: equivalent (off by one), because of one ballot an acceptor has one proposal to tell of
          if (proposal.number <= (me.heard[from]?.number ?? 0)) return ignore
          me.heard[from] = { number: proposal.number, value: proposal.value }
          const alike = Object.values(me.heard).filter((heard) =>
            bug.countAcross ? heard.value === proposal.value : equal(heard, me.heard[from]),
          )
          if (alike.length >= (bug.learnFromOne ? 1 : quorum)) me.learned.add(proposal.value)
        },
      },
    },

    restart: {
      acceptor(me) {
        if (bug.forgetPromise) me.promised = 0
        if (bug.forgetAccepted) me.accepted = null
      },
    },

    properties: {
      agreement:
        !patient &&
        always('at most one value is chosen', ({ acceptor }) =>
          noPair(
            chosen(acceptor),
            (a, b) => a.value !== b.value,
            (a, b) => `ballot ${a.number} has chosen the value of ${a.value}, ballot ${b.number} that of ${b.value}`,
          ),
        ),
      validity:
        !patient &&
        always('only a value that somebody has asked for is chosen', ({ proposer, acceptor }) =>
          every(
            chosen(acceptor),
            ({ value }) => proposer.some(({ id, number }) => id === value && number > 0),
            ({ value }) => `the value of ${value} is chosen, which has never prepared a ballot`,
          ),
        ),
      learnersAgree:
        learners > 0 &&
        !patient &&
        always('whatever is learned is the one value that was chosen', ({ acceptor, learner }) =>
          every(
            learner.flatMap(({ id, learned }) => [...learned].map((value) => ({ id, value }))),
            ({ value }) =>
              chosen(acceptor).every((proposal) => proposal.value === value) && chosen(acceptor).length > 0,
            ({ id, value }) => `${id} has learned the value of ${value}, which is not the one that was chosen`,
          ),
        ),
      oneLesson:
        learners > 0 &&
        always('one value is learned', ({ learner }) => {
          const values = [...new Set(learner.flatMap(({ learned }) => [...learned]))]
          return values.length < 2 ? true : fails(`the values of ${values.join(' and ')} are both learned`)
        }),
      promiseIsKept:
        !patient &&
        step('an acceptor never goes back behind a promise', (before, after) =>
          every(
            before.acceptor.filter(({ promised }) => promised > 0),
            ({ id, promised }) => after.acceptor.some((a) => a.id === id && a.promised >= promised),
            ({ id, promised }) => `${id} had promised ballot ${promised}`,
          ),
        ),
      promisesAreForIt: always(
        'a proposer counts only promises that its own ballot has got',
        ({ proposer, acceptor }) =>
          every(
            proposer.filter(({ promises }) => promises.size > 0),
            ({ number, promises }) => acceptor.every(({ id, promised }) => !promises.has(id) || promised >= number),
            ({ id, number }) => `${id} counts a promise for ballot ${number} that nobody has made`,
          ),
      ),
      /** P2c of §2.2: of the majority that it has asked, the proposal of the highest ballot below its own. */
      takesUpHighest:
        !patient &&
        reading === 'lamport' &&
        always('a proposer knows the highest proposal that those who have promised had accepted', (system) =>
          every(
            system.proposer.filter(({ at }) => at === 'preparing'),
            (p) => equal(p.highest, highestOf(system.acceptor, p)),
            (p) => `${p.id} takes ballot ${p.highest?.number ?? 'none'} for the highest below ${p.number}`,
          ),
        ),
      noEarlyTimeOut:
        patient &&
        step('a ballot is given up only if nothing of it is in flight, and no majority has promised', (before, after) =>
          every(
            before.proposer.filter((p, i) => p.at !== 'idle' && hasLeft(p, after.proposer[i]!)),
            ({ id, at, promises }) =>
              before.messages.every(({ from, to }) => from !== id && to !== id) &&
              (at !== 'preparing' || !isMajority(promises.size)),
            ({ id, number }) => `${id} has given up ballot ${number}, which could still succeed`,
          ),
        ),
      renumberingKeepsOrder:
        patient &&
        step('ballots are numbered anew in the same order, and from 1', (before, after) => {
          const isRenumbered = before.proposer.some(({ number }, i) => after.proposer[i]!.number < number)
          return when(isRenumbered, () => {
            const [was, is] = [numbersIn(before), numbersIn(after)]
            return was.every((a, i) => was.every((b, j) => Math.sign(a - b) === Math.sign(is[i]! - is[j]!)))
          })
        }),
      isVoting:
        !patient &&
        optional(
          refines(
            'acceptors promise and vote as in voting',
            voting,
            ({ acceptor, proposer }) => ({
              acceptor: acceptor.map(({ promised, votes }) => ({
                promised,
                votes: Array.from({ length: ballots }, (_, i) => {
                  const vote = [...votes].find(({ number }) => number === i + 1)
                  return proposer.findIndex(({ id }) => id === vote?.value) + 1
                }),
              })),
            }),
            { parameters: { acceptors, ballots, values: proposers } },
          ),
        ),
      aLesson: learners > 0 && sometimes('a value is learned', ({ learner }) => learner.some(hasLearned)),
      aLessonStaysPossible:
        learners > 0 &&
        (patient || losses === 0) && // losses can use up the last of the ballots that there are
        canAlways('every learner can always learn a value', ({ learner }) => learner.every(hasLearned)),
      aLessonInTheEnd:
        learners > 0 &&
        patient &&
        eventually('every learner learns a value in the end', ({ learner }) => learner.every(hasLearned), {
          weak: ['proposer', 'messages', 'environment'],
        }),
      aChoice: sometimes('a value is chosen', ({ acceptor }) => chosen(acceptor).length > 0),
      aSecondChoice:
        ballots > 1 &&
        !patient &&
        sometimes('a value is chosen in a second ballot, too', ({ acceptor }) => chosen(acceptor).length > 1),
      aWish:
        reading === 'document-004' &&
        proposers > 1 &&
        ballots > 1 &&
        sometimes('a proposer takes up a value that was asked for, and that nobody has accepted', (system) =>
          system.proposer.some(
            ({ highest }) => highest !== null && system.acceptor.every(({ votes }) => !votes.has(highest)),
          ),
        ),
      aPromiseToBoth: optional(
        sometimes('an acceptor promises one ballot to two proposers', ({ proposer, acceptor }) =>
          acceptor.some(({ id }) => proposer.filter(({ promises }) => promises.has(id)).length > 1),
        ),
      ),
      aRescue:
        proposers > 1 &&
        ballots > 1 &&
        sometimes('a proposer gets the value of another chosen', ({ acceptor, proposer }) =>
          chosen(acceptor).some(({ number, value }) => proposer[(number - 1) % proposers]!.id !== value),
        ),
      oneProposalEach:
        !patient &&
        optional(
          always('an acceptor never accepts two different proposals', ({ acceptor }) =>
            every(
              acceptor.filter(({ votes }) => votes.size > 0),
              ({ votes }) => new Set([...votes].map(({ value }) => value)).size === 1,
              ({ id, votes }) =>
                `${id} has accepted ${[...votes].map(({ number, value }) => `${value} in ballot ${number}`).join(', then ')}`,
            ),
          ),
        ),
      aChoiceStaysPossible:
        patient && canAlways('a value can always be chosen', ({ acceptor }) => chosen(acceptor).length > 0),
      aChoiceInTheEnd:
        patient &&
        eventually('a value is chosen in the end', ({ acceptor }) => chosen(acceptor).length > 0, {
          weak: ['proposer', 'messages', 'environment'],
        }),
      neverOver: patient && deadlockFree('whatever happens, a proposer can try again', () => false),
    },
  }
})
