/**
 * Mutual exclusion by consent: whoever wants the resource asks all others, and enters when all have agreed.
 *
 * Sources: Ricart & Agrawala, "An Optimal Algorithm for Mutual Exclusion in Computer Networks" (CACM, 1981); Lamport,
 * "Time, Clocks, and the Ordering of Events in a Distributed System" (1978); document 001 §2.1 (the distributed
 * algorithm).
 *
 * Modelled: a request bears a timestamp that is higher than any its node has received: a Lamport clock that, as in the
 * paper, does not count the node's own requests, so that a timestamp may be used twice. Who receives one agrees at once, unless it has an earlier
 * request of its own - less by timestamp, then by node - which includes the one it is inside on; then it agrees as it
 * leaves. Messages overtake each other. Requests are sent one by one, and so are the replies that were deferred, so
 * that a crash can strike between any two. A node that crashes stays down. With `--detection` nodes learn which others
 * have crashed, and do not wait for them; `--mistakes` lets them think so of a node that is alive. Left out: lost messages, nodes that join, nodes that come back.
 *
 * Findings. Without advancing the clock on receipt not only the order is lost, but mutual exclusion as well
 * (`deaf-clock-two-inside`): a node agrees to a later request, and then makes an earlier one. Document 001 says that
 * the messages of n programs grow exponentially with n; they are 2n(n-1), by its own count: 4, 12, 24 for 2, 3, 4.
 *
 * Nobody starves: entries go by timestamp, before each request there are only finitely many others, and nobody gets
 * stuck. So much is shown here, in runs of so many turns. With `--turns 0` nodes come back for ever, and timestamps grow for
 * ever. Only what is between them counts - they are compared, and a new one is one more than another - so a view takes them
 * from the least that anybody has, and what is asked of whole executions is left out.
 *
 * Bounds: 3 nodes, so that one that knows nothing of two others' dispute takes part; 2 turns, so that clocks have come
 * apart when the second begins. One crash stops everybody; with detection the third goes on after two.
 */
import {
  always,
  type Context,
  canAlways,
  deadlockFree,
  declare,
  disabled,
  equal,
  every,
  fails,
  forEach,
  type Id,
  id,
  leadsTo,
  none,
  noPair,
  type Process,
  type ProcessView,
  protocol,
  type Shared,
  sometimes,
  step,
  type World,
  when,
  z,
} from 'splitbrain'

/** When a request was made, and by whom: requests are ordered by time, then by node. */
const Request = z.object({ time: z.int(), node: id('node') })
type Request = z.output<typeof Request>

const ricartAgrawala = declare({
  name: 'ricart-agrawala',
  summary: 'mutual exclusion by the consent of all, with Lamport clocks',
  sources: ['Ricart & Agrawala 1981', 'Lamport 1978', 'document 001 §2.1, the distributed algorithm'],
  parameters: {
    nodes: z.int().min(1).max(5).default(3).describe('nodes that want the resource'),
    turns: z.int().min(0).max(3).default(2).describe('how often each node enters; 0: again and again'),
    detection: z.boolean().default(false).describe('whether nodes learn of a crash, and ignore who has crashed'),
    mistakes: z.int().min(0).max(3).default(0).describe('how often a node is ignored though it is alive'),
  },
  bugs: {
    deafClock: 'a node does not note the timestamps that it receives',
    noTieBreak: 'of two requests with the same timestamp neither goes first',
  },
  roles: {
    node: {
      prefix: 'n',
      volatile: {
        at: z.enum(['idle', 'waiting', 'inside']).default('idle'),
        highest: z.int().default(0), // the highest timestamp that it has received
        time: z.int().default(0), // the timestamp of its last request
        unasked: z.set(id('node')).default(new Set()), // to whom its request is still to be sent
        awaited: z.set(id('node')).default(new Set()), // who has not agreed yet
        deferred: z.set(id('node')).default(new Set()), // to whom it owes a reply
        ignored: z.set(id('node')).default(new Set()),
        turns: z.int().default(0),
        messages: z.int().default(0), // for the properties only: requests sent, replies received
      },
    },
  },
  messages: { Request: { time: z.int() }, Reply: {} },
  shared: {
    mistakes: z.int().default(0), // still to be made
    entered: Request.nullable().default(null), // for the properties only: on which request the last entry was
  },
  faults: { crash: { roles: ['node'], restart: 'never' } },
})

type Node = Process<typeof ricartAgrawala, 'node'>
type NodeContext = Context<typeof ricartAgrawala, 'node'>
type NodeView = ProcessView<typeof ricartAgrawala, 'node'>

const isInside = ({ at, health }: NodeView) => health === 'up' && at === 'inside'

export default protocol(ricartAgrawala, ({ nodes, turns, detection, mistakes, crashes }, bug) => {
  /** Where nobody crashes, to send all at once is the same to everyone: what is on its way may take any time. */
  // mutate: equivalent (off by one), because to send one by one what may take any time is the same to everyone
  const oneByOne = crashes > 0
  const isFaultless = crashes === 0 && mistakes === 0
  const hasEnd = turns > 0

  /** Node names are n1 to n9: they compare like their numbers. */
  const precedes = (a: Request, b: Request) =>
    a.time < b.time || (a.time === b.time && !bug.noTieBreak && a.node < b.node)

  /** For the properties, which do not ask the code: the lower timestamp is first, and of two alike the lower node. */
  const isEarlier = (a: Request, b: Request) => (a.time === b.time ? a.node < b.node : a.time < b.time)

  /** All others have agreed, or are ignored. */
  const enterIfAgreed = (me: Node, self: Id<'node'>, shared: Shared<typeof ricartAgrawala>) => {
    if (me.at !== 'waiting' || me.awaited.size > 0) return
    me.at = 'inside'
    shared.entered = { time: me.time, node: self }
  }

  /** A node takes another for crashed, and will not wait for it. */
  const ignore = ({ node, ids, shared, choose }: World<typeof ricartAgrawala>) => {
    const self = choose('node', ids.node)
    const peer = choose(
      'peer',
      // mutate: equivalent (drop filter), because a node does not ask itself, and whom it ignores it only does not ask
      ids.node.filter((other) => other !== self),
    )
    const me = node.find(({ id }) => id === self)!
    // mutate: equivalent (drop guard, drop operand), because to ignore a node again, or when crashed, changes nothing
    if (me.health !== 'up' || me.ignored.has(peer)) return disabled
    const isDown = node.some(({ id, health }) => id === peer && health === 'down')
    if (isDown ? !detection : shared.mistakes === 0) return disabled
    // mutate: equivalent (drop assignment), because how many mistakes there are is a bound of the model
    if (!isDown) shared.mistakes -= 1
    // mutate: equivalent (drop change), because who does not remember that a node has crashed learns it again
    me.ignored.add(peer)
    // mutate: equivalent (drop change), because nobody waits for what is asked of one who is ignored
    me.unasked.delete(peer)
    me.awaited.delete(peer)
    enterIfAgreed(me, self, shared)
  }

  const count = (me: Node, messages: number) => {
    // mutate: equivalent (drop condition), because without turns to count nobody asks how many messages they take
    if (hasEnd) me.messages += messages
  }

  /** The requests of one turn, to some of the others. */
  const ask = (me: Node, peers: readonly Id<'node'>[], { send }: NodeContext) => {
    for (const peer of peers) me.unasked.delete(peer)
    count(me, peers.length)
    send(peers, { type: 'Request', time: me.time })
  }

  /** The replies that were deferred, to some of those who wait for them. */
  const agree = (me: Node, peers: readonly Id<'node'>[], { send }: NodeContext) => {
    for (const peer of peers) me.deferred.delete(peer)
    send(peers, { type: 'Reply' })
  }

  return {
    population: { node: nodes },
    view:
      !hasEnd &&
      (({ node, shared: { entered, mistakes }, messages }) => {
        const least = Math.min(...node.map(({ highest }) => highest))
        const since = (time: number) => time - least
        return {
          node: node.map((one) => ({
            ...one,
            highest: since(one.highest),
            time: one.at === 'idle' ? 0 : since(one.time),
          })),
          messages: messages.map(({ from, to, message }) =>
            message.type === 'Request' ? [from, to, since(message.time)] : [from, to],
          ),
          entered: entered && [entered.node, since(entered.time)],
          mistakes,
        }
      }),
    start: {
      environment({ shared }) {
        shared.mistakes = mistakes
      },
    },

    actions: {
      node: {
        request(me, context) {
          // mutate: equivalent (drop operand), because how many turns a node takes is a bound of the model
          if (me.at !== 'idle' || me.deferred.size > 0 || (hasEnd && me.turns === turns)) return disabled
          me.time = me.highest + 1
          me.at = 'waiting'
          me.unasked = new Set(context.peers.filter((peer) => !me.ignored.has(peer)))
          me.awaited = new Set(me.unasked)
          if (!oneByOne) ask(me, [...me.unasked], context)
          enterIfAgreed(me, context.self, context.shared)
        },

        ask: oneByOne && ((me, context) => ask(me, [context.choose('peer', [...me.unasked])], context)),

        /** Who had to wait may enter now. */
        leave(me, context) {
          if (me.at !== 'inside') return disabled
          me.at = 'idle'
          // mutate: equivalent (forget to clear), because nobody looks at the time of a request that is done with
          me.time = 0
          // mutate: equivalent (drop condition), because without turns to count they are not asked for
          if (hasEnd) me.turns += 1
          if (!oneByOne) agree(me, [...me.deferred], context)
        },

        agree:
          oneByOne &&
          ((me, context) => {
            if (me.at !== 'idle') return disabled
            agree(me, [context.choose('peer', [...me.deferred])], context)
          }),
      },

      environment: {
        ignore: (detection || mistakes > 0) && ignore,
      },
    },

    receive: {
      node: {
        Request(me, { time }, { self, from, send }) {
          if (!bug.deafClock) me.highest = Math.max(me.highest, time)
          const isFirst = me.at !== 'idle' && precedes({ time: me.time, node: self }, { time, node: from })
          if (isFirst) me.deferred.add(from)
          else send(from, { type: 'Reply' })
        },

        Reply(me, _, { self, from, shared }) {
          count(me, 1)
          me.awaited.delete(from)
          enterIfAgreed(me, self, shared)
        },
      },
    },

    properties: {
      mutualExclusion: always('at most one node is inside', ({ node }) =>
        noPair(
          node,
          (a, b) => isInside(a) && isInside(b),
          (a, b) => `${a.id} and ${b.id} are both inside`,
        ),
      ),
      timestampOrder: step('nodes enter in the order of their timestamps', (before, after) => {
        const [last, next] = [before.shared.entered, after.shared.entered]
        return when(last !== null && !equal(last, next), () =>
          isEarlier(last!, next!) || (last!.node === next!.node && last!.time === next!.time)
            ? true
            : fails(`${next!.node} enters with timestamp ${next!.time}, after ${last!.node} with ${last!.time}`),
        )
      }),
      enteredLast: always('who is inside is the last that has entered', ({ node, shared }) =>
        every(
          node.filter(isInside),
          ({ id, time }) => shared.entered?.node === id && shared.entered.time === time,
          ({ id }) => `${id} is inside, and the last to enter was ${shared.entered?.node ?? 'nobody'}`,
        ),
      ),
      messagesPerEntry:
        isFaultless &&
        hasEnd &&
        always('an entry takes 2(n-1) messages', ({ node }) =>
          every(
            node.filter(({ at }) => at === 'idle'),
            (n) => n.messages === 2 * (nodes - 1) * n.turns,
            (n) => `the ${n.turns} turns of ${n.id} took ${n.messages} messages`,
          ),
        ),
      messagesAtMost:
        hasEnd &&
        always('an entry takes no more than 2(n-1) messages, whoever crashes or is ignored', ({ node }) =>
          every(
            node,
            (n) => n.messages <= 2 * (nodes - 1) * (n.turns + (n.at === 'idle' ? 0 : 1)),
            (n) => `${n.id} is in turn ${n.turns + 1}, and has counted ${n.messages} messages`,
          ),
        ),
      messagesOfAll:
        isFaultless &&
        hasEnd &&
        always('when each of n nodes has entered once, that took 2n(n-1) messages', ({ node }) =>
          when(
            node.every((n) => n.at === 'idle' && n.turns === 1),
            () => {
              const total = node.reduce((sum, n) => sum + n.messages, 0)
              return total === 2 * nodes * (nodes - 1) || fails(`it took ${total} messages`)
            },
          ),
        ),
      everyTurnTaken:
        hasEnd &&
        deadlockFree('it ends only when every live node has had its turns', {
          node: (n) => n.health === 'down' || (n.at === 'idle' && n.turns === turns),
        }),
      everyRequestGranted:
        crashes === 0 &&
        hasEnd &&
        forEach(
          'node',
          leadsTo(
            'whenever a node asks, it gets in, the one whose timestamps come last among equal ones too',
            ({ me }) => me.at === 'waiting',
            ({ me }) => isInside(me),
            { weak: ['node.leave', 'messages'] },
          ),
        ),
      canEnter:
        hasEnd &&
        canAlways('those who wait can still all get in', ({ node }) =>
          none(node, ({ at, health }) => health === 'up' && at === 'waiting'),
        ),
      amidRequests:
        oneByOne &&
        nodes > 2 &&
        sometimes('a node has asked some of the others and not all, and may crash', ({ node }) =>
          node.some((n) => n.at === 'waiting' && n.unasked.size > 0 && n.unasked.size < nodes - 1),
        ),
      amidReplies:
        oneByOne &&
        sometimes('a node has left and still owes replies, and may crash', ({ node }) =>
          node.some((n) => n.at === 'idle' && n.deferred.size > 0),
        ),
      aDeferral: sometimes('a node inside owes another a reply', ({ node }) =>
        node.some((n) => n.at === 'inside' && n.deferred.size > 0),
      ),
    },
  }
})
