/** What the engine remembers about values: ids, answers and updates, for few values and for many. */
import { describe, expect, it } from 'vitest'
import { Updates } from '../../../src/engine/memo/updates.ts'
import { Columns, UNKNOWN } from '../../../src/engine/values/columns.ts'
import { Probes } from '../../../src/engine/values/probes.ts'
import type { Question } from '../../../src/engine/values/question.ts'
import { ValueTable } from '../../../src/engine/values/value-table.ts'
import { Values } from '../../../src/engine/values/values.ts'
import type { Component, Value } from '../../../src/model.ts'
import { canonical } from '../../../src/value/canonical.ts'

const value = (input: unknown) => canonical(input, 'value')

/** Values that look alike in one way or another. */
const ALIKE: readonly unknown[] = [
  null,
  'null',
  0,
  '0',
  false,
  'false',
  '',
  [],
  '[]',
  {},
  '{}',
  new Set(),
  [null],
  [0],
  ['0'],
  { 0: 0 },
  { 0: '0' },
  { '': 0 },
  { length: 0 },
  [[]],
  [{}],
  new Set([0]),
  new Set(['0']),
  new Set([null]),
  { a: [] },
  { a: {} },
  { a: new Set() },
  { a: null },
  'absent',
  'nowhere',
  'an array',
  'an object',
  { constructor: 1 },
  { a: { b: 1 } },
  { b: { a: 1 } },
  '"0"',
  '\ud800',
]

describe('ValueTable', () => {
  it('has one id for each value, however it was made', () => {
    const table = new ValueTable('any')
    expect(ALIKE.map((each) => table.intern(value(each)))).toEqual(ALIKE.map((_, i) => i))
    expect(table.intern(value({ b: { a: 1 } }))).toBe(34)
    expect([table.intern(value(-0)), table.intern(value(new Set([-0])))]).toEqual([2, 21])
    expect(table.intern(value(new Set(['b', 1, 'a', null])))).toBe(table.intern(value(new Set([null, 'a', 'b', 1]))))
  })

  it('grows, and its columns with it, keeping what they hold', () => {
    const table = new ValueTable('any')
    const columns = new Columns()
    const early = columns.add(table)
    for (let i = 0; i < 200; i++) {
      expect(table.intern(i)).toBe(i)
      columns.of[early]![i] = i * 2
    }
    const late = columns.add(table)
    expect([table.size, table.capacity, columns.of[early]!.length, columns.of[late]!.length]).toEqual([
      200, 256, 256, 256,
    ])
    expect(Array.from(columns.of[early]!.subarray(0, 200))).toEqual(Array.from({ length: 200 }, (_, i) => i * 2))
    expect(new Set([...columns.of[early]!.subarray(200), ...columns.of[late]!])).toEqual(new Set([UNKNOWN]))
  })
})

describe('Probes', () => {
  /** The values, as groups that a question cannot tell apart. */
  const groups = (question: Question, values: readonly unknown[]): unknown[][] => {
    const probes = new Probes()
    const table = new ValueTable('any')
    const probe = probes.idOf(table, question)
    const found: unknown[][] = []
    for (const each of values) {
      const id = table.intern(value(each))
      const answer = probes.answer(probe, id)
      expect(probes.answer(probe, id)).toBe(answer)
      expect(probes.answers.of[probe]![id]).toBe(answer)
      found[answer] = [...(found[answer] ?? []), each]
    }
    return found
  }

  it('tells primitives from each other and from containers of each kind', () => {
    expect(
      groups({ ask: 'at', place: [] }, ALIKE)
        .filter((group) => group.length > 1)
        .map((group) => group.length),
    ).toEqual([6, 12, 4])
  })

  it('tells what is absent from what is null, and from where there is nowhere to be', () => {
    const values = [{ a: null }, {}, [], null, 'x', { a: 'absent' }, { a: 'nowhere' }, { a: [] }, { a: {} }, { a: [0] }]
    expect(groups({ ask: 'at', place: ['a'] }, values)).toEqual([
      [{ a: null }],
      [{}],
      [[], null, 'x'],
      [{ a: 'absent' }],
      [{ a: 'nowhere' }],
      [{ a: [] }, { a: [0] }],
      [{ a: {} }],
    ])
  })

  it('tells an index from a key', () => {
    const values = [[7], { 0: 7 }, []]
    expect(groups({ ask: 'at', place: [0] }, values)).toEqual([[[7]], [{ 0: 7 }], [[]]])
    expect(groups({ ask: 'at', place: ['0'] }, values)).toEqual([[[7], []], [{ 0: 7 }]])
  })

  it('answers each other question by what it asks', () => {
    expect(groups({ ask: 'length', place: [] }, [[1], [2], [], new Set([1]), { length: 1 }, 'x'])).toEqual([
      [[1], [2]],
      [[]],
      [new Set([1])],
      [{ length: 1 }, 'x'],
    ])
    expect(groups({ ask: 'keys', place: [] }, [{ a: 1 }, { a: 2 }, { b: 1, a: 1 }, { a: 1, b: 2 }, []])).toEqual([
      [{ a: 1 }, { a: 2 }],
      [
        { b: 1, a: 1 },
        { a: 1, b: 2 },
      ],
      [[]],
    ])
    expect(groups({ ask: 'in', place: [], key: 'toString' }, [{}, { toString: 1 }, { x: 1 }, []])).toEqual([
      [{}, { x: 1 }],
      [{ toString: 1 }],
      [[]],
    ])
    expect(groups({ ask: 'has', place: [], element: 1 }, [new Set([1]), new Set(['1']), new Set([1, 2]), [1]])).toEqual(
      [[new Set([1]), new Set([1, 2])], [new Set(['1'])], [[1]]],
    )
    expect(groups({ ask: 'whole', place: ['a'] }, [{ a: [1] }, { a: [1], b: 2 }, { a: [2] }, {}, 3])).toEqual([
      [{ a: [1] }, { a: [1], b: 2 }],
      [{ a: [2] }],
      [{}],
      [3],
    ])
  })

  it('has one id for one question about one sort', () => {
    const probes = new Probes()
    const [one, other] = [new ValueTable('one'), new ValueTable('other')]
    const has = (element: string | number | null): Question => ({ ask: 'has', place: ['s'], element })
    const ids = [has(1), has('1'), has(null), has('null'), has(1)].map((question) => probes.idOf(one, question))
    expect([...ids, probes.idOf(other, has(1))]).toEqual([0, 1, 2, 3, 0, 4])
  })
})

describe('Updates', () => {
  const component = (name: string, sort: string): Component => ({
    name,
    sort,
    kind: 'shared',
    start: null,
    mismatch: () => undefined,
  })
  const made = (old: unknown, write: Parameters<Updates['idOf']>[1]): Value => {
    const values = new Values([component('x', 'x')])
    const updates = new Updates(values)
    const id = values.intern(0, value(old))
    const update = updates.idOf(0, write)
    const result = updates.apply(update, id)
    expect(updates.apply(update, id)).toBe(result)
    expect(values.valueOf(0, id)).toEqual(value(old))
    return values.valueOf(0, result)
  }

  it('writes at places, in an old value that stays what it was', () => {
    const old = { list: [{ k: 1 }, { k: 2 }], set: new Set(['a']), other: 5 }
    const writes = [
      { write: 'resize', place: ['list'], length: 3 },
      { write: 'set', place: ['list', 2], value: value({ k: 3 }) },
      { write: 'set', place: ['list', 0, 'k'], value: 9 },
      { write: 'elements', place: ['set'], added: ['b', 1], removed: ['a'] },
      { write: 'delete', place: ['other'] },
    ] as const
    expect(made(old, { kind: 'write', writes })).toEqual({
      list: [{ k: 9 }, { k: 2 }, { k: 3 }],
      set: new Set([1, 'b']),
    })
    expect(made(old, { kind: 'replace', value: value([1]) })).toEqual([1])
  })

  it('shares an update between components of a sort, and between no others', () => {
    const updates = new Updates(new Values([component('x', 's'), component('y', 's'), component('z', 't')]))
    const change = (input: unknown) => ({ kind: 'replace', value: value(input) }) as const
    const ids = [
      updates.idOf(0, change(1)),
      updates.idOf(1, change(1)),
      updates.idOf(2, change(1)),
      updates.idOf(0, change('1')),
    ]
    expect(ids).toEqual([0, 0, 1, 2])
  })

  it('remembers for many values, as the table grows under it', () => {
    const values = new Values([component('x', 'x')])
    const updates = new Updates(values)
    const update = updates.idOf(0, { kind: 'write', writes: [{ write: 'set', place: ['b'], value: 1 }] })
    for (let round = 0; round < 2; round++) {
      for (let a = 0; a < 500; a++) {
        const result = updates.apply(update, values.intern(0, value({ a, b: 0 })))
        expect(values.valueOf(0, result)).toEqual({ a, b: 1 })
      }
    }
    expect(values.tables[0]!.size).toBe(1000)
  })
})
