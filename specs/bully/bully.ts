/**
 * The bully algorithm: of the nodes that are alive, the highest becomes the leader.
 *
 * Sources: Garcia-Molina, "Elections in a Distributed Computing System" (IEEE Transactions on Computers, 1982), §III;
 * document 001 §2.2 (its four steps, and what it says of MongoDB).
 *
 * Modelled: a node that knows of no leader, or hears nothing from it any more, asks all higher ones (Election). If none
 * answers (Alive), it is the leader and tells all others (Victory); otherwise it waits for the Victory of a higher one,
 * and asks again if those who answered have died. Who is asked by a lower one answers, and asks the higher ones in
 * turn. Who hears a lower one claim victory holds an election of its own. A node tells the others one by one, so that
 * it can crash between any two. With `--recovery` nodes come back from a crash, without memory, and hold an election.
 * With `--rank operation`, as document 001 tells it of MongoDB, the highest is the one whose last operation is the
 * latest; nobody knows the others' times, so everybody is asked, and who is later answers. The times are any, and do
 * not change during a run: to write, a leader is needed.
 *
 * Garcia-Molina assumes that messages arrive in order and within a known time. Time-outs are reliable accordingly: they
 * strike when the node waited for is down, or has no reason to speak, and nothing is on its way from it. (A leader
 * would send signs of life all the time; they are left out, and who leads no more sends none.) `--early` lets one
 * strike before, as a slow message makes it. Whoever is cut off is silent (`--partitions`; with `--bridge` the lowest and
 * the highest do not hear each other, and all others hear both). Left out: lost messages, and the rounds by which
 * Garcia-Molina's own version halts all others before it names a leader; the document has none.
 *
 * Findings. The document says that a new leader is elected if and only if the old one has failed, and also that a
 * higher node which comes back takes over; the second is what happens (`only-after-failure`). The two leaders then
 * overlap until the old one has heard of the new (`overlap`), even with reliable time-outs; a partition has one on each
 * side, as long as it lasts (`partition`). Where one in the middle hears both sides there is
 * one, and who does not hear it waits for the one in the middle, in vain (`bridge-waits`). A node may hear of the new
 * leader first and of the old one's victory last; it then follows one that leads no more. So it is not enough that its
 * leader is alive (bug `pingOnly`): it must go on hearing from it as the leader. And obeying "unconditionally" whoever
 * claims victory lets a lower one stay the leader (bug `obey`). Two nodes in step have the same time, so the time must
 * not be all of a rank (bug `noTieBreak`).
 *
 * Bounds: 3 nodes are one that asks, one that is asked, and one in the middle that does both. Two crashes let the
 * leader die and then its successor. `--latest 2` has one way only for operations to stand, in which one
 * that is asked need not answer and another may, and die.
 */
import {
  always,
  deadlockFree,
  declare,
  disabled,
  equal,
  eventuallyAlways,
  every,
  type Id,
  id,
  noPair,
  optional,
  type Process,
  type ProcessView,
  protocol,
  sometimes,
  step,
  type View,
  type World,
  z,
} from 'splitbrain'

const bully = declare({
  name: 'bully',
  summary: 'leader election: the highest of the live nodes',
  sources: ['Garcia-Molina 1982, §III', 'document 001 §2.2, the bully algorithm'],
  parameters: {
    nodes: z.int().min(1).max(5).default(3).describe('nodes, each of which may become the leader'),
    rank: z.enum(['id', 'operation']).default('id').describe('which node is the highest'),
    latest: z
      .int()
      .min(0)
      .max(5)
      .default(0)
      .describe('whose last operation is the latest, where that is the rank; 0 is any'),
    recovery: z.boolean().default(false).describe('whether crashed nodes come back'),
    early: z.int().min(0).max(3).default(0).describe('how often a time-out strikes too early'),
    bridge: z
      .boolean()
      .default(false)
      .describe('whether a partition cuts the lowest off from the highest, and nobody else'),
  },
  bugs: {
    obey: 'a node follows whoever claims victory',
    pingOnly: 'a node does not miss a leader that is alive, even if it leads no more',
    noTieBreak: 'of two nodes with equally late operations neither is higher',
  },
  roles: {
    node: {
      prefix: 'n',
      durable: {
        operation: z.int().default(0), // when its last one was
      },
      volatile: {
        at: z.enum(['idle', 'asking', 'announcing']).default('idle'),
        leader: id('node').nullable().default(null),
        untold: z.set(id('node')).default(new Set()), // to whom Election or Victory is still to be sent
        alive: z.set(id('node')).default(new Set()), // who has answered
      },
    },
  },
  messages: { Election: { operation: z.int() }, Alive: {}, Victory: { operation: z.int() } },
  shared: {
    early: z.int().default(0), // time-outs that may still strike too early
  },
  network: 'fifo',
  faults: { crash: { roles: ['node'], budget: 2 }, partition: true },
})

type Node = Process<typeof bully, 'node'>
type Ranked = { readonly id: Id<'node'>; readonly operation: number }
type NodeView = ProcessView<typeof bully, 'node'>

const isUp = ({ health }: { readonly health: string }) => health === 'up'
const leads = (node: NodeView) => isUp(node) && node.leader === node.id

const beginsToAsk = (was: NodeView, is: NodeView) => was.at !== 'asking' || is.untold.size > was.untold.size

/** Whether a follower that stays up follows no more. */
const givesUp = (was: NodeView, is: NodeView) =>
  isUp(was) &&
  isUp(is) &&
  was.leader !== null &&
  was.leader !== was.id &&
  !equal([was.at, was.leader], [is.at, is.leader])

const hasStood = ({ id, at, leader }: NodeView) => at === 'asking' || leader === id

const inbox = ({ messages }: View<typeof bully>, to: string, by?: string | null) =>
  messages.filter((one) => one.to === to && (by === undefined || one.from === by)).length

const sent = ({ messages }: View<typeof bully>, type: string, by: string) =>
  messages.filter(({ from, message }) => from === by && message.type === type).length

const victories = ({ messages }: View<typeof bully>, by: string, to: string) =>
  messages.filter((one) => one.from === by && one.to === to && one.message.type === 'Victory').length

export default protocol(bully, ({ nodes, rank, latest, recovery, early, bridge }, bug) => {
  /** Node names are n1 to n5: they compare like their numbers. */
  const isHigher = (a: Ranked, b: Ranked) => {
    if (rank === 'operation' && a.operation !== b.operation) return a.operation > b.operation
    return a.id > b.id && !(rank === 'operation' && bug.noTieBreak)
  }

  /** Whom a node asks: the higher ones; all others, where nobody knows who they are. */
  const rivalsOf = (self: Id<'node'>, all: readonly Id<'node'>[]) =>
    all.filter((other) => other !== self && (rank === 'operation' || other > self))

  const elect = (me: Node, self: Id<'node'>, all: readonly Id<'node'>[]) => {
    const rivals = rivalsOf(self, all)
    // mutate: equivalent (drop guard, drop operand), because who has nobody to ask waits for nobody, and who leads asks
    // again and leads again
    if (rivals.length === 0 || me.leader === self) return announce(me, self, all)
    me.at = 'asking'
    me.leader = null // mutate: equivalent (forget to clear), because nobody looks at the leader of one who asks
    me.untold = new Set(rivals)
    me.alive = new Set()
  }

  const announce = (me: Node, self: Id<'node'>, all: readonly Id<'node'>[]) => {
    // mutate: equivalent (drop condition), because a leader that is idle too early only tells of its victory once more
    me.at = nodes > 1 ? 'announcing' : 'idle'
    me.leader = self
    me.untold = new Set(all.filter((other) => other !== self))
    me.alive = new Set()
  }

  const follow = (me: Node, leader: Id<'node'>) => {
    me.at = 'idle'
    me.leader = leader
    me.untold = new Set()
    me.alive = new Set()
  }

  /** Said for itself, so that a mistake in `isHigher` is not one of the question, too. */
  const highestOf = (live: readonly NodeView[]) => {
    const latest = Math.max(...live.map(({ operation }) => operation))
    return live.findLast(({ operation }) => rank !== 'operation' || operation === latest)
  }

  /** The highest of the live nodes is the leader of all of them, itself included. */
  const everybodyFollows = ({ node }: View<typeof bully>) => {
    const live = node.filter(isUp)
    const highest = highestOf(live)
    return every(
      live,
      ({ leader }) => leader === highest!.id,
      ({ id, leader }) => `${id} follows ${leader ?? 'nobody'}, but ${highest!.id} is the highest live node`,
    )
  }

  /** Said for itself, too. */
  const mayBeHigher = (other: NodeView, id: string) => (rank === 'operation' ? other.id !== id : other.id > id)

  /** Whether a time-out may strike though it is too early; spends one of those. */
  const isEarly = ({ shared }: World<typeof bully>) => {
    if (shared.early === 0) return false
    shared.early -= 1
    return true
  }

  return {
    population: { node: nodes },
    requires: {
      'a bridge is between two others': !bridge || nodes > 2,
      'the latest operation is of a node': latest <= nodes,
      'operations are the rank where one is the latest': latest === 0 || rank === 'operation',
    },
    cuts: bridge && (({ node }) => [[[node[0]], [node.at(-1)]]]),
    start: {
      node(me, { self, ids, choose }) {
        // mutate: equivalent (drop condition), because nobody looks at operations where ids are the rank
        if (rank === 'operation')
          // mutate: equivalent (drop condition, flip comparison, off by one), because which operations there are in a
          // run is a bound of the model
          me.operation = latest > 0 ? Number(ids.node[latest - 1] === self) : choose('operation', [0, 1])
      },
      environment({ shared }) {
        shared.early = early
      },
    },

    actions: {
      node: {
        /** At the start, or back from a crash. */
        callElection(me, { self, ids }) {
          if (me.at !== 'idle' || me.leader !== null) return disabled
          elect(me, self, ids.node)
        },

        tell(me, { choose, send }) {
          const peer = choose('peer', [...me.untold])
          me.untold.delete(peer)
          send(peer, { type: me.at === 'asking' ? 'Election' : 'Victory', operation: me.operation })
          // mutate: equivalent (drop operand, flip comparison, drop assignment), because a leader that is idle too
          // early, or never, only tells of its victory more often
          if (me.at === 'announcing' && me.untold.size === 0) me.at = 'idle'
        },
      },

      environment: {
        /** A node hears nothing from its leader any more: it is down, or leads no more. */
        missLeader(world) {
          const { node, ids, choose, channel, isCut } = world
          const self = choose('node', ids.node)
          const me = node.find((n) => n.id === self)!
          const leader = node.find((n) => n.id === me.leader)
          // mutate: equivalent (drop operand), because a leader that misses itself leads on, and tells so once more
          if (!isUp(me) || me.at !== 'idle' || leader === undefined || leader.id === self) return disabled
          const isSilent = !isUp(leader) || (leader.leader !== leader.id && !bug.pingOnly)
          const isGone = isCut(leader.id, self) || (isSilent && channel(leader.id, self).length === 0)
          if (!isGone && !isEarly(world)) return disabled
          elect(me, self, ids.node)
        },

        /** A node waits in vain: for an answer, or for the victory of those who have answered. */
        timeOut(world) {
          const { node, ids, choose, channel, isCut } = world
          const self = choose('node', ids.node)
          const me = node.find((n) => n.id === self)!
          if (!isUp(me) || me.at !== 'asking' || me.untold.size > 0) return disabled
          const hasAnswer = me.alive.size > 0
          const awaited = rivalsOf(self, ids.node).filter((rival) => !hasAnswer || me.alive.has(rival))
          const isSilent = (rival: Id<'node'>) => {
            if (isCut(rival, self)) return true
            const isDown = node.some((n) => n.id === rival && !isUp(n))
            return channel(rival, self).length === 0 && (isDown || (!hasAnswer && channel(self, rival).length === 0))
          }
          if (!awaited.every(isSilent) && !isEarly(world)) return disabled
          if (hasAnswer) elect(me, self, ids.node)
          else announce(me, self, ids.node)
        },
      },
    },

    receive: {
      node: {
        Election(me, { operation }, { self, from, ids, send }) {
          if (!isHigher({ id: self, operation: me.operation }, { id: from, operation })) return
          send(from, { type: 'Alive' })
          if (me.leader === self) {
            me.at = 'announcing'
            me.untold.add(from)
          } else if (me.at === 'idle') elect(me, self, ids.node)
        },

        Alive(me, _, { from }) {
          if (me.at === 'asking') me.alive.add(from)
        },

        Victory(me, { operation }, { self, from, ids }) {
          const isLower = isHigher({ id: self, operation: me.operation }, { id: from, operation })
          if (!isLower || bug.obey) follow(me, from)
          else if (me.at === 'idle') elect(me, self, ids.node)
        },
      },
    },

    restart: {
      node: () => (recovery ? undefined : disabled),
    },

    properties: {
      oneLeader: always('at most one live node takes itself for the leader', ({ node }) =>
        noPair(
          node,
          (a, b) => leads(a) && leads(b),
          (a, b) => `${a.id} and ${b.id} both lead`,
        ),
      ),
      settled: deadlockFree('once quiet, every live node follows the highest live one', everybodyFollows),
      settlesInTheEnd: eventuallyAlways('every live node follows the highest live one in the end', everybodyFollows, {
        weak: ['actions', 'messages'],
      }),
      aLeader: sometimes('all nodes follow the same leader', ({ node }) =>
        node.every(({ leader }) => leader !== null && leader === node[0]!.leader),
      ),
      /** Step 2, and of step 3 that answers of before do not count. */
      asksAllHigher: step('whoever begins to ask, or asks again, asks all that may be higher', (before, after) =>
        every(
          after.node.filter((is, i) => is.at === 'asking' && beginsToAsk(before.node[i]!, is)),
          ({ id, untold, alive }) =>
            alive.size === 0 && untold.size === after.node.filter((other) => mayBeHigher(other, id)).length,
          ({ id, untold, alive }) => `${id} asks ${untold.size} others, and has ${alive.size} answers`,
        ),
      ),
      claimsWon: step('whoever claims victory leads', (before, after) =>
        every(
          after.node.filter(({ id }) => sent(after, 'Victory', id) > sent(before, 'Victory', id)),
          ({ id, leader }) => leader === id,
          ({ id, leader }) => `${id} claims victory, and its leader is ${leader ?? 'nobody'}`,
        ),
      ),
      /** "If and only if the leader has failed or has lost contact with others there is an election." */
      keepsLeader: step(
        'who hears nothing gives up a leader only where that has failed, or leads no more',
        (before, after) =>
          every(
            before.node.filter(
              (was, i) => givesUp(was, after.node[i]!) && inbox(after, was.id) >= inbox(before, was.id),
            ),
            ({ id, leader }) =>
              !before.node.some((one) => one.id === leader && leads(one)) && inbox(before, id, leader) === 0,
            ({ id, leader }) => `${id} has heard nothing, and gives up ${leader}`,
          ),
      ),
      asksFirst: step('whoever comes to lead has asked before, if anybody may be higher', (before, after) =>
        every(
          after.node.filter(({ id, leader }, i) => leader === id && before.node[i]!.leader !== id),
          ({ id }) =>
            before.node.some((was) => was.id === id && was.at === 'asking') ||
            !after.node.some((other) => mayBeHigher(other, id)),
          ({ id }) => `${id} leads, and has asked nobody`,
        ),
      ),
      /** Document 001, steps 2 and 3. */
      asksInTurn: step('who is idle and is asked by a lower one asks the higher ones in turn', (before, after) =>
        after.node.every((is, i) => {
          const was = before.node[i]!
          if (sent(after, 'Alive', is.id) <= sent(before, 'Alive', is.id)) return true
          if (was.leader === is.id) return is.at === 'announcing' && is.leader === is.id
          return was.at === 'idle' ? hasStood(is) : equal(was, is)
        }),
      ),
      contests: step(
        'who hears a higher one claim victory follows; who is idle and hears a lower one stands',
        (before, after) =>
          after.node.every((is, i) => {
            const was = before.node[i]!
            const from = before.node.find(
              ({ id }) => victories(after, id, is.id) < victories(before, id, is.id) && isUp(was) && isUp(is),
            )
            if (from === undefined) return true
            if (highestOf([from, was].sort((a, b) => (a.id < b.id ? -1 : 1))) === from)
              return is.at === 'idle' && is.leader === from.id
            return was.at === 'idle' ? hasStood(is) : equal(was, is)
          }),
      ),
      answersAreHeard: always('only who asks counts answers', ({ node }) =>
        node.every(({ at, alive }) => at === 'asking' || alive.size === 0),
      ),
      byOperation:
        rank === 'operation' &&
        nodes > 1 &&
        sometimes('all nodes are up and follow the one with the lowest id', ({ node }) =>
          node.every((n) => isUp(n) && n.leader === node[0]!.id),
        ),
      nobodyWaitsForEver: optional(
        eventuallyAlways(
          'every live node has a leader in the end',
          ({ node }) => node.every((n) => !isUp(n) || n.leader !== null),
          { weak: ['actions', 'messages'] },
        ),
      ),
      leaderStays: optional(
        step('a leader that is alive and well stays the leader', (before, after) =>
          every(
            before.node.filter((n, i) => leads(n) && isUp(after.node[i]!)),
            (n) => after.node.some((m) => m.id === n.id && leads(m)),
            (n) => `${n.id} was the leader and has not failed`,
          ),
        ),
      ),
    },
  }
})
