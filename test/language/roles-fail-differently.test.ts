/** Faults that differ by role, how many may be down at once, and what is required of parameters. */
import { disabled, protocol, z } from 'splitbrain'
import { describe, expect, it } from 'vitest'
import { SplitbrainError } from '../../src/value/splitbrain-error.ts'
import { naiveExplore } from '../oracle/naive-explore.ts'

const Field = z.int().default(0)

describe('a list of faults', () => {
  const mixed = protocol(
    {
      name: 'mixed',
      roles: { server: { prefix: 's', volatile: { n: Field } }, client: { prefix: 'c' }, disk: { prefix: 'd' } },
      messages: { Ask: {}, Tell: {} },
      faults: {
        crash: [
          { roles: ['server'], budget: 1 },
          { roles: ['client', 'disk'], restart: 'never' },
        ],
        lose: [
          { messages: ['Ask'], budget: 2 },
          { messages: ['Tell'], budget: 'unlimited' },
        ],
      },
    },
    ({ serverCrashes, clientCrashes, askLosses, tellLosses }) => ({
      population: { server: 2, client: 1, disk: 1 },
      start: {
        client(_, { ids, send }) {
          send(ids.server, { type: 'Ask' })
        },
      },
      receive: { server: { Ask() {}, Tell() {} } },
      requires: { 'four budgets': [serverCrashes, clientCrashes, askLosses, tellLosses].every((n) => n >= 0) },
      properties: {},
    }),
  )

  it('has a budget for each of its entries, called after the first that it names', () => {
    expect(mixed.instantiate().parameters).toEqual({
      serverCrashes: 1,
      clientCrashes: 0,
      askLosses: 2,
      tellLosses: 'unlimited',
    })
    expect(mixed.parameters.clientCrashes?.description).toBe('how many crashes may happen: client, disk')
  })

  it('restarts who restarts, and no other', () => {
    const { rules } = mixed.instantiate({ clientCrashes: 1 })
    const faults = rules.filter(({ kind, fixed }) => kind !== 'receive' && !('amid' in fixed) && !('to' in fixed))
    expect(faults.map(({ process, action }) => `${process} ${action}`)).toEqual([
      ...['s1 crash', 's1 restart', 's2 crash', 's2 restart', 'c1 crash', 'd1 crash'],
    ])
  })

  it('spends the budget of the entry that strikes', () => {
    const model = mixed.instantiate({ clientCrashes: 1, askLosses: 1 })
    const at = (name: string) => model.components.findIndex((component) => component.name === name)
    const { states, fired } = naiveExplore(model)
    const left = states.map((state) =>
      ['serverCrashes', 'clientCrashes', 'askLosses'].map((name) => state[at(name)]).join(),
    )
    expect([...new Set(left)].sort()).toEqual(['0,0,0', '0,0,1', '0,1,0', '0,1,1', '1,0,0', '1,0,1', '1,1,0', '1,1,1'])
    const down = states.map((state) =>
      ['c1', 'd1'].map((name) => (state[at(name)] as { health: string }).health).join(),
    )
    expect([...new Set(down)].sort()).toEqual(['down,up', 'up,down', 'up,up'])
    expect(at('tellLosses')).toBe(-1)
    expect(fired['network.lose']).toBeGreaterThan(0)
  })
})

describe('mostDown', () => {
  const down = (crashes: number, mostDown: number, restart: 'later' | 'never' = 'later') => {
    const model = protocol(
      {
        name: 'a',
        roles: { node: { prefix: 'n', durable: { sent: Field } } },
        messages: { Hi: {} },
        faults: { crash: { roles: ['node'], restart } },
      },
      () => ({
        population: { node: 3 },
        mostDown: { node: mostDown },
        actions: {
          node: {
            greet(me, { peers, send }) {
              if (me.sent > 0) return disabled
              me.sent = 1
              send(peers, { type: 'Hi' })
            },
          },
        },
        receive: { node: { Hi() {} } },
        properties: {},
      }),
    ).instantiate({ crashes })
    const healths = naiveExplore(model).states.map(
      (state) =>
        state.filter(
          (value) => typeof value === 'object' && value !== null && 'health' in value && value.health === 'down',
        ).length,
    )
    return Math.max(...healths)
  }

  it('bounds how many are down at once, amid sends too', { tags: 'slow' }, () => {
    expect(down(2, 2)).toBe(2)
    expect(down(2, 1)).toBe(1)
    expect(down(2, 0)).toBe(0)
    expect(down(2, 1, 'never')).toBe(1)
  })

  const define = (definition: object, faults: object = { crash: { roles: ['node'] } }) =>
    (protocol as unknown as (declaration: object, define: () => object) => { instantiate(): unknown })(
      { name: 'a', roles: { node: {}, client: {} }, faults },
      () => ({ population: { node: 1, client: 1 }, properties: {}, ...definition }),
    ).instantiate()

  it.each<[object, object | undefined, string]>([
    [{ mostDown: 1 }, undefined, 'mostDown is 1; expected how many may be down at once, by role: { server: 1 }'],
    [{ mostDown: { client: 1 } }, undefined, 'there is no mostDown.client; expected node'],
    [
      { mostDown: { node: 1 } },
      { crash: { roles: ['node'], restart: 'at once' } },
      'there is no mostDown.node; expected nothing there, since none is declared',
    ],
    [
      { mostDown: { node: -1 } },
      undefined,
      'mostDown.node is -1; expected how many of its processes may be down at once, an integer from 0',
    ],
    [{ requires: true }, undefined, "requires is true; expected an object: { 'crashes < servers': crashes < servers }"],
    [{ requires: { so: 1 } }, undefined, "requires['so'] is 1; expected whether it is so: a boolean"],
  ])('refuses %j', (definition, faults, message) => {
    expect(() => define(definition, faults)).toThrow(new SplitbrainError('bad-protocol', message))
  })
})

describe('requires', () => {
  const voters = protocol(
    {
      name: 'voters',
      parameters: { servers: z.int().min(1).max(5).default(3) },
      roles: { server: {} },
      faults: { crash: 'server' },
    },
    ({ servers, crashes }) => ({
      population: { server: servers },
      requires: { 'crashes < servers': crashes < servers },
      properties: {},
    }),
  )

  it('refuses parameters that do not go together', () => {
    expect(() => voters.instantiate({ crashes: 3 })).toThrow(
      new SplitbrainError('bad-parameter', 'voters requires crashes < servers; found servers 3, crashes 3'),
    )
    expect(() => voters.instantiate({ crashes: 'unlimited' })).toThrow(
      new SplitbrainError('bad-parameter', 'voters requires crashes < servers; found servers 3, crashes unlimited'),
    )
    expect(voters.instantiate({ crashes: 2 }).parameters).toEqual({ servers: 3, crashes: 2 })
  })
})
