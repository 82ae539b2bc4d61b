/**
 * Raft's elections, held against what they are for: that each term has one leader, for good.
 *
 * Source: Ongaro & Ousterhout, "In Search of an Understandable Consensus Algorithm" (2014), §5.1 and §5.2.
 *
 * Modelled: terms, votes, crashes with restart; logs are left out, so every candidate is up to date. Of who was ever
 * elected a record is kept, `elected`, for the refinement only: a leader that has crashed or stepped down was one too, and
 * a second one of its term may have overwritten what it had promised. (`raft` asks the same of what each server has led.)
 *
 * Bounds: terms. A second leader of a term needs one term and one crash.
 */
import { declare, disabled, type Id, id, type Process, protocol, refines, type Shared, sometimes, z } from 'splitbrain'
import oneLeaderPerTerm from '../abstract/one-leader-per-term.ts'

const elections = declare({
  name: 'raft-elections',
  summary: "Raft's elections alone, which give each term one leader",
  sources: ['Ongaro & Ousterhout 2014, §5.1 and §5.2'],
  parameters: {
    nodes: z.int().min(1).max(5).default(3).describe('servers in the cluster'),
    terms: z.int().min(1).max(4).default(2).describe('the highest term that is campaigned for'),
  },
  bugs: {
    forgetVote: 'a restarted server forgets whom it voted for',
    smallQuorum: 'half of the servers, rounded down, are enough to elect a leader',
  },
  roles: {
    server: {
      prefix: 'n',
      durable: { term: z.int().default(0), votedFor: id('server').nullable().default(null) },
      volatile: {
        status: z.enum(['follower', 'candidate', 'leader']).default('follower'),
        votes: z.set(id('server')).default(new Set()),
      },
    },
  },
  messages: { RequestVote: { term: z.int() }, Vote: { term: z.int() } },
  shared: {
    /** For the refinement only: who was elected last in each term, by the term's number. */
    elected: z.record(z.string(), id('server')).default({}),
  },
  network: 'set',
  faults: { crash: { roles: ['server'], restart: 'at once', budget: 1 } },
})

type Server = Process<typeof elections, 'server'>

export default protocol(elections, ({ nodes, terms }, bug) => {
  const quorum = bug.smallQuorum ? Math.max(1, Math.floor(nodes / 2)) : Math.floor(nodes / 2) + 1

  /** §5.1: whoever sees a newer term adopts it and becomes a follower. */
  const adoptTerm = (me: Server, term: number) => {
    if (term > me.term) Object.assign(me, { term, votedFor: null, status: 'follower', votes: new Set() })
  }

  /** §5.2: votes from a majority make a leader. */
  const lead = (me: Server, self: Id<'server'>, { elected }: Shared<typeof elections>) => {
    if (me.votes.size < quorum) return
    me.status = 'leader'
    me.votes = new Set()
    elected[`${me.term}`] = self
  }

  return {
    population: { server: nodes },

    actions: {
      server: {
        timeout(me, { self, peers, shared, send }) {
          if (me.status === 'leader' || me.term === terms) return disabled
          me.term += 1
          me.status = 'candidate'
          me.votedFor = self
          me.votes = new Set([self])
          lead(me, self, shared)
          send(peers, { type: 'RequestVote', term: me.term })
        },
      },
    },

    receive: {
      server: {
        RequestVote(me, { term }, { from, send }) {
          if (term < me.term) return disabled
          adoptTerm(me, term)
          if (me.votedFor !== null && me.votedFor !== from) return
          me.votedFor = from
          send(from, { type: 'Vote', term })
        },

        Vote(me, { term }, { self, from, shared }) {
          if (term < me.term || me.status !== 'candidate') return disabled
          me.votes.add(from)
          lead(me, self, shared)
        },
      },
    },

    restart: {
      server(me) {
        if (bug.forgetVote) me.votedFor = null
      },
    },

    properties: {
      isOneLeaderPerTerm: refines(
        'each election makes one server the leader of its term, for good',
        oneLeaderPerTerm,
        ({ server, shared: { elected } }) => {
          const numberOf = (name: string | undefined) => server.findIndex(({ id }) => id === name) + 1
          return { shared: { leaders: Array.from({ length: terms }, (_, i) => numberOf(elected[`${i + 1}`])) } }
        },
        { parameters: { servers: nodes, terms } },
      ),
      everyTerm: sometimes('every term has had a leader', ({ shared }) => Object.keys(shared.elected).length === terms),
    },
  }
})
