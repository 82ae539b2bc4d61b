/** Faults without a bound: nothing counts them, so they can strike in a loop, and only fairness gets a message past them. */
import { alwaysEventually, disabled, protocol, z } from 'splitbrain'
import { describe, expect, it } from 'vitest'
import { explore } from '../../src/engine/explore.ts'
import { record } from '../../src/judge/record.ts'
import type { State } from '../../src/model.ts'
import { textOf } from '../../src/value/canonical.ts'
import { naiveExplore } from '../oracle/naive-explore.ts'

/** n1 sends a message again whenever none is in flight; n2 is to receive one again and again. */
const telegraph = protocol(
  {
    name: 'telegraph',
    roles: { node: { prefix: 'n', durable: { got: z.boolean().default(false) } } },
    messages: { Ping: {} },
    network: 'set',
    faults: { lose: true, crash: { roles: ['node'], budget: 'unlimited' }, pause: 'node', partition: true },
  },
  ({ crashes, losses }) => ({
    population: { node: 2 },
    actions: {
      node: {
        send(me, { self, peers, send }) {
          if (self !== 'n1' || me.got) return disabled
          send(peers, { type: 'Ping' })
        },
        forget(me) {
          if (!me.got) return disabled
          me.got = false
        },
      },
    },
    receive: {
      node: {
        Ping(me) {
          me.got = true
        },
      },
    },
    properties: {
      bounds: alwaysEventually(`${crashes} and ${losses}`, () => true),
      unfair: alwaysEventually('n2 gets it', ({ node }) => node[1]!.got),
      weak: alwaysEventually('n2 gets it', ({ node }) => node[1]!.got, { weak: ['node.send', 'messages'] }),
      strong: alwaysEventually('n2 gets it', ({ node }) => node[1]!.got, { weak: ['node.send'], strong: ['messages'] }),
    },
  }),
)

const quiet = { crashes: 0 }

it('the definition gets Infinity; the model says unlimited, and keeps no count', () => {
  const model = telegraph.instantiate({ losses: 'unlimited' })
  expect(model.parameters).toEqual({ crashes: 'unlimited', losses: 'unlimited', pauses: 0, partitions: 0 })
  expect(model.properties[0]!.claim).toBe('Infinity and Infinity')
  expect(model.components.map(({ kind }) => kind)).not.toContain('budget')
})

describe('a message that may be lost for ever', () => {
  it('is delivered under strong fairness of delivery, not under weak', async () => {
    const model = telegraph.instantiate({ ...quiet, losses: 'unlimited' })
    const { properties, distinct } = await explore(model, { keepGoing: true })
    expect(distinct).toBe(4) // got or not, in flight or not
    expect(properties.map(({ property, verdict, path }) => [property.name, verdict, path?.steps.length])).toEqual([
      ['types', 'holds', undefined],
      ['bounds', 'holds', undefined],
      ['unfair', 'violated', 2],
      ['weak', 'violated', 2],
      ['strong', 'holds', undefined],
    ])
    const { property, path, cures } = properties[3]!
    expect(path).toMatchObject({ loop: 0, steps: [{ action: 'send' }, { action: 'lose' }] })
    expect(record(model, property, path!)).toMatchObject({ verdict: 'violated', loop: 0 })
    expect(cures).toEqual([
      { of: 'node.Ping', strength: 'strong' },
      { of: 'node', strength: 'strong' },
      { of: 'messages', strength: 'strong' },
      { of: 'processes', strength: 'strong' },
    ])
  })

  it('is delivered under weak fairness where losses are bounded', async () => {
    const { properties } = await explore(telegraph.instantiate({ ...quiet, losses: 2 }))
    expect(properties.map(({ verdict }) => verdict)).toEqual(Array(5).fill('holds'))
    // To send what is in flight already changes nothing: once the losses are used up, only its delivery does.
    expect(properties.flatMap(({ property, restsOnProgress }) => (restsOnProgress ? [property.name] : []))).toEqual([
      'unfair',
    ])
  })
})

it.each(['crashes', 'losses', 'pauses', 'partitions'])(
  '%s without a bound strike in every state that bounded ones do',
  (budget) => {
    const without = (states: readonly State[], count: number) =>
      [...new Set(states.map((state) => textOf(state.slice(0, count))))].sort()
    const bounded = naiveExplore(telegraph.instantiate({ ...quiet, [budget]: 9 }))
    const model = telegraph.instantiate({ ...quiet, [budget]: 'unlimited' })
    const unlimited = naiveExplore(model)
    const count = model.components.length
    expect(without(unlimited.states, count)).toEqual(without(bounded.states, count))
    expect(unlimited.distinct).toBeLessThan(bounded.distinct)
  },
)
