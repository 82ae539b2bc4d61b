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

it('tells of a network what it does to messages, and to which', () => {
  const chat = protocol(
    {
      name: 'chat',
      roles: { node: {} },
      messages: { Say: { text: z.string() }, Bye: {} },
      network: { order: 'selective', except: { Bye: 'set' }, capacity: 2, toSelf: true },
    },
    () => ({ population: { node: 2 }, receive: { node: { Say() {}, Bye() {} } }, properties: {} }),
  )
  const text = protocolText({ protocol: chat, model: chat.instantiate(), scenarios: [], calledAs: 'verify chat' }, 120)
  const at = text.indexOf('Messages')
  expect(text.slice(at).split('\n').slice(0, 3)).toEqual([
    'Messages: the oldest that its receiver is not disabled for, at most 2 from one process to another; a process may send to itself',
    '  Say  { text: text }',
    '  Bye  {} · any message in flight may be next, copies are not kept twice',
  ])
})
