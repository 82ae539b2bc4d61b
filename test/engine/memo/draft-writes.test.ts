/** Every way for a body to change an array, a record or a set of its state in place. */
import { describe, expect, it } from 'vitest'
import { engineRefusal, refusal, type Trial } from '../arena.ts'
import { change, check } from '../trial-table.ts'

describe('changes an array', () => {
  check([
    ['push', ['list'], 5, change('list', ({ list }) => list.push(list.length))],
    ['pop', ['list'], 4, change('list', ({ list }) => list.pop())],
    ['shift', ['list'], 3, change('list', ({ list }) => list.shift())],
    ['unshift', ['list'], 5, change('list', ({ list }) => list.unshift(9, 8))],
    ['splice', ['list'], 5, change('list', ({ list }) => list.splice(1, 1, 7, 7, 7))],
    ['reverse', ['list'], 5, change('list', ({ list }) => list.reverse())],
    ['sort', ['list'], 5, change('list', ({ list }) => list.sort())],
    ['fill', ['list'], 4, change('list', ({ list }) => list.fill(0))],
    ['fill in part', ['list'], 5, change('list', ({ list }) => list.fill(6, 1, 2))],
    ['copyWithin', ['list'], 4, change('list', ({ list }) => list.copyWithin(0, 1))],
    [
      'length = 0',
      ['list'],
      1,
      change('list', (me) => {
        me.list.length = 0
      }),
    ],
    [
      'length = 0, then push',
      ['list'],
      1,
      change('list', (me) => {
        me.list.length = 0
        me.list.push(4)
      }),
    ],
    [
      'write at the end',
      ['list'],
      5,
      change('list', ({ list }) => {
        list[list.length] = 5
      }),
    ],
    [
      'replace',
      ['list'],
      5,
      change('list', (me) => {
        me.list = me.list.filter((each) => each !== 2).concat(me.list)
      }),
    ],
    ['sort drafts', ['rows'], 4, change('rows', ({ rows }) => rows.sort((a, b) => a.k - b.k))],
    [
      'reverse drafts, then change the first',
      ['rows'],
      4,
      change('rows', ({ rows }) => {
        rows.reverse()
        rows[0]?.l.push(rows.length)
      }),
    ],
    [
      'remove a draft after changing it',
      ['rows'],
      3,
      change('rows', ({ rows }) => {
        if (rows[0]) rows[0].k = 8
        rows.shift()
      }),
    ],
    [
      'change drafts, then cut them off',
      ['rows'],
      2,
      change('rows', (me) => {
        for (const row of me.rows) row.l.push(1)
        me.rows.length = Math.min(me.rows.length, 1)
        for (const row of me.rows) row.l.length = 0
        for (const row of me.rows) row.k = 0
      }),
    ],
    [
      'cut all off, then put the first back',
      ['rows'],
      4,
      change('rows', ({ rows }) => {
        const [first] = rows
        rows.length = 0
        if (first !== undefined) rows.push(first)
        if (first !== undefined) rows[0]!.l.push(rows.length)
      }),
    ],
    [
      'a draft twice in one array',
      ['rows'],
      4,
      change('rows', ({ rows }) => {
        if (rows.length === 0) return
        rows.push(rows[0]!)
        rows[0]!.k += 1
      }),
    ],
  ])

  it.each<[string, string, Trial]>([
    [
      'deletes an element',
      'n1 go: list.0: a hole in an array cannot be part of a state; use splice',
      (me) => {
        delete me.list[0]
      },
    ],
    [
      'writes past the end',
      'n1 go: list.2: a hole in an array cannot be part of a state; use splice',
      (me) => {
        me.list[4] = 1
      },
    ],
    [
      'makes it longer',
      'n1 go: list.2: a hole in an array cannot be part of a state; use splice',
      (me) => {
        me.list.length = 3
      },
    ],
    [
      'cuts it off and makes it longer',
      'n1 go: list.0: a hole in an array cannot be part of a state; use splice',
      (me) => {
        me.list.length = 0
        me.list.length = 2
      },
    ],
    [
      'gives it a name',
      'n1 go: list.first: a key of an array that is no index cannot be part of a state',
      (me) => {
        Object.assign(me.list, { first: 1 })
      },
    ],
    [
      'puts undefined in',
      'n1 go: list.2: undefined cannot be part of a state; values are JSON, and sets',
      (me) => {
        me.list.push(undefined as never)
      },
    ],
    [
      'puts an array with a name in',
      'n1 go: rows[0].l: an array with the name first cannot be part of a state; values are JSON, and sets',
      (me) => {
        me.rows = [{ k: 0, l: Object.assign([1], { first: 1 }) }]
      },
    ],
    [
      'puts a set with a name in',
      'n1 go: names: a set with the name first cannot be part of a state; values are JSON, and sets',
      (me) => {
        me.names = Object.assign(new Set(['a']), { first: 1 })
      },
    ],
    [
      'puts an object with a hidden key in',
      'n1 go: table: the key a, which is not enumerable, cannot be part of a state; values are JSON, and sets',
      (me) => {
        me.table = Object.defineProperty({}, 'a', { value: 1 })
      },
    ],
    [
      'puts an object with a symbol in',
      'n1 go: table: the key Symbol(s) cannot be part of a state; values are JSON, and sets',
      (me) => {
        me.table = { [Symbol('s')]: 1 }
      },
    ],
  ])('refuses a body that %s', async (_, message, trial) => {
    expect(await refusal([], trial)).toBe(`not-a-value: ${message}`)
  })

  it.each<[string, string, Trial]>([
    [
      'a symbol',
      'table.Symbol(s): this key cannot be part of a state',
      (me) => {
        Object.assign(me.table, { [Symbol('s')]: 1 })
      },
    ],
    [
      'more holes than it could fill',
      'list.length: 4294967293 holes in an array cannot be part of a state',
      (me) => {
        me.list.length = 2 ** 32 - 1
      },
    ],
    [
      'an index far away',
      'list.4000000000: 3999999998 holes in an array cannot be part of a state',
      (me) => {
        me.list[4_000_000_000] = 1
      },
    ],
  ])('refuses %s at once', async (_, message, trial) => {
    expect(await engineRefusal([], trial)).toBe(`not-a-value: n1 go: ${message}`)
  })

  it('refuses a negative index, which would be lost in silence', async () => {
    expect(
      await engineRefusal([], (me) => {
        me.list[-1] = 1
      }),
    ).toBe('not-a-value: n1 go: list.-1: a key of an array that is no index cannot be part of a state')
  })
})

describe('changes a record', () => {
  check([
    ['Object.assign', ['table'], 6, change('table', ({ table }) => Object.assign(table, { c: 1 }))],
    [
      'Object.assign from a draft',
      ['table', 'nest'],
      6,
      change('table', (me) => Object.assign(me.table, { ...me.table, z: 0 })),
    ],
    ['delete', ['table'], 4, change('table', ({ table }) => delete table.a)],
    ['delete what is absent', ['table'], 6, change('table', ({ table }) => delete table.zz)],
    [
      'delete and set again',
      ['table'],
      4,
      change('table', ({ table }) => {
        delete table.a
        table.a = 3
      }),
    ],
    [
      'counts in place',
      ['table'],
      6,
      change('table', ({ table }) => {
        for (const key in table) table[key]! += 1
      }),
    ],
    [
      'keys that objects inherit',
      ['table'],
      5,
      change('table', ({ table }) => {
        table.constructor = 2 as never
        table.toString = ((table.toString as unknown) === 2 ? 3 : 2) as never
      }),
    ],
    [
      'assigns what was there',
      ['table'],
      6,
      change('table', (me) => {
        const { table } = me
        me.table = table
      }),
    ],
    ['Object.assign to itself', ['maybe'], 13, change('maybe', (me) => Object.assign(me, { out: 0, nest: me.spare }))],
  ])

  it('refuses the key that would change its prototype', async () => {
    const prototype = '__proto__'
    expect(
      await engineRefusal([], (me) => {
        me.table[prototype] = 1
      }),
    ).toBe('not-a-value: n1 go: table.__proto__: this key cannot be part of a state')
  })
})

describe('changes a set', () => {
  check([
    ['add', ['names'], 4, change('names', ({ names }) => names.add('a'))],
    ['add number, keep the string', ['names'], 5, change('names', ({ names }) => names.add(2).delete('2'))],
    ['delete', ['names'], 4, change('names', ({ names }) => names.delete('a'))],
    ['clear', ['names'], 1, change('names', ({ names }) => names.clear())],
    [
      'add, delete, add',
      ['names'],
      4,
      change('names', ({ names }) => {
        names.add('b')
        names.delete('b')
        names.add('b')
      }),
    ],
    [
      'delete, then add back',
      ['names'],
      4,
      change('names', ({ names }) => {
        names.delete('a')
        names.add('a')
      }),
    ],
    [
      'clear, then add',
      ['names'],
      1,
      change('names', ({ names }) => {
        names.clear()
        names.add(0).add(-0)
      }),
    ],
    [
      'union by spread',
      ['names'],
      3,
      change('names', (me) => {
        me.names = new Set([...me.names, 'a', 'b'])
      }),
    ],
    [
      'delete while going through',
      ['names'],
      4,
      change('names', ({ names }) => {
        for (const each of names) if (each === 'a' || each === 1) names.delete(each)
      }),
    ],
  ])
})
