/** What varies within the values of a component. */
import { describe, expect, it } from 'vitest'
import { fieldProfiles } from '../../../src/engine/profile/fields.ts'

const still = { stillGrowing: false }

describe('fields of a process', () => {
  it('are told one by one, those that take the most values first, and nothing of one that keeps its value', () => {
    const values = [
      { term: 0, votedFor: null, votes: new Set<string>(), log: [], idle: 7 },
      { term: 1, votedFor: 'n1', votes: new Set(['n1']), log: [], idle: 7 },
      { term: 2, votedFor: 'n1', votes: new Set(['n1', 'n2', 'n3']), log: [{ term: 1 }], idle: 7 },
      { term: 3, votedFor: 'n1', votes: new Set(['n1']), log: [{ term: 1 }], idle: 7 },
    ]
    expect(fieldProfiles('process', values)).toEqual([
      { name: 'term', distinctValues: 4, range: { least: 0, most: 3 }, stillGrowing: true },
      { name: 'votes', distinctValues: 3, mostAtOnce: 3, ...still },
      { name: 'log', distinctValues: 2, mostAtOnce: 1, ...still },
      { name: 'votedFor', distinctValues: 2, ...still },
    ])
  })

  it('are gone into where they are objects of the same fields', () => {
    const values = [{ next: { n2: -1, n3: null } }, { next: { n2: 0, n3: 4 } }, { next: { n2: -1, n3: 5 } }]
    expect(fieldProfiles('process', values)).toEqual([
      { name: 'next.n3', distinctValues: 3, range: { least: 4, most: 5 }, ...still },
      { name: 'next.n2', distinctValues: 2, range: { least: -1, most: 0 }, ...still },
    ])
  })

  it('are told as a whole where objects are tables, which grow', () => {
    const values = [{ seen: {} }, { seen: { a: 1 } }, { seen: { a: 1, b: 1 } }, { seen: { a: 1, b: 1, c: 2 } }]
    expect(fieldProfiles('process', values)).toEqual([
      { name: 'seen', distinctValues: 4, mostAtOnce: 3, stillGrowing: true },
    ])
  })

  it('are told as a whole where only some of the values are objects', () => {
    const values = [{ slot: null }, { slot: { a: 1 } }, { slot: { a: 2 } }]
    expect(fieldProfiles('process', values)).toEqual([{ name: 'slot', distinctValues: 3, ...still }])
  })
})

it('messages in a channel are told by their type, with the most at a time', () => {
  const [ask, grant, other] = [{ type: 'Ask' }, { type: 'Grant', to: 2 }, { type: 'Grant', to: 1 }]
  const channels = [[], [ask], [ask, ask], [grant], [ask, ask, ask], [ask, grant], [ask, other], [grant, ask]]
  expect(fieldProfiles('channel', channels)).toEqual([
    { name: 'Grant', distinctValues: 2, mostAtOnce: 1, ...still },
    { name: 'Ask', distinctValues: 1, mostAtOnce: 3, ...still },
  ])
})

it('a value without fields is one, without a name', () => {
  expect(fieldProfiles('budget', [2, 1, 0])).toEqual([
    { name: '', distinctValues: 3, range: { least: 0, most: 2 }, ...still },
  ])
  expect(fieldProfiles('shared', [[], [5], [5, 6]])).toEqual([{ name: '', distinctValues: 3, mostAtOnce: 2, ...still }])
  expect(fieldProfiles('shared', [null])).toEqual([])
})
