/**
 * Mutual exclusion by a token that goes round: only who has it may enter.
 *
 * Sources: document 001 §2.1 (the token ring algorithm); Le Lann, "Distributed Systems - Towards a Formal Approach"
 * (1977), where the token, its loss and its regeneration come from.
 *
 * Modelled: nodes in a ring, each of which passes the token to the next, at once if it does not want to enter, and
 * otherwise after it has been inside. Nodes come back for more for ever. A node that crashes stays down, and the token
 * with it: `--crashes`. With `--repair` (the default) the survivors learn who has crashed, leave them out of the ring, and one of
 * them makes a new token once the old one is gone; `--mistakes` lets one do so though the old one is still about. How
 * survivors agree on who makes the token is left out (an election, see `bully`), and so are lost messages (to the token
 * the same as a crash) and nodes that join.
 *
 * `--repair` rests on a perfect detector: it knows who is down and whether a token is on its way. Nobody has one; that
 * is what `--mistakes` is for.
 *
 * Findings. The token also gets lost with a node that is passed to while it is down, not only with its holder. Waiting
 * is bounded, as the document says: a node that wants to enter does so after the token was passed n-1 times at most,
 * and for a second entry it has to come round, in n. But with nobody wanting to enter it goes round as well, for ever:
 * no number of messages bounds an entry.
 *
 * Defaults: one crash, and a ring that is repaired, where everything holds. How long one waits is counted where nobody
 * crashes.
 *
 * Bounds: 4 nodes, so that there is one that is neither the holder nor next to it on either side. One crash stops
 * everything; with repair two are survived, by two survivors.
 */
import {
  always,
  alwaysEventuallyStep,
  type Context,
  canAlways,
  declare,
  disabled,
  eventually,
  fails,
  forEach,
  id,
  leadsTo,
  may,
  none,
  noPair,
  optional,
  type Process,
  type ProcessView,
  protocol,
  type Shared,
  some,
  sometimes,
  step,
  type View,
  type World,
  when,
  z,
} from 'splitbrain'

const tokenRing = declare({
  name: 'token-ring',
  summary: 'mutual exclusion by a token that goes round',
  sources: ['document 001 §2.1, the token ring algorithm', 'Le Lann 1977'],
  parameters: {
    nodes: z.int().min(2).max(6).default(4).describe('nodes in the ring'),
    repair: z.boolean().default(true).describe('whether the crashed are left out, and a lost token is made anew'),
    mistakes: z.int().min(0).max(2).default(0).describe('how often a token is made anew though it was not lost'),
  },
  bugs: {
    keepToken: 'a node that has been inside keeps the token as long as it wants to enter again',
    enterWithout: 'a node enters as soon as it wants to',
  },
  roles: {
    node: {
      prefix: 'n',
      volatile: {
        at: z.enum(['idle', 'waiting', 'inside']).default('idle'),
        hasToken: z.boolean().default(false),
        gone: z.set(id('node')).default(new Set()), // who it knows to have crashed
      },
    },
  },
  messages: { Token: {} },
  shared: {
    mistakes: z.int().default(0), // still to be made
    // For the properties only: how often the token was passed since the last node asked, and since it left; at most n.
    sinceAsked: z.int().nullable().default(null),
    sinceLeft: z.int().nullable().default(null),
  },
  network: 'set',
  faults: { crash: { roles: ['node'], restart: 'never', budget: 1 } },
})

type Node = Process<typeof tokenRing, 'node'>
type NodeContext = Context<typeof tokenRing, 'node'>
type NodeView = ProcessView<typeof tokenRing, 'node'>
type System = View<typeof tokenRing>

const isUp = ({ health }: NodeView) => health === 'up'
const isInside = (node: NodeView) => isUp(node) && node.at === 'inside'
const isWaiting = (node: NodeView) => isUp(node) && node.at === 'waiting'

/** Where the tokens are, of those that can still be used. */
const tokensOf = ({ node, messages }: System) => [
  ...node.filter((n) => isUp(n) && n.hasToken).map(({ id }) => `at ${id}`),
  ...messages.filter(({ to }) => node.some((n) => n.id === to && isUp(n))).map(({ to }) => `on its way to ${to}`),
]

const entersLast = (before: System, after: System) => !isInside(before.node.at(-1)!) && isInside(after.node.at(-1)!)

export default protocol(tokenRing, ({ nodes, repair, mistakes, crashes }, bug) => {
  // mutate: equivalent (drop operand, flip comparison), because it only says where the properties are asked, and their
  // books kept
  const isFaultless = crashes === 0 && mistakes === 0

  /** To the next node that is not known to have crashed. Who is alone keeps the token. */
  const pass = (me: Node, { self, ids, shared, send }: NodeContext) => {
    const place = ids.node.indexOf(self)
    const others = [...ids.node.slice(place + 1), ...ids.node.slice(0, place)]
    const next = others.find((node) => !me.gone.has(node))
    if (next === undefined) return disabled
    me.hasToken = false
    if (isFaultless) count(shared)
    send(next, { type: 'Token' })
  }

  const count = (shared: Shared<typeof tokenRing>) => {
    if (shared.sinceAsked !== null) shared.sinceAsked = Math.min(shared.sinceAsked + 1, nodes)
    if (shared.sinceLeft !== null) shared.sinceLeft = Math.min(shared.sinceLeft + 1, nodes)
  }

  /** A node learns that another has crashed. */
  const detect = ({ node, ids, choose }: World<typeof tokenRing>) => {
    const self = choose('node', ids.node)
    const peer = choose('crashed', ids.node)
    const me = node.find(({ id }) => id === self)!
    const isDown = node.some(({ id, health }) => id === peer && health === 'down')
    // mutate: equivalent (drop operand), because what a dead node learns it tells nobody
    if (me.health === 'down' || !isDown) return disabled
    if (me.gone.has(peer)) return disabled // mutate: equivalent (drop guard), because to learn it again changes nothing
    me.gone.add(peer)
  }

  /** A node makes a new token: the old one is gone, or so it is believed. */
  const regenerate = ({ node, ids, shared, choose, channel }: World<typeof tokenRing>) => {
    const self = choose('node', ids.node)
    const me = node.find(({ id }) => id === self)!
    // mutate: equivalent (drop guard, drop operand), because nobody gets what a dead node has, and of who has a token
    // it is known to be about
    if (me.health === 'down' || me.hasToken) return disabled
    const survivors = node.filter(({ health }) => health === 'up')
    const isAbout = survivors.some(
      ({ id, hasToken }) => hasToken || ids.node.some((from) => from !== id && channel(from, id).length > 0),
    )
    if (isAbout ? shared.mistakes === 0 : !repair) return disabled
    // mutate: equivalent (drop assignment), because how many mistakes there are is a bound of the model
    if (isAbout) shared.mistakes -= 1
    me.hasToken = true
  }

  return {
    population: { node: nodes },
    requires: { 'crashes < nodes': crashes < nodes }, // somebody is left
    start: {
      environment({ node, shared }) {
        node[0]!.hasToken = true
        shared.mistakes = mistakes
      },
    },

    actions: {
      node: {
        /** Nobody has to want to enter; all else has to happen. */
        ask: may((me, { self, ids, shared }) => {
          if (me.at !== 'idle') return disabled
          me.at = 'waiting'
          if (isFaultless && self === ids.node.at(-1)) shared.sinceAsked = 0
        }),

        enter(me, { self, ids, shared }) {
          if (me.at !== 'waiting' || !(me.hasToken || bug.enterWithout)) return disabled
          me.at = 'inside'
          if (self === ids.node.at(-1)) shared.sinceAsked = null
        },

        leave(me, context) {
          if (me.at !== 'inside') return disabled
          me.at = 'idle'
          if (isFaultless && context.self === context.ids.node.at(-1)) context.shared.sinceLeft = 0
          if (me.hasToken && !bug.keepToken) pass(me, context)
        },

        /** Who does not want to enter passes the token on. */
        pass(me, context) {
          if (me.at !== 'idle' || !me.hasToken) return disabled
          return pass(me, context)
        },
      },

      environment: {
        detect: repair && detect,
        regenerate: (repair || mistakes > 0) && regenerate,
      },
    },

    receive: {
      node: {
        Token(me) {
          me.hasToken = true
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
      oneToken: always('there is at most one token', (system) => {
        const places = tokensOf(system)
        return places.length < 2 || fails(`there are two tokens: ${places.join(', ')}`)
      }),
      everyRequestGranted: forEach(
        'node',
        leadsTo(
          'whenever a node asks, it gets in',
          ({ me }) => isWaiting(me),
          ({ me }) => !isWaiting(me),
          { weak: ['actions', 'messages'] },
        ),
      ),
      tokenComesRound:
        isFaultless &&
        forEach(
          'node',
          alwaysEventuallyStep(
            'the token comes to every node again and again',
            (before, after) => !before.me.hasToken && after.me.hasToken,
            { weak: [['node.enter', 'node.leave', 'node.pass'], 'messages'] },
          ),
        ),
      canEnter: canAlways('those who wait can still all get in', ({ node }) => none(node, isWaiting)),
      boundedWait:
        isFaultless &&
        step('who asks gets in before the token has been passed n times', (before, after) =>
          when(
            entersLast(before, after),
            () => before.shared.sinceAsked! < nodes || fails(`the token was passed ${nodes} times or more`),
          ),
        ),
      aRoundBetween:
        isFaultless &&
        step('between two entries of a node the token is passed n times: all the way round', (before, after) =>
          when(entersLast(before, after) && before.shared.sinceLeft !== null, () =>
            before.shared.sinceLeft === nodes
              ? true
              : fails(`the token was passed ${before.shared.sinceLeft} times since it left`),
          ),
        ),
      anIdleRound: sometimes(
        'the token is passed on although nobody wants to enter',
        ({ node, messages }) => messages.length > 0 && node.every(({ at }) => at === 'idle'),
      ),
      onlyWhoAsks: step('nobody enters without having asked', (before, after) =>
        none(after.node, (n) => isInside(n) && before.node.some(({ id, at }) => id === n.id && at === 'idle')),
      ),
      anEntry: sometimes('a node is inside', ({ node }) => some(node, isInside)),
      somebodyEnters: optional(
        eventually('somebody enters', ({ node }) => some(node, isInside), { weak: ['node.pass', 'messages'] }),
      ),
    },
  }
})
