/**
 * Voting in ballots, of which Paxos is an implementation (Lamport, "The Paxos Algorithm or How to Win a Turing Award", 2019;
 * tlaplus/Examples, Paxos/Voting): acceptors look at each other's votes, and vote for what a quorum shows to be safe.
 */
import { always, declare, disabled, type ProcessView, protocol, z } from 'splitbrain'

export const BALLOTS = [0, 1]
export const VALUES = ['v', 'w']

const voting = declare({
  name: 'voting',
  roles: {
    acceptor: {
      prefix: 'a',
      durable: {
        maxBallot: z.int().min(-1).default(-1),
        votes: z.set(z.tuple([z.int(), z.string()])).default(new Set()), // the ballot, and for what
      },
      readable: ['maxBallot', 'votes'],
    },
  },
})

type Seen = Pick<ProcessView<typeof voting, 'acceptor'>, 'maxBallot' | 'votes'>

const ballotsOf = ({ votes }: Seen) => [...votes].map(([ballot]) => ballot)

/** Whether nothing but `value` was or will be chosen in a ballot before this one, as two of three show (ShowsSafeAt). */
function isSafe(all: readonly Seen[], ballot: number, value: string): boolean {
  return all.some((absent) => {
    const quorum = all.filter((each) => each !== absent)
    const last = Math.max(-1, ...quorum.flatMap(ballotsOf).filter((before) => before < ballot))
    return (
      quorum.every(({ maxBallot }) => maxBallot >= ballot) &&
      (last < 0 || quorum.some(({ votes }) => votes.has([last, value])))
    )
  })
}

export default protocol(voting, () => ({
  population: { acceptor: 3 },
  actions: {
    acceptor: {
      increase(me, { choose }) {
        me.maxBallot = choose(
          'ballot',
          BALLOTS.filter((ballot) => ballot > me.maxBallot),
        )
      },
      vote(me, { choose, peers, read }) {
        const ballot = choose(
          'ballot',
          BALLOTS.filter((each) => each >= me.maxBallot && !ballotsOf(me).includes(each)),
        )
        const value = choose('value', VALUES)
        const others = peers.map((peer) => read(peer))
        const isOneValue = others.every(({ votes }) => [...votes].every(([b, v]) => b !== ballot || v === value))
        if (!isOneValue || !isSafe([me, ...others], ballot, value)) return disabled
        me.votes.add([ballot, value])
        me.maxBallot = ballot
      },
    },
  },
  properties: {
    agreement: always('at most one value is chosen', ({ acceptor }) => {
      const chosen = VALUES.filter((value) =>
        BALLOTS.some((ballot) => acceptor.filter(({ votes }) => votes.has([ballot, value])).length >= 2),
      )
      return chosen.length <= 1
    }),
  },
})).instantiate()
