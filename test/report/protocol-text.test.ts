/** What `verify show` says of a declaration. */
import { protocol, z } from 'splitbrain'
import { expect, it } from 'vitest'
import { protocolText } from '../../src/report/protocol-text.ts'

it('tells of each field whether it is durable, and whether others may read it', () => {
  const ring = protocol(
    {
      name: 'ring',
      roles: {
        node: {
          durable: { counter: z.int().default(0), log: z.array(z.int()).default([]) },
          volatile: { flag: z.boolean().default(false), at: z.enum(['in', 'out']).default('out') },
          readable: ['counter', 'flag'],
        },
      },
    },
    () => ({ population: { node: 2 }, properties: {} }),
  )
  const text = protocolText({ protocol: ring, model: ring.instantiate(), scenarios: [], calledAs: 'verify ring' }, 100)
  expect(text.split('\n').slice(0, 7)).toEqual([
    'ring',
    '',
    'Role node: node1, node2',
    '  counter  integer · durable · others may read it',
    '  log      list of integer · durable',
    '  flag     boolean · others may read it',
    '  at       in | out',
  ])
})

it('tells of a network what it does to messages', () => {
  const chat = protocol(
    {
      name: 'chat',
      roles: { node: {} },
      messages: { Say: { text: z.string() }, Bye: {} },
      network: { order: 'fifo', capacity: 2 },
    },
    () => ({ population: { node: 2 }, receive: { node: { Say() {}, Bye() {} } }, properties: {} }),
  )
  const text = protocolText({ protocol: chat, model: chat.instantiate(), scenarios: [], calledAs: 'verify chat' }, 120)
  const at = text.indexOf('Messages')
  expect(text.slice(at).split('\n').slice(0, 3)).toEqual([
    'Messages: in the order in which they were sent, at most 2 from one process to another',
    '  Say  { text: text }',
    '  Bye  {}',
  ])
})

it.each([
  [true, 'node1 | node2, node3 or node1 | node3, at the defaults'],
  [{ oneWay: true, heal: 'never' }, 'node1 ⇸ node2, node3 or node1 ⇸ node3, for good, at the defaults'],
] as const)('tells of given cuts which they are: %j', (partition, told) => {
  const cut = protocol({ name: 'cut', roles: { node: {} }, faults: { partition } }, () => ({
    population: { node: 3 },
    cuts: ({ node: [a, b, c] }) => [
      [[a], [b, c]],
      [[a], [c]],
    ],
    properties: {},
  }))
  const text = protocolText({ protocol: cut, model: cut.instantiate(), scenarios: [], calledAs: 'verify cut' }, 120)
  expect(text).toContain(`Faults\n  partition  ${told}\n`)
})

it('tells of faults whom they strike and how, and what is required', () => {
  const failing = protocol(
    {
      name: 'failing',
      roles: { server: {}, client: {} },
      messages: { Ask: {} },
      faults: {
        crash: [{ roles: ['server'] }, { roles: ['client'], restart: 'never', budget: 1 }],
        pause: 'client',
        lose: { messages: ['Ask'] },
        duplicate: true,
        partition: { roles: ['server'], oneWay: true, heal: 'never' },
      },
    },
    ({ clientCrashes }) => ({
      population: { server: 2, client: 2 },
      mostDown: { server: 1 },
      requires: { 'clientCrashes < 2': clientCrashes < 2 },
      properties: {},
    }),
  )
  const shown = { protocol: failing, model: failing.instantiate(), scenarios: [], calledAs: 'verify failing' }
  const sections = protocolText(shown, 120).split('\n\n')
  expect(sections.filter((text) => /^(Requires|Faults)/.test(text))).toEqual([
    'Requires\n  clientCrashes < 2',
    [
      'Faults',
      '  crash      server: down until it restarts',
      '  crash      client: stays down',
      '  pause      client',
      '  lose       Ask',
      '  duplicate  any message',
      '  partition  one side is not heard, and hears, among server, for good',
      '             at most 1 of server down at once, at the defaults',
    ].join('\n'),
  ])
})
