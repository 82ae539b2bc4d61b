/**
 * Split votes: can a Raft cluster fail to elect a leader for ever?
 *
 * Source: Ongaro & Ousterhout, "In Search of an Understandable Consensus Algorithm" (2014), §5.2 (randomised election
 * timeouts) and §9.3; document 001 §2.2.
 *
 * raft.ts bounds the number of elections, so no run of it goes on for ever. Here nothing is bounded, and the space is
 * finite all the same: of terms only the newest counts, and of a server only whether it has reached that term, which it
 * does by voting - for itself as its timeout strikes, or for a candidate that asks. Whoever times out in the newest term
 * begins the next one, in which nobody else is yet.
 * Modelled so: a request for a vote and its answer are one step of the voter; a request that comes too late is a step
 * that does not happen. Left out: logs, crashes, servers that are more than one term behind (their elections only fail).
 *
 * Findings. Timeouts that may strike at any time split the vote for ever, even if every vote that can always be given is
 * given (`--votes weakly-fair`): all servers stand before any of them has been asked. With three servers it is enough that
 * a vote which can be given again and again is given at last (`strongly-fair`): that a request for it comes before the
 * next timeout once in a while is what randomised timeouts are for. With four or more servers a majority needs two such
 * votes in one term, and fairness to each alone does not give that: then it is a matter of probability, or of a term that
 * lasts longer than all requests take.
 */
import { declare, disabled, eventually, id, protocol, sometimes, z } from 'splitbrain'

const splitVotes = declare({
  name: 'raft-split-votes',
  summary: 'whether votes can be split for ever',
  sources: ['Ongaro & Ousterhout 2014, §5.2 and §9.3', 'document 001 §2.2'],
  parameters: {
    nodes: z.int().min(1).max(5).default(3).describe('servers in the cluster'),
    votes: z
      .enum(['unfair', 'weakly-fair', 'strongly-fair'])
      .default('strongly-fair')
      .describe('what is assumed of votes that can be given'),
  },
  roles: {
    server: { prefix: 'n' },
  },
  shared: {
    /** Of the newest term: who has voted for whom, and who has a majority. */
    votes: z.record(id('server'), id('server')).default({}),
    leader: id('server').nullable().default(null),
  },
})

/** What a run may be relied on for. */
const FAIRNESS = {
  unfair: {},
  'weakly-fair': { weak: ['server.timeout', 'server.vote'] },
  'strongly-fair': { weak: ['server.timeout'], strong: ['server.vote'] },
}

export default protocol(splitVotes, ({ nodes, votes }) => {
  const majority = Math.floor(nodes / 2) + 1

  return {
    population: { server: nodes },

    actions: {
      server: {
        /** §5.2: a server that hears of no leader stands for election, in the newest term or in the one after it. */
        timeout(_, { self, shared }) {
          if (shared.leader !== null) return disabled
          if (self in shared.votes) shared.votes = {}
          shared.votes[self] = self
          if (majority === 1) shared.leader = self
        },

        /** §5.2: a server gives its one vote of a term to a candidate that asks; votes from a majority make a leader. */
        vote(_, { self, peers, shared, choose }) {
          if (shared.leader !== null || self in shared.votes) return disabled
          const candidate = choose(
            'candidate',
            peers.filter((peer) => shared.votes[peer] === peer),
          )
          shared.votes[self] = candidate
          const supporters = Object.values(shared.votes).filter((other) => other === candidate)
          if (supporters.length >= majority) shared.leader = candidate
        },
      },
    },

    properties: {
      electsLeader: eventually(
        'a leader is elected in the end',
        ({ shared }) => shared.leader !== null,
        FAIRNESS[votes],
      ),
      aLeader: sometimes('a leader is elected', ({ shared }) => shared.leader !== null),
    },
  }
})
