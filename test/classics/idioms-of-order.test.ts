/** Orders of some messages only, and bounds on steps: said without a word of their own (docs/idioms.md). */
import { always, disabled, protocol, z } from 'splitbrain'
import { describe, expect, it } from 'vitest'
import { explore } from '../../src/engine/explore.ts'
import type { Model, Order } from '../../src/model.ts'
import { naiveExplore } from '../oracle/naive-explore.ts'
import { assertAgreement } from '../random/agreement.ts'

/** What the receiver can come to have heard, in every state. */
function heardIn(model: Model): string[] {
  const at = model.components.findIndex(({ name }) => name === 'receiver1')
  const heard = naiveExplore(model).states.map((state) => (state[at] as { heard: readonly string[] }).heard.join(' '))
  return [...new Set(heard)].sort()
}

/** What comes before the next one waits, or what comes after a later one is dropped; `Item`s only. */
type How = 'as it comes' | 'waits' | 'is dropped'

/** Two or three items, and an aside that may pass them. */
const sending = (network: Order, how: How, { items = 2, asides = 1, losses = 0 } = {}) =>
  protocol(
    {
      name: 'sending',
      roles: {
        sender: {},
        receiver: { volatile: { last: z.int().default(0), heard: z.array(z.string()).default([]) } },
      },
      messages: { Item: { n: z.int() }, Aside: {} },
      network,
      faults: { lose: { messages: ['Item'] } },
    },
    () => ({
      population: { sender: 1, receiver: 1 },
      start: {
        sender(_, { ids, send }) {
          for (let n = 1; n <= items; n++) send(ids.receiver, { type: 'Item', n })
          for (let n = 1; n <= asides; n++) send(ids.receiver, { type: 'Aside' })
        },
      },
      receive: {
        receiver: {
          Item(me, { n }) {
            if (how === 'waits' && n !== me.last + 1) return disabled
            if (how === 'is dropped' && n <= me.last) return
            me.last = n
            me.heard.push(String(n))
          },
          Aside(me) {
            me.heard.push('aside')
          },
        },
      },
      properties: {},
    }),
  ).instantiate({ losses })

describe('an order of some messages only', () => {
  it('is a number that the receiver waits for: they keep their order, and the others pass them', async () => {
    const model = sending('set', 'waits')
    const oracle = naiveExplore(model)
    await assertAgreement(model, oracle)
    expect(oracle).toMatchObject({ distinct: 9, generated: 9 }) // heard is a tree: what is in flight follows from it
    expect(heardIn(model)).toEqual([
      '',
      '1',
      '1 2',
      '1 2 aside',
      '1 aside',
      '1 aside 2',
      'aside',
      'aside 1',
      'aside 1 2',
    ])
    expect(heardIn(sending('set', 'as it comes'))).toContain('2 1')
  })

  it('has as many states as a queue, where there is nothing else', () => {
    const [queue, numbered] = [
      sending('fifo', 'as it comes', { items: 3, asides: 0 }),
      sending('set', 'waits', { items: 3, asides: 0 }),
    ]
    expect(naiveExplore(queue).distinct).toBe(4)
    expect(naiveExplore(numbered).distinct).toBe(4)
  })

  it('over a network that loses drops what comes late, as a queue that loses does', async () => {
    const only = { items: 3, asides: 0, losses: 3 }
    const model = sending('set', 'is dropped', only)
    await assertAgreement(model, naiveExplore(model))
    const some = ['', '1', '1 2', '1 2 3', '1 3', '2', '2 3', '3']
    expect(heardIn(sending('fifo', 'as it comes', only))).toEqual(some)
    expect(heardIn(model)).toEqual(some)
  })

  it('is none for copies: of a set, those that bear a number are kept apart', () => {
    const most = (model: Model) =>
      heardIn(model)
        .sort((a, b) => a.length - b.length)
        .at(-1)
    expect(most(sending('unordered', 'waits', { items: 2, asides: 2 }))).toBe('aside aside 1 2')
    expect(most(sending('set', 'waits', { items: 2, asides: 2 }))).toBe('aside 1 2')
  })
})

/** Counts by one or by two up to 6; by two is what the bound is about, and only from an odd number. */
const counting = (bound: 'none' | 'guard' | 'mark') =>
  protocol(
    {
      name: 'counting',
      parameters: {
        leaps: z
          .boolean()
          .default(bound !== 'guard')
          .describe('whether it leaps from odd numbers'),
      },
      shared: { n: z.int().default(0), hasStrayed: z.boolean().default(false) },
    },
    ({ leaps }) => ({
      actions: {
        environment: {
          count({ shared, choose }) {
            const by = choose('by', [1, 2])
            const strays = by === 2 && shared.n % 2 === 1
            if (shared.n + by > 6 || (strays && !leaps)) return disabled
            shared.n += by
            if (strays && bound === 'mark') shared.hasStrayed = true
          },
        },
      },
      constraint: {
        'no leap from odd numbers': bound === 'mark' && (({ shared }) => !shared.hasStrayed),
      },
      properties: { low: always('n is at most 6', ({ shared }) => shared.n <= 6) },
    }),
  ).instantiate()

describe('a bound on steps', () => {
  it('is a mark that the step leaves and a constraint forbids: what it leads to is judged, and nothing behind it', async () => {
    const marked = await explore(counting('mark'))
    expect(marked).toMatchObject({ verdict: 'holds', within: ['no leap from odd numbers'], distinct: 9 })
    expect(await explore(counting('guard'))).toMatchObject({ verdict: 'holds', distinct: 7 })
  })

  it('leaves the same states as a guard does, but for those that are marked', async () => {
    const [n, mark] = ['n', 'hasStrayed'].map((name) => counting('mark').components.findIndex((c) => c.name === name))
    const numbers = (model: Model, within = false) => {
      const bound = within ? { within: (state: { read(c: number): unknown }) => state.read(mark!) === false } : {}
      const unmarked = naiveExplore(model, 100, bound).states.filter((state) => state[mark!] === false)
      return unmarked.map((state) => state[n!]).sort()
    }
    expect(numbers({ ...counting('mark') }, true)).toEqual([0, 1, 2, 3, 4, 5, 6])
    expect(numbers(counting('guard'))).toEqual([0, 1, 2, 3, 4, 5, 6])
  })
})
