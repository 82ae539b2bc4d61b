/** Comparisons: what one protocol does that another cannot, and how it is told. */
import { describe, expect, it } from 'vitest'
import { type Comparison, comparisonText, difference } from '../../src/experiment/compare/comparison-text.ts'
import { fewestMessages } from '../../src/experiment/compare/fewest-messages.ts'
import { included } from '../../src/experiment/compare/inclusion.ts'
import type { Studied } from '../../src/experiment/compare/study.ts'
import { disabled, linearizable, protocol, register, z } from '../../src/index.ts'
import { paintIf } from '../../src/report/paint.ts'

/** Counts up to a bound, by ones and, some of them, by twos; `hidden` counts what nobody sees. */
const counter = (most: number, { twos = false, hidden = false } = {}) =>
  protocol(
    {
      name: 'counter',
      shared: { at: z.int().default(0), ...(hidden ? { turns: z.int().default(0) } : {}) },
    },
    () => ({
      actions: {
        environment: {
          one({ shared }) {
            if (shared.at + 1 > most) return disabled
            shared.at += 1
          },
          two:
            twos &&
            (({ shared }) => {
              if (shared.at + 2 > most) return disabled
              shared.at += 2
            }),
          turn:
            hidden &&
            (({ shared }) => {
              const counted = shared as { turns?: number }
              if (counted.turns === 2) return disabled
              counted.turns = (counted.turns ?? 0) + 1
            }),
        },
      },
      properties: {},
    }),
  ).instantiate()

describe('inclusion', () => {
  const of = (...pair: [Parameters<typeof counter>, Parameters<typeof counter>]) =>
    included(counter(...pair[0]), counter(...pair[1]), 10_000)

  it('of a protocol in itself', () => expect(of([3], [3])).toEqual({ is: 'included', pairs: 4 }))

  it('finds the first step that the other has not', () => {
    expect(of([3], [2])).toEqual({
      is: 'more',
      way: ['environment one', 'environment one', 'environment one'],
      possible: [],
    })
    expect(of([2], [3])).toMatchObject({ is: 'included' })
  })

  it('matches what only one has by what can be seen of it', () => {
    expect(of([2, { twos: true }], [2])).toEqual({
      is: 'more',
      way: ['environment two'],
      possible: ['environment one'],
    })
    expect(of([2, { hidden: true }], [2])).toEqual({ is: 'included', pairs: 9 })
    expect(of([2], [2, { hidden: true }])).toEqual({ is: 'included', pairs: 3 })
  })

  it('is unknown where the time is up', () => {
    expect(included(counter(3), counter(3), -1)).toEqual({ is: 'unknown', pairs: 1 })
  })
})

it('counts the messages until the first operation has completed', () => {
  const asks = protocol(
    {
      name: 'asks',
      roles: { server: {}, client: { volatile: { at: z.int().default(0) } } },
      messages: { Ask: {}, Answer: {} },
      operations: { read: { result: z.int() } },
    },
    () => ({
      population: { server: 1, client: 1 },
      actions: {
        client: {
          ask(me, { ids, send, invoke }) {
            if (me.at !== 0) return disabled
            me.at = 1
            invoke('read')
            send(ids.server, { type: 'Ask' })
          },
        },
      },
      receive: {
        server: {
          Ask(_me, _message, { from, send }) {
            send(from, { type: 'Answer' })
          },
        },
        client: {
          Answer(_me, _message, { returns }) {
            returns('read', 0)
          },
        },
      },
      properties: { consistent: linearizable('reads are those of a register', register({ initial: 0 })) },
    }),
  )
  expect(fewestMessages(asks.instantiate(), 10_000)).toBe(2)
  expect(fewestMessages(counter(1), 10_000)).toBe(undefined)
})

describe('a comparison', () => {
  const studied = (more: Partial<Studied>): Studied => ({
    ...{ heading: 'lock', verdict: 'holds', distinct: 40, generated: 93, depth: 7, ms: 100 },
    properties: [
      { name: 'safe', isWitness: false, verdict: 'holds' },
      { name: 'aHolder', isWitness: true, verdict: 'holds', steps: 3 },
    ],
    ...more,
  })
  const same: Comparison = {
    a: studied({}),
    b: studied({}),
    onlyA: { is: 'included', pairs: 1 },
    onlyB: { is: 'included', pairs: 1 },
  }
  const other: Comparison = {
    a: studied({ messages: 4 }),
    b: studied({
      ...{ heading: 'lock · bug forget', verdict: 'violated', distinct: 1040, why: 'the search stopped after 1 s' },
      properties: [{ name: 'safe', isWitness: false, verdict: 'violated', steps: 7 }],
    }),
    onlyA: { is: 'unknown', pairs: 12 },
    onlyB: { is: 'more', way: ['client1 acquire'], possible: ['server1 crashes'] },
  }

  it('is told side by side', () => {
    expect(comparisonText(other, { width: 100, paint: paintIf(false) }).split('\n')).toEqual([
      'A  lock',
      'B  lock · bug forget',
      '',
      '                                 A              B',
      'verdict                          holds          violated',
      '  safe                           holds          violated after 7 steps',
      '  aHolder                        after 3 steps  -',
      'distinct states                  40             1,040+',
      'transitions                      93             93+',
      'depth                            7              7+',
      'messages to the first operation  4 at least     -',
      'time                             0.1 s          0.1 s',
      '',
      'B: the search stopped after 1 s',
      'Unknown whether B can do all that A does: the time was up after 12 pairs of states.',
      '✗ B can do what A cannot, first after 1 step:',
      '  1 client1 acquire',
      '    then A can only: server1 crashes',
    ])
  })

  it('knows whether there is a difference', () => {
    expect(difference(same)).toBe('none')
    expect(difference(other)).toBe('some')
    expect(difference({ ...same, onlyA: { is: 'unknown', pairs: 1 } })).toBe('unknown')
  })
})
