/**
 * A leader that is heard and does not hear (etcd's CheckQuorum, "leader stays"). The others hear from it, so none of them
 * stands for election; it hears no acknowledgement, so it commits nothing: the cluster is stuck, though a majority of it
 * could go on. A leader that steps down where it does not hear a majority lets them.
 */
import { canAlways, id, protocol, z } from 'splitbrain'

const MOST_TERMS = 2

const Term = z.int().min(0).max(MOST_TERMS)

export const checkQuorum = (checks: boolean, partitions = 1, cut: 'sides' | 'links' = 'sides') =>
  protocol(
    {
      name: 'check-quorum',
      roles: {
        node: {
          prefix: 'n',
          volatile: {
            term: Term.default(0),
            at: z.enum(['follower', 'candidate', 'leader']).default('follower'),
            heard: z.set(id('node')).default(new Set() as never),
          },
        },
      },
      messages: { Elect: { term: Term }, Vote: { term: Term }, Append: { term: Term }, Ack: { term: Term } },
      network: 'set',
      faults: { partition: { cut, oneWay: true, heal: 'never' } },
    },
    () => ({
      population: { node: 3 },
      actions: {
        environment: {
          /** Not early: whoever hears a leader does not stand. */
          stand({ node, choose, isCut, send }) {
            const leaders = node.filter(({ at }) => at === 'leader')
            const free = node.filter(
              (one) =>
                one.id !== 'n3' &&
                one.at !== 'leader' &&
                one.term < MOST_TERMS &&
                leaders.every((leader) => isCut(leader.id, one.id)),
            )
            const chosen = choose(
              'node',
              free.map((one) => one.id),
            )
            const me = node.find((one) => one.id === chosen)!
            Object.assign(me, { term: me.term + 1, at: 'candidate', heard: new Set() })
            send(
              me.id,
              node.filter((one) => one !== me).map((one) => one.id),
              { type: 'Elect', term: me.term },
            )
          },
          /** Not early: a leader steps down where no majority reaches it. */
          stepDown:
            checks &&
            (({ node, choose, isCut }) => {
              const unheard = node.filter(
                (one) => one.at === 'leader' && node.every((other) => other === one || isCut(other.id, one.id)),
              )
              const chosen = choose(
                'node',
                unheard.map((one) => one.id),
              )
              Object.assign(node.find((one) => one.id === chosen)!, { at: 'follower', heard: new Set() })
            }),
        },
      },
      receive: {
        node: {
          Elect(me, { term }, { from, send }) {
            if (term <= me.term) return
            Object.assign(me, { term, at: 'follower', heard: new Set() })
            send(from, { type: 'Vote', term })
          },
          Vote(me, { term }, { peers, send }) {
            if (term !== me.term || me.at !== 'candidate') return
            me.at = 'leader'
            send(peers, { type: 'Append', term })
          },
          Append(me, { term }, { from, send }) {
            if (term < me.term) return
            if (term > me.term) Object.assign(me, { term, heard: new Set() })
            me.at = 'follower'
            send(from, { type: 'Ack', term })
          },
          Ack(me, { term }, { from }) {
            if (term === me.term && me.at === 'leader') me.heard.add(from)
          },
        },
      },
      properties: {
        commits: canAlways('a leader can come to be heard and to hear, as long as there are terms', ({ node }) =>
          node.some(({ at, heard, term }) => term === MOST_TERMS || (at === 'leader' && heard.size > 0)),
        ),
      },
    }),
  ).instantiate({ partitions })
