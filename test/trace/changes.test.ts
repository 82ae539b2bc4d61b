import { describe, expect, it } from 'vitest'
import type { Component, Model, Value } from '../../src/model.ts'
import { changesBetween } from '../../src/trace/changes.ts'
import { describeChange, placeOf } from '../../src/trace/describe-step.ts'
import { canonical } from '../../src/value/canonical.ts'

const component = (fields: object) =>
  ({ start: null, sort: 'any', mismatch: () => undefined, ...fields }) as unknown as Component
const process = component({ name: 'n1', kind: 'process', role: 'server' })
const channel = component({ name: 'n1→n2', kind: 'channel', from: 'n1', to: 'n2', order: 'fifo' })

function changed(of: Component, before: unknown, after: unknown): string[] {
  const model = { components: [of] } as unknown as Model
  const value = (input: unknown): [Value] => [canonical(input, 'a value')]
  return changesBetween(model, value(before), value(after)).map((change) => describeChange(change, placeOf(change)))
}

describe('changes', () => {
  const cases: readonly [string, unknown, unknown, string[]][] = [
    ['none', { a: [1] }, { a: [1] }, []],
    ['a primitive', 1, 2, ['n1 1 → 2']],
    [
      'fields',
      { term: 0, votedFor: null, log: [] },
      { term: 1, votedFor: 'n1', log: [] },
      ['n1.term 0 → 1', 'n1.votedFor null → n1'],
    ],
    ['a nested field', { a: { b: { c: 1, d: 2 } } }, { a: { b: { c: 1, d: 3 } } }, ['n1.a.b.d 2 → 3']],
    [
      'a new key and a lost one',
      { next: { n2: 1 } },
      { next: { n3: 2 } },
      ['n1.next.n2 is gone (was 1)', 'n1.next.n3 = 2 (new)'],
    ],
    ['a record that was empty', { next: {} }, { next: { n2: 1, n3: 1 } }, ['n1.next {} → {n2 1, n3 1}']],
    ['a list of primitives', { log: [1] }, { log: [1, 2] }, ['n1.log + 2']],
    [
      'an item of a list of objects',
      { log: [{ t: 1 }, { t: 2 }] },
      { log: [{ t: 1 }, { t: 3 }] },
      ['n1.log[1].t 2 → 3'],
    ],
    ['a longer list of objects', { log: [{ t: 1 }] }, { log: [{ t: 1 }, { t: 2 }] }, ['n1.log + {t 2}']],
    ['a set', { votes: new Set(['b']) }, { votes: new Set(['b', 'a']) }, ['n1.votes + a']],
    ['a list that was empty', { log: [] }, { log: [1, 2] }, ['n1.log [] → [1, 2]']],
    ['a list that grew by several', { log: [1] }, { log: [1, 2, 3] }, ['n1.log + 2, 3']],
    ['a list that grew by what it had', { log: [1, 1] }, { log: [1, 1, 1] }, ['n1.log + 1']],
    ['a list cut off', { log: [1, 2, 3] }, { log: [1] }, ['n1.log - 2, 3 at the end']],
    ['a list cut off and overwritten', { log: [1, 2, 3] }, { log: [1, 4] }, ['n1.log - 2, 3 + 4 at the end']],
    ['a queue that is taken from', { queue: [1, 2, 3] }, { queue: [2, 3] }, ['n1.queue - 1 at the front']],
    ['a queue that is added to at its front', { queue: [2] }, { queue: [1, 2] }, ['n1.queue + 1 at the front']],
    ['an item put in between', { queue: [1, 3] }, { queue: [1, 2, 3] }, ['n1.queue + 2 at [1]']],
    ['one item of a list of primitives', { flag: [0, 0, 1] }, { flag: [0, 1, 1] }, ['n1.flag[1] 0 → 1']],
    ['a list that changed all over', { l: [0, 0, 0, 9] }, { l: [1, 0, 1, 9] }, ['n1.l [0, 0, 0, 9] → [1, 0, 1, 9]']],
    ['a list with nothing in common', { log: [1, 2] }, { log: [3] }, ['n1.log [1, 2] → [3]']],
    ['a list that becomes empty', { log: [1, 2] }, { log: [] }, ['n1.log [1, 2] → []']],
    ['a list of lists', { l: [[1], [2]] }, { l: [[1], [2], [3]] }, ['n1.l + [3]']],
    ['a set that lost', { votes: new Set(['a', 'b']) }, { votes: new Set(['b']) }, ['n1.votes - a']],
    [
      'a set that won and lost',
      { votes: new Set(['a', 'b']) },
      { votes: new Set(['b', 'c', 'd']) },
      ['n1.votes + c, d - a'],
    ],
    [
      'a set of tuples',
      {
        votes: new Set([
          [1, 'a'],
          [2, 'b'],
        ]),
      },
      {
        votes: new Set([
          [3, 'a'],
          [2, 'b'],
        ]),
      },
      ['n1.votes + [3, a] - [1, a]'],
    ],
    ['a set that was empty', { votes: new Set() }, { votes: new Set(['a']) }, ['n1.votes {} → {a}']],
    ['a set with nothing in common', { votes: new Set(['a']) }, { votes: new Set(['b']) }, ['n1.votes {a} → {b}']],
    ['another type', { a: [] }, { a: {} }, ['n1.a [] → {}']],
    ['text that could be taken for a value', { a: 'null' }, { a: '1 2' }, ['n1.a "null" → "1 2"']],
    ['a key that is no name', { 'a b': 1 }, { 'a b': 2 }, ['n1["a b"] 1 → 2']],
  ]
  it.each(cases)('%s', (_, before, after, expected) => {
    expect(changed(process, before, after)).toEqual(expected)
  })

  it('of a channel are messages, counted', () => {
    const [a, b] = [{ type: 'A', n: 1 }, { type: 'B' }]
    expect(changed(channel, [a, a], [a, b])).toEqual(['n1→n2 is gone (was A{n 1})', 'n1→n2 = B (new)'])
    expect(changed(channel, [a], [a, a])).toEqual(['n1→n2 = A{n 1} (new)'])
    expect(changed(channel, [a, b], [b, a])).toEqual(['n1→n2 [A{n 1}, B] → [B, A{n 1}]'])
  })
})
