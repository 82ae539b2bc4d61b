/** What becomes of a draft that is moved, kept, overwritten or thrown away. */
import { describe, expect, it } from 'vitest'
import { refusal, type Trial, tryOut } from '../arena.ts'
import { change, check } from '../trial-table.ts'

describe('moves what it has', () => {
  check([
    [
      'an alias, changed by its new name',
      ['nest', 'spare'],
      2,
      change('nest', (me) => {
        me.nest = me.spare
        me.nest.x += 1
        me.out = me.nest
      }),
    ],
    [
      'both names of an alias',
      ['nest', 'spare'],
      2,
      (me) => {
        me.nest = me.spare
        me.nest.inner.list.push(1)
        me.spare.x += 1
        me.out = [me.nest, me.spare, me.nest.x === me.spare.x]
      },
    ],
    [
      'two subtrees swapped, then changed',
      ['nest', 'spare'],
      6,
      (me) => {
        ;[me.nest, me.spare] = [me.spare, me.nest]
        me.nest.inner.list.push(9)
        me.out = [me.nest, me.spare]
      },
    ],
    [
      'a child swapped with another',
      ['nest', 'spare'],
      6,
      (me) => {
        const { inner } = me.nest
        me.nest.inner = me.spare.inner
        me.spare.inner = inner
        inner.list.push(me.nest.inner.list.length)
        me.out = [me.nest, me.spare]
      },
    ],
    [
      'changed after being overwritten',
      ['nest', 'spare'],
      2,
      change('nest', (me) => {
        const { inner } = me.nest
        me.nest = { x: 3, inner: { list: [...me.spare.inner.list] } }
        inner.list.push(1)
      }),
    ],
    [
      'overwritten and put back',
      ['nest'],
      3,
      change('nest', (me) => {
        const { nest } = me
        me.nest = me.spare
        nest.x = 4
        me.nest = nest
      }),
    ],
    [
      'into the other field and out again',
      ['list'],
      5,
      change('list', (me) => {
        me.spare.inner.list = me.list
        me.list = []
        me.spare.inner.list.push(1)
        me.list = me.spare.inner.list
      }),
    ],
    [
      'inside a new object',
      ['list', 'names'],
      25,
      (me) => {
        me.maybe = { keep: [me.list, me.names] }
        me.list.push(1)
        me.names.add('z')
        me.out = me.maybe.keep[0]!.length + [...me.maybe.keep[1]].join()
        me.out = me.maybe
      },
    ],
    [
      'a component that changes its kind',
      ['maybe'],
      13,
      (me) => {
        me.out = [me.maybe]
        me.maybe = Array.isArray(me.maybe) ? { length: me.maybe.length } : me.maybe === null ? [] : null
      },
    ],
    [
      'a set where an array was',
      ['list'],
      5,
      change('maybe', (me) => {
        me.maybe = new Set(me.list)
      }),
    ],
  ])

  it('refuses a value that contains itself', async () => {
    expect(
      await refusal([], (me) => {
        me.maybe = { me }
      }),
    ).toBe('not-a-value: n1 go: a value that contains itself cannot be part of a state')
  })

  it('discards everything where the body is disabled in the end', async () => {
    const trial: Trial = (me, { choose }) => {
      me.list.push(1)
      choose(
        'none',
        me.list.filter((each) => each > 2),
      )
      me.out = me.list
    }
    expect(await tryOut(['list'], trial)).toBe(2)
  })
})
