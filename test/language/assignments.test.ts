/** Assignments that would do nothing are refused, whatever they are made to; the engine and the oracle say the same. */
import { always, protocol, z } from 'splitbrain'
import { describe, expect, it } from 'vitest'
import { explore } from '../../src/engine/explore.ts'
import { naiveExplore } from '../oracle/naive-explore.ts'

// biome-ignore lint/suspicious/noExplicitAny: what is said here is what the compiler would refuse
type Anything = any
type Body = (...args: Anything[]) => Anything

/** Assigns, as `target[key] = value` does. */
const assign = (target: Anything, key: string | number | symbol, value: Anything): undefined => {
  target[key] = value
}

/** n1 sends Ping to n2, which receives it; every body is run. */
const modelOf = (bodies: { action?: Body; receive?: Body; environment?: Body; property?: Body }) =>
  protocol(
    {
      name: 'ping',
      roles: {
        node: { prefix: 'n', volatile: { sent: z.boolean().default(false), list: z.array(z.int()).default([1]) } },
        watcher: {},
      },
      messages: { Ping: { of: z.array(z.int()) } },
      shared: { row: z.object({ x: z.int() }).default({ x: 0 }) },
    },
    () => ({
      population: { node: 2, watcher: 1 },
      actions: {
        node: {
          go(me, context) {
            bodies.action?.(me, context)
            if (!me.sent) context.send(context.peers, { type: 'Ping', of: [1] })
            me.sent = true
          },
        },
        environment: { tick: (world) => bodies.environment?.(world) },
      },
      receive: { node: { Ping: (me, message, context) => bodies.receive?.(me, message, context) } },
      properties: { p: always<Anything>('p', (state) => bodies.property?.(state) ?? true) },
    }),
  ).instantiate()

const CHANGE = 'change what is in it: node[0].field = ..., or Object.assign(node[0], { ... })'
const COPY = 'a property only looks: change a copy, [...node]'

describe.each<[string, Parameters<typeof modelOf>[0], string]>([
  [
    'an element of a role, in the environment',
    { environment: ({ node }) => assign(node, 0, { sent: true, list: [] }) },
    `the list node cannot be changed; ${CHANGE}`,
  ],
  [
    'a role of the environment, sorted',
    { environment: ({ node }) => void node.sort() },
    `the list node cannot be changed; ${CHANGE}`,
  ],
  [
    'a role of the environment, longer',
    { environment: ({ node }) => void node.push({}) },
    `the list node cannot be changed; ${CHANGE}`,
  ],
  [
    'a role of the environment, shorter',
    { environment: ({ node }) => assign(node, 'length', 0) },
    `the list node cannot be changed; ${CHANGE}`,
  ],
  [
    'an element of a role, deleted',
    { environment: ({ node }) => void delete node[0] },
    `the list node cannot be changed; ${CHANGE}`,
  ],
  [
    'a role of the environment as a whole',
    { environment: (world) => assign(world, 'node', []) },
    'the part node of the world cannot be changed',
  ],
  [
    'the shared variables as a whole',
    { action: (_, context) => assign(context, 'shared', {}) },
    'the part shared of the context of n1 cannot be changed',
  ],
  [
    "the environment's shared variables as a whole",
    { environment: (world) => assign(world, 'shared', {}) },
    'the part shared of the world cannot be changed',
  ],
  ['a role of the ids', { action: (_, { ids }) => assign(ids, 'node', []) }, 'the role node of ids cannot be changed'],
  [
    'an id',
    { action: (_, { ids }) => assign(ids.node, 0, 'n2') },
    "Cannot assign to read only property '0' of object '[object Array]'",
  ],
  [
    'the peers',
    { action: (_, context) => assign(context, 'peers', []) },
    'the part peers of the context of n1 cannot be changed',
  ],
  ['a peer', { action: (_, { peers }) => void peers.push('n3') }, 'Cannot add property 1, object is not extensible'],
  ['a message', { receive: (_, message) => assign(message, 'of', []) }, 'the field of of Ping cannot be changed'],
  [
    'a field that no state has',
    { action: (me) => assign(me, Symbol('x'), 1) },
    'the field Symbol(x) of n1 cannot be changed',
  ],
  [
    'a message that is looked at',
    { environment: ({ channel, node }) => void channel(node[0].id, node[1].id).push({ type: 'Ping' }) },
    '',
  ],
  [
    'where no channel is',
    { environment: ({ channel, node, watcher }) => void channel(node[0].id, watcher[0].id).push({ type: 'Ping' }) },
    'Cannot add property 0, object is not extensible',
  ],
  [
    'an element of a role, in a property',
    { property: ({ node }) => assign(node, 0, {}) },
    `the list node cannot be changed; ${COPY}`,
  ],
  [
    'a role in a property, sorted',
    { property: ({ node }) => node.reverse() === undefined },
    `the list node cannot be changed; ${COPY}`,
  ],
  [
    'a role of a property as a whole',
    { property: (state) => assign(state, 'node', []) },
    'the part node of the state cannot be changed',
  ],
  [
    'a field in a property',
    { property: ({ node }) => assign(node[0], 'sent', true) },
    'the field sent of n1 cannot be changed',
  ],
  ['within a field in a property', { property: ({ node }) => node[0].list.push(2) > 0 }, ''],
  [
    'a shared variable in a property',
    { property: ({ shared }) => assign(shared, 'row', {}) },
    'the shared variable row of the protocol cannot be changed',
  ],
  ['the messages of a property', { property: ({ messages }) => messages.push({}) > 0 }, 'object is not extensible'],
  [
    'a message of a property',
    { property: ({ messages }) => messages.every((each: Anything) => assign(each, 'from', 'n2')) },
    'the field from of an element of messages cannot be changed',
  ],
  [
    'within a message of a property',
    { property: ({ messages }) => messages.every(({ message }: Anything) => message.of.push(2)) },
    '',
  ],
])('an assignment to %s', (_, bodies, message) => {
  it('is refused by the oracle', () => {
    expect(() => naiveExplore(modelOf(bodies))).toThrow(message === '' ? /./ : message)
  })

  it('is refused by the engine', async () => {
    const { broken, verdict } = await explore(modelOf(bodies))
    expect(verdict).toBe('unknown')
    expect(broken?.error.message).toContain(message)
  })
})
