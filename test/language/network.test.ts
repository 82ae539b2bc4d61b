/** What networks mean, on protocols so small that every way they can go is written down. */
import { disabled, protocol, z } from 'splitbrain'
import { describe, expect, it } from 'vitest'
import { explore } from '../../src/engine/explore.ts'
import { stepsFrom } from '../../src/judge/plain-run.ts'
import type { NetworkDeclaration } from '../../src/language/declaration.ts'
import type { Model, State } from '../../src/model.ts'
import { naiveExplore } from '../oracle/naive-explore.ts'
import { assertAgreement } from '../random/agreement.ts'

/** In which orders things can come to be heard, where nothing more can happen; engine and oracle agree on all of it. */
async function ends(model: Model, process = 'n2'): Promise<string[]> {
  const oracle = naiveExplore(model)
  await assertAgreement(model, oracle)
  const index = model.components.findIndex(({ name }) => name === process)
  const heard = (state: State) => (state[index] as { heard: readonly string[] }).heard.join(' ')
  const last = oracle.states.filter((state) => [...stepsFrom(model, state)].length === 0)
  return [...new Set(last.map(heard))].sort()
}

type Type = 'A' | 'B' | 'C'

/** One node tells another these, one after the other; B is refused until C was heard. */
const telling = (network: NetworkDeclaration, types: readonly Type[], waits = false, faults = {}) =>
  protocol(
    {
      name: 'telling',
      roles: { node: { prefix: 'n', volatile: { heard: z.array(z.string()).default([]) } } },
      messages: { A: {}, B: {}, C: {} },
      network,
      faults,
    },
    () => ({
      population: { node: 2 },
      start: {
        environment({ ids, send }) {
          for (const type of types) send(ids.node[0]!, ids.node[1]!, { type })
        },
      },
      receive: {
        node: {
          A(me) {
            me.heard.push('A')
          },
          B(me, _, { choose }) {
            if (waits)
              choose(
                'after',
                me.heard.filter((each) => each === 'C'),
              )
            me.heard.push('B')
          },
          C(me) {
            me.heard.push('C')
          },
        },
      },
      properties: {},
    }),
  ).instantiate()

describe('fifo', () => {
  it('keeps the order', async () => {
    expect(await ends(telling({ order: 'fifo' }, ['A', 'B', 'C']))).toEqual(['A B C'])
    expect(await ends(telling({}, ['A', 'B']))).toEqual(['A B', 'B A'])
  })

  it('waits for whom the receiver is not ready for', async () => {
    expect(await ends(telling({ order: 'fifo' }, ['B', 'A', 'C', 'A'], true))).toEqual([''])
  })

  it('loses only what is the oldest', () => {
    const strict = telling({ order: 'fifo' }, ['A', 'B', 'C'], false, { lose: { budget: 1, messages: ['B'] } })
    expect(naiveExplore(strict).fired['network.lose']).toBe(1)
  })
})

/** Each node tells the others, in one body, what it did not tell yet. */
const telegraph = (network: NetworkDeclaration, most: number, faults = {}, receives = true) =>
  protocol(
    {
      name: 'telegraph',
      roles: { node: { prefix: 'n', durable: { told: z.int().default(0), heard: z.array(z.string()).default([]) } } },
      messages: { Hi: { n: z.int() } },
      network,
      faults,
    },
    () => ({
      population: { node: 3 },
      actions: {
        node: {
          tell(me, { self, ids, send }) {
            if (self !== 'n1' || me.told === most) return disabled
            me.told++
            send(ids.node.slice(1), { type: 'Hi', n: me.told })
          },
        },
      },
      receive: {
        node: {
          Hi(me, { n }, { from }) {
            if (!receives) return disabled
            me.heard.push(`${from} ${n}`)
          },
        },
      },
      properties: {},
    }),
  ).instantiate()

/** The most messages that any channel comes to hold. */
const most = (model: Model) => {
  const states = naiveExplore(model).states
  const channels = model.components.flatMap(({ kind }, i) => (kind === 'channel' ? [i] : []))
  return Math.max(...states.flatMap((state) => channels.map((i) => (state[i] as readonly unknown[]).length)))
}

describe('capacity', () => {
  it('keeps who sends into a full channel waiting', async () => {
    expect(most(telegraph({ order: 'fifo' }, 3))).toBe(3)
    const tight = telegraph({ order: 'fifo', capacity: 2 }, 3)
    expect(most(tight)).toBe(2)
    expect(await ends(tight)).toEqual(['n1 1 n1 2 n1 3'])
    const stuck = telegraph({ order: 'fifo', capacity: 2 }, 3, {}, false)
    expect(naiveExplore(stuck)).toMatchObject({ distinct: 3, fired: { 'node.tell': 2 } })
    await assertAgreement(stuck, naiveExplore(stuck))
  })

  it('counts what the body itself has sent', async () => {
    expect(naiveExplore(telling({ capacity: 2 }, ['A', 'B'])).distinct).toBe(5)
    expect(naiveExplore(telling({ capacity: 2 }, ['A', 'B', 'C'])).distinct).toBe(0) // what sets it up is disabled
  })

  it('lets a crash come amid sends that find room only', async () => {
    const model = telegraph({ capacity: 1 }, 2, { crash: { roles: ['node'], budget: 1 } }, false)
    await assertAgreement(model, naiveExplore(model))
    expect(most(model)).toBe(1)
  })
})

describe('the environment', () => {
  const forged = (from: string) =>
    protocol(
      {
        name: 'forged',
        roles: { node: { prefix: 'n', volatile: { heard: z.array(z.string()).default([]) } } },
        messages: { Hi: {} },
      },
      () => ({
        population: { node: 2 },
        actions: {
          environment: {
            forge({ node: [a, b], send, channel }) {
              if (b!.heard.length > 0 || channel(a!.id, b!.id).length > 0) return disabled
              send(from as never, b!.id, { type: 'Hi' })
            },
          },
        },
        receive: {
          node: {
            Hi(me, _, { from: sender }) {
              me.heard.push(sender)
            },
          },
        },
        properties: {},
      }),
    ).instantiate()

  it('sends on behalf of a process', async () => {
    expect(await ends(forged('n1'))).toEqual(['n1'])
  })

  it('does not send on behalf of nobody', async () => {
    const { broken } = await explore(forged('n3'))
    expect(broken?.error.message).toContain(
      'found send("n3", "n2", an object); expected send(from, to, message), where from is the id of the process that sends it',
    )
  })
})
