/** A name that does not exist is refused wherever a body or a property can say one, word for word. */
import { inspect } from 'node:util'
import { always, equal, protocol, z } from 'splitbrain'
import { describe, expect, it } from 'vitest'
import { explore } from '../../src/engine/explore.ts'
import { SplitbrainError } from '../../src/value/splitbrain-error.ts'
import { naiveExplore } from '../oracle/naive-explore.ts'

// biome-ignore lint/suspicious/noExplicitAny: what is said here is what the compiler would refuse
type Anything = any
type Body = (...args: Anything[]) => Anything

/** Bodies of a protocol whose first step is that n1 sends Ping to n2. */
interface Bodies {
  readonly start?: Body
  readonly action?: Body
  readonly receive?: Body
  readonly restart?: Body
  readonly environment?: Body
  readonly property?: Body
  readonly frail?: boolean
}

function modelOf({ start, action, receive, restart, environment, property = () => true, frail = false }: Bodies) {
  return protocol(
    {
      name: 'ping',
      parameters: { nodes: z.int().default(2) },
      bugs: { forget: 'forgets' },
      roles: {
        node: {
          prefix: 'n',
          volatile: { count: z.int().default(0), list: z.array(z.int()).default([1]), seen: z.any().default(null) },
        },
      },
      messages: { Ping: { term: z.int(), note: z.any() } },
      shared: { counter: z.int().default(0), last: z.any().default(null) },
      faults: { crash: { roles: ['node'] } },
    },
    ({ nodes }) => ({
      population: { node: nodes },
      ...(start ? { start: { node: start } } : {}),
      actions: {
        node: {
          go(me, context) {
            action?.(me, context)
            if (me.count === 0 && context.self === 'n1') {
              me.count = 1
              context.send(context.peers, { type: 'Ping', term: 1, note: null })
            }
          },
        },
        ...(environment ? { environment: { tick: environment } } : {}),
      },
      receive: { node: { Ping: receive ?? (() => undefined) } },
      restart: { node: restart ?? (() => undefined) },
      properties: { p: always<Anything>('p', property) },
    }),
  ).instantiate({ crashes: frail ? 1 : 0 })
}

const FIELDS = 'fields are count, list, seen'
const VIEW_FIELDS = 'fields are id, health, count, list, seen'
const CONTEXT = 'parts are ids, shared, choose, self, peers, send, read'

describe('is refused by the engine and by the oracle', () => {
  it.each<[string, Bodies, string]>([
    [
      'what a message in flight is not itself',
      { property: ({ messages }) => messages.every((m: Anything) => m.type !== 'Ping') },
      'an element of messages has no field type; its fields are from, to, message',
    ],
    [
      'a field of a message in flight',
      { property: ({ messages }) => messages.every((m: Anything) => m.message.trem < 5) },
      'a message in flight has no field trem; did you mean term? Its fields are type, term, note',
    ],
    ['a field, read', { action: (me) => me.cuont }, `n1 has no field cuont; did you mean count? Its ${FIELDS}`],
    [
      'a field, written',
      { action: (me) => (me.cuont = 1) },
      `n1 has no field cuont; did you mean count? Its ${FIELDS}`,
    ],
    ['a field near nothing', { action: (me) => me.leader }, `n1 has no field leader; its ${FIELDS}`],
    [
      'a field, of a start',
      { start: (me) => (me.lits = []) },
      `n1 has no field lits; did you mean list? Its ${FIELDS}`,
    ],
    ['a field, of a handler', { receive: (me) => me.see }, `n2 has no field see; did you mean seen? Its ${FIELDS}`],
    [
      'a field, of a restart',
      { frail: true, restart: (me) => me.see },
      `n1 has no field see; did you mean seen? Its fields are count, health, list, seen`,
    ],
    [
      'a part of the context',
      { action: (_, { sned }) => sned },
      `the context of n1 has no part sned; did you mean send? Its ${CONTEXT}`,
    ],
    [
      'the sender, of an action',
      { action: (_, context) => context.from },
      `the context of n1 has no part from; its ${CONTEXT}`,
    ],
    [
      'a part of the context of a handler',
      { receive: (_me, _message, { form }) => form },
      `the context of n2 has no part form; did you mean from? Its ${CONTEXT}, from`,
    ],
    [
      'a part of the context, written',
      { action: (_, context) => (context.self = 'n2') },
      'the part self of the context of n1 cannot be changed',
    ],
    [
      'a field of a message',
      { receive: (_, ping) => ping.trem },
      'Ping has no field trem; did you mean term? Its fields are type, term, note',
    ],
    [
      'a field of a message, written',
      { receive: (_, ping) => ping.term++ },
      'the field term of Ping cannot be changed',
    ],
    [
      'a shared variable, read',
      { action: (_, { shared }) => shared.cuonter },
      'the protocol has no shared variable cuonter; did you mean counter? Its shared variables are counter, last',
    ],
    [
      'a shared variable, written',
      { environment: ({ shared }) => (shared.cuonter = 1) },
      'the protocol has no shared variable cuonter; did you mean counter? Its shared variables are counter, last',
    ],
    [
      'a role of ids',
      { action: (_, { ids }) => ids.nodes },
      'ids has no role nodes; did you mean node? Its roles are node',
    ],
    [
      'a role of the world',
      { environment: ({ nodes }) => nodes },
      'the world has no part nodes; did you mean node? Its parts are node, ids, shared, choose, send, channel, isCut',
    ],
    [
      'a field in the world, written',
      { environment: ({ node }) => (node[0].cuont = 1) },
      `n1 has no field cuont; did you mean count? Its ${VIEW_FIELDS}`,
    ],
    [
      'health in the world, written',
      { environment: ({ node }) => (node[0].health = 'down') },
      'the field health of n1 cannot be changed',
    ],
    [
      'health in the world of those that can fail, written',
      { frail: true, environment: ({ node }) => (node[0].health = 'down') },
      'the field health of n1 cannot be changed',
    ],
    [
      'a role in a property',
      { property: ({ nodes }) => nodes.length > 0 },
      'the state has no part nodes; did you mean node? Its parts are shared, node, messages',
    ],
    [
      'a field in a property',
      { property: ({ node }) => node[0].cuont === undefined },
      `n1 has no field cuont; did you mean count? Its ${VIEW_FIELDS}`,
    ],
    [
      'a shared variable in a property',
      { property: ({ shared }) => shared.cuonter === undefined },
      'the protocol has no shared variable cuonter; did you mean counter? Its shared variables are counter, last',
    ],
  ])('%s', async (_, bodies, message) => {
    const refusal = new SplitbrainError('bad-step', message)
    expect(() => naiveExplore(modelOf(bodies))).toThrow(refusal)
    const { broken, verdict } = await explore(modelOf(bodies))
    expect(verdict).toBe('unknown')
    expect({ code: broken?.error.code, message: broken?.error.message }).toEqual({
      code: 'bad-step',
      message: expect.stringMatching(new RegExp(`${message.replaceAll('?', '\\?')}$`)),
    })
  })
})

describe('a definition may not ask for', () => {
  const build = (define: Body) => () =>
    protocol(
      { name: 'bare', parameters: { nodes: z.int().default(2) }, bugs: { forget: 'forgets' } },
      define,
    ).instantiate()

  it('a parameter that is not declared', () => {
    const message = 'bare has no parameter nods; did you mean nodes? Its parameters are nodes'
    expect(build(({ nods }) => ({ properties: {}, population: nods }))).toThrow(
      new SplitbrainError('bad-step', message),
    )
  })

  it('a bug that is not declared', () => {
    const message = 'bare has no bug forgte; did you mean forget? Its bugs are forget'
    expect(build((_, bug) => bug.forgte)).toThrow(new SplitbrainError('bad-step', message))
  })
})

describe('what is known is as ever', () => {
  /** What bodies leave in `last`, as JSON; the engine finds as many states as the oracle. */
  async function lastOf(bodies: Bodies): Promise<unknown[]> {
    const { states } = naiveExplore(modelOf(bodies))
    const { verdict, distinct } = await explore(modelOf(bodies))
    expect({ verdict, distinct }).toEqual({ verdict: 'holds', distinct: states.length })
    return [...new Set(states.map((state) => JSON.stringify(state.at(-1))).filter((text) => text !== 'null'))]
  }
  const leaving = (what: Body): Bodies => ({
    action(me, context) {
      if (me.count === 1) context.shared.last = what(me, context)
    },
  })
  const ME = '{"count":1,"list":[1],"seen":null}'

  it.each<[string, Body, string]>([
    ['keys', (me) => Object.keys(me), '["count","list","seen"]'],
    ['a spread', (me) => ({ ...me }), ME],
    ['the process itself', (me) => me, ME],
    ['the process inside of something', (me) => [{ me }], `[{"me":${ME}}]`],
    ['rest parameters', ({ count: _, ...others }) => others, '{"list":[1],"seen":null}'],
    ['in', (me) => ['count' in me, 'cuont' in me], '[true,false]'],
    ['JSON', (me) => JSON.stringify(me), JSON.stringify(ME)],
    ['what console.log prints', (me) => inspect(me), '"{ count: 1, list: [ 1 ], seen: null }"'],
    ['text', (me) => `${me}`, '"[object Object]"'],
    ['an own property', (me) => [Object.hasOwn(me, 'list'), Object.hasOwn(me, 'lits')], '[true,false]'],
    ['equality', (me) => equal(me, { count: 1, list: [1], seen: null }), 'true'],
    ['the whole of the context', (_, context) => Object.keys(context).length, '7'],
    ['roles', (_, { ids }) => Object.entries(ids), '[["node",["n1","n2"]]]'],
    ['a write by Object.assign', (me) => Object.assign(me, { seen: 2 }).seen, '2'],
    [
      'a field that was deleted',
      (me) => [delete me.seen, me.seen ?? 'gone', Object.assign(me, { seen: null }).seen],
      '[true,"gone",null]',
    ],
  ])('%s', async (_, what, expected) => expect(await lastOf(leaving(what))).toEqual([expected]))

  it('the process can be sent, and a message be kept', async () => {
    const states = naiveExplore(
      modelOf({
        action(me, { self, send }) {
          if (me.count === 1 && self === 'n1') {
            me.count = 2
            send('n2', { type: 'Ping', term: 2, note: me })
          }
        },
        receive(me, ping) {
          me.count = 9
          me.seen = ping
        },
      }),
    ).states
    expect(new Set(states.map(([, , n2]) => JSON.stringify((n2 as { seen: unknown }).seen)))).toContain(
      '{"note":{"count":2,"list":[1],"seen":null},"term":2,"type":"Ping"}',
    )
  })

  it('properties see all of a process', async () => {
    const seen: string[] = []
    naiveExplore(modelOf({ property: ({ node }) => seen.push(JSON.stringify(node[0])) > 0 }))
    expect(seen[0]).toBe('{"id":"n1","health":"up","count":0,"list":[1],"seen":null}')
  })
})
