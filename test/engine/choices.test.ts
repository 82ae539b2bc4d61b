/** Choices and channels: every option and every message is explored once, whatever the body did before and after. */
import { always, disabled, type Protocol, protocol, z } from 'splitbrain'
import { describe, expect, it } from 'vitest'
import { explore } from '../../src/engine/explore.ts'
import { record } from '../../src/judge/record.ts'
import { replay } from '../../src/judge/replay.ts'
import type { Order, State } from '../../src/model.ts'
import { agree } from './agree.ts'
import { tryOut } from './arena.ts'
import type { Row } from './trial-table.ts'

const LONG = ['what it looks at depends on what it chose']

describe('choose', () => {
  const rows: readonly Row[] = [
    [
      'options that are drafts, then changed',
      ['rows'],
      5,
      (me, { choose }) => {
        const row = choose('row', me.rows)
        row.k += 10
        row.l.push(me.rows.length)
        me.out = me.rows
      },
    ],
    [
      'equal options count once',
      ['list'],
      8,
      (me, { choose }) => {
        me.out = [me.list, choose('one', [...me.list, ...me.list])]
      },
    ],
    [
      'a choice that depends on the one before',
      ['list'],
      12,
      (me, { choose }) => {
        const first = choose('first', me.list)
        const second = choose('second', [first, 0, first + 1].slice(0, first))
        me.out = [first, second, me.list.length]
      },
    ],
    [
      'no options for some',
      ['table'],
      5,
      (me, { choose }) => {
        me.out = choose('key', Object.keys(me.table))
      },
    ],
    [
      'what it looks at depends on what it chose',
      ['list', 'names', 'maybe'],
      23,
      (me, { choose }) => {
        const field = choose('field', ['list', 'names', 'maybe'] as const)
        me.out = [field, me[field]]
      },
    ],
    [
      'no options, caught',
      ['list'],
      4,
      (me, { choose }) => {
        me.out = 'nothing to choose'
        try {
          me.out = choose('one', me.list)
        } catch {
          me.out = 'caught'
        }
      },
    ],
    [
      'disabled after changes and a choice',
      ['list'],
      2,
      (me, { choose }) => {
        const one = choose('one', me.list)
        me.list.push(one)
        me.out = one
        return one === 2 ? disabled : undefined
      },
    ],
    [
      'options of every kind',
      [],
      7,
      (me, { choose }) => {
        me.out = choose('kind', [null, 0, '0', [], {}, new Set([1]), [[0]], -0, {}])
      },
    ],
  ]
  const [long, short] = [true, false].map((isLong) => rows.filter(([told]) => LONG.includes(told) === isLong))

  it.each(short!)('%s', async (_, fields, outs, trial) => expect(await tryOut(fields, trial)).toBe(outs))
  it.each(long!)('%s', { tags: 'slow' }, async (_, fields, outs, trial) =>
    expect(await tryOut(fields, trial)).toBe(outs),
  )
})

describe.each<[Order, number]>([
  ['unordered', 54],
  ['set', 27],
  ['fifo', 7],
])('a network that is %s', (network, distinct) => {
  it('delivers what was sent, in any order that it may', async () => {
    const { states } = await agree(chatter(network).instantiate())
    expect(states.length).toBe(distinct)
    const heard = new Set(states.map((state) => (partOf(state, 'heard') as readonly number[]).join('')))
    if (network === 'fifo') expect([...heard].sort()).toEqual(['', '1', '12', '121'])
  })
})

/** `n1` sends 1, 2, 1 in one step; `n2` writes down what it hears, answers a 2, and chooses whether to hear a 9. */
const chatter = (network: Order): Protocol =>
  protocol(
    {
      name: 'chatter',
      roles: {
        node: { prefix: 'n', volatile: { sent: z.boolean().default(false), heard: z.array(z.int()).default([]) } },
      },
      messages: { Say: { what: z.int(), again: z.array(z.int()) } },
      network,
    },
    () => ({
      population: { node: 2 },
      actions: {
        node: {
          talk(me, { self, peers, send }) {
            if (self !== 'n1' || me.sent) return disabled
            me.sent = true
            const again: number[] = []
            for (const what of [1, 2, 1]) {
              send(peers, { type: 'Say', what, again })
              again.length = 0 // what was sent stays what it was when it was sent
            }
          },
        },
      },
      receive: {
        node: {
          Say(me, { what, again }, { self, from, send, choose }) {
            if (self === 'n2' && what === 2) send(from, { type: 'Say', what: 9, again: me.heard })
            if (self === 'n1') me.sent = choose('still', [true, again.length > 0])
            me.heard.push(what)
          },
        },
      },
      properties: {},
    }),
  )

/** A field of the second process. */
const partOf = (state: State, field: string) => (state[2] as unknown as Record<string, unknown>)[field]

describe('records that are equal', () => {
  const marking = (options: <R>(rows: readonly R[]) => readonly R[]) =>
    protocol(
      {
        name: 'marking',
        roles: {
          node: { durable: { rows: z.array(z.object({ t: z.int() })).default([{ t: 0 }, { t: 0 }, { t: 0 }]) } },
        },
      },
      () => ({
        population: { node: 1 },
        actions: {
          node: {
            mark(me, { choose }) {
              choose('row', options(me.rows.filter(({ t }) => t === 0))).t = 1
            },
          },
        },
        properties: {
          inOrder: always('whoever comes first is marked first', ({ node: [node] }) =>
            node!.rows.every(({ t }, i, rows) => i === 0 || t <= rows[i - 1]!.t),
          ),
        },
      }),
    ).instantiate()

  it('are options of their own: each can be changed alone', async () => {
    const model = marking((rows) => rows)
    const { states, generated } = await agree(model)
    expect([states.length, generated]).toEqual([8, 1 + 3 + 3 * 2 + 3])
    const [answer] = (await explore(model)).properties.filter(({ verdict }) => verdict === 'violated')
    const trace = record(model, answer!.property, answer!.path!)
    expect(trace.steps.map((step) => step.arguments)).toEqual([{ row: { t: 0 }, 'row.which': 2 }])
    expect(replay(model, trace).outcome).toBe('reproduced')
  })

  it('are one option where they are one object', async () => {
    const { generated } = await agree(marking((rows) => [...rows.slice(0, 1), ...rows.slice(0, 1)]))
    expect(generated).toBe(1 + 3)
  })
})

describe('a wide choice', () => {
  /** Options that count how often anybody looks at one. */
  const counted = (width: number, looks: { count: number }, look = (k: number) => k) =>
    Array.from({ length: width }, (_, k) => {
      return {
        get k() {
          looks.count++
          return look(k)
        },
      }
    })

  const choosing = (options: readonly { readonly k: number }[]) =>
    protocol({ name: 'wide', shared: { k: z.int().default(-1) } }, () => ({
      actions: {
        environment: {
          pick({ shared, choose }) {
            if (shared.k >= 0) return disabled
            shared.k = choose('option', options).k
          },
        },
      },
      properties: {},
    })).instantiate()

  it.each([100, 400])('among %i options looks at each a few times, however many there are', async (width) => {
    const looks = { count: 0 }
    const { verdict, distinct } = await explore(choosing(counted(width, looks)))
    expect([verdict, distinct]).toEqual(['holds', width + 1])
    // two runs look at all: the first ever, and the first in the state; the others look at the one that they take. So does
    // each body, and of each there are three runs
    expect(looks.count).toBe(2 * width + (3 * width - 2) + 3 * width)
  })

  it('whose options change is noticed, whichever it is', { tags: 'slow' }, async () => {
    const looks = { count: 0 }
    const last = (k: number) => (k === 99 && looks.count > 250 ? 1000 : k)
    const { stop, broken } = await explore(choosing(counted(100, looks, last)))
    expect([stop.reason, broken?.error.code]).toEqual(['broken', 'impure'])
    expect(broken?.error.message).toBe(
      'pick is not pure: run twice in one state, it was given different options to choose from; a body may depend on the state, its parameters and its choices only',
    )
  })
})
