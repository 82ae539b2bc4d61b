/** What a body only moves within a component, it does not look at; what it asks of a list, it asks no further. */
import { disabled, protocol, z } from 'splitbrain'
import { describe, expect, it } from 'vitest'
import { explore } from '../../../src/engine/explore.ts'
import { agree } from '../agree.ts'
import { refusal } from '../arena.ts'
import { change, check } from '../trial-table.ts'

describe('moves what it has not looked at', () => {
  check([
    ['the rest of a queue', ['rows'], 3, change('rows', ({ rows }) => rows.shift())],
    [
      'the rest of a queue, and looks at what is first then',
      ['rows'],
      3,
      (me) => {
        me.rows.shift()
        me.out = me.rows[0]?.k ?? 'none'
      },
    ],
    [
      'the rest of a list of numbers, and looks at one',
      ['list'],
      5,
      (me) => {
        const first = me.list.shift()
        me.out = [first ?? 'none', me.list[0] ?? 'none', me.list.includes(1), me.list.length]
      },
    ],
    [
      'the rest twice, then puts the first at the end',
      ['list'],
      5,
      change('list', ({ list }) => {
        const first = list.shift()
        const second = list.shift()
        list.push(second ?? 8, first ?? 9)
      }),
    ],
    [
      'what is changed after it was moved',
      ['rows'],
      3,
      change('rows', ({ rows }) => {
        const second = rows[1]
        rows.shift()
        second?.l.push(rows.length)
      }),
    ],
    [
      'what was changed before it is moved',
      ['rows'],
      3,
      change('rows', ({ rows }) => {
        rows[1]?.l.push(4)
        rows.splice(0, 1)
      }),
    ],
    ['out of the middle, from the end', ['list'], 4, change('list', ({ list }) => list.splice(-2, 1))],
    ['all from a place on', ['list'], 3, change('list', ({ list }) => list.splice(1))],
    ['nothing', ['list'], 5, change('list', ({ list }) => Reflect.apply(list.splice, list, []))],
    ['none, with a count that is no number', ['list'], 5, change('list', ({ list }) => list.splice(0, Number.NaN, 5))],
    [
      'a list of what is left',
      ['rows'],
      3,
      change('rows', (me) => {
        me.rows = [...me.rows.slice(1), { k: 9, l: [] }]
      }),
    ],
    [
      'things into new ones',
      ['nest', 'spare'],
      6,
      (me) => {
        me.out = { first: me.nest.inner, others: [me.spare, [me.nest]], whole: [me.nest.inner.list] }
      },
    ],
    [
      'a thing into two places, and changes it by one of its names',
      ['nest'],
      3,
      (me) => {
        const { inner } = me.nest
        me.out = [inner, { inner }]
        inner.list.push(1)
      },
    ],
    [
      'a set, and another into its place',
      ['names'],
      5,
      (me) => {
        me.out = me.names
        me.names = new Set(['other'])
      },
    ],
  ])
})

it('is refused what contains itself', async () => {
  expect(
    await refusal(['nest'], (me) => {
      me.nest.inner = me.nest as never
    }),
  ).toContain('a value that contains itself cannot be part of a state')
})

describe('asks where an element is', () => {
  check([
    [
      'and learns its place',
      ['list'],
      2,
      (me) => {
        me.out = me.list.indexOf(1)
      },
    ],
    [
      'and learns whether it is there',
      ['list'],
      2,
      (me) => {
        me.out = me.list.includes(1)
      },
    ],
    [
      'of a list that it has written to, and of no primitive',
      ['list', 'rows'],
      4,
      (me) => {
        me.list.push(1)
        me.out = [me.list.indexOf(1), me.rows.indexOf(me.rows[1]!), me.list.indexOf(undefined as never)]
      },
    ],
  ])
})

/** Clients in a queue of orders: any may come, each once; who is first is served. */
const queueing = protocol(
  {
    name: 'queueing',
    shared: {
      queue: z.array(z.object({ of: z.int() })).default([]),
      names: z.array(z.int()).default([]),
      served: z.int().default(0),
    },
  },
  () => ({
    actions: {
      environment: {
        come({ shared, choose }) {
          const of = choose('of', [1, 2, 3, 4, 5])
          if (shared.names.includes(of)) return disabled
          shared.queue.push({ of })
          shared.names.push(of)
        },
        serve({ shared }) {
          if (shared.queue.length === 0) return disabled
          shared.queue.shift()
          shared.served += 1
        },
      },
    },
    properties: {},
  }),
).instantiate()

it('runs a body once for each length of a queue, and each place that it asks for', async () => {
  await agree(queueing)
  const { distinct, stats } = await explore(queueing)
  expect([distinct, stats.bodyRuns]).toEqual([1631, 348])
})

/** Lists that are turned, cut and put together again, as fields of a process and as shared variables. */
const turning = protocol(
  {
    name: 'turning',
    roles: {
      node: {
        prefix: 'n',
        volatile: {
          list: z.array(z.object({ k: z.int() })).default([]),
          numbers: z.array(z.int()).default([]),
          pair: z.array(z.array(z.object({ k: z.int() }))).default([]),
        },
      },
    },
    shared: { list: z.array(z.object({ k: z.int() })).default([]) },
  },
  () => ({
    population: { node: 1 },
    actions: {
      node: {
        add(me, { choose }) {
          if (me.list.length === 3) return disabled
          const k = choose('k', [1, 2])
          me.list.push({ k })
          me.numbers.unshift(1)
        },
        turn(me) {
          if (me.list.length < 2) return disabled
          me.list.push(me.list.shift()!)
          me.numbers.push(me.numbers.shift()!)
        },
        cut(me, { choose }) {
          const at = choose('at', [0, 1, 2])
          if (at >= me.list.length) return disabled
          me.list = [...me.list.slice(at), ...me.list.slice(0, at)]
          me.numbers.splice(at, 1, 0)
        },
        remove(me, { choose }) {
          const at = me.numbers.indexOf(choose('k', [0, 1]))
          if (at < 0 || at >= me.list.length) return disabled
          me.numbers.splice(at, 1)
          const [gone] = me.list.splice(-1 - at, 1)
          gone!.k = 0
          me.pair = [[gone!], me.list.slice(0, 1)]
        },
        keep(me, { shared }) {
          if (shared.list.length === 2) shared.list = [...shared.list.slice(-1)]
          else if (me.list.length < 3) return disabled
          else shared.list = [{ k: me.list[0]!.k }, ...shared.list]
        },
        mark(me) {
          const last = me.list.at(-1)
          me.list.shift()
          me.numbers.shift()
          if (last === undefined) return disabled
          last.k = 2
        },
      },
    },
    properties: {},
  }),
).instantiate()

it('comes to the same states as without', async () => {
  const { states } = await agree(turning)
  expect(states.length).toBe(2380)
})
