/** Chang & Roberts: who has the greatest place gets its own candidacy back. It goes round against the order of places. */
import { always, declare, disabled, noPair, type Process, protocol, z } from 'splitbrain'

const ring = declare({
  name: 'ring-election',
  summary: 'an election in a ring of one direction',
  sources: ['Chang & Roberts 1979, An improved algorithm for decentralized extrema-finding'],
  parameters: { n: z.int().min(2).max(12).default(4) },
  roles: {
    node: {
      prefix: 'n',
      volatile: {
        at: z.enum(['asleep', 'candidate', 'passive', 'leader']).default('asleep'),
        leader: z.int().nullable().default(null),
      },
    },
  },
  messages: { Candidate: { place: z.int() }, Leader: { place: z.int() } },
  network: 'fifo',
})

export default protocol(ring, ({ n }) => {
  const next = (place: number) => (place + n - 1) % n
  const becomeCandidate = (me: Process<typeof ring, 'node'>, act: () => void) => {
    if (me.at !== 'asleep') return
    me.at = 'candidate'
    act()
  }
  return {
    population: { node: n },
    actions: {
      node: {
        wake(me, { self, ids, send }) {
          if (me.at !== 'asleep') return disabled
          const place = ids.node.indexOf(self)
          becomeCandidate(me, () => send(ids.node[next(place)]!, { type: 'Candidate', place }))
        },
      },
    },
    receive: {
      node: {
        Candidate(me, { place }, { self, ids, send }) {
          const mine = ids.node.indexOf(self)
          const to = ids.node[next(mine)]!
          if (place > mine) {
            me.at = 'passive'
            send(to, { type: 'Candidate', place })
          } else if (place < mine) {
            becomeCandidate(me, () => send(to, { type: 'Candidate', place: mine }))
          } else {
            me.at = 'leader'
            me.leader = mine
            send(to, { type: 'Leader', place: mine })
          }
        },
        Leader(me, { place }, { self, ids, send }) {
          const mine = ids.node.indexOf(self)
          if (place === mine) return
          me.leader = place
          send(ids.node[next(mine)]!, { type: 'Leader', place })
        },
      },
    },
    properties: {
      oneLeader: always('there is one leader at most', ({ node }) =>
        noPair(node, (a, b) => a.at === 'leader' && b.at === 'leader'),
      ),
    },
  }
})
