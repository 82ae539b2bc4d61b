/**
 * Raft: leader election and log replication.
 *
 * Sources: Ongaro & Ousterhout, "In Search of an Understandable Consensus Algorithm" (2014), Figures 2, 3 and 8;
 * documents 001 §2.2, 002 and 004 §6, whose own sentences are asked by name; document 000, for which Raft is no whole
 * consensus (`only-paxos`).
 *
 * Modelled: elections, replication, commitment; crash and restart with durable and volatile state, also amid the requests
 * for votes of one candidate; messages that arrive late, out of order or never (a message may stay in the network for
 * ever; `--losses`, `--duplicates` make loss and duplication explicit steps). Who crashes is back at once: one that stays
 * away is one that takes no step, and whose messages are late. Timeouts may strike at any time: no clock is assumed. Left
 * out: snapshots, membership changes, clients, and the state machine: what is committed counts as applied.
 *
 * Against Figure 2, line by line, this differs:
 * - An entry's command is who took it in. One leader per term and one entry per index make the term enough to know an
 *   entry by; that they do is what is to be shown.
 * - A refusal that only tells of a newer term is not sent, nor is a vote refused. Who would learn of the term by it is as
 *   good as cut off until it learns of it from others. A message too old to matter is never received, which nobody can
 *   tell from its being ignored; a copy of a message still in flight is not kept twice.
 * - A leader waits for an answer before it sends the next request to that peer; `--retries` are requests repeated before.
 *   It says nothing where there is nothing new. With `--heartbeats` it tells everybody everything again, without end,
 *   whenever nothing is on its way: never too early, which keeps an endless run within few states.
 * - A request carries all that a follower lacks, so the minimum in "set commitIndex = min(leaderCommit, index of last new
 *   entry)" never differs from leaderCommit.
 *
 * Quorums: half of the servers elect two leaders. Half of an even number may commit as long as a majority elects, for the
 * two share a server; a minority may not (`half-commits` and its neighbours).
 *
 * Bounds: no one set is strong in all, so there are many small searches (scenarios.ts). Forgotten votes take two
 * elections and a crash; votes of an old term take three. What befalls a log takes two entries, and one message that
 * comes again or two elections, or three where the entry before the new ones is of another term; Figure 8 takes four
 * elections, one entry in each log, and two servers that stand for election (`--voters 1`: with three the search takes
 * hours). What takes a longer log and one of a newer term begins with them (`--past`): a run of one crash and two
 * elections comes to it, but for messages that are still on their way. Progress is asked where no timeout strikes any
 * more (§5.6: timeouts are longer than a broadcast), and where nothing is lost or the leader repeats itself. Whether
 * elections come to an end at all is asked in split-votes.ts, where nothing bounds them.
 *
 * Mutants: the quick runs notice every one that does something else in them, or it is argued where it stands. Where an
 * argument is that no quick run is large enough, it says what it takes.
 */
import {
  always,
  canAlways,
  declare,
  disabled,
  equal,
  every,
  type Id,
  id,
  leadsTo,
  type MessageOf,
  may,
  never,
  noPair,
  optional,
  type Process,
  protocol,
  refines,
  type Shared,
  some,
  sometimes,
  step,
  type View,
  type World,
  when,
  z,
} from 'splitbrain'
import consensus from '../abstract/consensus.ts'

/** One entry per index and leader of a term, so this tells entries apart even where a term has two leaders. */
const Entry = z.object({ term: z.int(), by: id('server') })
type Entry = z.output<typeof Entry>

const raft = declare({
  name: 'raft',
  summary: 'leader election and log replication',
  sources: [
    'Ongaro & Ousterhout 2014, Figures 2, 3 and 8',
    'document 000, the last paragraph before Paxos',
    'document 001 §2.2',
    'document 002, Raft',
    'document 004 §6',
  ],
  parameters: {
    nodes: z.int().min(1).max(7).default(3).describe('servers in the cluster'),
    voters: z.int().min(0).max(6).default(0).describe('servers that only vote, and never stand for election'),
    elections: z.int().min(1).max(9).default(2).describe('elections that may be started in a run'),
    entries: z.int().min(0).max(3).default(1).describe('longest log a leader takes requests for'),
    retries: z.int().min(0).max(9).default(0).describe('requests that a leader repeats before their answer is there'),
    heartbeats: z.boolean().default(false).describe('whether a leader repeats itself, so that what is lost arrives'),
    past: z
      .enum(['none', 'two-terms'])
      .default('none')
      .describe(
        'whether all begin with empty logs, or as two terms have left them: a longer log, and one of a newer term',
      ),
  },
  bugs: {
    // Of elections.
    forgetVote: 'a restarted server forgets whom it voted for',
    forgetOwnVote: 'a restarted server forgets a vote for itself',
    keepVote: 'a server keeps its vote of an earlier term, so that it has none in a new one',
    countOldVotes: 'a candidate counts votes of its earlier candidacies',
    heedOldRequests: 'a server votes for who asked in an earlier term',
    smallQuorum: 'half of the servers, rounded down, are enough to elect a leader',
    volatileTerm: 'a restarted server has forgotten its term',
    staysLeader: 'a leader that hears of a newer term takes it for its own and leads on',
    noLogCheck: 'votes are granted without comparing logs',
    lengthFirst: 'of two logs the longer passes for more up to date, whatever their last terms',
    noLengthCheck: 'votes are granted to a shorter log if its last term is not older',
    // Of replication.
    volatileLog: 'a restarted server has lost its log',
    noPrevTermCheck: 'a follower looks at the length of its log, not at the term of the entry before the new ones',
    alwaysTruncate: 'a follower cuts its log after whatever it receives, in conflict or not',
    halfCommits: 'half of the servers, rounded down, are enough to commit an entry',
    overcount: 'a leader takes each answer for a copy of its whole log',
    countOldAnswers: 'a leader counts answers to what it said in an earlier term',
    goesBack: 'what comes late sets back what is known of commits and replicas',
    neverBackUp: 'a leader does not back up where a follower lacks what comes before',
    onePeer: 'a leader replicates to one and the same follower',
    neverTell: 'followers are not told what is committed',
    commitOldTerm: 'a leader commits entries of earlier terms by counting replicas (Figure 8)',
  },
  roles: {
    server: {
      prefix: 'n',
      durable: {
        term: z.int().min(0).default(0),
        votedFor: id('server').nullable().default(null),
        log: z.array(Entry).default([]),
        led: z.set(z.int()).default(new Set()), // for the properties only: the terms that it has led
      },
      volatile: {
        status: z.enum(['follower', 'candidate', 'leader']).default('follower'),
        commit: z.int().min(0).default(0),
        votes: z.set(id('server')).default(new Set()), // candidates only
        // Leaders only, of each peer:
        next: z.record(id('server'), z.int()).default({}),
        matched: z.record(id('server'), z.int()).default({}),
        told: z.record(id('server'), z.int()).default({}), // the commit index last sent
        waiting: z.set(id('server')).default(new Set()), // whether it owes an answer
      },
    },
  },
  messages: {
    RequestVote: { term: z.int(), lastIndex: z.int(), lastTerm: z.int() },
    Vote: { term: z.int() },
    Append: { term: z.int(), prevIndex: z.int().min(0), prevTerm: z.int(), entries: z.array(Entry), commit: z.int() },
    Appended: { term: z.int(), success: z.boolean(), index: z.int() },
  },
  shared: {
    elections: z.int().default(0), // started so far
    retries: z.int().default(0), // made so far
    // For the properties only: every entry ever committed, its term and the term of the leader that committed it.
    committed: z.array(Entry.extend({ during: z.int() })).default([]),
  },
  network: 'set',
  faults: {
    crash: { roles: ['server'], restart: 'at once', budget: 1 },
    lose: { budget: 1 },
    duplicate: true,
  },
})

type Server = Process<typeof raft, 'server'>

/** What two terms have left to n1, n2 and n3: for the leader of which term each has voted last, its log, which it has led. */
const TWO_TERMS = [
  { votedFor: 0, log: [1, 1], leading: [1] }, // has taken in two entries that nobody else has, and heard of term 2
  { votedFor: 2, log: [2, 2], leading: [2] }, // has committed the first entry with n3, taken in another, and crashed
  { votedFor: 2, log: [2], leading: [] },
] as const

export default protocol(raft, (parameters, bug) => {
  const { nodes, voters, elections, entries, retries, heartbeats, past, crashes, losses } = parameters
  const majority = Math.floor(nodes / 2) + 1
  const half = Math.max(1, Math.floor(nodes / 2))
  const told = (log: readonly Entry[]) => `[${log.map(({ term, by }) => `${term} by ${by}`).join(', ')}]`
  const isSame = (a: Entry, b: Entry | undefined) => a.term === b?.term && a.by === b.by
  const lastTerm = (log: readonly Entry[]) => log.at(-1)?.term ?? 0

  /** §5.4.1: whether a log is more up to date than the one that ends so. */
  const isNewer = (log: readonly Entry[], index: number, term: number) => {
    if (bug.lengthFirst && log.length !== index) return log.length > index
    return lastTerm(log) > term || (lastTerm(log) === term && log.length > index && !bug.noLengthCheck)
  }

  const follow = (me: Server) => {
    me.status = 'follower'
    // mutate: equivalent (forget to clear), because only a candidate looks at its votes, and begins with its own
    me.votes = new Set()
    // mutate: equivalent (forget to clear), because only a leader looks at it, and sets it for each peer as it begins
    // to lead
    me.next = {}
    // mutate: equivalent (forget to clear), because only a leader looks at it, and sets it for each peer as it begins
    // to lead
    me.matched = {}
    me.told = {}
    me.waiting = new Set()
  }

  /** §5.1: whoever sees a newer term adopts it and becomes a follower. */
  const adoptTerm = (me: Server, term: number) => {
    if (term <= me.term) return
    me.term = term
    if (!bug.keepVote) me.votedFor = null
    if (me.status !== 'leader' || !bug.staysLeader) follow(me)
  }

  /** §5.2: votes from a majority make a leader. */
  const lead = (me: Server, peers: readonly Id<'server'>[]) => {
    if (me.votes.size < (bug.smallQuorum ? half : majority)) return
    me.status = 'leader'
    me.led.add(me.term)
    // mutate: equivalent (forget to clear), because a leader does not look at its votes
    me.votes = new Set()
    for (const peer of peers) {
      // mutate: equivalent (off by one), because a follower takes an entry that it has as it takes one that comes again
      me.next[peer] = me.log.length + 1
      me.matched[peer] = 0
      // mutate: equivalent (forget to clear), because a leader that has nothing to say may say so
      if (me.log.length === 0) me.told[peer] = 0 // nothing to say yet
    }
  }

  /** §5.3, §5.4.2: an entry of the current term on a majority of servers is committed, and all before it. */
  const commit = (me: Server, shared: Shared<typeof raft>) => {
    const replicas = (index: number) => 1 + Object.values(me.matched).filter((matched) => matched >= index).length
    const quorum = bug.halfCommits ? half : majority
    let index = me.log.length
    while (index > me.commit && replicas(index) < quorum) index--
    if (index === me.commit || (me.log[index - 1]!.term !== me.term && !bug.commitOldTerm)) return
    me.commit = index
    for (let i = shared.committed.length; i < index; i++) shared.committed.push({ ...me.log[i]!, during: me.term })
  }

  /** Whether a peer lacks entries, or the news of what is committed, as far as its leader knows. */
  const hasNews = (me: Server, peer: Id<'server'>) => me.next[peer]! <= me.log.length || me.told[peer] !== me.commit

  /** §5.2, §5.3: where it has said everything and nothing is on its way any more, a leader tells everybody again. */
  const heartbeat = ({ server, choose, channel }: World<typeof raft>) => {
    // mutate: equivalent (drop filter), because who does not lead has told nobody anything, and waits for nobody
    const leaders = server.filter(({ status }) => status === 'leader').map(({ id }) => id)
    // mutate: equivalent (first choice), because only a leader of an older term could stand in the way, and it takes
    // two
    // lost messages to keep it one, more than a quick run to its end has
    const name = choose('leader', leaders)
    const me = server.find(({ id }) => id === name)!
    // mutate: equivalent (flip comparison), because a heartbeat that comes early is one more request, and does no harm
    const isOnItsWay = ({ type, term }: MessageOf<typeof raft>) => term === me.term && type.startsWith('Append')
    const isBusy = (peer: Id<'server'>) =>
      // mutate: equivalent (drop operand), because a heartbeat that comes early is one more request, and does no harm
      (hasNews(me, peer) && !me.waiting.has(peer)) || [...channel(name, peer), ...channel(peer, name)].some(isOnItsWay)
    if (server.some(({ id }) => id !== name && isBusy(id))) return disabled
    me.told = {}
    me.waiting = new Set()
  }

  // For the properties, which do not ask the code what is right.
  const isMajority = (count: number) => 2 * count > nodes

  /**
   * §5.4.1: "If the logs have last entries with different terms, then the log with the later term is more up-to-date. If
   * the logs end with the same term, then whichever log is longer is more up-to-date."
   */
  const isMoreUpToDate = (log: readonly Entry[], other: { readonly lastTerm: number; readonly lastIndex: number }) => {
    const term = log[log.length - 1]?.term ?? 0
    return term === other.lastTerm ? log.length > other.lastIndex : term > other.lastTerm
  }

  const isRepeated = heartbeats || (crashes === 0 && losses === 0)

  /** The leader of the newest term, where the bounds let no further timeout strike. */
  const lastLeader = ({ server, shared }: View<typeof raft>) =>
    shared.elections < elections
      ? undefined
      : server.find((s) => s.status === 'leader' && server.every(({ term }) => term <= s.term))

  const allFollow = (state: View<typeof raft>) => {
    const leader = lastLeader(state)
    if (leader === undefined) return true
    const { log, commit, term } = leader
    const isDone = commit === log.length || lastTerm(log) < term // §5.4.2
    return isDone && state.server.every((s) => s.commit >= commit && equal(s.log.slice(0, log.length), log))
  }

  const onlyCandidate = ({ server, shared }: View<typeof raft>) => {
    const newest = Math.max(...server.map(({ term }) => term))
    const [me, rival] = server.filter((s) => s.term === newest && s.status !== 'follower')
    if (shared.elections < elections || me?.status !== 'candidate' || rival !== undefined) return false
    const mine = { lastTerm: me.log[me.log.length - 1]?.term ?? 0, lastIndex: me.log.length }
    return server.every((s) => !isMoreUpToDate(s.log, mine))
  }

  /** Whether a request for votes is on its way to who has not come to its term yet, or could give its candidate the vote. */
  const isUnheeded = ({ server, messages }: View<typeof raft>) =>
    messages.some(({ from, to, message }) => {
      const asked = server.find(({ id }) => id === to)!
      if (message.type !== 'RequestVote' || message.term < asked.term) return false
      const hasVote = asked.votedFor === null || asked.votedFor === from
      return message.term > asked.term || (hasVote && !isMoreUpToDate(asked.log, message))
    })

  /** The requests for votes that have changed the term or the vote of who took them, and who that was, before and after. */
  const requestsTaken = (before: View<typeof raft>, after: View<typeof raft>) =>
    before.server.flatMap((was, i) => {
      const is = after.server[i]!
      if (was.term === is.term && was.votedFor === is.votedFor) return []
      return before.messages.flatMap(({ from, to, message: request }) => {
        if (to !== was.id || request.type !== 'RequestVote') return []
        const isLeft = after.messages.some((m) => m.from === from && m.to === to && equal(m.message, request))
        return isLeft ? [] : [{ was, is, from, request }]
      })
    })

  const hasRival = ({ server }: View<typeof raft>) =>
    server.some((s) => s.status === 'candidate' && server.some((t) => t.status === 'leader' && t.term === s.term))

  const isVoted = (server: View<typeof raft>['server']) =>
    server.every(({ term, votedFor }) => term === server[0]!.term && votedFor !== null)

  /** How many votes each candidate has, the most first. */
  const tally = (server: View<typeof raft>['server']) => {
    const votes = server.map(({ votedFor }) => votedFor)
    return [...new Set(votes)].map((one) => votes.filter((vote) => vote === one).length).sort((a, b) => b - a)
  }

  return {
    population: { server: nodes },
    requires: { 'the past of two terms is one of three servers': past === 'none' || nodes === 3 },

    start: {
      server(me, { self, ids }) {
        if (past === 'none') return
        const { votedFor, log, leading } = TWO_TERMS[ids.server.indexOf(self)]!
        const leader = (term: number) => ids.server[term - 1]!
        Object.assign(me, {
          term: 2,
          // mutate: equivalent (drop condition), because nobody asks for votes of that term any more
          votedFor: votedFor === 0 ? null : leader(votedFor),
          log: log.map((term) => ({ term, by: leader(term) })),
        })
        me.led = new Set(leading)
      },

      environment({ ids, shared }) {
        if (past === 'two-terms') shared.committed.push({ term: 2, by: ids.server[1]!, during: 2 })
      },
    },

    actions: {
      server: {
        /** §5.2: a follower that hears nothing starts an election. */
        timeout(me, { self, ids, peers, shared, send }) {
          if (me.status === 'leader' || shared.elections === elections) return disabled
          // mutate: equivalent (drop guard, off by one), because who never stands for election is a bound of the model
          if (ids.server.indexOf(self) >= nodes - voters) return disabled
          shared.elections += 1
          me.term += 1
          me.status = 'candidate'
          me.votedFor = self
          me.votes = new Set([self])
          lead(me, peers)
          send(peers, { type: 'RequestVote', term: me.term, lastIndex: me.log.length, lastTerm: lastTerm(me.log) })
        },

        /** §5.3: a client's request goes into the leader's log. */
        request: may((me, { self, shared }) => {
          // mutate: equivalent (drop operand, off by one), because how long a log grows is a bound of the model
          if (me.status !== 'leader' || me.log.length >= entries) return disabled
          me.log.push({ term: me.term, by: self })
          commit(me, shared)
        }),

        /** §5.3: the leader sends a follower what it lacks, or the news of what is committed, and waits for the answer. */
        replicate(me, { peers, shared, choose, send }) {
          if (me.status !== 'leader') return disabled
          const peer = choose('peer', bug.onePeer ? peers.slice(0, 1) : peers)
          const isRetry = me.waiting.has(peer)
          // mutate: equivalent (drop guard, drop operand, flip comparison), because requests without news, or more of
          // them, do no harm: only the states would be more
          if (!hasNews(me, peer) || (isRetry && shared.retries === retries)) return disabled
          // mutate: equivalent (drop condition, drop assignment), because how often a leader repeats itself is a bound
          // of the model
          if (isRetry) shared.retries += 1
          me.waiting.add(peer)
          me.told[peer] = me.commit
          const prevIndex = me.next[peer]! - 1
          send(peer, {
            type: 'Append',
            term: me.term,
            prevIndex,
            prevTerm: lastTerm(me.log.slice(0, prevIndex)),
            entries: me.log.slice(prevIndex),
            commit: bug.neverTell ? 0 : me.commit,
          })
        },
      },

      environment: {
        heartbeat: heartbeats && heartbeat,
      },
    },

    receive: {
      server: {
        RequestVote(me, request, { from, send }) {
          if (request.term < me.term && !bug.heedOldRequests) return disabled
          // mutate: equivalent (off by one), because nobody can tell whether what is of no use is taken or left
          const isNews = request.term > me.term
          adoptTerm(me, request.term)
          const isRefused = isNewer(me.log, request.lastIndex, request.lastTerm) && !bug.noLogCheck
          // mutate: equivalent (drop condition), because nobody can tell whether what is of no use is taken or left
          if (isRefused || (me.votedFor !== null && me.votedFor !== from)) return isNews ? undefined : disabled
          me.votedFor = from
          send(from, { type: 'Vote', term: me.term })
        },

        Vote(me, vote, { from, peers }) {
          if ((vote.term < me.term && !bug.countOldVotes) || me.status !== 'candidate') return disabled
          me.votes.add(from)
          lead(me, peers)
        },

        Append(me, append, { from, send }) {
          if (append.term < me.term) return disabled
          adoptTerm(me, append.term)
          // mutate: equivalent (drop condition), because a follower that follows stays as it is, and a term has one
          // leader
          if (me.status === 'candidate') follow(me)
          const { prevIndex } = append
          const isOther = lastTerm(me.log.slice(0, prevIndex)) !== append.prevTerm && !bug.noPrevTermCheck
          if (me.log.length < prevIndex || isOther) {
            return send(from, { type: 'Appended', term: me.term, success: false, index: prevIndex })
          }
          const end = prevIndex + append.entries.length
          const conflict = append.entries.some(({ term }, i) => me.log[prevIndex + i]?.term !== term)
          if (conflict || bug.alwaysTruncate) me.log = [...me.log.slice(0, prevIndex), ...append.entries]
          // mutate: equivalent (drop bound), because a request carries all that a follower lacks
          me.commit = Math.max(bug.goesBack ? 0 : me.commit, Math.min(append.commit, end))
          send(from, { type: 'Appended', term: me.term, success: true, index: end })
        },

        Appended(me, reply, { from, shared }) {
          if ((reply.term < me.term && !bug.countOldAnswers) || me.status !== 'leader') return disabled
          me.waiting.delete(from)
          if (!reply.success) {
            if (!bug.neverBackUp) me.next[from] = reply.index // §5.3: back up by one and try again
            return
          }
          const known = bug.goesBack ? 0 : me.matched[from]!
          // mutate: equivalent (swap statements), because a leader that thinks too little of a peer only sends it again
          me.matched[from] = Math.max(known, bug.overcount ? me.log.length : reply.index)
          me.next[from] = me.matched[from] + 1
          commit(me, shared)
        },
      },
    },

    restart: {
      server(me, { self }) {
        if (bug.forgetVote || (bug.forgetOwnVote && me.votedFor === self)) me.votedFor = null
        if (bug.volatileTerm) me.term = 0
        if (bug.volatileLog) me.log = []
      },
    },

    properties: {
      electionSafety: always('at most one server ever leads a term', ({ server }) =>
        noPair(
          server.filter((s) => s.led.size > 0),
          (a, b) => [...a.led].some((term) => b.led.has(term)),
          (a, b) => `${a.id} and ${b.id} have both led term ${[...a.led].find((term) => b.led.has(term))}`,
        ),
      ),
      oneVote: step('a server gives one vote in a term', (before, after) =>
        every(
          before.server.filter((s) => s.votedFor !== null),
          (s) => after.server.some((t) => t.id === s.id && (t.term > s.term || t.votedFor === s.votedFor)),
          (s) => `${s.id} had voted for ${s.votedFor} in term ${s.term}`,
        ),
      ),
      votesAreAsked: always('a server has voted only for who has stood for election in that term', ({ server }) =>
        every(
          server.filter((s) => s.votedFor !== null),
          ({ term, votedFor }) => server.some((candidate) => candidate.id === votedFor && candidate.term >= term),
          ({ id, term, votedFor }) => `${id} has voted in term ${term} for ${votedFor}, which has not come to it`,
        ),
      ),
      answersAreOfItsTerm: always('a leader counts only the answers of who has come to its term', ({ server }) =>
        every(
          server.filter(({ status }) => status === 'leader'),
          ({ term, matched }) => server.every((s) => s.term >= term || (matched[s.id] ?? 0) === 0),
          ({ id, term }) => `${id}, leader of term ${term}, counts an answer to what it said in an earlier one`,
        ),
      ),
      candidatesFollow: never('a candidate has an entry of the term that it stands for', ({ server }) =>
        server.some(({ status, term, log }) => status === 'candidate' && lastTerm(log) === term),
      ),
      leaderAppendOnly: step('a leader never overwrites or deletes entries of its log', (before, after) =>
        every(
          before.server.filter((s) => s.status === 'leader'),
          (s) => {
            const next = after.server.find((t) => t.id === s.id)!
            return (
              next.status !== 'leader' || next.term !== s.term || s.log.every((entry, i) => isSame(entry, next.log[i]))
            )
          },
          (s) => `${s.id} changed entries of its own log while leading term ${s.term}`,
        ),
      ),
      logMatching: always('logs with an equal entry at an index are equal up to it', ({ server }) =>
        noPair(
          server.filter((s) => s.log.length > 0),
          (a, b) =>
            a.log.some(
              ({ term }, i) => b.log[i]?.term === term && !equal(a.log.slice(0, i + 1), b.log.slice(0, i + 1)),
            ),
          (a, b) => `${a.id} has the log ${told(a.log)}, ${b.id} ${told(b.log)}`,
        ),
      ),
      leaderCompleteness: always(
        'a committed entry is in the log of every leader of a later term',
        ({ server, shared }) =>
          every(
            server.filter((s) => s.status === 'leader'),
            (leader) =>
              every(
                shared.committed
                  .map((entry, i) => ({ ...entry, index: i + 1 }))
                  .filter(({ during }) => during < leader.term),
                ({ index, term, by }) => isSame({ term, by }, leader.log[index - 1]),
                ({ index, term, during }) =>
                  `${leader.id}, leader of term ${leader.term}, lacks entry ${index} of term ${term}, committed in term ${during}`,
              ),
          ),
      ),
      stateMachineSafety: always('no two servers commit different entries at one index', ({ server, shared }) =>
        every(
          server.filter((s) => s.commit > 0),
          (s) => s.log.slice(0, s.commit).every((entry, i) => isSame(entry, shared.committed[i])),
          (s) => `${s.id} has committed ${told(s.log.slice(0, s.commit))}, but ${told(shared.committed)} was committed`,
        ),
      ),
      commitGrows:
        crashes === 0 && // a restart begins anew
        step('what a server knows to be committed only grows', (before, after) =>
          every(
            before.server.filter((s) => s.commit > 0),
            ({ id, commit }) => after.server.some((s) => s.id === id && s.commit >= commit),
            ({ id, commit }) => `${id} knew of ${commit} committed entries`,
          ),
        ),
      matchedGrows: step('what a leader knows to be replicated only grows', (before, after) =>
        every(
          before.server.filter(({ status }) => status === 'leader'),
          ({ id, term, matched }) => {
            const next = after.server.find((s) => s.id === id)!
            const isOver = next.status !== 'leader' || next.term !== term
            return isOver || before.server.every((peer) => (next.matched[peer.id] ?? 0) >= (matched[peer.id] ?? 0))
          },
          ({ id, term }) => `${id}, leader of term ${term}, counts less as replicated than before`,
        ),
      ),
      ownTerm: step('a leader counts the replicas of entries of its own term only', (before, after) =>
        every(
          before.server.filter((s) => s.status === 'leader'),
          ({ id, term, commit: old }) => {
            const { log, commit, ...next } = after.server.find((t) => t.id === id)!
            return next.term !== term || commit <= old || log[commit - 1]!.term === term
          },
          ({ id, term }) => `${id}, leader of term ${term}, committed an entry of an earlier term by counting replicas`,
        ),
      ),
      durability: always('a committed entry is in the logs of a majority', ({ server, shared }) =>
        every(
          shared.committed.map((entry, i) => ({ entry, i })),
          ({ entry, i }) => isMajority(server.filter(({ log }) => isSame(entry, log[i])).length),
          ({ entry, i }) => `entry ${i + 1} of term ${entry.term} is in the logs of fewer`,
        ),
      ),
      copies: always('a server has what the leader of its term counts as replicated to it', ({ server }) =>
        every(
          server.filter(({ status }) => status === 'leader'),
          ({ term, log, matched }) =>
            server
              .filter((s) => s.term === term)
              .every((s) => equal(s.log.slice(0, matched[s.id] ?? 0), log.slice(0, matched[s.id] ?? 0))),
          ({ id, term }) => `${id}, leader of term ${term}, counts an entry as replicated that is not`,
        ),
      ),
      aLeader: sometimes('a leader is elected', ({ server }) => server.some((s) => s.status === 'leader')),
      aCommit: entries > 0 && sometimes('an entry is committed', ({ shared }) => shared.committed.length > 0),
      aSecondLeader:
        elections > 1 &&
        nodes > 1 &&
        sometimes('a leader is elected in a second term', ({ server }) =>
          server.some((s) => s.status === 'leader' && s.term > 1),
        ),
      aReturn:
        elections > 2 &&
        nodes - voters > 1 &&
        sometimes('who has led before leads again', ({ server }) => server.some(({ led }) => led.size > 1)),
      // Progress. Without heartbeats nothing is said twice, so nothing may be lost.
      elected:
        crashes === 0 &&
        losses === 0 &&
        leadsTo(
          'once no timeout strikes any more, the only candidate of the newest term is elected, if no log is newer',
          (state) => onlyCandidate(state),
          (state) => !onlyCandidate(state),
        ),
      replicated:
        isRepeated &&
        leadsTo(
          'once no timeout strikes any more, all servers get and commit the entries of their leader',
          (state) => lastLeader(state) !== undefined,
          allFollow,
          heartbeats ? { weak: ['server.replicate', 'environment.heartbeat'], strong: ['messages'] } : {},
        ),
      canReplicate: isRepeated && canAlways('once no timeout strikes any more, they can still do so', allFollow),

      // Of messages, which makes it costly: asked by name.
      heeded: optional(
        leadsTo(
          'who is asked for its vote learns of the term, and gives the vote if it has it and its log is not newer',
          isUnheeded,
          (state) => !isUnheeded(state),
        ),
      ),

      votesByLog: optional(
        step(
          'who is asked for a vote that it has gives it, if and only if its own log is not more up to date',
          (before, after) =>
            every(
              requestsTaken(before, after),
              ({ was, is, from, request }) => {
                const hasVote = request.term > was.term || was.votedFor === null || was.votedFor === from
                const isDue = request.term >= was.term && hasVote && !isMoreUpToDate(was.log, request)
                return (is.votedFor === from) === isDue
              },
              ({ was, is, from, request }) =>
                `${was.id}, whose log was ${told(was.log)}, has voted for ${is.votedFor ?? 'nobody'} when ${from} asked, whose log has ${request.lastIndex} entries, the last one of term ${request.lastTerm}`,
            ),
        ),
      ),

      // What the documents say, asked by name.
      oneLeader: optional(
        always('there is one leader at a time', ({ server }) =>
          noPair(
            server.filter((s) => s.status === 'leader'),
            () => true,
            (a, b) => `${a.id} leads term ${a.term}, ${b.id} term ${b.term}`,
          ),
        ),
      ),
      noTie: optional(
        always('when all have voted in a term, one candidate has a majority', ({ server }) =>
          when(isVoted(server), () => some(tally(server), isMajority)),
        ),
      ),
      mostVotesWin: optional(
        always(
          'when all have voted in a term, and a candidate has more votes than any other, it has won',
          ({ server }) => {
            const [most, second] = tally(server)
            return when(isVoted(server) && most !== second, () => isMajority(most!))
          },
        ),
      ),
      followersAreSilent: optional(
        step('who asks for votes is a candidate, and no follower', (before, after) => {
          const isOld = (request: object) => before.messages.some((other) => equal(other, request))
          return every(
            after.messages.filter((one) => one.message.type === 'RequestVote' && !isOld(one)),
            ({ from }) => after.server.some(({ id, status }) => id === from && status === 'candidate'),
            ({ from }) => `${from} asks for votes, and is no candidate`,
          )
        }),
      ),
      allStand: optional(
        always('who is elected has all others for rivals', ({ server }) =>
          every(
            server.filter((s) => s.status === 'leader'),
            (leader) => server.every((s) => s.term !== leader.term || s.votedFor === s.id),
            ({ id, term }) => `${id} is elected in term ${term}, and not all have stood`,
          ),
        ),
      ),
      rivalsFollow:
        heartbeats &&
        optional(
          leadsTo(
            'once no timeout strikes any more, who stands beside the leader of its term falls back to a follower',
            hasRival,
            (state) => !hasRival(state),
            { weak: ['server.replicate', 'environment.heartbeat'], strong: ['messages'] },
          ),
        ),
      /** Of the first place in the log: who took in what is committed there. */
      isConsensus: optional(
        refines(
          'one value is committed in the first place of the log, for good, as in a consensus',
          consensus,
          ({ server, shared }) => {
            const known = [shared.committed, ...server.map((s) => s.log.slice(0, s.commit))]
            const takers = known.flatMap(([first]) => first ?? []).map(({ by }) => by)
            return { shared: { chosen: new Set(takers.map((by) => server.findIndex(({ id }) => id === by) + 1)) } }
          },
          { parameters: { values: nodes } },
        ),
      ),
      needsAll: optional(
        never('an entry is committed while some server has not heard of its term', ({ server, shared }) =>
          shared.committed.some(({ term }) => server.some((s) => s.term < term)),
        ),
      ),
      leaderStays: optional(
        step('a leader stays until another is elected', (before, after) =>
          every(
            before.server.filter((s) => s.status === 'leader'),
            ({ id, term }) => after.server.some((s) => s.status === 'leader' && (s.id === id || s.term > term)),
            ({ id, term }) => `${id} no longer leads term ${term}, and nobody leads a newer one`,
          ),
        ),
      ),
      agreeAtOnce: optional(
        always('once an entry is committed, all servers have committed it', ({ server, shared }) =>
          every(
            server.filter(() => shared.committed.length > 0),
            (s) => s.commit === shared.committed.length,
            (s) => `${s.id} has committed ${s.commit} of ${shared.committed.length} entries`,
          ),
        ),
      ),
    },
  }
})
