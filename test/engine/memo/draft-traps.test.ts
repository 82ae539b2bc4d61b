/**
 * Every way for a body to look at its state, or to change it, without a plain read or assignment (DESIGN §4, traps). Each
 * body leaves in `out` what it saw; the number is how many different things it saw, so that none of them is dull.
 */
import { isDeepStrictEqual } from 'node:util'
import { equal } from 'splitbrain'
import { describe } from 'vitest'
import type { Arena, Trial } from '../arena.ts'
import { check } from '../trial-table.ts'

const see =
  (look: (me: Arena) => unknown): Trial =>
  (me) => {
    const seen = look(me)
    me.out = seen === undefined ? 'undefined' : seen
  }

describe('looks at a record', () => {
  check([
    ['absent key', ['table'], 3, see(({ table }) => table.a)],
    ['absent key with a default', ['table'], 2, see(({ table }) => table.a ?? 0)],
    ['in', ['table'], 2, see(({ table }) => 'a' in table)],
    ['in, of a key that every object inherits', ['table'], 1, see(({ table }) => 'constructor' in table)],
    ['own key that every object inherits', ['table'], 2, see(({ table }) => Object.hasOwn(table, 'constructor'))],
    ['value of an inherited name', ['table'], 2, see(({ table }) => typeof table.constructor)],
    ['key that looks like an index', ['table'], 2, see(({ table }) => table['0'])],
    ['key that is called length', ['table'], 2, see(({ table }) => table.length)],
    ['Object.keys', ['table'], 6, see(({ table }) => Object.keys(table))],
    ['number of keys', ['table'], 3, see(({ table }) => Object.keys(table).length)],
    ['Object.values', ['table'], 5, see(({ table }) => Object.values(table))],
    ['Object.entries', ['table'], 6, see(({ table }) => Object.entries(table))],
    ['spread', ['table'], 6, see(({ table }) => ({ ...table }))],
    ['destructuring with a rest', ['table'], 6, see(({ table: { a = 9, ...rest } }) => [a, rest])],
    [
      'for in',
      ['table'],
      3,
      see(({ table }) => {
        let sum = 0
        for (const key in table) sum += table[key]!
        return sum
      }),
    ],
    ['JSON.stringify', ['table', 'nest'], 18, see(({ table, nest }) => JSON.stringify([table, nest]))],
    ['isDeepStrictEqual', ['nest', 'spare'], 2, see(({ nest, spare }) => isDeepStrictEqual(nest, spare))],
    ['optional chain', ['maybe'], 2, see(({ maybe }) => maybe?.a?.b)],
    ['structuredClone of a spread', ['table'], 6, see(({ table }) => structuredClone({ ...table }))],
  ])
})

describe('looks at an array', () => {
  check([
    ['length', ['list'], 4, see(({ list }) => list.length)],
    ['at(-1)', ['list'], 3, see(({ list }) => list.at(-1))],
    ['destructuring', ['list'], 5, see(({ list: [first = 0, , third = 0] }) => [first, third])],
    ['past the end', ['list'], 2, see(({ list }) => list[2])],
    ['negative index', ['list'], 1, see(({ list }) => list[-1])],
    ['index in', ['list'], 2, see(({ list }) => 2 in list)],
    [
      'for of',
      ['list'],
      5,
      see(({ list }) => {
        let sum = 0
        for (const each of list) sum += each
        return sum
      }),
    ],
    [
      'for in',
      ['list'],
      4,
      see(({ list }) => {
        let last = 'none'
        for (const index in list) last = index
        return last
      }),
    ],
    ['slice', ['list'], 4, see(({ list }) => list.slice(1, 3).concat(list.slice(-1)))],
    ['concat', ['list', 'nest'], 15, see(({ list, nest }) => nest.inner.list.concat(list))],
    ['flat', ['rows'], 3, see(({ rows }) => rows.flatMap(({ l }) => l))],
    ['flatMap', ['rows'], 4, see(({ rows }) => rows.flatMap(({ k, l }) => [k, ...l]))],
    ['includes', ['list'], 2, see(({ list }) => list.includes(2))],
    ['indexOf', ['list'], 3, see(({ list }) => list.indexOf(2))],
    ['some', ['rows'], 2, see(({ rows }) => rows.some(({ k }) => k === 2))],
    ['find', ['rows'], 3, see(({ rows }) => rows.find(({ k }) => k < 2)?.l)],
    ['indexOf a draft', ['rows'], 2, see(({ rows }) => rows.indexOf(rows[1]!))],
    ['toSorted', ['list'], 5, see(({ list }) => list.toSorted())],
    ['reduce', ['list'], 5, see(({ list }) => list.reduce((sum, each) => sum + each, 0))],
    ['join', ['list'], 5, see(({ list }) => list.join())],
    ['Array.from', ['rows'], 4, see(({ rows }) => Array.from(rows, ({ k }) => k))],
    ['JSON.stringify', ['rows'], 4, see(({ rows }) => JSON.stringify(rows))],
  ])
})

describe('looks at a set', () => {
  check([
    ['has', ['names'], 2, see(({ names }) => names.has('a'))],
    ['has a number, not the string', ['names'], 3, see(({ names }) => [names.has(1), names.has('1')])],
    ['size', ['names'], 4, see(({ names }) => names.size)],
    ['spread', ['names'], 5, see(({ names }) => [...names])],
    ['copy', ['names'], 5, see(({ names }) => new Set(names))],
    [
      'forEach',
      ['names'],
      5,
      see(({ names }) => {
        const all: unknown[] = []
        names.forEach((each) => {
          all.push(each)
        })
        return all
      }),
    ],
    ['entries', ['names'], 5, see(({ names }) => [...names.entries()])],
    ['keys', ['names'], 5, see(({ names }) => [...names.keys()])],
    ['filter of a spread', ['names'], 4, see(({ names }) => [...names].filter((each) => typeof each === 'string'))],
    ['equal', ['names'], 2, see(({ names }) => equal(names, new Set(['b', 'a'])))],
    [
      'what cannot be in it, then null',
      ['names'],
      2,
      see(({ names }) => {
        const absurd = [undefined, Number.NaN, Number.POSITIVE_INFINITY, {}].some((each) => names.has(each as never))
        return [absurd, names.has(null)]
      }),
    ],
    ['size after adding', ['names'], 4, see(({ names }) => names.add('b').size)],
    ['whether it was there to delete', ['names'], 2, see(({ names }) => names.delete('b'))],
    [
      'size after clearing',
      ['names'],
      1,
      see(({ names }) => {
        names.clear()
        return names.add('z').size
      }),
    ],
  ])
})
