/**
 * How acceptors may vote so that their votes agree, whoever tells them what to vote for and however: Lamport's module
 * Voting. Paxos refines it (`isVoting`), and it refines `consensus`.
 *
 * An acceptor votes at most once in a ballot, never below the highest ballot that it has promised, and only for a value
 * that is safe: a majority has promised the ballot, and of the votes that it has cast before, those of the highest ballot
 * are for that value (`ShowsSafeAt` of the module). Ballots count from 1, and 0 is none.
 */
import { always, declare, disabled, noPair, protocol, refines, sometimes, z } from 'splitbrain'
import consensus from './consensus.ts'

const voting = declare({
  name: 'voting',
  summary: 'how acceptors may vote in ballots so that one value is chosen',
  sources: ['Lamport, module Voting (tlaplus/Examples, PaxosHowToWinATuringAward)'],
  parameters: {
    acceptors: z.int().min(1).max(5).default(3).describe('processes a majority of which chooses'),
    ballots: z.int().min(1).max(9).default(2).describe('ballots there are'),
    values: z.int().min(1).max(9).default(2).describe('values that may be voted for'),
  },
  bugs: {
    anyValue: 'an acceptor votes for a value without looking whether it is safe',
  },
  roles: {
    acceptor: {
      prefix: 'a',
      durable: {
        promised: z.int().default(0),
        votes: z.array(z.int()).default([]), // by ballot, the first one is ballot 1: the value, or 0
      },
    },
  },
})

const upTo = (most: number) => Array.from({ length: most }, (_, i) => i + 1)

export default protocol(voting, ({ acceptors, ballots, values }, bug) => {
  const majority = Math.floor(acceptors / 2) + 1
  type Acceptor = { readonly promised: number; readonly votes: readonly number[] }

  /** Whether some majority shows that nothing but `value` is or will be chosen below `ballot`. */
  const isSafe = (acceptor: readonly Acceptor[], ballot: number, value: number) => {
    const promised = acceptor.filter(({ promised }) => promised >= ballot)
    const agreeFrom = (from: number) =>
      promised.filter(({ votes }) => votes.slice(from, ballot - 1).every((vote) => vote === 0))
    const isShownAt = (from: number) => {
      const silent = agreeFrom(from)
      const hasVoted = from === 0 || silent.some(({ votes }) => votes[from - 1] === value)
      return silent.length >= majority && hasVoted
    }
    return [0, ...upTo(ballot - 1)].some(isShownAt)
  }

  /** The values that a majority has voted for in one ballot. */
  const chosen = (acceptor: readonly Acceptor[]) =>
    new Set(
      upTo(values).filter((value) =>
        upTo(ballots).some((ballot) => acceptor.filter(({ votes }) => votes[ballot - 1] === value).length >= majority),
      ),
    )

  return {
    population: { acceptor: acceptors },
    start: {
      acceptor(me) {
        me.votes = upTo(ballots).map(() => 0)
      },
    },

    actions: {
      acceptor: {
        /** IncreaseMaxBal. */
        promise(me, { choose }) {
          me.promised = choose(
            'ballot',
            upTo(ballots).filter((ballot) => ballot > me.promised),
          )
        },
      },

      environment: {
        /** VoteFor. */
        vote({ acceptor, ids, choose }) {
          const me = acceptor[ids.acceptor.indexOf(choose('acceptor', ids.acceptor))]!
          const ballot = choose(
            'ballot',
            upTo(ballots).filter((ballot) => ballot >= me.promised),
          )
          const value = choose('value', upTo(values))
          const others = acceptor.map(({ votes }) => votes[ballot - 1]!).filter((vote) => vote !== 0)
          if (me.votes[ballot - 1] !== 0 || others.some((vote) => vote !== value)) return disabled
          if (!bug.anyValue && !isSafe(acceptor, ballot, value)) return disabled
          me.promised = ballot
          me.votes[ballot - 1] = value
        },
      },
    },

    properties: {
      isConsensus: refines(
        'the values that a majority has voted for are chosen as in consensus',
        consensus,
        ({ acceptor }) => ({ shared: { chosen: chosen(acceptor) } }),
        { parameters: { values } },
      ),
      oneValueInABallot: always('no two acceptors vote for different values in one ballot', ({ acceptor }) =>
        noPair(acceptor, (a, b) => a.votes.some((vote, i) => vote !== 0 && b.votes[i] !== 0 && b.votes[i] !== vote)),
      ),
      aChoice: sometimes('a value is chosen', ({ acceptor }) => chosen(acceptor).size > 0),
    },
  }
})
