/**
 * Raft: leader election and log replication.
 *
 * Source: Ongaro & Ousterhout, "In Search of an Understandable Consensus Algorithm" (2014), Figures 2 and 3; documents
 * 001 (elections by majority vote) and 004 §6.
 *
 * Modelled: elections, replication, commitment; crash and restart with durable and volatile state; messages that
 * arrive late, out of order or never (a message may stay in the network for ever; `--losses`, `--duplicates` make loss
 * and duplication explicit steps). A crash may come amid the requests for votes of one candidate. Timeouts may strike at any time: no clock is assumed.
 * Left out: snapshots, membership changes, client sessions. A log entry is known by the term that made it - one leader
 * per term, one entry per index - so commands are not modelled. Heartbeats with no news are not sent: timeouts may
 * strike anyway. Refusals that only tell of a newer term are not sent: their sender is as good as cut off, and learns
 * of it from others. A message too old to matter is never received, which nobody can tell from its being ignored; a
 * copy of a message still in flight is not kept twice.
 *
 * Whether elections come to an end at all is asked in split-votes.ts, where nothing bounds them.
 *
 * Bounds: terms, entries per log, crashes. Every election bug needs at most two terms and one crash; the commitment
 * rule of §5.4.2 (Figure 8) needs four terms and two entries, so its scenario has wider bounds.
 */
import {
  always,
  declare,
  disabled,
  every,
  type Id,
  id,
  never,
  noPair,
  optional,
  type Process,
  protocol,
  type Shared,
  sometimes,
  step,
  z,
} from 'splitbrain'

const raft = declare({
  name: 'raft',
  summary: 'leader election and log replication',
  sources: ['Ongaro & Ousterhout 2014, Figures 2 and 3', 'document 001 §2.2', 'document 004 §6'],
  parameters: {
    nodes: z.int().min(1).max(7).default(3).describe('servers in the cluster'),
    elections: z.int().min(1).max(9).default(2).describe('elections that may be started in a run'),
    entries: z.int().min(0).max(3).default(1).describe('longest log a leader takes requests for'),
  },
  bugs: {
    forgetVote: 'a restarted server forgets whom it voted for',
    noLogCheck: 'votes are granted without comparing logs',
    commitOldTerm: 'a leader commits entries of earlier terms by counting replicas (Figure 8)',
    smallQuorum: 'half of the servers pass for a majority',
  },
  roles: {
    server: {
      prefix: 'n',
      durable: {
        term: z.int().min(0).default(0),
        votedFor: id('server').nullable().default(null),
        log: z.array(z.int()).default([]), // the term of each entry
      },
      volatile: {
        status: z.enum(['follower', 'candidate', 'leader']).default('follower'),
        commit: z.int().min(0).default(0),
        votes: z.set(id('server')).default(new Set()), // candidates only
        next: z.record(id('server'), z.int()).default({}), // leaders only
        told: z.record(id('server'), z.int()).default({}), // leaders only: the commit index last sent
        matched: z.record(id('server'), z.int()).default({}), // leaders only
      },
    },
  },
  messages: {
    RequestVote: { term: z.int(), lastIndex: z.int(), lastTerm: z.int() },
    Vote: { term: z.int() },
    Append: { term: z.int(), prevIndex: z.int(), prevTerm: z.int(), entries: z.array(z.int()), commit: z.int() },
    Appended: { term: z.int(), success: z.boolean(), index: z.int() },
  },
  shared: {
    elections: z.int().default(0), // started so far
    // For the properties only: every entry ever committed, its term and the term of the leader that committed it.
    committed: z.array(z.object({ term: z.int(), by: z.int() })).default([]),
  },
  network: 'set',
  faults: {
    crash: { roles: ['server'], restart: 'at once', budget: 1 },
    lose: { budget: 1 },
    duplicate: true,
  },
})

type Server = Process<typeof raft, 'server'>

export default protocol(raft, ({ nodes, elections, entries }, bug) => {
  const majority = Math.floor(nodes / 2) + 1
  const quorum = bug.smallQuorum ? Math.max(1, Math.floor(nodes / 2)) : majority
  const lastTerm = (log: readonly number[]) => log.at(-1) ?? 0

  const follow = (me: Server) => {
    me.status = 'follower'
    me.votes = new Set()
    me.next = {}
    me.told = {}
    me.matched = {}
  }

  /** §5.1: whoever sees a newer term adopts it and becomes a follower. */
  const adoptTerm = (me: Server, term: number) => {
    if (term <= me.term) return
    me.term = term
    me.votedFor = null
    follow(me)
  }

  /** §5.2: votes from a majority make a leader. */
  const lead = (me: Server, peers: readonly Id<'server'>[]) => {
    if (me.votes.size < quorum) return
    me.status = 'leader'
    me.votes = new Set()
    for (const peer of peers) {
      me.next[peer] = me.log.length + 1
      me.matched[peer] = 0
      if (me.log.length === 0) me.told[peer] = 0 // nothing to say yet
    }
  }

  /** §5.3, §5.4.2: an entry of the current term on a majority of servers is committed, and all before it. */
  const commit = (me: Server, shared: Shared<typeof raft>) => {
    const replicas = (index: number) => 1 + Object.values(me.matched).filter((matched) => matched >= index).length
    let index = me.log.length
    while (index > me.commit && replicas(index) < quorum) index--
    if (index === me.commit || (me.log[index - 1] !== me.term && !bug.commitOldTerm)) return
    me.commit = index
    for (let i = shared.committed.length; i < index; i++) shared.committed.push({ term: me.log[i]!, by: me.term })
  }

  return {
    population: { server: nodes },

    actions: {
      server: {
        /** §5.2: a follower that hears nothing starts an election. */
        timeout(me, { self, peers, shared, send }) {
          if (me.status === 'leader' || shared.elections === elections) return disabled
          shared.elections += 1
          me.term += 1
          me.status = 'candidate'
          me.votedFor = self
          me.votes = new Set([self])
          lead(me, peers)
          send(peers, { type: 'RequestVote', term: me.term, lastIndex: me.log.length, lastTerm: lastTerm(me.log) })
        },

        /** §5.3: a client's request goes into the leader's log. */
        request(me, { shared }) {
          if (me.status !== 'leader' || me.log.length >= entries) return disabled
          me.log.push(me.term)
          commit(me, shared)
        },

        /** §5.3: the leader sends a follower what it lacks, or the news of what is committed. */
        replicate(me, { peers, choose, send }) {
          if (me.status !== 'leader') return disabled
          const peer = choose('peer', peers)
          const prevIndex = me.next[peer]! - 1
          if (prevIndex === me.log.length && me.told[peer] === me.commit) return disabled
          me.next[peer] = me.log.length + 1
          me.told[peer] = me.commit
          send(peer, {
            type: 'Append',
            term: me.term,
            prevIndex,
            prevTerm: lastTerm(me.log.slice(0, prevIndex)),
            entries: me.log.slice(prevIndex),
            commit: me.commit,
          })
        },
      },
    },

    receive: {
      server: {
        RequestVote(me, request, { from, send }) {
          if (request.term < me.term) return disabled
          const isNews = request.term > me.term
          adoptTerm(me, request.term)
          const upToDate =
            request.lastTerm > lastTerm(me.log) ||
            (request.lastTerm === lastTerm(me.log) && request.lastIndex >= me.log.length)
          const granted = (me.votedFor === null || me.votedFor === from) && (upToDate || bug.noLogCheck)
          if (!granted) return isNews ? undefined : disabled
          me.votedFor = from
          send(from, { type: 'Vote', term: me.term })
        },

        Vote(me, vote, { from, peers }) {
          if (vote.term < me.term || me.status !== 'candidate') return disabled
          me.votes.add(from)
          lead(me, peers)
        },

        Append(me, append, { from, send }) {
          if (append.term < me.term) return disabled
          adoptTerm(me, append.term)
          if (me.status === 'candidate') follow(me)
          const { prevIndex } = append
          if (me.log.length < prevIndex || lastTerm(me.log.slice(0, prevIndex)) !== append.prevTerm) {
            return send(from, { type: 'Appended', term: me.term, success: false, index: prevIndex })
          }
          const end = prevIndex + append.entries.length
          const conflict = append.entries.some((term, i) => me.log[prevIndex + i] !== term)
          if (conflict) me.log = [...me.log.slice(0, prevIndex), ...append.entries]
          me.commit = Math.max(me.commit, Math.min(append.commit, end))
          send(from, { type: 'Appended', term: me.term, success: true, index: end })
        },

        Appended(me, reply, { from, shared }) {
          if (reply.term < me.term || me.status !== 'leader') return disabled
          if (!reply.success) {
            me.next[from] = reply.index // §5.3: back up by one and try again
            return
          }
          if (reply.index <= me.matched[from]!) return disabled
          me.matched[from] = reply.index
          commit(me, shared)
        },
      },
    },

    restart: {
      server(me) {
        if (bug.forgetVote) me.votedFor = null
      },
    },

    properties: {
      electionSafety: always('at most one leader is elected in a term', ({ server }) =>
        noPair(
          server.filter((s) => s.status === 'leader'),
          (a, b) => a.term === b.term,
          (a, b) => `${a.id} and ${b.id} are both leader in term ${a.term}`,
        ),
      ),
      leaderAppendOnly: step('a leader never overwrites or deletes entries of its log', (before, after) =>
        every(
          before.server.filter((s) => s.status === 'leader'),
          (s) => {
            const next = after.server.find((t) => t.id === s.id)!
            return next.status !== 'leader' || next.term !== s.term || s.log.every((term, i) => next.log[i] === term)
          },
          (s) => `${s.id} changed entries of its own log while leading term ${s.term}`,
        ),
      ),
      logMatching: always('logs with an equal entry at an index are equal up to it', ({ server }) =>
        noPair(
          server.filter((s) => s.log.length > 0),
          (a, b) => a.log.some((term, i) => b.log[i] === term && a.log.slice(0, i).some((t, j) => b.log[j] !== t)),
          (a, b) => `${a.id} has the log [${a.log}], ${b.id} [${b.log}]`,
        ),
      ),
      leaderCompleteness: always(
        'a committed entry is in the log of every leader of a later term',
        ({ server, shared }) =>
          every(
            server.filter((s) => s.status === 'leader'),
            (leader) =>
              every(
                shared.committed.map((entry, i) => ({ ...entry, index: i + 1 })).filter(({ by }) => by < leader.term),
                ({ index, term }) => leader.log[index - 1] === term,
                ({ index, term, by }) =>
                  `${leader.id}, leader of term ${leader.term}, lacks entry ${index} of term ${term}, committed in term ${by}`,
              ),
          ),
      ),
      stateMachineSafety: always('no two servers commit different entries at one index', ({ server, shared }) =>
        every(
          server.filter((s) => s.commit > 0),
          (s) => s.log.slice(0, s.commit).every((term, i) => shared.committed[i]?.term === term),
          (s) =>
            `${s.id} has committed [${s.log.slice(0, s.commit)}], but [${shared.committed.map((e) => e.term)}] was committed`,
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
      noTie: optional(
        never('two candidates have all the votes of a term between them, and neither has a majority', ({ server }) => {
          const { term } = server[0]!
          if (server.some((s) => s.term !== term || s.votedFor === null)) return false
          const candidates = [...new Set(server.map((s) => s.votedFor))]
          const votesFor = (candidate: string | null) => server.filter((s) => s.votedFor === candidate).length
          return candidates.length === 2 && candidates.every((candidate) => votesFor(candidate) < majority)
        }),
      ),
    },
  }
})
