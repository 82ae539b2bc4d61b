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
 * back: the network has these two cuts. Being asked and answering is one step. Left out: logs, all of which are new enough; who wins
 * an election, since the question is whether one begins: nobody should depose n1. With `--crashes 1` n1 dies, and then
 * one should begin, or PreVote would be no more than a cluster that never changes its leader.
 *
 * Bounds: n3 is cut off twice, and as many terms.
 */
import {
  always,
  canAlways,
  declare,
  disabled,
  type Id,
  leadsTo,
  noPair,
  optional,
  protocol,
  sometimes,
  step,
  type View,
  type World,
  z,
} from 'splitbrain'

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
  faults: { partition: { budget: 2 }, crash: { roles: ['server'], restart: 'never', budget: 0 } },
})

type State = World<typeof preVote>
type System = View<typeof preVote>
type Server = System['server'][number]

const isUp = ({ health }: { readonly health: string }) => health === 'up'
const isLeaderDead = ({ server: [first] }: System) => !isUp(first!)
const newestOf = (server: readonly Server[]) => Math.max(...server.filter(isUp).map(({ term }) => term))
const areAllIn = (server: readonly Server[], newest: number) => server.every((one) => !isUp(one) || one.term === newest)

export default protocol(preVote, ({ crashes }, bug) => {
  const hearsLeader = ({ server, isCut }: State, name: Id<'server'>) =>
    server.some(({ id, at }) => at === 'leader' && !isCut(id, name))

  const saysYes = (world: State, name: Id<'server'>) => bug.byLogAlone || !hearsLeader(world, name)

  return {
    population: { server: 3 },
    mostDown: { server: 1 },
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
            server.filter((one) => isUp(one) && !hearsLeader(world, one.id)).map(({ id }) => id),
          )
          const me = server.find(({ id }) => id === name)!
          const yes = server.filter(
            (one) => isUp(one) && one.id !== name && !isCut(one.id, name) && saysYes(world, one.id),
          )
          if (me.term === MOST_TERMS || (yes.length === 0 && !bug.noPreVote)) return disabled
          me.term += 1
          me.at = 'candidate'
        },

        /** Any message or answer tells of a newer term, and whoever hears of one follows. */
        hear({ server, choose, isCut }) {
          const from = choose(
            'from',
            server.filter(isUp).map(({ id }) => id),
          )
          const { term } = server.find(({ id }) => id === from)!
          const to = choose(
            'to',
            server.filter((one) => isUp(one) && one.term < term && !isCut(from, one.id)).map(({ id }) => id),
          )
          Object.assign(server.find(({ id }) => id === to)!, { term, at: 'follower' })
        },
      },
    },

    properties: {
      leaderStays: always(
        'a leader that hears a majority, and is heard by it, stays',
        (system) => isLeaderDead(system) || system.server.some(({ at }) => at === 'leader'),
      ),
      oneLeader: always('nobody leads beside it', ({ server }) =>
        noPair(server, (a, b) => a.at === 'leader' && b.at === 'leader'),
      ),
      noNewTerm: always(
        'as long as the leader is up, nobody begins a newer term, though it is cut off',
        (system) => isLeaderDead(system) || areAllIn(system.server, 1),
      ),
      oneByOne: step(
        'a newer term is begun by a candidate, one after the other, or heard of by a follower',
        (before, after) =>
          after.server.every(
            ({ at, term }, i) =>
              term === before.server[i]!.term ||
              (isUp(after.server[i]!) &&
                (at === 'candidate'
                  ? term === before.server[i]!.term + 1
                  : at === 'follower' && before.server.some((one) => isUp(one) && one.term === term))),
          ),
      ),
      replaceable: canAlways(
        'where the leader has died, newer terms can begin, and all that are up hear of them',
        (system) => !isLeaderDead(system) || areAllIn(system.server, MOST_TERMS),
      ),
      aNewerTerm:
        crashes > 0 &&
        sometimes(
          'where n1 has died, n2 hears of a newer term',
          ({ server: [, second] }) => isUp(second!) && second!.at === 'follower' && second!.term > 1,
        ),
      replacedThoughCut: optional(
        leadsTo(
          'where the leader has died, the others begin newer terms',
          isLeaderDead,
          ({ server }) => newestOf(server) === MOST_TERMS,
          {
            weak: ['environment.stand'],
          },
        ),
      ),
      heardThoughCut: optional(
        leadsTo(
          'where one begins a newer term, the others hear of it',
          ({ server }) => newestOf(server) === MOST_TERMS,
          ({ server }) => areAllIn(server, MOST_TERMS),
          { weak: ['environment.hear'] },
        ),
      ),
    },
  }
})
