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
