/** What a declaration may not say, word for word: a fault that is misspelt would never strike. */
import { declare, id, protocol, z } from 'splitbrain'
import { describe, expect, it } from 'vitest'
import { SplitbrainError } from '../../src/value/splitbrain-error.ts'

/** As in a spec that no compiler has seen. */
const declareAnything = declare as unknown as (declaration: unknown) => unknown
const protocolOf = protocol as unknown as (declaration: unknown, define: () => object) => unknown

const int = z.int().default(0)
const sound = {
  name: 'sound',
  summary: 'a protocol',
  sources: ['a paper'],
  parameters: { size: z.int().min(1).max(3).default(2), mode: z.enum(['a', 'b']).default('a') },
  bugs: { lie: 'lies' },
  roles: {
    manager: {
      prefix: 'm',
      durable: { peer: id('manager').nullable().default(null) },
      volatile: { count: int },
      readable: ['count'],
    },
    worker: {},
  },
  messages: { Ping: { from: id('worker') }, Pong: {} },
  shared: { counter: int },
  network: 'fifo',
  faults: {
    crash: { roles: ['manager'], restart: 'never', budget: 9 },
    pause: 'worker',
    lose: true,
    duplicate: { messages: ['Ping'], budget: 0 },
    partition: { budget: 1 },
  },
}

it('a sound declaration is handed back as it is', () => {
  expect(declareAnything(sound)).toBe(sound)
})

const PARTS = 'name, summary, sources, parameters, bugs, roles, messages, shared, operations, network, faults'
const FAULTS = 'crash, pause, lose, duplicate, partition'

describe.each<[string, (found: object) => unknown]>([
  ['declare', declareAnything],
  ['protocol', (declaration) => protocolOf(declaration, () => ({ properties: {} }))],
])('%s(...)', (_, build) => {
  it.each<[object, string]>([
    [{ fault: {} }, `there is no fault in the declaration; did you mean faults? Expected ${PARTS}`],
    [{ netwrok: 'fifo' }, `there is no netwrok in the declaration; did you mean network? Expected ${PARTS}`],
    [{ message: {} }, `there is no message in the declaration; did you mean messages? Expected ${PARTS}`],
    [{ clocks: {} }, `there is no clocks in the declaration; expected ${PARTS}`],

    [{ name: undefined }, "the protocol's name is undefined; expected a text: name: 'my-protocol'"],
    [{ summary: 3 }, 'summary is 3; expected a text'],
    [{ sources: 'a paper' }, "sources is not a list of texts; expected one: sources: ['Lamport 1998']"],
    [{ bugs: { lie: true } }, 'bugs.lie is true; expected what the bug does, in a phrase'],

    [{ network: 'fiffo' }, 'network is "fiffo"; did you mean fifo? Expected unordered, set, fifo'],
    [{ network: true }, 'network is true; expected unordered, set, fifo'],
    [{ network: { ordre: 'fifo' } }, 'there is no network.ordre; did you mean order? Expected order, capacity'],
    [{ network: { order: 'lifo' } }, 'network.order is "lifo"; did you mean fifo? Expected unordered, set, fifo'],
    [
      { network: { capacity: 0 } },
      'network.capacity is 0; expected how many messages a channel holds, an integer from 1',
    ],

    [{ roles: ['manager'] }, 'roles is an array; expected an object: { server: { volatile: { ... } } }'],
    [{ roles: { manager: 3 } }, 'roles.manager is 3; expected some of prefix, durable, volatile, readable, or {}'],
    [
      { roles: { manager: { volatil: {} } } },
      'there is no roles.manager.volatil; did you mean volatile? Expected prefix, durable, volatile, readable',
    ],
    [
      { roles: { manager: { volatile: { count: int }, readable: ['cuont'] } } },
      'roles.manager.readable has "cuont", which is no field of the role; did you mean count? Expected count',
    ],
    [
      { roles: { manager: { readable: 'count' } } },
      `roles.manager.readable is "count"; expected the names of fields: readable: ['flag']`,
    ],
    [
      { roles: { manager: { volatile: { count: int }, readable: ['count', 'count'] } } },
      'roles.manager.readable has count twice; expected each name once',
    ],
    [
      { roles: { manager: { prefix: '' } } },
      `roles.manager.prefix is ""; expected letters to put before a number: prefix: 'n' names n1, n2, n3`,
    ],
    [
      { roles: { manager: { volatile: { count: 0 } } } },
      'roles.manager.volatile.count is 0; expected a schema: z.int().default(0)',
    ],
    [{ shared: { full: false } }, 'shared.full is false; expected a schema: z.boolean().default(false)'],
    [{ messages: { Ping: { text: 'x' } } }, 'messages.Ping.text is "x"; expected a schema: z.string().default("x")'],
    [{ messages: { Ping: true } }, 'messages.Ping is true; expected fields and their schemas: { count: z.int() }'],
    [
      { messages: { Ping: { type: z.string() } } },
      'messages.Ping.type cannot be used; expected another name: type is what names the message',
    ],
    [
      { shared: { owner: z.array(z.object({ by: id('manger') })).default([]) } },
      'shared.owner is the id of a role manger; did you mean manager? Expected manager, worker',
    ],
    [
      { messages: { Ping: { to: z.record(id('x'), z.int()) } } },
      'messages.Ping.to is the id of a role x; expected manager, worker',
    ],

    [{ parameters: { size: 2 } }, 'parameters.size is 2; expected a schema: z.int().default(2)'],
    [
      { parameters: { size: z.int() } },
      'parameters.size has no default; expected one at the end of its schema: .default(...)',
    ],
    [
      { parameters: { size: z.int().max(3).default(5) } },
      'parameters.size has the default 5: Too big: expected number to be <=3; expected one that fits',
    ],

    [
      { messages: { Ping: { '': z.int() } } },
      'messages.Ping has a field without a name; expected a name for it: { term: z.int() }',
    ],
    [{ operations: ['read'] }, 'operations is an array; expected an object: { read: { result: z.int() } }'],
    [
      { operations: { read: z.int() } },
      'operations.read is a schema; expected it under argument or result: { result: z.int() }',
    ],
    [
      { operations: { read: { reslt: z.int() } } },
      'there is no operations.read.reslt; did you mean result? Expected argument, result',
    ],
    [{ operations: { read: { result: 0 } } }, 'operations.read.result is 0; expected a schema: z.int().default(0)'],
    [
      { operations: { read: { result: id('mangr') } } },
      'operations.read.result is the id of a role mangr; did you mean manager? Expected manager, worker',
    ],

    [{ faults: 'crash' }, `faults is "crash"; expected some of ${FAULTS}: { lose: true }`],
    [{ faults: { loose: true } }, `there is no faults.loose; did you mean lose? Expected ${FAULTS}`],
    [{ faults: { lose: false } }, 'faults.lose is false; expected true, or { messages, budget }'],
    [{ faults: { partition: 1 } }, 'faults.partition is 1; expected true, or { roles, cut, oneWay, heal, budget }'],
    [
      { faults: { partition: { cut: 'link' } } },
      'faults.partition.cut is "link"; did you mean links? Expected sides, links',
    ],
    [
      { faults: { partition: { heal: 'nevr' } } },
      'faults.partition.heal is "nevr"; did you mean never? Expected later, never',
    ],
    [{ faults: { partition: { oneWay: 1 } } }, 'faults.partition.oneWay is 1; expected true, or nothing'],
    [
      { faults: { partition: { roles: ['manger'] } } },
      'faults.partition.roles[0] is "manger"; did you mean manager? Expected manager, worker',
    ],
    [{ faults: { crash: true } }, 'faults.crash is true; expected the name of a role, or { roles, restart, budget }'],
    [{ faults: { crash: 'm' } }, 'faults.crash is "m"; expected manager, worker'],
    [{ faults: { crash: { roles: ['m'] } } }, 'faults.crash.roles[0] is "m"; expected manager, worker'],
    [
      { faults: { crash: { roles: ['manager', 'wroker'] } } },
      'faults.crash.roles[1] is "wroker"; did you mean worker? Expected manager, worker',
    ],
    [
      { faults: { crash: { role: ['manager'] } } },
      'there is no faults.crash.role; did you mean roles? Expected roles, restart, budget',
    ],
    [{ faults: { pause: {} } }, 'faults.pause.roles is undefined; expected a list of manager, worker'],
    [
      { faults: { crash: { roles: ['manager'], restart: 'nevr' } } },
      'faults.crash.restart is "nevr"; did you mean never? Expected later, at once, never',
    ],
    [
      { faults: { pause: { roles: ['manager'], restart: 'never' } } },
      'there is no faults.pause.restart; expected roles, budget',
    ],
    [
      { faults: { lose: { budgte: 1 } } },
      'there is no faults.lose.budgte; did you mean budget? Expected messages, budget',
    ],
    [
      { faults: { lose: { messages: ['Pin'] } } },
      'faults.lose.messages[0] is "Pin"; did you mean Ping? Expected Ping, Pong',
    ],
    [
      { faults: { crash: [{ roles: ['manager'] }, { roles: ['manager', 'worker'] }] } },
      'faults.crash[1].roles names manager, as one before it does; expected it once: it has one budget',
    ],
    [
      { faults: { crash: ['manager'] } },
      'faults.crash[0] is "manager"; expected an object: { roles, restart, budget }',
    ],
    [{ faults: { lose: [{ budget: 1 }] } }, 'faults.lose[0].messages is undefined; expected a list of Ping, Pong'],
    [
      { faults: { lose: [{ messages: [] }] } },
      'faults.lose[0].messages is empty; expected what it strikes, some of Ping, Pong',
    ],
    [
      { faults: { pause: [{ roles: ['wroker'] }] } },
      'faults.pause[0].roles[0] is "wroker"; did you mean worker? Expected manager, worker',
    ],
    ...['1', -1, 1.5, 10].map((budget): [object, string] => [
      { faults: { lose: { budget } } },
      `faults.lose.budget is ${JSON.stringify(budget)}; expected how often the fault may strike, an integer from 0 to 9, or 'unlimited'`,
    ]),
  ])('%j', (wrong, message) => {
    expect(() => build({ ...sound, ...wrong })).toThrow(new SplitbrainError('bad-protocol', message))
  })
})

it('a declaration is an object', () => {
  const message = "the declaration is undefined; expected an object: { name: 'my-protocol', ... }"
  expect(() => declareAnything(undefined)).toThrow(new SplitbrainError('bad-protocol', message))
})

it('a fault of a role is refused where there are no roles', () => {
  const message = 'faults.crash is "node"; expected nothing there, since none is declared'
  const build = () => declareAnything({ name: 'a', faults: { crash: 'node' } })
  expect(build).toThrow(new SplitbrainError('bad-protocol', message))
})

it.each([
  [{ roles: { node: { volatile: { x: z.int() } } } }, 'roles.node.volatile.x'],
  [{ roles: { node: { durable: { x: z.int() } } } }, 'roles.node.durable.x'],
  [{ shared: { x: z.int() } }, 'shared.x'],
])('a field without a start value is refused: case %#', (parts, where) => {
  const message = `${where} has no start value; give its schema one with .default(...)`
  expect(() => declareAnything({ name: 'a', ...parts })).toThrow(new SplitbrainError('bad-protocol', message))
})
