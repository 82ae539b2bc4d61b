/** Elections of Raft: messages are sent to all and never taken away, so that any may be late, doubled or lost. */
import { always, declare, disabled, id, noPair, protocol, z } from 'splitbrain'

const election = declare({
  name: 'raft-election',
  summary: 'elections of Raft, with sets of messages that grow',
  sources: ['Ongaro & Ousterhout 2014, In Search of an Understandable Consensus Algorithm'],
  parameters: {
    nodes: z.int().min(1).max(5).default(3),
    terms: z.int().min(1).max(9).default(3),
  },
  roles: {
    server: {
      prefix: 'n',
      volatile: {
        term: z.int().default(0),
        role: z.enum(['follower', 'candidate', 'leader']).default('follower'),
        votedFor: id('server').nullable().default(null),
        votes: z.set(id('server')).default(new Set()),
      },
    },
  },
  shared: {
    requests: z.record(id('server'), z.set(z.int())).default({}),
    votes: z.record(id('server'), z.set(z.string())).default({}),
  },
})

export default protocol(election, ({ nodes, terms }) => ({
  population: { server: nodes },
  actions: {
    server: {
      timeout(me, { self, shared }) {
        if (me.role === 'leader' || me.term >= terms) return disabled
        me.term += 1
        me.role = 'candidate'
        me.votedFor = self
        me.votes = new Set([self])
        shared.requests[self] = new Set([...(shared.requests[self] ?? []), me.term])
      },
      becomeLeader(me) {
        if (me.role !== 'candidate' || me.votes.size * 2 <= nodes) return disabled
        me.role = 'leader'
      },
      vote(me, { self, peers, shared, choose }) {
        const from = choose('from', peers)
        const sent = shared.requests[from]
        if (sent === undefined) return disabled
        const term = choose(
          'term',
          Array.from({ length: terms }, (_, i) => i + 1),
        )
        if (!sent.has(term)) return disabled
        if (term < me.term || (term === me.term && me.votedFor !== null)) return disabled
        if (term > me.term) {
          me.term = term
          me.role = 'follower'
          me.votes = new Set()
        }
        me.votedFor = from
        shared.votes[self] = new Set([...(shared.votes[self] ?? []), `${from}:${term}`])
      },
      countVote(me, { self, peers, shared, choose }) {
        if (me.role !== 'candidate') return disabled
        const from = choose('from', peers)
        if (me.votes.has(from) || !shared.votes[from]?.has(`${self}:${me.term}`)) return disabled
        me.votes.add(from)
      },
    },
  },
  properties: {
    electionSafety: always('one leader in a term', ({ server }) =>
      noPair(
        server.filter(({ role }) => role === 'leader'),
        (a, b) => a.term === b.term,
      ),
    ),
  },
}))
