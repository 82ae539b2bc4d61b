/** Anomalies that the field knows, each with the levels that forbid it, and the shortest cycle as it is told. */
import { describe, expect, it } from 'vitest'
import { parseHistory } from '../../../src/history/files/read-history.ts'
import { inquire } from '../../../src/history/inquiry.ts'
import { UNBOUNDED } from '../../../src/history/outcome.ts'
import { LEVEL_NAMES } from '../../../src/history/transactions/anomaly.ts'
import type { TransactionModel } from '../../../src/history/transactions/check-transactions.ts'

/** `c1 ok [[...]]`: one transaction after the other, unless they are said to `overlap`: then all are invoked first. */
function historyOf(transactions: readonly string[], overlap: boolean): string {
  const events = transactions.map((text, i) => {
    const [, process, type, value] = /^(\w+) (\w+) (.*)$/.exec(text)!
    const event = (kind: string) =>
      `{:process :${process}${overlap ? `-${i}` : ''}, :type :${kind}, :f :txn, :value ${value}}`
    return [event('invoke').replace(/\[:r (\S+) (?:\[[^\]]*\]|[^\]]*)\]/g, '[:r $1 nil]'), event(type!)]
  })
  const [invocations, ends] = [events.map(([first]) => first), events.map(([, last]) => last)]
  return (overlap ? [...invocations, ...ends] : events.flat()).join('\n')
}

function ask(model: TransactionModel, transactions: readonly string[], consistency: string, overlap = true) {
  return inquire('FILE', parseHistory(historyOf(transactions, overlap), 'FILE'), { model, consistency }, UNBOUNDED)
}

/** The levels that forbid what was found, and its names at the strictest. */
function levels(model: TransactionModel, transactions: readonly string[], overlap = true) {
  const answers = LEVEL_NAMES.map((level) => ask(model, transactions, level, overlap))
  const names = answers.flatMap(({ faults }) => faults.map(({ name }) => name))
  return {
    names: [...new Set(names)].sort(),
    forbidding: LEVEL_NAMES.filter((_, i) => answers[i]!.verdict === 'violated'),
  }
}

const ALL = [...LEVEL_NAMES]
const COMMITTED = ALL.filter((name) => name !== 'read-uncommitted')
const SNAPSHOT = COMMITTED.filter((name) => name !== 'read-committed')
const SERIAL = ['serializable', 'strong-session-serializable', 'strict-serializable']

describe('list-append', () => {
  it.each<[string, readonly string[], string[], string[]]>([
    ['nothing', ['a ok [[:append x 1] [:r x [1]]]', 'b ok [[:r x [1]] [:append x 2]]', 'c ok [[:r x [1 2]]]'], [], []],
    [
      'G0, dirty write: two transactions interleave their writes',
      ['a ok [[:append x 1] [:append y 1]]', 'b ok [[:append x 2] [:append y 2]]', 'c ok [[:r x [1 2]] [:r y [2 1]]]'],
      ['G0'],
      ALL,
    ],
    ['G1a, aborted read', ['a fail [[:append x 1]]', 'b ok [[:r x [1]]]'], ['G1a'], COMMITTED],
    [
      'G1b, intermediate read',
      ['a ok [[:append x 1] [:append x 2]]', 'b ok [[:r x [1]]]', 'c ok [[:r x [1 2]]]'],
      ['G1b', 'G-single'],
      COMMITTED,
    ],
    [
      'G1c, circular information flow',
      ['a ok [[:append x 1] [:r y [1]]]', 'b ok [[:append y 1] [:r x [1]]]'],
      ['G1c'],
      COMMITTED,
    ],
    [
      'G-single, read skew',
      ['a ok [[:append x 1] [:append y 1]]', 'b ok [[:r x nil] [:r y [1]]]'],
      ['G-single'],
      SNAPSHOT,
    ],
    [
      "G-single of TiDB, from Elle's paper",
      [
        'a ok [[:r 34 [2 1]] [:append 36 5] [:append 34 4]]',
        'b ok [[:append 34 5]]',
        'c info [[:append 34 2] [:append 34 1]]',
        'd ok [[:r 34 [2 1 5 4]]]',
      ],
      ['G-single'],
      SNAPSHOT,
    ],
    [
      'G-nonadjacent, long fork',
      ['a ok [[:append x 1]]', 'b ok [[:append y 1]]', 'c ok [[:r x [1]] [:r y nil]]', 'd ok [[:r x nil] [:r y [1]]]'],
      ['G-nonadjacent'],
      SNAPSHOT,
    ],
    ['G2, write skew', ['a ok [[:r x nil] [:append y 1]]', 'b ok [[:r y nil] [:append x 1]]'], ['G2'], SERIAL],
    ['internal, of FaunaDB', ['a ok [[:append 0 6] [:r 0 nil]]'], ['internal'], SNAPSHOT],
    [
      'internal, with what it read before',
      ['a ok [[:r 0 nil] [:append 0 6] [:r 0 [5 6]]]', 'b ok [[:append 0 5]]'],
      ['G-single', 'internal'],
      SNAPSHOT,
    ],
    [
      'lost update',
      ['a ok [[:r x nil] [:append x 1]]', 'b ok [[:r x nil] [:append x 2]]'],
      ['G2', 'lost-update'],
      SNAPSHOT,
    ],
    [
      'incompatible order',
      ['a ok [[:append x 1]]', 'b ok [[:append x 2]]', 'c ok [[:r x [1]]]', 'd ok [[:r x [2]]]'],
      ['incompatible-order'],
      ALL,
    ],
    ['garbage', ['a ok [[:r x [7]]]'], ['garbage-read'], ALL],
    ['duplicates', ['a ok [[:append x 1]]', 'b ok [[:r x [1 1]]]'], ['duplicate-elements'], ALL],
    [
      'an unknown append that was read happened',
      ['a info [[:append x 1] [:append y 1]]', 'b ok [[:r x [1]] [:r y nil]]', 'c ok [[:r y [1]]]'],
      ['G-single'],
      SNAPSHOT,
    ],
    ['an unknown append that nobody read need not have', ['a info [[:append x 1]]', 'b ok [[:r x nil]]'], [], []],
  ])('%s', (_, transactions, names, forbidding) => {
    expect(levels('list-append', transactions)).toEqual({ names: [...names].sort(), forbidding })
  })

  it('a stale read of another process is against real time alone', () => {
    const stale = ['a ok [[:append x 1]]', 'b ok [[:r x nil]]']
    expect(levels('list-append', stale, false)).toEqual({
      names: ['G-single-realtime'],
      forbidding: ['strong-snapshot-isolation', 'strict-serializable'],
    })
    const own = ['a ok [[:append x 1]]', 'a ok [[:r x nil]]']
    expect(levels('list-append', own, false)).toEqual({
      names: ['G-single-process', 'G-single-realtime'],
      forbidding: [
        'strong-session-snapshot-isolation',
        'strong-snapshot-isolation',
        'strong-session-serializable',
        'strict-serializable',
      ],
    })
  })

  it('tells the shortest cycle, and why each depends on the one before', () => {
    const longer = [
      'a ok [[:r x nil] [:append y 1]]',
      'b ok [[:r y nil] [:append z 1]]',
      'c ok [[:r z nil] [:append x 1]]',
    ]
    const skew = ['d ok [[:r v nil] [:append w 1]]', 'e ok [[:r w nil] [:append v 1]]']
    const { faults } = ask('list-append', [...longer, ...skew], 'serializable')
    expect(faults).toEqual([
      {
        name: 'G2',
        about: ['T4 (d-3): r(v) → null, append(w, 1)', 'T5 (e-4): r(w) → null, append(v, 1)'],
        steps: [
          { step: 'T4 → T5 (rw)', because: 'T4 read v without the 1 that T5 appended' },
          { step: 'T5 → T4 (rw)', because: 'T5 read w without the 1 that T4 appended' },
        ],
        because: 'T4 → T5 → T4 go round in a circle',
      },
    ])
    expect(ask('list-append', longer, 'serializable').faults[0]!.steps).toHaveLength(3)
  })
})

describe('rw-register', () => {
  it.each<[string, readonly string[], string[], string[]]>([
    ['nothing', ['a ok [[:w x 1] [:r x 1]]', 'b ok [[:r x 1] [:w x 2]]', 'c ok [[:r x 2]]'], [], []],
    ['G1a', ['a fail [[:w x 1]]', 'b ok [[:r x 1]]'], ['G1a'], COMMITTED],
    ['G1b', ['a ok [[:w x 1] [:w x 2]]', 'b ok [[:r x 1]]'], ['G-single', 'G1b'], COMMITTED],
    ['G1c', ['a ok [[:w x 1] [:r y 1]]', 'b ok [[:w y 1] [:r x 1]]'], ['G1c'], COMMITTED],
    ['G-single', ['a ok [[:w x 1] [:w y 1]]', 'b ok [[:r x nil] [:r y 1]]'], ['G-single'], SNAPSHOT],
    ['G2', ['a ok [[:r x nil] [:w y 1]]', 'b ok [[:r y nil] [:w x 1]]'], ['G2'], SERIAL],
    ['lost update', ['a ok [[:r x nil] [:w x 1]]', 'b ok [[:r x nil] [:w x 2]]'], ['G2', 'lost-update'], SNAPSHOT],
    ['internal', ['a ok [[:w x 1] [:r x 2]]', 'b ok [[:w x 2]]'], ['internal'], SNAPSHOT],
    ['garbage', ['a ok [[:r x 7]]'], ['garbage-read'], ALL],
    [
      'blind writes tell no order',
      ['a ok [[:w x 1] [:w y 1]]', 'b ok [[:w x 2] [:w y 2]]', 'c ok [[:r x 1] [:r y 2]]'],
      [],
      [],
    ],
    [
      'versions in a circle',
      ['a ok [[:r x 1] [:w x 2]]', 'b ok [[:r x 2] [:w x 1]]'],
      ['G0', 'G1c', 'cyclic-versions'],
      ALL,
    ],
  ])('%s', (_, transactions, names, forbidding) => {
    expect(levels('rw-register', transactions)).toEqual({ names: [...names].sort(), forbidding })
  })
})

describe('what are no transactions is refused with its place', () => {
  it.each([
    [
      'a ok [[:append x 1] [:append x 1]]',
      'T1: 1 is written to x, as in T1; expected each value once under each key, so that who read it tells whose it was',
    ],
    ['a ok [[:w x 1]]', 'FILE, line 1: [w, x, 1]; expected a list such as [["r", "x", null], ["append", "y", 1]]'],
    ['a ok [[:r x 5]]', 'T1, read of x: 5; expected a list, or nil where it is empty'],
    ['a ok 5', 'FILE, line 1: 5; expected a list such as'],
  ])('%s', (transaction, message) => {
    expect(() => ask('list-append', [transaction], 'serializable')).toThrow(message)
  })
})

it('ends in time, and is unknown then', () => {
  const transactions = Array.from({ length: 50 }, (_, i) => `p${i} ok [[:append x ${i}]]`)
  const budget = { configurations: Number.POSITIVE_INFINITY, isOver: () => true }
  const read = `q ok [[:r x [${transactions.map((_, i) => i).join(' ')}]]]`
  const file = parseHistory(historyOf([...transactions, read], true), 'FILE')
  expect(inquire('FILE', file, { model: 'list-append' }, budget)).toMatchObject({ verdict: 'unknown', ranOut: 'time' })
})
