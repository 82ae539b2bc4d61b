/**
 * Ways of reading and changing state that once were, or easily could be, misread by the engine: each as a protocol of a
 * few states on which engine and oracle must agree.
 */
import { always, disabled, id, protocol, sometimes, z } from 'splitbrain'
import { describe, expect, it } from 'vitest'
import { explore } from '../../src/engine/explore.ts'
import { ask, assertAgreement } from '../random/agreement.ts'

interface Cell {
  n: number
  list: number[]
  rows: { k: number }[]
  set: Set<number>
  table: Record<string, number>
}

/** A process whose state wanders through several values of every field, and a body that is then run on each. */
const trap = (body: (me: Cell) => unknown) =>
  protocol(
    {
      name: 'trap',
      roles: {
        node: {
          prefix: 'n',
          volatile: {
            n: z.int().default(0),
            list: z.array(z.int()).default([]),
            rows: z.array(z.object({ k: z.int() })).default([]),
            set: z.set(z.int()).default(new Set()),
            table: z.record(z.string(), z.int()).default({}),
            done: z.boolean().default(false),
          },
        },
      },
    },
    () => ({
      population: { node: 1 },
      start: {
        node(me, { choose }) {
          me.list = choose('list', [[], [1], [1, 2], [2, 1], [1, 2, 3]])
          me.rows = choose('rows', [[], [{ k: 1 }], [{ k: 2 }, { k: 1 }]])
          me.set = new Set(choose('set', [[], [1], [1, 2]]))
          me.table = choose('table', [{}, { a: 1 }, { a: 2, b: 1 }] as Record<string, number>[])
        },
      },
      actions: {
        node: {
          run(me) {
            if (me.done) return disabled
            me.done = true
            if (body(me) === disabled) return disabled
          },
        },
      },
      properties: {
        counted: sometimes('it counts past 2', ({ node }) => node.some(({ n }) => n > 2)),
        small: always('no list is long', ({ node }) => node.every(({ list }) => list.length < 4)),
      },
    }),
  )

const agrees = async (body: (me: Cell) => unknown) => {
  const model = trap(body).instantiate()
  await assertAgreement(model, ask(model, 1000)!)
}

describe('engine and oracle agree where a body', () => {
  it.each<[string, (me: Cell) => unknown]>([
    [
      'truncates an array whose elements it has changed',
      (me) => {
        if (me.rows[0]) me.rows[0].k = 9
        me.rows.length = 0
      },
    ],
    [
      'truncates an array and lets it grow again',
      (me) => {
        me.list.length = Math.min(1, me.list.length)
        me.list.push(7, 8)
      },
    ],
    [
      'truncates and sets the length up again: a hole, refused',
      (me) => {
        const { length } = me.list
        me.list.length = 0
        me.list.length = length
      },
    ],
    [
      'asks for a key that is absent',
      (me) => {
        me.n = me.table.b === undefined ? 1 : 2
      },
    ],
    [
      'asks whether a key is there, after deleting it',
      (me) => {
        delete me.table.a
        me.n = 'a' in me.table ? 1 : Object.keys(me.table).length
      },
    ],
    [
      'adds to a set and asks for its size',
      (me) => {
        me.set.add(2)
        me.n = me.set.size
      },
    ],
    [
      'destructures and spreads',
      (me) => {
        const [first = 0, ...rest] = me.list
        const { a = 0, ...others } = me.table
        me.n = first + rest.length + a + Object.keys(others).length
      },
    ],
    [
      'reads from the end',
      (me) => {
        me.n = (me.list.at(-1) ?? 0) + (me.rows.at(-1)?.k ?? 0)
      },
    ],
    [
      'uses JSON.stringify',
      (me) => {
        me.n = JSON.stringify([me.list, me.table]).length
      },
    ],
    [
      'compares arrays by join',
      (me) => {
        me.n = me.list.join() === me.rows.map(({ k }) => k).join() ? 3 : 0
      },
    ],
    [
      'finds, and changes what it found',
      (me) => {
        const row = me.rows.find(({ k }) => k === 1)
        if (row === undefined) return disabled
        row.k += 2
        me.n = me.rows[0]!.k
      },
    ],
    [
      'sorts objects in place',
      (me) => {
        me.rows.sort((a, b) => a.k - b.k)
      },
    ],
    [
      'filters objects, then changes one of them',
      (me) => {
        me.rows = me.rows.filter(({ k }) => k > 0)
        if (me.rows[0]) me.rows[0].k = 5
      },
    ],
    [
      'keeps an element in two places and changes it',
      (me) => {
        if (me.rows[0]) me.rows.push(me.rows[0])
        if (me.rows[0]) me.rows[0].k = 6
      },
    ],
    [
      'moves elements within an array',
      (me) => {
        me.rows.reverse()
        me.rows.copyWithin(0, 1)
        me.list.fill(4, 0, 1)
      },
    ],
    [
      'walks entries and flattens',
      (me) => {
        for (const [i, k] of me.list.entries()) me.n += i * k
        me.n += [me.list, [1]].flat().length
      },
    ],
    [
      'clears a set and fills it',
      (me) => {
        me.set.clear()
        me.set.add(5).add(4)
        me.n = [...me.set].indexOf(4)
      },
    ],
    [
      'removes while iterating',
      (me) => {
        for (const element of me.set) if (element > 1) me.set.delete(element)
      },
    ],
    [
      'asks a set for what it has removed itself',
      (me) => {
        me.n = (me.set.delete(1) ? 1 : 0) + (me.set.has(1) ? 1 : 0) + (me.set.delete(2) ? 3 : 0)
      },
    ],
    [
      'throws, but only in some states',
      (me) => {
        if (me.list.length === 2) throw new Error('two')
      },
    ],
    [
      'assigns what a field is already',
      (me) => {
        const { list } = me
        me.list = list
        list.push(1)
      },
    ],
    [
      'assigns a field of itself to a fresh object',
      (me) => {
        me.table = { ...me.table, c: me.list.length }
        me.table.d = 1
      },
    ],
    [
      'uses Object.entries and Object.hasOwn',
      (me) => {
        for (const [key, value] of Object.entries(me.table)) me.n += key.length * value
        if (Object.hasOwn(me.table, 'b')) me.n += 1
      },
    ],
    [
      'slices, concatenates and compares lengths',
      (me) => {
        me.list = me.list.slice(1).concat(me.list.slice(0, 1))
        me.n = me.list.lastIndexOf(1)
      },
    ],
  ])('%s', (_, body) => agrees(body))
})

it('a choice may not take the name of an argument that the rule has anyway', async () => {
  const p = protocol(
    {
      name: 'a',
      roles: { node: { prefix: 'n', volatile: { x: id('node').nullable().default(null) } } },
      messages: { M: {} },
    },
    () => ({
      population: { node: 2 },
      start: {
        node(_, { self, peers, send }) {
          if (self === 'n1') send(peers, { type: 'M' })
        },
      },
      receive: {
        node: {
          M(me, _, { choose, ids }) {
            me.x = choose('from', ids.node)
          },
        },
      },
      properties: { never2: always('nobody picks n2', ({ node }) => node.every(({ x }) => x !== 'n2')) },
    }),
  )
  const result = await explore(p.instantiate())
  expect(result.stop.reason).toBe('broken')
  expect(result.broken?.error.message).toContain(
    'a handler calls a choice from, which is what traces call the sender of its message; give it another name',
  )
})
