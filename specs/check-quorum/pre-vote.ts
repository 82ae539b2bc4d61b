/**
 * A server that was cut off comes back, and does not depose a leader that works.
 *
 * After Ongaro 2014, thesis, 9.6. A server that hears no leader stands for election in a newer term, again and again, though nobody
 * answers it. When it is heard again, its term deposes the leader, and an election begins that nobody needs. With PreVote it
 * asks first whether it would be elected, and begins the term only if a majority says so. Whoever hears a leader says no
 * (bug `byLogAlone`: it says yes to any log that is new enough). That matters where the server is cut off from the leader only,
 * and others hear both: then it would depose every leader that it does not hear, for ever (Howard & Abraham 2020, "Raft does not Guarantee
 * Liveness in the face of Network Faults", after an outage at Cloudflare).
 * What PreVote costs is in `check-quorum`: where a leader is heard and does not hear, all say no, so it must step down itself.
 *
 * Modelled: three servers, of which n1 leads and hears n2 throughout; n3 is cut off, from both or from n1 alone, and comes
 * back: the network has these two cuts. Being asked and answering is one step. Left out: logs, all of which are new enough; elections, since the question is
 * whether one begins: nobody should depose n1.
 *
 * Bounds: n3 is cut off twice, and as many terms.
 */
import { always, declare, disabled, type Id, protocol, type World, z } from 'splitbrain'

const MOST_TERMS = 3

const preVote = declare({
  name: 'pre-vote',
  summary: 'a server that was cut off comes back, and deposes no leader',
  sources: [
    'Ongaro 2014, Consensus: bridging theory and practice, 9.6',
    'Howard & Abraham 2020, Raft does not guarantee liveness in the face of network faults',
  ],
  bugs: {
    noPreVote: 'whoever hears no leader begins a new term at once',
    byLogAlone: 'whoever is asked before says yes, though it hears a leader',
  },
  roles: {
    server: {
      prefix: 'n',
      volatile: {
        term: z.int().min(1).max(MOST_TERMS).default(1),
        at: z.enum(['follower', 'candidate', 'leader']).default('follower'),
      },
    },
  },
  faults: { partition: { budget: 2 } },
})

type State = World<typeof preVote>

export default protocol(preVote, (_, bug) => {
  const hearsLeader = ({ server, isCut }: State, name: Id<'server'>) =>
    server.some(({ id, at }) => at === 'leader' && !isCut(id, name))

  const saysYes = (world: State, name: Id<'server'>) => bug.byLogAlone || !hearsLeader(world, name)

  return {
    population: { server: 3 },
    cuts: ({ server: [first, second, last] }) => [
      [[last], [first]],
      [[last], [first, second]],
    ],

    start: {
      server(me, { self, ids }) {
        if (self === ids.server[0]) me.at = 'leader'
      },
    },

    actions: {
      environment: {
        /** An election timeout: with PreVote it asks those that it can reach. */
        stand(world) {
          const { server, choose, isCut } = world
          const name = choose(
            'server',
            server.filter(({ id, at }) => at !== 'leader' && !hearsLeader(world, id)).map(({ id }) => id),
          )
          const me = server.find(({ id }) => id === name)!
          const yes = server.filter(({ id }) => id !== name && !isCut(id, name) && saysYes(world, id))
          if (me.term === MOST_TERMS || (yes.length === 0 && !bug.noPreVote)) return disabled
          me.term += 1
          me.at = 'candidate'
        },

        /** Any message or answer tells of a newer term, and whoever hears of one follows. */
        hear({ server, choose, isCut }) {
          const from = choose(
            'from',
            server.map(({ id }) => id),
          )
          const { term } = server.find(({ id }) => id === from)!
          const to = choose(
            'to',
            server.filter((one) => one.term < term && !isCut(from, one.id)).map(({ id }) => id),
          )
          Object.assign(server.find(({ id }) => id === to)!, { term, at: 'follower' })
        },
      },
    },

    properties: {
      leaderStays: always('a leader that hears a majority, and is heard by it, stays', ({ server }) =>
        server.some(({ at }) => at === 'leader'),
      ),
    },
  }
})
