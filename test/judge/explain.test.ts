import { describe, expect, it } from 'vitest'
import { Reads, readerOf, tellReasons } from '../../src/judge/explain.ts'
import type { Value } from '../../src/model.ts'
import { canonical } from '../../src/value/canonical.ts'

interface Server {
  readonly status: string
  readonly votes: ReadonlySet<string>
  readonly log: readonly { readonly term: number }[]
  readonly next: Readonly<Record<string, number>>
}

const server = (fields: Partial<Server>): Value =>
  canonical(
    { status: 'leader', votes: new Set(['n2', 'n1']), log: [{ term: 1 }, { term: 2 }], next: {}, ...fields },
    'n',
  )

/** What is told of a predicate over n1 and n2. */
function told(predicate: (n1: Server, n2: Server) => unknown): string {
  const reads = new Reads()
  const reader = readerOf([server({}), server({ log: [] })], ['n1', 'n2'], reads.log)
  predicate(reader.read(0) as Server, reader.read(1) as Server)
  return tellReasons(reads.told())
}

describe('what a predicate read', () => {
  const cases: readonly [string, (n1: Server, n2: Server) => unknown, string][] = [
    ['nothing', () => false, ''],
    ['fields', (a, b) => a.status === b.status, 'n1.status = leader, n2.status = leader'],
    ['a field twice is told once', (a, b) => [a.status, b.status, a.status], 'n2.status = leader, n1.status = leader'],
    ['a set, as a whole', (a) => a.votes.has('n3'), 'n1.votes = {n1, n2}'],
    [
      'items, not the length they were found by',
      (a) => a.log.every((e) => e.term),
      'n1.log[0].term = 1, n1.log[1].term = 2',
    ],
    ['a length that was asked for', (a) => a.log.length, 'n1.log.length = 2'],
    ['an empty list', (_, b) => b.log.length, 'n2.log = []'],
    ['an empty record', (a) => Object.keys(a.next), 'n1.next = {}'],
    ['an object that nothing more is asked of', (a) => a.log[1] === undefined, 'n1.log[1] = {term 2}'],
    ['a spread', (a) => ({ ...a.log[0] }), 'n1.log[0].term = 1'],
  ]
  it.each(cases)('%s', (_, predicate, expected) => {
    expect(told(predicate)).toBe(expected)
  })

  it('is cut down to the last reads', () => {
    const reads = new Reads()
    const state = [
      canonical(
        Array.from({ length: 12 }, (_, i) => i),
        'list',
      ),
    ]
    for (const _ of readerOf(state, ['list'], reads.log).read(0) as number[]);
    expect(tellReasons(reads.told())).toBe(
      '… (4 more), list[4] = 4, list[5] = 5, list[6] = 6, list[7] = 7, list[8] = 8, list[9] = 9, list[10] = 10, list[11] = 11',
    )
  })
})

describe('the reader', () => {
  const reader = readerOf([server({})], ['n1'], () => {})
  const read = () => reader.read(0) as { log: { term: number }[]; votes: Set<string> }

  it('gives the same object for a place at every look', () => {
    const [n1, same] = [read(), read()]
    expect(n1).toBe(same)
    expect(n1.log).toBe(same.log)
    expect(n1.log[0]).toBe(same.log[0])
    expect(n1.votes).toBe(same.votes)
    expect(n1.log[0]).not.toBe(n1.log[1])
  })

  it('gives values that look like the plain ones', () => {
    expect(read()).toEqual(server({}))
    expect(Array.isArray(read().log)).toBe(true)
    expect(JSON.stringify(read().log)).toBe('[{"term":1},{"term":2}]')
    expect(read().log.map(({ term }) => term)).toEqual([1, 2])
  })

  it('refuses changes, with the place', () => {
    expect(() => read().log.push({ term: 3 })).toThrow(
      'a property changes n1.log; properties may only look at the state',
    )
    expect(() => {
      read().log[0]!.term = 9
    }).toThrow('a property changes n1.log[0]; properties may only look at the state')
    expect(() => Reflect.deleteProperty(read(), 'log')).toThrow('a property changes n1;')
  })
})
