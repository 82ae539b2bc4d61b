/** A small protocol for tests of traces and their drawing: voters elect a winner, with every kind of fault. */
import { always, deadlockFree, declare, disabled, id, never, noPair, protocol, sometimes, step, z } from 'splitbrain'

const ballot = declare({
  name: 'ballot',
  parameters: { voters: z.int().min(2).max(9).default(3) },
  bugs: { twoVotes: 'a voter votes for whoever asks', openEnd: 'nobody checks who has won', boom: 'a winner explodes' },
  roles: {
    voter: {
      prefix: 'n',
      durable: { votedFor: id('voter').nullable().default(null) },
      volatile: { votes: z.set(id('voter')).default(new Set()), won: z.boolean().default(false) },
    },
  },
  messages: { Ask: { reason: z.string() }, Yes: {} },
  shared: { winners: z.array(z.object({ who: id('voter'), votes: z.int().max(2) })).default([]) },
  faults: { crash: 'voter', lose: true, duplicate: true, partition: true, pause: 'voter' },
})

export const ballotProtocol = protocol(ballot, ({ voters }, bug) => ({
  population: { voter: voters },
  actions: {
    voter: {
      stand(me, { self, peers, send, choose }) {
        if (me.votedFor !== null) return disabled
        me.votedFor = self
        me.votes.add(self)
        send(peers, { type: 'Ask', reason: choose('reason', ['because I am the best', '因为我最好']) })
      },
      win(me, { self, shared }) {
        if (me.won || me.votes.size <= voters / 2) return disabled
        if (bug.boom) throw new RangeError(`${self} explodes`)
        me.won = true
        shared.winners.push({ who: self, votes: me.votes.size })
      },
    },
  },
  receive: {
    voter: {
      Ask(me, _, { from, send }) {
        if (me.votedFor !== null && !bug.twoVotes) return
        me.votedFor = from
        send(from, { type: 'Yes' })
      },
      Yes(me, _, { from }) {
        me.votes.add(from)
      },
    },
  },
  properties: {
    oneWinner: always('at most one voter wins', ({ voter }) => noPair(voter, (a, b) => a.won && b.won)),
    noWinner: never('somebody has won', ({ shared }) => shared.winners.length > 0),
    modest: always('nobody votes for oneself', ({ voter }) => voter.every((v) => v.votedFor !== v.id)),
    faithful: step('a vote is not taken back', (before, after) =>
      before.voter.every((v, i) => v.votedFor === null || after.voter[i]!.votedFor === v.votedFor),
    ),
    decided: deadlockFree('it ends with a winner', ({ shared }) => shared.winners.length > 0),
    aWinner: sometimes('somebody wins', ({ voter }) => voter.some((v) => v.won)),
  },
}))
