/**
 * A leader that is heard and does not hear: partial network failures, and the check that they call for.
 *
 * After Raft: whoever hears a leader does not stand for election (Ongaro 2014, thesis, section 4.2.3, "leader stays"), so that
 * nobody disturbs a leader that works. But where links fail one way, the others may hear a leader that does not hear
 * them: it commits nothing, and nobody replaces it, though a majority could go on (Jensen, Howard & Mortier 2021, "Examining
 * Raft's behaviour during partial network failures"). So a leader steps down where no majority answers it (thesis,
 * section 6.2; CheckQuorum in etcd). Bug `staysLeader`: it does not. What counts are answers: where single links fail, it may
 * hear somebody who does not hear it (bug `hearingIsEnough`).
 *
 * Modelled: elections, in one step each, and one round of messages, which a leader needs to commit anything. Links fail one way and stay cut: in
 * `check-quorum` from all of one side to all of the other, in `check-quorum-links` one link after the other, so that two
 * nodes that cannot talk may both talk to a third. Time-outs are not early: whoever stands, and whoever votes for it, is cut off
 * from every leader. Left out: logs, since a leader that does not hear is stuck whatever it has.
 *
 * Bounds: three nodes; as many terms as it takes to replace a leader twice. The question is asked as long as there are terms.
 */
import { canAlways, declare, disabled, id, type Process, protocol, sometimes, type View, z } from 'splitbrain'

const MOST_TERMS = 3

const Term = z.int().min(0).max(MOST_TERMS)

const STAYS = { staysLeader: 'a leader that no majority answers stays one' }
const HEARS = { ...STAYS, hearingIsEnough: 'a leader counts whom it hears, not who answers' }

const declaring = (name: string, summary: string, cut: 'sides' | 'links', budget: number) =>
  declare({
    name,
    summary,
    sources: [
      'Ongaro 2014, Consensus: bridging theory and practice, 4.2.3 and 6.2',
      "Jensen, Howard & Mortier 2021, Examining Raft's behaviour during partial network failures",
    ],
    bugs: (cut === 'links' ? HEARS : STAYS) as typeof HEARS, // where a side is cut off, nobody is heard half
    roles: {
      node: {
        prefix: 'n',
        volatile: {
          term: Term.default(0),
          at: z.enum(['follower', 'leader']).default('follower'),
          /** Who has acknowledged what it sent as leader. */
          heard: z.set(id('node')).default(new Set() as never),
        },
      },
    },
    messages: { Append: { term: Term }, Ack: { term: Term } },
    network: 'set',
    faults: { partition: { cut, oneWay: true, heal: 'never', budget } },
  })

const checkQuorum = declaring('check-quorum', 'a leader that is heard and does not hear, and steps down', 'sides', 1)
const byLinks = declaring('check-quorum-links', 'the same where single links fail, one way', 'links', 2)

type Node = Process<typeof checkQuorum, 'node'>

const start = (me: Node, term: number, at: Node['at']) => Object.assign(me, { term, at, heard: new Set() })

const protocolOf = (declaration: typeof checkQuorum) =>
  protocol(declaration, (_, bug) => ({
    population: { node: 3 },

    actions: {
      environment: {
        /** Whoever hears a leader neither stands nor votes. */
        elect({ node, ids, choose, isCut, send }) {
          const leaders = node.filter(({ at }) => at === 'leader')
          const free = node.filter(({ id, at }) => at === 'follower' && leaders.every((one) => isCut(one.id, id)))
          const name = choose(
            'node',
            free.map((one) => one.id),
          )
          const voter = choose(
            'voter',
            free.map((one) => one.id).filter((one) => one !== name && !isCut(one, name) && !isCut(name, one)),
          )
          const me = node.find((one) => one.id === name)!
          const other = node.find((one) => one.id === voter)!
          const term = Math.max(me.term, other.term) + 1
          if (term > MOST_TERMS) return disabled
          start(me, term, 'leader')
          start(other, term, 'follower')
          send(
            name,
            ids.node.filter((one) => one !== name),
            { type: 'Append', term },
          )
        },
        /** A leader whom no majority answers: with three nodes, one that has nobody to and from whom links work. */
        stepDown({ node, ids, choose, isCut }) {
          if (bug.staysLeader) return disabled
          const alone = node.filter(
            ({ id, at }) =>
              at === 'leader' &&
              ids.node.every(
                (one) =>
                  one === id ||
                  isCut(one, id) ||
                  (isCut(id, one) && !('hearingIsEnough' in bug && bug.hearingIsEnough)),
              ),
          )
          const name = choose(
            'node',
            alone.map((one) => one.id),
          )
          const me = node.find((one) => one.id === name)!
          start(me, me.term, 'follower')
        },
      },
    },

    receive: {
      node: {
        Append(me, { term }, { from, send }) {
          if (term < me.term) return
          start(me, term, 'follower')
          send(from, { type: 'Ack', term })
        },
        Ack(me, { term }, { from }) {
          if (term === me.term && me.at === 'leader') me.heard.add(from)
        },
      },
    },

    properties: {
      canCommit: canAlways('as long as there are terms, a leader can come to be heard and to hear', isHeardOrOver),
      aCommit: sometimes('a leader is heard and hears', ({ node }) => node.some(canGoOn)),
    },
  }))

const canGoOn = ({ at, heard }: Readonly<Pick<Node, 'at'>> & { readonly heard: ReadonlySet<unknown> }) =>
  at === 'leader' && heard.size > 0

const isHeardOrOver = ({ node }: View<typeof checkQuorum>) =>
  node.some((one) => one.term === MOST_TERMS || canGoOn(one))

export default protocolOf(checkQuorum)
export const checkQuorumLinks = protocolOf(byLinks)
