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
import {
  always,
  canAlways,
  declare,
  disabled,
  eventuallyAlways,
  every,
  id,
  type Process,
  protocol,
  sometimes,
  step,
  type View,
  z,
} from 'splitbrain'

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
    shared: {
      hasCountedUnheard: z.boolean().default(false), // for the properties only: a vote over a link that is cut
    },
    network: 'set',
    faults: { partition: { cut, oneWay: true, heal: 'never', budget } },
  })

const checkQuorum = declaring('check-quorum', 'a leader that is heard and does not hear, and steps down', 'sides', 1)
const byLinks = declaring('check-quorum-links', 'the same where single links fail, one way', 'links', 2)

type Node = Process<typeof checkQuorum, 'node'>

const start = (me: Node, term: number, at: Node['at']) => Object.assign(me, { term, at, heard: new Set() })

const protocolOf = (declaration: typeof checkQuorum) =>
  protocol(declaration, ({ partitions }, bug) => ({
    population: { node: 3 },

    actions: {
      environment: {
        /** Whoever hears a leader neither stands nor votes. */
        elect({ node, ids, shared, choose, isCut, send }) {
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
          if (isCut(name, voter) || isCut(voter, name)) shared.hasCountedUnheard = true
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
              // mutate: equivalent (drop operand), because a follower that steps down is what it was before
              at === 'leader' &&
              ids.node.every(
                (one) =>
                  // mutate: equivalent (drop operand), because where a whole side is cut off, the others elect a leader
                  // whom it hears, so that they can commit all the same; where links fail canCommit falls
                  one === id ||
                  isCut(one, id) ||
                  (isCut(id, one) && !('hearingIsEnough' in bug && bug.hearingIsEnough)),
              ),
          )
          const name = choose(
            'node',
            // mutate: equivalent (first choice), because links stay cut: who is not first is still alone afterwards
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
      /** Raft §5.2: a term has one leader, by a majority that has come to this term with it. */
      electedByTwo: step(
        "a new leader is in a term newer than its own before and its voter's, and the voter is, too",
        (before, after) =>
          after.node.every(
            (one, i) =>
              one.at === 'follower' ||
              (one.term === before.node[i]!.term && before.node[i]!.at === 'leader') ||
              after.node.some(
                (voter, j) =>
                  j !== i &&
                  voter.at === 'follower' &&
                  voter.term === one.term &&
                  one.term === 1 + Math.max(before.node[i]!.term, before.node[j]!.term),
              ),
          ),
      ),
      newTermHasLeader: step(
        'a term begins with its leader, and nobody goes back to an older one',
        (before, after) =>
          after.node.every(({ term }, i) => term >= before.node[i]!.term) &&
          (newestOf(after) === newestOf(before) ||
            after.node.some(({ at, term }) => at === 'leader' && term === newestOf(after))),
      ),
      votesArrive: always(
        'nobody is elected by a vote that cannot be asked for, or does not arrive',
        ({ shared }) => !shared.hasCountedUnheard,
      ),
      answersCount: always(
        'whoever has answered a leader is in its term, or a newer one; nobody else counts answers',
        ({ node }) =>
          every(node, ({ at, term, heard }) =>
            at === 'leader' ? node.every((one) => !heard.has(one.id) || one.term >= term) : heard.size === 0,
          ),
      ),
      answersAreTrue: always(
        'whoever answers is in the term that it acknowledges, or a newer one',
        ({ node, messages }) =>
          messages.every(
            ({ from, message }) =>
              message.type !== 'Ack' || node.some((one) => one.id === from && one.term >= message.term),
          ),
      ),
      leaderStays:
        partitions === 0 &&
        step('where no link fails, a leader stays', (before, after) =>
          before.node.every(({ at }, i) => at === 'follower' || after.node[i]!.at === 'leader'),
        ),
      /** Thesis, 6.2: not because it hears of the other. */
      oneInTheEnd: eventuallyAlways(
        'of several leaders all but one step down, though they do not hear of each other',
        ({ node }) => node.filter(({ at }) => at === 'leader').length <= 1,
        { weak: ['environment.stepDown'] },
      ),
      byTheLast: sometimes(
        'the last one has voted for the first, and the second has not heard of it',
        ({ node: [first, second, last] }) =>
          first!.at === 'leader' && last!.term === first!.term && second!.term < first!.term,
      ),
      canCommit: canAlways('as long as there are terms, a leader can come to be heard and to hear', isHeardOrOver),
      aCommit: sometimes('a leader is heard and hears', ({ node }) => node.some(canGoOn)),
    },
  }))

const canGoOn = ({ at, heard }: Readonly<Pick<Node, 'at'>> & { readonly heard: ReadonlySet<unknown> }) =>
  at === 'leader' && heard.size > 0

const newestOf = ({ node }: View<typeof checkQuorum>) => Math.max(...node.map(({ term }) => term))

const isHeardOrOver = ({ node }: View<typeof checkQuorum>) =>
  node.some((one) => one.term === MOST_TERMS || canGoOn(one))

export default protocolOf(checkQuorum)
export const checkQuorumLinks = protocolOf(byLinks)
