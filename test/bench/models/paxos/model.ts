/** Paxos for one value, action by action as in TLA+: messages are sent to all and never taken away. */
import { always, declare, disabled, id, noPair, protocol, z } from 'splitbrain'

const paxos = declare({
  name: 'paxos',
  summary: 'Paxos for one value among three acceptors',
  sources: ['Lamport 2001, Paxos Made Simple; its specification in tlaplus/Examples'],
  parameters: {
    ballots: z.int().min(1).max(5).default(2),
    values: z.int().min(1).max(3).default(2),
  },
  roles: {
    acceptor: {
      prefix: 'a',
      volatile: {
        ballot: z.int().default(-1),
        votedBallot: z.int().default(-1),
        votedValue: z.int().default(-1),
      },
    },
  },
  shared: {
    prepares: z.set(z.int()).default(new Set()),
    /** By whom, for which ballot, what it voted for last. */
    promises: z
      .set(z.object({ by: id('acceptor'), ballot: z.int(), votedBallot: z.int(), votedValue: z.int() }))
      .default(new Set()),
    /** Values, by ballot. */
    proposals: z.record(z.string(), z.int()).default({}),
    votes: z.set(z.tuple([id('acceptor'), z.int(), z.int()])).default(new Set()),
  },
})

export default protocol(paxos, ({ ballots, values }) => {
  const upTo = (n: number) => Array.from({ length: n }, (_, i) => i)
  return {
    population: { acceptor: 3 },
    actions: {
      acceptor: {
        promise(me, { self, shared, choose }) {
          const ballot = choose('ballot', upTo(ballots))
          if (!shared.prepares.has(ballot) || ballot <= me.ballot) return disabled
          me.ballot = ballot
          shared.promises.add({ by: self, ballot, votedBallot: me.votedBallot, votedValue: me.votedValue })
        },
        vote(me, { self, shared, choose }) {
          const ballot = choose('ballot', upTo(ballots))
          const value = shared.proposals[ballot]
          if (value === undefined || ballot < me.ballot) return disabled
          me.ballot = ballot
          me.votedBallot = ballot
          me.votedValue = value
          shared.votes.add([self, ballot, value])
        },
      },
      environment: {
        prepare({ shared, choose }) {
          const ballot = choose('ballot', upTo(ballots))
          if (shared.prepares.has(ballot)) return disabled
          shared.prepares.add(ballot)
        },
        propose({ shared, choose, ids }) {
          const ballot = choose('ballot', upTo(ballots))
          if (shared.proposals[ballot] !== undefined) return disabled
          const value = choose('value', upTo(values))
          const leftOut = choose('leftOut', ids.acceptor)
          const promises = [...shared.promises].filter((promise) => promise.ballot === ballot && promise.by !== leftOut)
          if (promises.length < 2) return disabled
          const last = promises.reduce((a, b) => (b.votedBallot > a.votedBallot ? b : a))
          if (last.votedBallot >= 0 && last.votedValue !== value) return disabled
          shared.proposals[ballot] = value
        },
      },
    },
    properties: {
      oneChosen: always('one value is chosen at most', ({ shared }) => {
        const votes = [...shared.votes]
        const chosen = upTo(ballots).flatMap((ballot) =>
          upTo(values).filter((value) => votes.filter((vote) => vote[1] === ballot && vote[2] === value).length >= 2),
        )
        return new Set(chosen).size <= 1
      }),
      oneVote: always('who votes in a ballot votes once', ({ shared }) =>
        noPair([...shared.votes], (a, b) => a[0] === b[0] && a[1] === b[1] && a[2] !== b[2]),
      ),
    },
  }
})
