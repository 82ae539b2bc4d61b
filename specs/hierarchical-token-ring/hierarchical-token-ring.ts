/**
 * Mutual exclusion by tokens on two levels: rings of nodes, and a ring of their coordinators.
 *
 * Source: document 001 §2.1 (a token ring of two levels, for many nodes or wide networks). It says how the rings are made,
 * and not how the tokens go together; the rule here is the plain one: a local token goes round only while its coordinator
 * has the global one, which is passed on once the local token has come home.
 *
 * Modelled: rings of nodes, each with a coordinator. Who has the local token may enter, and passes it on when it leaves, or
 * at once if it does not want to. Nodes come back for more for ever. Who crashes stays down, with its token (`--crashes`).
 * With `--repair` all learn who has crashed and leave it out. If a local token is lost, its coordinator takes the round for
 * ended; if the global one is lost with its coordinator, another makes it anew, once no local token is about in the ring of
 * the dead one. That ring then has nobody to give it a token: its nodes wait until it gets another coordinator, by an
 * election that is left out (see `bully`). Left out, too: lost messages, and detectors that err (see `token-ring`).
 *
 * Findings. The two tokens must be nested: a coordinator that passes the global one while its own is on its way has two
 * nodes inside (bug `passEarly`). And the detector of crashes being perfect is not enough: that the global token is gone
 * does not say that nobody is inside. Its coordinator may have died while the local one went on (bug `hastyRepair`).
 * Where every node is asked in turn, two levels pass tokens more often than one ring of all nodes does, not less
 * (`--groups 2 --nodes 2`: 8 times a round, against 4): what they save is distance.
 *
 * Bounds: 2 rings of 2 nodes: a node before and one after the holder in its ring, and another ring that wants to enter.
 * A crash can strike a node, with or without a token, or a coordinator, with its token at home or away.
 */
import {
  always,
  type Context,
  canAlways,
  declare,
  disabled,
  every,
  fails,
  forEach,
  id,
  leadsTo,
  may,
  noPair,
  type Process,
  type ProcessView,
  protocol,
  sometimes,
  type View,
  type World,
  z,
} from 'splitbrain'

const hierarchicalTokenRing = declare({
  name: 'hierarchical-token-ring',
  summary: 'mutual exclusion by tokens in rings of nodes, and one in a ring of coordinators',
  sources: ['document 001 §2.1, two levels of token rings'],
  parameters: {
    groups: z.int().min(2).max(3).default(2).describe('rings, each with a coordinator'),
    nodes: z.int().min(1).max(3).default(2).describe('nodes in each of them'),
    repair: z.boolean().default(true).describe('whether the crashed are left out, and lost tokens are made anew'),
  },
  bugs: {
    passEarly: 'a coordinator passes the global token while its local one goes round',
    hastyRepair: 'a lost global token is made anew though the local one of the crashed coordinator goes round',
    enterWithout: 'a node enters as soon as it wants to',
    keepToken: 'a node that has been inside keeps the token as long as it wants to enter again',
    keepGlobal: 'a coordinator lets its local token go round again and again',
  },
  roles: {
    coordinator: {
      prefix: 'k',
      volatile: { hasGlobal: z.boolean().default(false) },
    },
    node: {
      prefix: 'n',
      volatile: {
        at: z.enum(['idle', 'waiting', 'inside']).default('idle'),
        hasToken: z.boolean().default(false),
      },
    },
  },
  messages: { Global: {}, Local: {} },
  shared: {
    /** Who is known by all to have crashed. */
    gone: z.set(z.union([id('coordinator'), id('node')])).default(new Set()),
  },
  network: 'set',
  faults: { crash: { roles: ['coordinator', 'node'], restart: 'never', budget: 1 } },
})

type Coordinator = Process<typeof hierarchicalTokenRing, 'coordinator'>
type CoordinatorContext = Context<typeof hierarchicalTokenRing, 'coordinator'>
type Node = Process<typeof hierarchicalTokenRing, 'node'>
type NodeContext = Context<typeof hierarchicalTokenRing, 'node'>
type NodeView = ProcessView<typeof hierarchicalTokenRing, 'node'>
type Rings = World<typeof hierarchicalTokenRing>
type System = View<typeof hierarchicalTokenRing>
type Surroundings = Pick<CoordinatorContext, 'ids' | 'shared'>

const isInside = ({ health, at }: NodeView) => health === 'up' && at === 'inside'
const isWaiting = ({ health, at }: NodeView) => health === 'up' && at === 'waiting'

export default protocol(hierarchicalTokenRing, ({ groups, nodes, repair, crashes }, bug) => {
  const ringOf = ({ ids }: Pick<Surroundings, 'ids'>, group: number) =>
    ids.node.slice(group * nodes, (group + 1) * nodes)

  /** The first node of the ring behind this place that is not known to have crashed. */
  const nextNode = (context: Surroundings, group: number, place: number) =>
    ringOf(context, group)
      .slice(place + 1)
      .find((node) => !context.shared.gone.has(node))

  const nextCoordinator = ({ ids, shared }: Surroundings, group: number) =>
    [...ids.coordinator.slice(group + 1), ...ids.coordinator.slice(0, group)].find((other) => !shared.gone.has(other))

  type Send = (to: CoordinatorContext['self'] | NodeContext['self'], message: { type: 'Global' | 'Local' }) => void

  const passGlobal = (me: Coordinator, context: Surroundings, group: number, send: Send) => {
    const next = nextCoordinator(context, group)
    if (next === undefined) return false
    me.hasGlobal = false
    send(next, { type: 'Global' })
    return true
  }

  /** The global token has come: the local one starts. */
  const startRound = (me: Coordinator, context: Surroundings, group: number, send: Send) => {
    me.hasGlobal = true
    const first = nextNode(context, group, -1)
    if (first !== undefined) send(first, { type: 'Local' })
    if (first === undefined || bug.passEarly) passGlobal(me, context, group, send)
  }

  /** The local token has come home. Who is alone starts again. */
  const endRound = (me: Coordinator, context: Surroundings, group: number, send: Send) => {
    if (!me.hasGlobal) return
    if (bug.keepGlobal || !passGlobal(me, context, group, send)) startRound(me, context, group, send)
  }

  const passLocal = (me: Node, context: NodeContext) => {
    const place = context.ids.node.indexOf(context.self)
    const group = Math.floor(place / nodes)
    me.hasToken = false
    context.send(nextNode(context, group, place % nodes) ?? context.ids.coordinator[group]!, { type: 'Local' })
  }

  /** Whether the local token of this ring can still be used. */
  const isLocalAbout = ({ coordinator, node, ids, channel }: Rings, group: number) => {
    const home = ids.coordinator[group]!
    const members = ringOf({ ids }, group)
    const isUp = (process: string) => [...coordinator, ...node].some((p) => p.id === process && p.health === 'up')
    const isComing = [...members, home].some(
      (to) => isUp(to) && [...members, home].some((from) => from !== to && channel(from, to).length > 0),
    )
    return isComing || node.some((n) => members.includes(n.id) && n.health === 'up' && n.hasToken)
  }

  const detect = ({ coordinator, node, shared, choose }: Rings) => {
    const crashed = [...coordinator, ...node].filter(({ id, health }) => health === 'down' && !shared.gone.has(id))
    shared.gone.add(
      choose(
        'crashed',
        crashed.map(({ id }) => id),
      ),
    )
  }

  /** The local token of a coordinator is lost: the round is over. */
  const giveUpLocal = (world: Rings) => {
    const self = world.choose('coordinator', world.ids.coordinator)
    const group = world.ids.coordinator.indexOf(self)
    const me = world.coordinator[group]!
    const isEmpty = nextNode(world, group, -1) === undefined
    if (me.health === 'down' || !me.hasGlobal || isLocalAbout(world, group) || isEmpty) return disabled
    endRound(me, world, group, (to, message) => world.send(self, to, message))
  }

  /** The global token is lost, and no local one is about: another coordinator makes it anew. */
  const makeGlobal = (world: Rings) => {
    const { coordinator, ids, choose, channel } = world
    const alive = coordinator.filter(({ health }) => health === 'up')
    const isThere = alive.some(
      ({ id, hasGlobal }) => hasGlobal || ids.coordinator.some((from) => from !== id && channel(from, id).length > 0),
    )
    const isAbout = coordinator.some((_, group) => isLocalAbout(world, group))
    if (isThere || (isAbout && !bug.hastyRepair)) return disabled
    const self = choose(
      'coordinator',
      alive.map(({ id }) => id),
    )
    const group = ids.coordinator.indexOf(self)
    startRound(coordinator[group]!, world, group, (to, message) => world.send(self, to, message))
  }

  /** A ring without its coordinator has to wait for another. */
  const hasCoordinator = ({ coordinator }: Pick<System, 'coordinator'>, node: string) => {
    const place = Number(node.slice(1)) - 1
    return coordinator[Math.floor(place / nodes)]!.health === 'up'
  }

  return {
    population: { coordinator: groups, node: groups * nodes },
    requires: { 'crashes < groups': crashes < groups }, // a coordinator is left
    start: {
      environment(world) {
        const [self] = world.ids.coordinator
        startRound(world.coordinator[0]!, world, 0, (to, message) => world.send(self!, to, message))
      },
    },

    actions: {
      node: {
        /** Nobody has to want to enter; all else has to happen. */
        ask: may((me) => {
          if (me.at !== 'idle') return disabled
          me.at = 'waiting'
        }),

        enter(me) {
          if (me.at !== 'waiting' || !(me.hasToken || bug.enterWithout)) return disabled
          me.at = 'inside'
        },

        leave(me, context) {
          if (me.at !== 'inside') return disabled
          me.at = 'idle'
          if (me.hasToken && !bug.keepToken) passLocal(me, context)
        },

        /** Who does not want to enter passes the token on. */
        pass(me, context) {
          if (me.at !== 'idle' || !me.hasToken) return disabled
          passLocal(me, context)
        },
      },

      environment: {
        detect: repair && crashes > 0 && detect,
        giveUpLocal: repair && crashes > 0 && giveUpLocal,
        makeGlobal: repair && crashes > 0 && makeGlobal,
      },
    },

    receive: {
      coordinator: {
        Global(me, _, context) {
          startRound(me, context, context.ids.coordinator.indexOf(context.self), context.send)
        },
        Local(me, _, context) {
          endRound(me, context, context.ids.coordinator.indexOf(context.self), context.send)
        },
      },
      node: {
        Local(me) {
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
      oneLocal: always('at most one node can enter', ({ coordinator, node, messages }) => {
        const alive = [...coordinator, ...node].filter(({ health }) => health === 'up').map(({ id }): string => id)
        const places = [
          ...node.filter(({ id, hasToken }) => hasToken && alive.includes(id)).map(({ id }) => `at ${id}`),
          ...messages
            .filter(({ to, message }) => message.type === 'Local' && alive.includes(to))
            .map(({ to }) => `on its way to ${to}`),
        ]
        return places.length < 2 || fails(`there are two local tokens: ${places.join(', ')}`)
      }),
      everyRequestGranted: forEach(
        'node',
        leadsTo(
          'whenever a node asks whose coordinator stays up, it gets in',
          ({ me }) => isWaiting(me),
          ({ me, coordinator }) => !isWaiting(me) || !hasCoordinator({ coordinator }, me.id),
          { weak: ['actions', 'messages'] },
        ),
      ),
      canEnter: canAlways('those who wait, and have a coordinator, can still all get in', (system) =>
        every(system.node.filter(isWaiting), ({ id }) => !hasCoordinator(system, id)),
      ),
      aRound: sometimes(
        'the global token comes to the last coordinator',
        ({ coordinator }) => coordinator.at(-1)!.hasGlobal,
      ),
    },
  }
})
