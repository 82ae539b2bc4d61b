/** Quantifiers: the truth, who broke it, and whether there was anything to hold for. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { all, every, fails, judgementOf, none, noPair, some, when } from '../../src/property/quantifiers.ts'

const holds = { holds: true, exercised: true }
const vacuous = { holds: true, exercised: false }
const broken = (because: string) => ({ holds: false, because, exercised: true })

it('a check is a truth or a judgement', () => {
  expect(judgementOf(true)).toEqual(holds)
  expect(judgementOf(false)).toEqual({ holds: false, exercised: true })
  expect(judgementOf(fails('n1 waits'))).toEqual(broken('n1 waits'))
})

describe('every', () => {
  const items = [
    { id: 'n1', x: 1 },
    { id: 'n2', x: 2 },
    { id: 'n3', x: 2 },
  ]

  it.each([
    ['holds', every(items, ({ x }) => x > 0), holds],
    ['over nobody holds for nothing', every([], () => false), vacuous],
    ['names the first that breaks it', every(items, ({ x }) => x < 2), broken('n2')],
    [
      'says why in the words given',
      every(
        items,
        ({ x }) => x < 2,
        ({ id, x }) => `${id} has ${x}`,
      ),
      broken('n2 has 2'),
    ],
    ['passes on the reason of an inner one', every(items, ({ id }) => fails(`${id} fails`)), broken('n1 fails')],
    [
      'prefers its own words to the inner ones',
      every(
        items,
        () => fails('inner'),
        () => 'outer',
      ),
      broken('outer'),
    ],
    ['of vacuous parts is vacuous', every(items, () => when(false, () => false)), vacuous],
    ['of one exercised part is exercised', every(items, ({ x }) => when(x === 1, () => true)), holds],
    ['takes any iterable', every(new Set(['a', 'b']), (item) => item === 'a'), broken('b')],
    ['shows an item without id as traces show it', every([{ k: 1 }], () => false), broken('{k 1}')],
    ['shows the elements of a set', every([{ s: new Set(['a']) }], () => false), broken('{s {a}}')],
  ])('%s', (_, judgement, expected) => expect(judgement).toEqual(expected))
})

describe('noPair', () => {
  it.each([
    ['of one item has nothing to hold for', noPair(['a'], () => true), vacuous],
    ['names both', noPair(['a', 'b', 'c'], (x, y) => x === 'b' && y === 'c'), broken('b and c')],
    [
      'says why in the words given',
      noPair(
        [1, 1],
        (x, y) => x === y,
        (x) => `both ${x}`,
      ),
      broken('both 1'),
    ],
    ['holds', noPair([1, 2, 3], (x, y) => x === y), holds],
  ])('%s', (_, judgement, expected) => expect(judgement).toEqual(expected))

  it('looks at each unordered pair once, and never at an item and itself', () => {
    const pairs: string[] = []
    noPair(['a', 'b', 'c'], (x, y) => {
      pairs.push(x + y)
      return false
    })
    expect(pairs).toEqual(['ab', 'ac', 'bc'])
  })
})

it('some, none, when, all', () => {
  expect(some([1, 2], (x) => x === 2)).toEqual(holds)
  expect(some([1, 2], (x) => x === 3)).toEqual({ holds: false, exercised: true })
  expect(some([], () => true)).toEqual({ holds: false, exercised: true })
  expect(none(['a', 'b'], (x) => x === 'b')).toEqual(broken('b'))
  expect(none([], () => true)).toEqual(vacuous)
  expect(when(true, () => false)).toEqual({ holds: false, exercised: true })
  expect(when(false, () => false)).toEqual(vacuous)
  expect(
    all(
      () => true,
      () => fails('second'),
      () => fails('third'),
    ),
  ).toEqual(broken('second'))
  expect(
    all(
      () => when(false, () => true),
      () => when(false, () => true),
    ),
  ).toEqual(vacuous)
})

it('a failed check of several that gives no reason is called a check', () => {
  expect(all(() => false)).toEqual(broken('a check'))
})

it('agrees with Array.every and Array.some on truth', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(3)), fc.nat(3), (items, n) => {
      expect(every(items, (x) => x !== n).holds).toBe(items.every((x) => x !== n))
      expect(some(items, (x) => x === n).holds).toBe(items.includes(n))
      expect(noPair(items, (a, b) => a === b).holds).toBe(new Set(items).size === items.length)
    }),
  )
})

it.each<[string, () => unknown, string]>([
  ['none', () => none([1], () => 0 as unknown as boolean), 'a test answered 0'],
  [
    'noPair',
    () => noPair([1, 2], () => undefined as unknown as boolean),
    'a test answered nothing (is a `return` missing?)',
  ],
])('the test of %s is true or false, and nothing like it', (_, ask, message) => {
  expect(ask).toThrow(`${message}; expected true or false`)
})

describe('what a predicate may not answer', () => {
  const refusals: [string, unknown, string][] = [
    ['nothing', undefined, 'it answered nothing (is a `return` missing?)'],
    ['null', null, 'it answered null'],
    ['a list of culprits, which is truthy', ['n1'], 'it answered a list'],
    ['a promise', Promise.resolve(true), 'it answered a promise'],
    ['a text', 'n1 is down', 'it answered "n1 is down"'],
    ['a number', 0, 'it answered 0'],
    ['an object', {}, 'it answered an empty object'],
    ['a count for a truth', { holds: 0, exercised: true }, 'it answered { holds: 0, exercised: true }'],
    ['half a judgement', { holds: true }, 'it answered { holds: true }'],
    [
      'a reason that is no text',
      { holds: false, exercised: true, because: ['n1'] },
      'it answered { holds: false, exercised: true, because: an array }',
    ],
  ]
  it.each(refusals)('%s', (_, answer, message) => {
    expect(() => judgementOf(answer as boolean)).toThrow(
      `${message}; expected true, false, or what every, some, none, noPair, when, all or fails return`,
    )
  })
})
