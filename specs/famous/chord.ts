/**
 * Chord's ring: nodes that join, fail, and keep the pointers to their successors right. As published they do not.
 *
 * Sources: Stoica and others, "Chord: a scalable peer-to-peer lookup protocol" (ToN 2003); Zave, "Using lightweight modeling
 * to understand Chord" (CCR 2012), which shows that no published version is correct, and that none of the invariants
 * claimed for Chord is one; Zave, "Reasoning about identifier spaces: how to make Chord correct" (TSE 2017), whose Alloy model
 * the correct version follows.
 *
 * Every node knows two successors and a predecessor. Whoever joins asks a member for its place. Members that are out
 * of the ring are its appendages, until those before them learn of them. `--upkeep` is how pointers are kept:
 *   published   a successor's predecessor is taken over if it is nearer     it may be dead; then the ring is gone
 *   mended      ... if it lives as well. Five steps, each by itself: to     a list that has been put together in several
 *               take it over; to copy the rest of the list; to drop a       steps passes over members; two rings, for good
 *               dead successor; to forget a dead predecessor; to note
 *               who calls
 *   correct     who joins, and who stabilizes, copies a whole list at       (right)
 *               once, and asks a nearer successor for its list before
 *               taking it over; a dead predecessor is replaced, never
 *               forgotten
 * All assume what Chord assumes: no failure leaves a member without a living successor. The correct one asks for a ring of
 * three to start from (one more than a list is long), of which three principals must stay: members that nobody's list
 * passes over.
 *
 * Findings. The obvious fault is there in three steps (`no-ring`). Without it, a ring of two, two joins and two failures end
 * in two rings, of which neither ever learns of the other (`two-rings`, `never-one-again`). Zave's repair holds in every
 * question here.
 *
 * Modelled: as in Zave's models, a step reads one other node at most, at once. A notification is read as the notified
 * node's asking who takes it for its successor. Failed nodes stay away. Left out: fingers, which speed lookups up and do
 * not touch the ring; keys; messages.
 *
 * Bounds: 5 nodes, a ring of 3 of them, two that join, one failure; lists of two, as in Zave's
 * first models. The breaks need 3 and 4 nodes. `more-failures` has one more, where the fifth node lets it happen.
 */
import {
  always,
  type Context,
  canAlways,
  declare,
  disabled,
  eventuallyAlways,
  type Id,
  id,
  may,
  type Process,
  protocol,
  sometimes,
  type View,
  z,
} from 'splitbrain'

const chord = declare({
  name: 'chord',
  summary: "Chord's ring of successors: the published upkeep loses it, Zave's does not",
  sources: ['Stoica et al. 2003, Chord', 'Zave 2012, CCR 42(2)', 'Zave 2017, TSE 43(12)'],
  parameters: {
    upkeep: z.enum(['published', 'mended', 'correct']).default('correct').describe('how the ring is kept'),
    nodes: z.int().min(2).max(6).default(5).describe('nodes, by their place in the circle of identifiers'),
    members: z.int().min(1).max(5).default(3).describe('nodes that are in the ring from the start'),
    failures: z.int().min(0).max(3).default(1).describe('members that fail'),
  },
  roles: {
    node: {
      prefix: 'n',
      volatile: {
        at: z.enum(['out', 'member', 'failed']).default('out'),
        successors: z.array(id('node')).max(2).default([]), // the nearest first; they need not live
        predecessor: id('node').nullable().default(null),
        candidate: id('node').nullable().default(null), // for a better successor, to be asked for its own
      },
      readable: ['at', 'successors', 'predecessor'],
    },
  },
  shared: { failures: z.int().default(0) },
})

type Node = Process<typeof chord, 'node'>
type NodeContext = Context<typeof chord, 'node'>
type NodeId = Id<'node'>
type Ring = View<typeof chord>['node']

/** Whether b comes after a and before c on the circle; of a circle from a to a, everything else does. */
const isBetween = (ids: readonly NodeId[], a: NodeId, b: NodeId, c: NodeId) => {
  const [i, j, k] = [ids.indexOf(a), ids.indexOf(b), ids.indexOf(c)]
  return i < k ? i < j && j < k : i < j || j < k
}

const after = (ids: readonly NodeId[], a: NodeId) => ids[(ids.indexOf(a) + 1) % ids.length]!

const find = (ring: Ring, id: NodeId) => ring.find((one) => one.id === id)!
const membersOf = (ring: Ring) => ring.filter(({ at }) => at === 'member')

/** The first successor that lives. */
const bestOf = (ring: Ring, { successors }: Ring[number]) =>
  successors.map((id) => find(ring, id)).find(({ at }) => at === 'member')

/** Whoever is reached from a member along the best successors, in their order. */
function reachedFrom(ring: Ring, member: Ring[number]): Ring[number][] {
  const reached: Ring[number][] = []
  let next = bestOf(ring, member)
  while (next !== undefined && !reached.includes(next)) {
    reached.push(next)
    next = bestOf(ring, next)
  }
  return reached
}

const inRing = (ring: Ring) => membersOf(ring).filter((member) => reachedFrom(ring, member).includes(member))

/** Members that no other member's list passes over. */
const principalsOf = (ring: Ring) => {
  const ids = ring.map(({ id }) => id)
  return membersOf(ring).filter(({ id }) =>
    membersOf(ring).every((m) => {
      const chain = [m.id, ...m.successors]
      return chain.slice(1).every((next, index) => !isBetween(ids, chain[index]!, id, next))
    }),
  )
}

const isIdeal = (ring: Ring) => {
  const members = membersOf(ring)
  return members.every((member, index) => {
    const next = members[(index + 1) % members.length]!
    return member.successors[0] === next.id && (next.predecessor === member.id || next === member)
  })
}

export default protocol(chord, ({ upkeep, nodes, members, failures }) => {
  const isCorrect = upkeep === 'correct'
  const LENGTH = 2 // of a list of successors

  const lives = ({ self, read }: NodeContext, id: NodeId) => id === self || read(id).at === 'member'

  /** Published: to the successor's predecessor, if it is nearer. */
  const stabilize = (me: Node, context: NodeContext) => {
    const { self, ids, read } = context
    if (me.at !== 'member') return disabled
    const successor = me.successors[0]!
    if (!lives(context, successor)) return disabled
    const nearer = successor === self ? me.predecessor : read(successor).predecessor
    if (nearer === null || !isBetween(ids.node, self, nearer, successor)) return disabled
    if (upkeep === 'mended' && !lives(context, nearer)) return disabled
    me.successors[0] = nearer
  }

  /** Published: the rest of the list is the successor's. */
  const reconcile = (me: Node, context: NodeContext) => {
    const successor = me.successors[0]!
    if (me.at !== 'member' || !lives(context, successor)) return disabled
    const theirs = successor === context.self ? me.successors : context.read(successor).successors
    me.successors = [successor, ...theirs].slice(0, LENGTH)
  }

  /** Published: a successor that is dead makes way for the next one. */
  const update = (me: Node, context: NodeContext) => {
    if (me.at !== 'member' || me.successors.length < 2 || lives(context, me.successors[0]!)) return disabled
    me.successors.shift()
  }

  /** Published: a predecessor that is dead is forgotten. */
  const flush = (me: Node, context: NodeContext) => {
    if (me.at !== 'member' || me.predecessor === null || me.predecessor === context.self) return disabled
    if (lives(context, me.predecessor)) return disabled
    me.predecessor = null
  }

  /** Correct: takes over the successor's list; a dead successor makes way for the next one. */
  const stabilizeFromSuccessor = (me: Node, context: NodeContext) => {
    const { self, ids, read } = context
    if (me.at !== 'member' || me.candidate !== null) return disabled
    const [successor, next] = me.successors
    if (!lives(context, successor!)) {
      me.successors = [next!, after(ids.node, next!)]
      return
    }
    const { successors, predecessor } = successor === self ? me : read(successor!)
    me.successors = [successor!, successors[0]!]
    if (predecessor !== null && isBetween(ids.node, self, predecessor, successor!)) me.candidate = predecessor
  }

  /** Correct: a nearer successor is asked for its list before it is taken over. */
  const stabilizeFromPredecessor = (me: Node, context: NodeContext) => {
    if (me.candidate === null) return disabled
    const { at, successors } = context.read(me.candidate)
    if (at === 'member') me.successors = [me.candidate, successors[0]!]
    me.candidate = null
  }

  return {
    population: { node: nodes },
    requires: { 'members <= nodes': members <= nodes },
    start: {
      environment({ node }) {
        const ring = node.slice(0, members)
        ring.forEach((one, index) => {
          const place = (steps: number) => ring[(index + steps + members) % members]!.id
          Object.assign(one, { at: 'member', successors: [place(1), place(2)], predecessor: place(-1) })
        })
      },
    },

    actions: {
      node: {
        /** Asks a member between which and its successor it belongs. */
        join: may((me, context) => {
          const { self, ids, peers, read, choose } = context
          if (me.at !== 'out') return disabled
          const next = (peer: NodeId) =>
            read(peer).successors.find((one) => isCorrect || one === peer || lives(context, one))
          const through = choose(
            'through',
            peers.filter((peer) => lives(context, peer) && isBetween(ids.node, peer, self, next(peer) ?? peer)),
          )
          me.at = 'member'
          me.successors = isCorrect ? [...read(through).successors] : [next(through) ?? through]
          me.predecessor = isCorrect ? through : null
        }),

        /** A notification: somebody takes it for its successor. */
        rectify(me, context) {
          const { self, ids, peers, read, choose } = context
          if (me.at !== 'member') return disabled
          const caller = choose(
            'caller',
            peers.filter((peer) => lives(context, peer) && read(peer).successors[0] === self),
          )
          const { predecessor } = me
          const isNearer = predecessor === null || isBetween(ids.node, predecessor, caller, self)
          if (!isNearer && !(isCorrect && !lives(context, predecessor))) return disabled
          me.predecessor = caller
        },

        stabilize: !isCorrect && stabilize,
        reconcile: !isCorrect && reconcile,
        update: !isCorrect && update,
        flush: !isCorrect && flush,
        stabilizeFromSuccessor: isCorrect && stabilizeFromSuccessor,
        stabilizeFromPredecessor: isCorrect && stabilizeFromPredecessor,
      },

      environment: {
        /** A member fails, for good, which leaves every other one a successor that lives. */
        fail: may(({ node, shared, choose }) => {
          if (shared.failures === failures) return disabled
          const ring = node as unknown as Ring
          const spares = (gone: NodeId) =>
            membersOf(ring).every(
              ({ id, successors }) =>
                id === gone ||
                successors.some((successor) => successor !== gone && find(ring, successor).at === 'member'),
            )
          const principals = principalsOf(ring).map(({ id }) => id)
          const able = membersOf(ring)
            .map(({ id }) => id)
            .filter(
              (id, _, all) =>
                all.length > 1 &&
                spares(id) &&
                (!isCorrect || !principals.includes(id) || principals.length > LENGTH + 1),
            )
          const failing = choose('node', able)
          const failed = node.find(({ id }) => id === failing)!
          shared.failures += 1
          Object.assign(failed, { at: 'failed', successors: [], predecessor: null, candidate: null })
        }),
      },
    },

    properties: {
      aRing: always('there is a ring', ({ node }) => inRing(node).length > 0),
      oneRing: always('there are no two rings', ({ node }) => {
        const ring = inRing(node)
        return ring.length === 0 || reachedFrom(node, ring[0]!).length === ring.length
      }),
      orderedRing: always('the ring passes over none of its members', ({ node }) => {
        const ids = node.map(({ id }) => id)
        const ring = inRing(node)
        return ring.every((a) => {
          const next = bestOf(node, a)!
          return ring.every((b) => b === a || b === next || !isBetween(ids, a.id, b.id, next.id))
        })
      }),
      connected: always('every member reaches the ring', ({ node }) => {
        const ring = inRing(node)
        return (
          ring.length === 0 ||
          membersOf(node).every((member) => reachedFrom(node, member).some((one) => ring.includes(one)))
        )
      }),
      aSuccessor: always('every member has a successor that lives', ({ node }) =>
        membersOf(node).every((member) => bestOf(node, member) !== undefined),
      ),
      repairable: canAlways('the ring can always become ideal again', ({ node }) => isIdeal(node)),
      repaired: eventuallyAlways(
        'the ring becomes ideal once nobody joins or fails any more',
        ({ node }) => isIdeal(node),
        {
          weak: ['actions'],
        },
      ),
      aJoin: members < nodes && sometimes('every node is in the ring', ({ node }) => inRing(node).length === nodes),
      aRepair:
        failures > 0 &&
        sometimes('after a failure the ring is ideal', ({ node, shared }) => shared.failures > 0 && isIdeal(node)),
    },
  }
})
