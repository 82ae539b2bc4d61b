/** What a history holds is what it says: no value is rounded, dropped, merged with another or taken for something else. */
import { casRegister, counter, kv, register, type SequentialObject, set } from 'splitbrain'
import { describe, expect, it } from 'vitest'
import { exactNumber } from '../../src/history/exact-number.ts'
import { readAs } from '../../src/history/files/read-as.ts'
import { parseHistory } from '../../src/history/files/read-history.ts'
import { decoded } from '../../src/history/files/text.ts'
import { keyed } from '../../src/history/keyed.ts'
import { linearize } from '../../src/history/linearize.ts'
import { exactText, keyText, recorded } from '../../src/history/recorded.ts'

interface Asked {
  readonly keyed?: boolean
  readonly ignored?: readonly string[]
  readonly isNilUnknown?: boolean
}

function verdict(object: SequentialObject, text: string, asked: Asked = {}): string {
  const { keyed = false, ignored = [], isNilUnknown = false } = asked
  const file = parseHistory(text, 'FILE', { keyed, ignored })
  return linearize(object, readAs(object, file, { where: 'FILE', isNilUnknown })).verdict
}

const edn = (...events: readonly string[]) =>
  events.map((event, i) => `{:process ${i >> 1}, :type ${i % 2 === 0 ? ':invoke' : ':ok'}, ${event}}`).join('\n')

const json = (...events: readonly string[]) =>
  events.map((event, i) => `{"type":"${i % 2 === 0 ? 'invoke' : 'return'}","process":"c${i >> 1}",${event}}`).join('\n')

const WRITE_4 = [':f :write, :value 4', ':f :write, :value 4']
const ECHO = [':f :read, :value 4', ':f :read, :value 4']

describe('a result that equals its argument is a result', () => {
  it.each<[string, SequentialObject, string, string]>([
    ['a read after the write', register(), edn(...WRITE_4, ...ECHO), 'holds'],
    ['a read of what nobody wrote', register(), edn(...ECHO), 'violated'],
    [
      'a key that has itself as its value',
      kv(),
      edn(':f :put, :value ["x" "x"]', ':f :put, :value ["x" "x"]', ':f :get, :value "x"', ':f :get, :value "x"'),
      'holds',
    ],
    ['a key that would have itself as its value', kv(), edn(':f :get, :value "x"', ':f :get, :value "x"'), 'violated'],
    [
      'whether true is an element',
      set(),
      edn(':f :add, :value true', ':f :add, :value true', ':f :contains, :value true', ':f :contains, :value true'),
      'holds',
    ],
    [
      'whether true is an element of nothing',
      set(),
      edn(':f :contains, :value true', ':f :contains, :value true'),
      'violated',
    ],
    ['a sum that is its summand', counter(), edn(':f :addAndGet, :value 5', ':f :addAndGet, :value 5'), 'holds'],
    [
      'a sum that cannot be its summand',
      counter({ initial: 1 }),
      edn(':f :addAndGet, :value 5', ':f :addAndGet, :value 5'),
      'violated',
    ],
    ['a cas that found nil', casRegister(), edn(':f :cas, :value [nil 1]', ':f :cas, :value [nil 1]'), 'holds'],
    [
      'a cas that cannot have found 2',
      casRegister(),
      edn(':f :cas, :value [2 1]', ':f :cas, :value [2 1]'),
      'violated',
    ],
  ])('%s', (_, object, text, expected) => expect(verdict(object, text)).toBe(expected))
})

describe('values that differ stay two', () => {
  const wrote = (argument: string, result: string) =>
    json(
      `"operation":"write","argument":${argument}`,
      '"operation":"write"',
      '"operation":"read"',
      `"operation":"read","result":${result}`,
    )
  it.each([
    ['9007199254740992', '9007199254740993'],
    ['1700000000000000001', '1700000000000000002'],
    ['-9007199254740993', '-9007199254740992'],
    ['1', '"1"'],
    ['null', '"null"'],
    ['[1]', '{"#set":[1]}'],
    ['{"a":1}', '{"a":"1"}'],
    ['{"__proto__":1}', '{}'],
    ['{"__proto__":1}', '{"__proto__":2}'],
    ['0.1', '0.10000000000000002'],
  ])('%s and %s', (a, b) => {
    expect(verdict(register(), wrote(a, a))).toBe('holds')
    expect(verdict(register(), wrote(b, b))).toBe('holds')
    expect(verdict(register(), wrote(a, b))).toBe('violated')
  })

  it.each([
    ['{"id":1}', '{"id":2}'],
    ['1', '"1"'],
    ['[1]', '["1"]'],
    ['null', '"null"'],
    ['"constructor"', '"__proto__"'],
  ])('as keys: %s and %s', (a, b) => {
    const got = (key: string, result: string) =>
      json(
        `"operation":"put","argument":[${a},"one"]`,
        '"operation":"put"',
        `"operation":"get","argument":${key}`,
        `"operation":"get","result":${result}`,
      )
    expect(verdict(kv(), got(a, '"one"'))).toBe('holds')
    expect(verdict(kv(), got(b, 'null'))).toBe('holds')
    expect(verdict(kv(), got(b, '"one"'))).toBe('violated')
    const read = (key: string, result: string) =>
      json(
        `"operation":"write","argument":[${a},"one"]`,
        '"operation":"write"',
        `"operation":"read","argument":[${key},null]`,
        `"operation":"read","result":[${key},${result}]`,
      )
    expect(verdict(keyed(register()), read(a, '"one"'))).toBe('holds')
    expect(verdict(keyed(register()), read(b, 'null'))).toBe('holds')
    expect(verdict(keyed(register()), read(b, '"one"'))).toBe('violated')
  })

  it.each([
    ['1700000000000000001', '1700000000000000002'],
    ['1700000000000000001N', '1700000000000000002N'],
    ['{1 :a}', '{"1" :a}'],
    ['#{[1 2] [3 4]}', '#{[1 2] [3 5]}'],
    ['constructor', 'toString'],
    ['{:__proto__ 1}', '{}'],
  ])('in EDN: %s and %s', (a, b) => {
    const wrote = (one: string, other: string) =>
      edn(`:f :write, :value ${one}`, `:f :write, :value ${one}`, ':f :read, :value nil', `:f :read, :value ${other}`)
    expect(verdict(register(), wrote(a, a))).toBe('holds')
    expect(verdict(register(), wrote(a, b))).toBe('violated')
  })

  it.each([
    ['#{[1 2] [3 4]}', '#{[3 4] [1 2]}'],
    ['{:a 1 :b 2}', '{:b 2, :a 1}'],
    ['1e3', '1000'],
    ['#_ 7 #_ #_ 8 9 4', '4'],
    ['{#_ :x :a #_ 2 1 #_ #_ 3 4}', '{:a 1}'],
  ])('and what is one is one: %s and %s', (a, b) => {
    const text = edn(
      `:f :write, :value ${a}`,
      `:f :write, :value ${a}`,
      ':f :read, :value nil',
      `:f :read, :value ${b}`,
    )
    expect(verdict(register(), text)).toBe('holds')
  })

  it('counts beyond 2^53 exactly', () => {
    const text = (sum: string) =>
      json('"operation":"addAndGet","argument":9007199254740991', `"operation":"addAndGet","result":${sum}`)
    expect(verdict(counter({ initial: 2 }), text('9007199254740993'))).toBe('holds')
    expect(verdict(counter({ initial: 2 }), text('9007199254740992'))).toBe('violated')
  })

  it('reads numbers as they are written', () => {
    expect(['12', '-0', '1.50', '1e2', '120e-1', '9007199254740993', '1e20', '0.1'].map(exactNumber)).toEqual([
      12,
      0,
      1.5,
      100,
      12,
      9007199254740993n,
      100000000000000000000n,
      0.1,
    ])
    for (const text of ['0.1000000000000000055', '1e400000', '123456789.123456789123']) {
      expect(() => exactNumber(text)).toThrow(`${text} has more digits than a number can keep: write it as a string`)
    }
  })

  it('has a text of its own for each value', () => {
    const values = [
      1,
      '1',
      [1],
      ['1'],
      { 1: 1 },
      new Set([1]),
      new Set([[1]]),
      null,
      'null',
      true,
      'true',
      1n << 60n,
      {},
      [],
      '',
    ]
    const texts = values.map((value) => exactText(recorded(value, 'a value')))
    expect(new Set(texts).size).toBe(values.length)
    const keys = values.map((value) => keyText(recorded(value, 'a value')))
    expect(new Set(keys).size).toBe(values.length)
  })
})

it('keeps processes that have names; only the nemesis is left out, and counted', () => {
  const lines = [
    '{"process":"c1","type":"invoke","f":"write","value":1}',
    '{"process":"c1","type":"ok","f":"write","value":1}',
    '{"process":"nemesis","type":"info","f":"start","value":null}',
    '{"process":"c2","type":"invoke","f":"read","value":null}',
    '{"process":"c2","type":"ok","f":"read","value":7}',
  ]
  expect(verdict(register(), lines.join('\n'))).toBe('violated')
  expect(parseHistory(lines.join('\n'), 'FILE')).toMatchObject({ skipped: 1, operations: { length: 2 } })
})

describe('a field key', () => {
  const text = edn(
    ':f :append, :key "0", :value "x"',
    ':f :append, :key "0", :value "x"',
    ':f :get, :key "0", :value nil',
    ':f :get, :key "0", :value "x"',
  )
  it('is the key of a map', () => {
    expect(verdict(kv(), text)).toBe('holds')
    expect(verdict(kv(), text.replace(/"x"\}$/, '"y"}'))).toBe('violated')
  })
  it('is the key where the model is keyed', () => {
    const cells = text.replaceAll(':append', ':write').replaceAll(':get', ':read')
    expect(verdict(keyed(register()), cells, { keyed: true })).toBe('holds')
    expect(verdict(keyed(register()), cells.replace(/"x"\}$/, '"y"}'), { keyed: true })).toBe('violated')
  })
})

it('takes a nil that was read for unknown where that is asked', () => {
  const text = edn(...WRITE_4, ':f :read, :value nil', ':f :read, :value nil')
  expect(verdict(register(), text)).toBe('violated')
  expect(verdict(register(), text, { isNilUnknown: true })).toBe('holds')
})

describe('what cannot be read is refused, with what to do', () => {
  it.each<[string, SequentialObject, string, string]>([
    [
      'a field that is not known',
      register(),
      edn(':f :write, :vaule 4'),
      "FILE, line 1: the field vaule is not known here; did you mean value?; expected none but the format's, or --ignore vaule if it says nothing about the operation",
    ],
    [
      'a key of what has none',
      register(),
      edn(':f :write, :key 1, :value 4'),
      'FILE, line 1: operations have keys, and a register has none; expected --keyed for an object under each key, or --model kv',
    ],
    [
      'an argument that is no pair',
      kv(),
      edn(':f :append, :value "x 0 0 y"'),
      'FILE, line 1: append("x 0 0 y"); expected a pair [key, text]',
    ],
    [
      'an argument that is no number',
      counter(),
      edn(':f :add, :value "1"'),
      'FILE, line 1: add("1"); expected a number',
    ],
    [
      'a result of another key',
      keyed(register()),
      edn(':f :read, :value [1 nil]', ':f :read, :value [2 nil]'),
      'read of the key 1 gives [2, null]: it is not of that key; expected [key, result] where the model is keyed',
    ],
    [
      'a map with a key twice',
      register(),
      edn(':f :write, :value {:a 1 :a 2}'),
      'FILE, line 1: a map has the key "a" twice; expected each once',
    ],
    [
      'a keyword and a string that are one key',
      register(),
      edn(':f :write, :value {:a 1 "a" 2}'),
      'FILE, line 1: a map has the key "a" twice; expected each once',
    ],
    [
      'a set with an element twice',
      register(),
      edn(':f :write, :value #{1 1}'),
      'FILE, line 1: a set has the element 1 twice; expected each once',
    ],
    [
      'JSON with a key twice',
      register(),
      json('"operation":"write","argument":{"a":1,"a":2}'),
      'FILE, line 1: the key "a" occurs twice; expected a JSON object on each line',
    ],
    [
      'a decimal that would be rounded',
      register(),
      edn(':f :write, :value 0.1000000000000000055M'),
      'FILE, line 1: 0.1000000000000000055 has more digits than a number can keep: write it as a string; expected an integer or a decimal',
    ],
    [
      'EDN in 5,000 levels',
      register(),
      edn(`:f :write, :value ${'['.repeat(5000)}${']'.repeat(5000)}`),
      'FILE, line 1: more than 100 levels; expected fewer',
    ],
    [
      'JSON in 5,000 levels',
      register(),
      json(`"operation":"write","argument":${'['.repeat(5000)}${']'.repeat(5000)}`),
      'FILE, line 1: it is nested deeper than 100 levels; expected a JSON object on each line',
    ],
    [
      'JSON in 500,000 levels',
      register(),
      json(`"operation":"write","argument":${'['.repeat(500_000)}${']'.repeat(500_000)}`),
      'it is nested deeper than 100 levels',
    ],
    [
      'discards alone',
      register(),
      '#_ {:process 0, :type :invoke, :f :read}',
      'FILE: it holds no operation; expected a history',
    ],
    [
      'the nemesis alone',
      register(),
      '{:process :nemesis, :type :info, :f :start}',
      'FILE: it holds no operation besides what the nemesis does; expected a history',
    ],
    ['an empty list', register(), '[]', 'FILE: it holds no operation; expected a history'],
    [
      'what EDN has and nobody reads',
      register(),
      edn(':f :write, :value ##NaN'),
      'FILE, line 1: ##NaN is not read; expected a value, such as 1, "x", :x, [1 2] or {:x 1}',
    ],
    [
      'an octal number',
      register(),
      edn(':f :write, :value 017'),
      'FILE, line 1: 017 is not a number that can be read; expected an integer or a decimal',
    ],
  ])('%s', (_, object, text, message) => expect(() => verdict(object, text)).toThrow(message))

  it('is what --ignore leaves out', () => {
    const text = edn(':f :write, :value 4, :debug {:node "n1"}', ':f :write, :value 4, :debug nil')
    expect(verdict(register(), text, { ignored: ['debug'] })).toBe('holds')
  })
})

describe('the encoding of a file', () => {
  const utf16 = (text: string, isBig: boolean) => {
    const bytes = Buffer.from(`\uFEFF${text}`, 'utf16le')
    return isBig ? bytes.swap16() : bytes
  }
  it.each([
    ['UTF-8', Buffer.from('{:f "ä→"}')],
    ['UTF-8 with a mark', Buffer.from('\uFEFF{:f "ä→"}')],
    ['UTF-16, little end first', utf16('{:f "ä→"}', false)],
    ['UTF-16, big end first', utf16('{:f "ä→"}', true)],
  ])('%s is read', (_, bytes) => expect(decoded(bytes, 'FILE')).toBe('{:f "ä→"}'))

  it.each([
    [
      'Latin 1',
      Buffer.from('{:f "ä"}', 'latin1'),
      'FILE: it is not UTF-8; expected text in UTF-8, or in UTF-16 with its mark',
    ],
    [
      'UTF-16 without a mark',
      Buffer.from('{:f 1}', 'utf16le'),
      'FILE: it is not text (a byte is zero); expected UTF-8, or UTF-16 with its mark',
    ],
  ])('%s is named', (_, bytes, message) => expect(() => decoded(bytes, 'FILE')).toThrow(message))
})
