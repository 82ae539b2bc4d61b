/** A token goes round: who has it may enter, or pass it on. */
import { always, declare, disabled, noPair, protocol, z } from 'splitbrain'

const tokenRing = declare({
  name: 'token-ring',
  summary: 'mutual exclusion by a token in a ring',
  sources: ['Le Lann 1977, Distributed Systems: Towards a Formal Approach'],
  parameters: { n: z.int().min(2).max(20).default(4) },
  roles: {
    station: {
      prefix: 's',
      volatile: {
        at: z.enum(['idle', 'waiting', 'inside']).default('idle'),
        hasToken: z.boolean().default(false),
      },
    },
  },
  messages: { Token: {} },
  network: 'fifo',
})

export default protocol(tokenRing, ({ n }) => ({
  population: { station: n },
  start: {
    station(me, { self, ids }) {
      me.hasToken = self === ids.station[0]
    },
  },
  actions: {
    station: {
      want(me) {
        if (me.at !== 'idle') return disabled
        me.at = 'waiting'
      },
      enter(me) {
        if (me.at !== 'waiting' || !me.hasToken) return disabled
        me.at = 'inside'
      },
      leave(me) {
        if (me.at !== 'inside') return disabled
        me.at = 'idle'
      },
      pass(me, { self, ids, send }) {
        if (me.at === 'inside' || !me.hasToken) return disabled
        me.hasToken = false
        send(ids.station[(ids.station.indexOf(self) + 1) % n]!, { type: 'Token' })
      },
    },
  },
  receive: {
    station: {
      Token(me) {
        me.hasToken = true
      },
    },
  },
  properties: {
    exclusion: always('at most one is inside', ({ station }) =>
      noPair(station, (a, b) => a.at === 'inside' && b.at === 'inside'),
    ),
  },
}))
