/** Histories of Jepsen's workloads, and what is wrong with them. */
import { describe, expect, it } from 'vitest'
import { parseHistory } from '../../../src/history/files/read-history.ts'
import { inquire } from '../../../src/history/inquiry.ts'
import { UNBOUNDED } from '../../../src/history/outcome.ts'
import type { Value } from '../../../src/model.ts'

/** `f argument result`, one after the other. */
const historyOf = (calls: readonly (readonly [f: string, argument: string, result: string])[]): string =>
  calls
    .map(
      ([f, argument, result], i) =>
        `{:process ${i}, :type :invoke, :f :${f}, :value ${argument}}\n{:process ${i}, :type :${result === '?' ? 'info' : 'ok'}, :f :${f}, :value ${result === '?' ? 'nil' : result}}`,
    )
    .join('\n')

const faults = (model: string, calls: Parameters<typeof historyOf>[0], initial?: Value) =>
  inquire('FILE', parseHistory(historyOf(calls), 'FILE'), { model, initial }, UNBOUNDED).faults.map(
    ({ name, because }) => `${name}: ${because}`,
  )

describe('bank', () => {
  const first = ['read', 'nil', '{0 10, 1 20}'] as const
  const transfer = ['transfer', '{:from 0 :to 1 :amount 5}', '{:from 0 :to 1 :amount 5}'] as const
  it('holds where the total stays', () =>
    expect(faults('bank', [first, transfer, ['read', 'nil', '{0 5, 1 25}']])).toEqual([]))
  it('finds what is more or less than at first', () => {
    expect(faults('bank', [first, ['read', 'nil', '{0 5, 1 20}']])).toEqual([
      'wrong-total: 1 read {0 5, 1 20}, 25 in all, where it was 30 in the first read',
    ])
    expect(faults('bank', [['read', 'nil', '{0 9007199254740993, 1 0}']], 9007199254740992n as never)).toEqual([
      'wrong-total: 0 read {0 9007199254740993, 1 0}, 9007199254740993 in all, where it was 9007199254740992 at first',
    ])
  })
  it('finds what is below zero', () => {
    expect(faults('bank', [['read', 'nil', '{0 -5, 1 35}']])).toEqual([
      'negative-balance: 0 read {0 -5, 1 35}, where 0 is below zero',
    ])
  })
  it('refuses what are no balances', () => {
    expect(() => faults('bank', [['read', 'nil', '[1 2]']])).toThrow(
      "0's read: [1, 2]; expected the balances by account, such as {0 10, 1 20}",
    )
    expect(() => faults('bank', [['write', '1', '1']])).toThrow(
      'FILE: bank has no operation write; expected read, transfer',
    )
  })
})

describe('long fork', () => {
  const write = (key: string) => ['txn', `[[:w ${key} 1]]`, `[[:w ${key} 1]]`] as const
  const read = (x: string, y: string) => ['txn', '[[:r x nil] [:r y nil]]', `[[:r x ${x}] [:r y ${y}]]`] as const
  it('holds where reads see more and more', () => {
    expect(faults('long-fork', [write('x'), write('y'), read('nil', 'nil'), read('1', 'nil'), read('1', '1')])).toEqual(
      [],
    )
  })
  it('finds two reads that each see what the other does not', () => {
    expect(faults('long-fork', [write('x'), write('y'), read('1', 'nil'), read('nil', '1')])).toEqual([
      'long-fork: T3 saw the 1 of "x" and not the 1 of "y", T4 the other way round',
    ])
  })
})

describe('set-full', () => {
  const add = (element: number, result = String(element)) => ['add', String(element), result] as const
  const read = (elements: string) => ['read', 'nil', elements] as const
  it.each<[string, Parameters<typeof historyOf>[0], string[]]>([
    ['all there', [add(1), add(2), read('#{1 2}')], []],
    ['a stale read, and then all', [add(1), read('#{}'), read('#{1}')], []],
    ['nobody knows whether it was added', [add(1, '?'), read('#{}')], []],
    [
      'added and lost',
      [add(1), add(2), read('#{2}'), read('[2]')],
      ['lost: 1 was added by 0, and 2 and all after it read the set without it'],
    ],
    [
      'read and lost',
      [add(1, '?'), read('#{1}'), read('#{}')],
      ['lost: 1 was read by 1, and 2 and all after it read the set without it'],
    ],
    ['twice', [add(1), read('[1 1]')], ['duplicate: 1 read 1 twice']],
  ])('%s', (_, calls, expected) => expect(faults('set-full', calls)).toEqual(expected))
})

it('is asked one thing', () => {
  const file = parseHistory(historyOf([['read', 'nil', '#{}']]), 'FILE')
  expect(() => inquire('FILE', file, { model: 'set-full', consistency: 'serializable' }, UNBOUNDED)).toThrow(
    '--consistency is not for set-full; expected none: it asks one thing',
  )
})
