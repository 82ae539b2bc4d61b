/** Identity of states rests on canonical texts: equal values have equal texts, different values different ones. */
import { isDeepStrictEqual } from 'node:util'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Value } from '../../src/model.ts'
import { canonical, compareValues, equal, fromJson, textLength, textOf, toJson } from '../../src/value/canonical.ts'
import { SplitbrainError } from '../../src/value/splitbrain-error.ts'

const primitive = fc.oneof(
  fc.constantFrom(null, true, false, 0, 1, -1, 1.5, '', 'a', '1', 'null', '#set', '[]'),
  fc.integer(),
  fc.string(),
)
const key = fc
  .oneof(fc.constantFrom('a', 'b', '1', '10', 'B', 'toString'), fc.string())
  .filter((k) => !/^#|^__proto__$/.test(k))

const { value } = fc.letrec<{ value: Value }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4, depthSize: 'small' },
    primitive,
    fc.array(tie('value'), { maxLength: 4 }),
    fc.array(tie('value'), { maxLength: 4 }).map((elements) => new Set(elements)),
    fc.dictionary(key, tie('value'), { maxKeys: 4 }),
  ),
}))

/** The same value, built in another order. */
function shuffled(input: Value): Value {
  if (input instanceof Set) return new Set([...input].reverse().map(shuffled))
  if (Array.isArray(input)) return input.map(shuffled)
  if (typeof input !== 'object' || input === null) return input
  return Object.fromEntries(
    Object.entries(input)
      .reverse()
      .map(([k, field]) => [k, shuffled(field)]),
  )
}

const text = (input: unknown) => textOf(canonical(input, 'it'))

describe('equal values', () => {
  it('have equal texts, whatever order they were built in', () => {
    fc.assert(fc.property(value, (v) => text(shuffled(v)) === text(v)))
  })

  it('are the same to `equal`, and to a second canonicalisation', () => {
    fc.assert(
      fc.property(value, (v) => {
        const once = canonical(v, 'it')
        expect(canonical(once, 'it')).toEqual(once)
        expect(equal(v, shuffled(v))).toBe(true)
      }),
    )
  })

  it.each([
    [-0, 0],
    [
      { a: 1, b: 2 },
      { b: 2, a: 1 },
    ],
    [new Set([3, 'b', null, true, 'a', 20]), new Set(['a', true, 20, 'b', 3, null])],
    [Object.assign(Object.create(null), { a: 1 }), { a: 1 }],
    [new Set([{ a: 1, b: 2 }, [1]]), new Set([[1], { b: 2, a: 1 }, { a: 1, b: 2 }])],
    [new Set([new Set(['a', 'b'])]), new Set([new Set(['b', 'a'])])],
  ])('%j is %j', (a, b) => {
    expect(text(a)).toBe(text(b))
    expect(equal(a, b)).toBe(true)
  })
})

describe('different values', () => {
  it('have different texts: texts are equal exactly where node says the values are', () => {
    const pair = fc.oneof(fc.tuple(value, value), fc.tuple(primitive, primitive))
    fc.assert(
      fc.property(pair, ([a, b]) => {
        const same = isDeepStrictEqual(canonical(a, 'a'), canonical(b, 'b'))
        expect(text(a) === text(b)).toBe(same)
        expect(equal(a, b)).toBe(same)
      }),
      { numRuns: 1000 },
    )
  })

  it('have different texts after a single change somewhere inside', () => {
    fc.assert(
      fc.property(value, fc.nat(), (v, at) => {
        const changed = changeOne(canonical(v, 'it'), at)
        return text(changed) !== text(v)
      }),
    )
  })

  it.each<[unknown, unknown]>([
    [1, '1'],
    [null, 'null'],
    [0, false],
    [[], {}],
    [new Set(), []],
    [new Set(), {}],
    [
      [1, 2],
      [2, 1],
    ],
    [[[1], 2], [[1, 2]]],
    [new Set([1]), new Set(['1'])],
    [new Set([[1, 2]]), new Set([[2, 1]])],
    [new Set([[1], [2]]), new Set([[1, 2]])],
    [{ a: 1 }, { a: 1, b: null }],
    ['{"#set":[]}', new Set()],
  ])('%j is not %j', (a, b) => {
    expect(text(a)).not.toBe(text(b))
    expect(equal(a, b)).toBe(false)
  })
})

/** Wraps, drops or replaces at a place picked by `at`. */
function changeOne(input: Value, at: number): Value {
  if (input instanceof Set) return input.size > 0 && at % 2 === 0 ? new Set([...input].slice(1)) : [...input]
  if (Array.isArray(input)) {
    if (input.length === 0 || at % 3 === 0) return [...input, null]
    const i = at % input.length
    return input.map((element, j) => (i === j ? changeOne(element, at >> 2) : element))
  }
  return [input]
}

describe('canonical', () => {
  it('freezes a copy, and leaves its input alone', () => {
    const input = { b: [{ c: 1 }], a: new Set([2, 1]) }
    const copy = canonical(input, 'it') as typeof input
    expect(Object.isFrozen(copy) && Object.isFrozen(copy.b) && Object.isFrozen(copy.b[0])).toBe(true)
    expect(Object.isFrozen(input) || Object.isFrozen(input.b)).toBe(false)
    expect([...copy.a]).toEqual([1, 2])
    input.b[0]!.c = 9
    expect(copy.b[0]!.c).toBe(1)
  })

  it('writes this text', () => {
    const input = { z: [true, null, 1.5], a: new Set(['x', 2, null, false]), ä: { '10': 1, '9': 2 } }
    expect(text(input)).toBe('{"a":{"#set":[null,false,2,"x"]},"z":[true,null,1.5],"ä":{"9":2,"10":1}}')
  })

  class Clock {}
  const tail = 'cannot be part of a state; values are JSON, and sets'
  it.each<[unknown, string]>([
    [undefined, `n1: undefined ${tail}`],
    [{ a: { b: undefined } }, `n1.a.b: undefined ${tail}`],
    [[1, Number.NaN], `n1[1]: NaN ${tail}`],
    [{ x: Number.POSITIVE_INFINITY }, `n1.x: Infinity ${tail}`],
    [new Array(1), `n1[0]: undefined ${tail}`],
    [() => 1, `n1: a function ${tail}`],
    [Symbol('s'), `n1: a symbol ${tail}`],
    [10n, `n1: a bigint ${tail}`],
    [{ at: new Date(0) }, `n1.at: a Date ${tail}`],
    [new Map([[1, 2]]), `n1: a Map ${tail}`],
    [new Clock(), `n1: a Clock ${tail}`],
    [new Set([[new Clock()]]), `n1 (element)[0]: a Clock ${tail}`],
    [new Set([undefined]), `n1 (element): undefined ${tail}`],
    [{ '#set': [1] }, `n1: the key "#set" ${tail}`],
    [JSON.parse('{"__proto__": 1}'), `n1: the key "__proto__" ${tail}`],
    [{ a: { x: 1, [Symbol('y')]: 2 } }, `n1.a: the key Symbol(y) ${tail}`],
    [[Object.defineProperty({ x: 1 }, 'y', { value: 2 })], `n1[0]: the key y, which is not enumerable, ${tail}`],
    [Object.assign([1], { x: 2 }), `n1: an array with the name x ${tail}`],
    [Object.assign(new Set([1]), { x: 2 }), `n1: a set with the name x ${tail}`],
  ])('refuses what has no canonical form: case %#', (input, message) => {
    expect(() => canonical(input, 'n1')).toThrow(new SplitbrainError('not-a-value', message))
  })

  it('refuses a cycle instead of running out of stack', () => {
    const cycle: Record<string, unknown> = { a: {} }
    ;(cycle.a as Record<string, unknown>).back = cycle
    const message = `n1.a.back.a.back.a.back.a.back.a.back.a.…: a cycle, or more than 100 levels, ${tail}`
    expect(() => canonical(cycle, 'n1')).toThrow(new SplitbrainError('not-a-value', message))
  })
})

describe('compareValues', () => {
  it('puts null before booleans, numbers, strings by code unit, lists, sets, objects, and these in the order of their parts', () => {
    const inOrder = [
      null,
      false,
      true,
      9,
      10,
      '',
      'B',
      'a',
      'b',
      [],
      [2],
      [2, 1],
      [10],
      new Set([2]),
      new Set([[1]]),
      {},
      { a: 2 },
      { a: 10 },
      { b: 1 },
    ]
    const values = inOrder.map((each) => canonical(each, 'it'))
    expect([...values].reverse().sort(compareValues)).toEqual(values)
    expect(text(new Set([...inOrder].reverse()))).toBe(textOf({ '#set': values } as Value))
  })

  it('is a total order, in which only equal values are level', () => {
    const pair = fc.oneof(fc.tuple(value, value), fc.tuple(primitive, primitive))
    fc.assert(
      fc.property(pair, value, ([a, b], c) => {
        const [x, y, z] = [canonical(a, 'a'), canonical(b, 'b'), canonical(c, 'c')]
        expect(Math.sign(compareValues(x, y)) + Math.sign(compareValues(y, x))).toBe(0)
        expect(compareValues(x, y) === 0).toBe(textOf(x) === textOf(y))
        if (compareValues(x, y) <= 0 && compareValues(y, z) <= 0) expect(compareValues(x, z)).toBeLessThanOrEqual(0)
      }),
    )
  })
})

describe('JSON', () => {
  it('goes there and back', () => {
    fc.assert(
      fc.property(value, (v) => {
        const json: unknown = JSON.parse(JSON.stringify(toJson(canonical(v, 'it'))))
        expect(textOf(fromJson(json, 'it'))).toBe(text(v))
      }),
    )
  })

  it('has a length that is known without it', () => {
    fc.assert(fc.property(value, (v) => textLength(canonical(v, 'it')) === text(v).length))
  })

  it('is refused where it holds what no state holds', () => {
    const broken = JSON.parse('{"a": {"#set": [{"#x": 1}]}}') as unknown
    expect(() => fromJson(broken, 'trace')).toThrow('trace.a (element): the key "#x" cannot be part of a state')
    expect(() => fromJson({ '#set': 1 }, 'trace')).toThrow('trace: the key "#set" cannot be part of a state')
  })
})
