/**
 * What the compiler must refuse in a protocol's text. The checks here run in `tsc --noEmit`, which is part of `npm test`:
 * a `@ts-expect-error` line that compiles is an error. The bodies below are never run.
 */
import {
  always,
  alwaysEventuallyStep,
  deadlockFree,
  declare,
  disabled,
  eventually,
  eventuallyAlways,
  forEach,
  id,
  leadsTo,
  ltl,
  type MessageOf,
  may,
  optional,
  type Process,
  protocol,
  step,
  type View,
  z,
} from 'splitbrain'
import { expect, it } from 'vitest'

const lock = declare({
  name: 'lock',
  parameters: { clients: z.int().default(2) },
  bugs: { noCheck: 'grants without looking' },
  roles: {
    client: {
      durable: { wants: z.boolean().default(false) },
      volatile: { server: id('server').nullable().default(null) },
    },
    server: { volatile: { holder: id('client').nullable().default(null), queue: z.array(id('client')).default([]) } },
  },
  messages: { Ask: { urgent: z.boolean() }, Grant: { term: z.int(), to: id('client') } },
  shared: { epoch: z.int().default(0), readers: z.set(id('client')).default(new Set()) },
})

type Client = Process<typeof lock, 'client'>

const population = { client: 1, server: 1 }

/** Declared, not run: the compiler's verdict is the test. */
const unbuilt = (build: () => unknown) => it('compiles as expected', () => expect(build).toBeTypeOf('function'))

unbuilt(() =>
  protocol(lock, ({ clients }, bug) => {
    const count: number = clients
    const flag: boolean = bug.noCheck
    return {
      population: { client: count, server: flag ? 1 : 2 },
      start: {
        client(me, { ids }) {
          me.server = ids.server[0]!
        },
        environment({ client, shared, choose }) {
          for (const each of client) each.wants = choose(`${each.id} wants`, [true, false])
          shared.epoch = 1
        },
      },
      actions: {
        client: {
          ask(me, { self, ids, send, shared, peers, choose }) {
            if (me.wants) return disabled
            me.wants = true
            shared.readers.add(self)
            shared.readers.delete(choose('peer', peers))
            send(ids.server, { type: 'Ask', urgent: true })
            send([...ids.server, ...ids.client], { type: 'Grant', term: 1, to: self })
          },
        },
        environment: {
          tick({ shared, server }) {
            if (server.length === 0) return disabled
            shared.epoch += 1
          },
        },
      },
      receive: {
        server: {
          Ask(me, ask, { from, send }) {
            const urgent: boolean = ask.urgent
            if (urgent) send(from, { type: 'Ask', urgent })
            me.holder = null
          },
        },
      },
      restart: {
        server(me) {
          me.queue = []
        },
      },
      properties: {
        one: always('one holder', ({ server, shared, messages }) => {
          const sent: readonly MessageOf<typeof lock>[] = messages.map(({ message }) => message)
          return server.every(({ health, holder }) => health === 'up' && holder !== null) && sent.length < shared.epoch
        }),
        grows: step('the epoch grows', (before, after) => before.shared.epoch <= after.shared.epoch),
      },
    }
  }),
)

unbuilt(() =>
  protocol(lock, (parameters, bug) => {
    // @ts-expect-error unknown parameter
    parameters.nodes
    // @ts-expect-error parameters are given, not set
    parameters.clients = 3
    // @ts-expect-error unknown bug
    bug.noChek
    return {
      population,
      actions: {
        client: {
          fields(me, { self, ids, shared, choose }) {
            // @ts-expect-error misspelt field
            me.want = true
            // @ts-expect-error wrong kind of value
            me.wants = 1
            // @ts-expect-error the id of a client where a server's is meant
            me.server = self
            // @ts-expect-error any string where an id is meant
            me.server = 's1'
            // @ts-expect-error unknown role
            ids.servers
            // @ts-expect-error misspelt shared variable
            shared.epochs
            // @ts-expect-error the id of a server in a set of clients
            shared.readers.add(ids.server[0]!)
            // @ts-expect-error the other role's field
            me.holder
            // @ts-expect-error health is the business of faults
            me.health = 'down'
            // @ts-expect-error a choice has the type of its options
            me.wants = choose('n', [1, 2])
          },
          messages(_me, { self, ids, send, shared }) {
            // @ts-expect-error unknown message
            send(ids.server, { type: 'Aks', urgent: true })
            // @ts-expect-error missing field
            send(ids.server, { type: 'Grant', to: self })
            // @ts-expect-error misspelt field
            send(ids.server, { type: 'Ask', urgent: true, urgend: true })
            // @ts-expect-error wrong kind of field
            send(ids.server, { type: 'Ask', urgent: 1 })
            // @ts-expect-error the field of another message
            send(ids.server, { type: 'Ask', term: 1 })
            // @ts-expect-error a server's id where a client's is meant
            send(ids.server, { type: 'Grant', term: 1, to: ids.server[0]! })
            // @ts-expect-error a receiver is an id, not any string
            send('s1', { type: 'Ask', urgent: true })
            // @ts-expect-error an action has no sender
            shared.from
          },
        },
        environment: {
          fields({ client, shared }) {
            // @ts-expect-error misspelt field
            client[0]!.want = true
            // @ts-expect-error an id does not change
            client[0]!.id = client[1]!.id
            // @ts-expect-error misspelt shared variable
            shared.epochs = 1
            // @ts-expect-error nobody sends
            client.send
          },
        },
      },
      properties: {},
    }
  }),
)

unbuilt(() =>
  protocol(lock, () => ({
    population,
    receive: {
      client: {
        Grant(me, grant, { from }) {
          // @ts-expect-error misspelt field of the message
          grant.terms
          // @ts-expect-error a message is not changed
          grant.term = 2
          me.server = from // the sender may be of either role, so it may stand for both
        },
      },
      server: {
        // @ts-expect-error a handler for a message that is not declared
        Aks() {},
      },
    },
    restart: {
      client(me) {
        // @ts-expect-error misspelt field
        me.want = false
      },
    },
    start: {
      // @ts-expect-error unknown role
      clients() {},
    },
    properties: {
      // @ts-expect-error unknown role
      roles: always('', ({ clients }) => clients.length > 0),
      // @ts-expect-error misspelt field
      fields: always('', ({ client }) => client[0]!.want),
      // @ts-expect-error a property changes nothing
      writes: always('', ({ client }) => (client[0]!.wants = true)),
      // @ts-expect-error a property changes nothing inside either
      pushes: always('', ({ server }) => server[0]!.queue.push(server[0]!.queue[0]!) > 0),
      // @ts-expect-error no such health
      health: always('', ({ client }) => client[0]!.health === 'dead'),
      // @ts-expect-error a predicate answers with a boolean or a judgement
      answer: always('', ({ client }) => client.length),
      // @ts-expect-error no such message
      messages: always('', ({ messages }) => messages.every(({ message }) => message.type === 'Aks')),
    },
  })),
)

unbuilt(() => [
  // @ts-expect-error a population for every role
  protocol(lock, () => ({ population: { client: 1 }, properties: {} })),
  // @ts-expect-error a definition has properties, even if none
  protocol(lock, () => ({ population })),
  // @ts-expect-error a body returns nothing or disabled
  protocol(lock, () => ({ population, actions: { client: { ask: () => true } }, properties: {} })),
  // @ts-expect-error a body is not asynchronous
  protocol(lock, () => ({ population, actions: { client: { ask: async () => {} } }, properties: {} })),
  // @ts-expect-error a handler returns nothing or disabled
  protocol(lock, () => ({ population, receive: { server: { Ask: () => true } }, properties: {} })),
])

const ring = declare({
  name: 'ring',
  roles: {
    node: {
      durable: { counter: z.int().default(0) },
      volatile: { list: z.array(z.int()).default([]), secret: z.int().default(0) },
      readable: ['counter', 'list'],
    },
    mate: { volatile: { flag: z.boolean().default(false) }, readable: ['flag'] },
    loner: {},
  },
  messages: { Ping: {} },
})

unbuilt(() =>
  protocol(ring, () => ({
    population: { node: 2, mate: 1, loner: 1 },
    actions: {
      node: {
        look(me, { peers, ids, read }) {
          const counter: number = read(peers[0]!).counter
          const flag: boolean = read(ids.mate[0]!).flag
          if (flag) me.counter = counter
          // @ts-expect-error misspelt field
          read(peers[0]!).cuonter
          // @ts-expect-error a field that is not readable
          read(peers[0]!).secret
          // @ts-expect-error the other role's field
          read(peers[0]!).flag
          // @ts-expect-error a role without readable fields
          read(ids.loner[0]!).flag
          // @ts-expect-error only its own process writes a field
          read(peers[0]!).counter = 1
          // @ts-expect-error nor what is in it
          read(peers[0]!).list.push(1)
          // @ts-expect-error any string where an id is meant
          read('node2').counter
        },
      },
    },
    receive: {
      mate: {
        Ping(_me, _ping, { from, read }) {
          const sender = read(from)
          // @ts-expect-error the sender may be of another role, which has no such field
          sender.counter
          return 'counter' in sender && sender.counter > 0 ? disabled : undefined
        },
      },
    },
    properties: {},
  })),
)

unbuilt(() => [
  // @ts-expect-error a field that the role does not have
  declare({ name: 'a', roles: { node: { volatile: { flag: z.int().default(0) }, readable: ['falg'] } } }),
  // @ts-expect-error the field of another role
  declare({ name: 'a', roles: { node: { readable: ['x'] }, mate: { volatile: { x: z.int().default(0) } } } }),
  // @ts-expect-error unknown role in faults
  declare({ name: 'a', roles: { node: {} }, faults: { crash: 'nodes' } }),
  // @ts-expect-error unknown role in faults, long form
  declare({ name: 'a', roles: { node: {} }, faults: { pause: { roles: ['node', 'nodes'] } } }),
  // @ts-expect-error unknown message in faults
  declare({ name: 'a', messages: { Ping: {} }, faults: { lose: { messages: ['Pong'] } } }),
  // @ts-expect-error unknown way to come back
  declare({ name: 'a', roles: { node: {} }, faults: { crash: { roles: ['node'], restart: 'soon' } } }),
  // @ts-expect-error unknown fault
  declare({ name: 'a', faults: { loose: true } }),
  // @ts-expect-error unknown network
  declare({ name: 'a', network: 'lifo' }),
  // @ts-expect-error a field is a schema
  declare({ name: 'a', roles: { node: { durable: { term: 0 } } } }),
  // @ts-expect-error no such part of a declaration
  declare({ name: 'a', role: {} }),
  // @ts-expect-error no such part of a role
  declare({ name: 'a', roles: { node: { durables: {} } } }),
])

it('types helper functions of a longer spec by the declaration', () => {
  const reset = (me: Client) => {
    me.wants = false
    // @ts-expect-error misspelt field
    me.want = false
  }
  expect(reset).toBeTypeOf('function')
})

unbuilt(() => {
  const bare = declare({ name: 'bare', shared: { x: z.int().default(0) } })
  protocol(bare, () => ({
    actions: {
      environment: {
        tick({ shared }) {
          shared.x += 1
          // @ts-expect-error misspelt shared variable
          shared.y += 1
        },
      },
    },
    properties: {
      // @ts-expect-error there are no roles
      roles: always('', ({ node }) => node.length > 0),
    },
  }))
})

unbuilt(() =>
  protocol(lock, () => ({
    population,
    properties: {
      done: deadlockFree('all are done', { client: (c) => !c.wants, server: (s) => s.holder === null }),
      // @ts-expect-error a field that a client does not have
      wrong: deadlockFree('all are done', { client: (c) => c.holder === null }),
      noRole: deadlockFree('all are done', {
        // @ts-expect-error there is no such role
        clients: () => true,
      }),
    },
  })),
)

unbuilt(() =>
  protocol(lock, () => ({
    population,
    actions: {
      client: {
        want: may((me, { ids, send }) => {
          me.wants = true
          send(ids.server, { type: 'Ask', urgent: false })
        }),
        // @ts-expect-error no such field
        need: may((me) => void me.needs),
        // @ts-expect-error an action returns nothing or disabled
        ask: may(() => 'not now'),
        never: false && may((me) => void me.wants),
      },
      environment: { tick: may(({ shared }) => void shared.epoch) },
    },
    properties: {},
  })),
)

const at = declare({
  name: 'at',
  roles: { client: { volatile: { at: z.enum(['idle', 'waiting', 'inside']).default('idle') } } },
  shared: { open: z.boolean().default(true) },
})

/** Predicates are typed wherever they stand in a question about executions. */
unbuilt(() =>
  protocol(at, () => ({
    population: { client: 2 },
    properties: {
      stays: eventuallyAlways('it stays open', ({ shared }) => shared.open),
      enters: alwaysEventuallyStep('somebody enters', (before, after) =>
        after.client.some((c, i) => c.at === 'inside' && before.client[i]!.at === 'waiting'),
      ),
      served: forEach(
        'client',
        leadsTo('who waits gets in', ({ me }) => me.at === 'waiting', isInside),
      ),
      returns: optional(
        forEach(
          'client',
          alwaysEventuallyStep('each enters', (before, after) => before.me.at !== after.me.at && after.shared.open),
        ),
      ),
      formula: ltl(
        'it is open until somebody is inside',
        ltl.globally(
          ltl.implies(
            ({ client }) => client.every((c) => c.at === 'idle'),
            ltl.until(({ shared }) => shared.open, ltl.not(someInside)),
          ),
        ),
      ),
      // @ts-expect-error - there is no such role
      nobody: forEach('clint', eventually('it is idle', isIdle)),
      where: forEach(
        'client',
        // @ts-expect-error - a process has no such field
        eventually('it is there', ({ me }) => me.att === 'idle'),
      ),
      // @ts-expect-error - nobody is me but in forEach
      mine: eventually('it is there', ({ me }) => me.at === 'idle'),
      state: ltl(
        'somebody is inside',
        // @ts-expect-error - 'inside' is not spelt so
        ltl.finally(({ client }) => client[0]!.at === 'insid'),
      ),
      // @ts-expect-error - a question is no formula
      nested: ltl('it stays', ltl.globally(eventually('it', () => true))),
    },
  })),
)

const isInside = ({ me }: { readonly me: { readonly at: string } }) => me.at === 'inside'
const isIdle = ({ me }: { readonly me: { readonly at: string } }) => me.at === 'idle'
const someInside = ({ client }: View<typeof at>) => client.some((c) => c.at === 'inside')

unbuilt(() =>
  protocol(lock, () => ({
    population: {
      ...population,
      // @ts-expect-error unknown role beside those that there are
      clients: 1,
    },
    actions: {
      client: { ask() {} },
      // @ts-expect-error unknown role
      clients: { ask() {} },
    },
    receive: {
      server: {
        Ask() {},
        // @ts-expect-error a message that is not declared, beside one that is
        Aks() {},
      },
      // @ts-expect-error unknown role
      servers: { Ask() {} },
    },
    start: {
      client(me) {
        me.wants = true
      },
      // @ts-expect-error unknown role
      clients() {},
    },
    restart: {
      server(me) {
        me.queue = []
      },
      // @ts-expect-error unknown role
      servers() {},
    },
    properties: {},
    // @ts-expect-error a definition has no such part
    propertys: {},
  })),
)

/** Names that come from data are looked at when the protocol is instantiated. */
unbuilt(() => {
  const handled = (types: readonly string[]) => Object.fromEntries(types.map((type) => [type, () => undefined]))
  return protocol(lock, () => ({
    population,
    actions: { client: Object.fromEntries([['ask', () => undefined]]) },
    receive: { server: handled(['Ask', 'Grant']) },
    properties: {},
  }))
})
