/** A search ends with the run of the protocol's code that was under way when time was up. The clock here is advanced by runs. */
import { always, deadlockFree, disabled, protocol, z } from 'splitbrain'
import { describe, expect, it } from 'vitest'
import { Queue } from '../../src/engine/frontier.ts'
import { Deadline, Stopped } from '../../src/engine/memo/deadline.ts'
import { Search } from '../../src/engine/search.ts'
import { propertiesOf } from '../../src/property/types.ts'

type Place = 'start' | 'step' | 'property'

/** Each run of what is slow takes five seconds; there is one. */
function searched(slow: Place, width = 2000) {
  let time = 0
  const take = (place: Place) => {
    if (place === slow) time += 5000
  }
  const options = Array.from({ length: width }, (_, i) => i)
  const model = protocol({ name: 'slow', shared: { n: z.int().default(-1), first: z.int().default(0) } }, () => ({
    start: {
      environment({ shared, choose }) {
        take('start')
        shared.first = choose('first', [0, 1, 2])
      },
    },
    actions: {
      environment: {
        pick({ shared, choose }) {
          take('step')
          if (shared.n >= 0) return disabled
          shared.n = choose('n', options)
        },
      },
    },
    properties: {
      small: always('n is small', ({ shared }) => {
        take('property')
        return shared.n + shared.first < 5000
      }),
    },
  })).instantiate()
  const deadline = new Deadline({ at: 1000, timeoutMs: 1000, now: () => time })
  const search = new Search(model, new Queue(), propertiesOf(model), { maxDepth: 9, stopsAtViolation: true, deadline })
  let reason: string | undefined
  try {
    while (search.advance() === 'more' && !search.judge.isCutShort);
  } catch (thrown) {
    if (!(thrown instanceof Stopped)) throw thrown
    reason = thrown.reason
  }
  return { search, deadline, reason: reason ?? deadline.reason() }
}

describe('time is up after the first run of', () => {
  it('a setup', () => {
    const { search, deadline, reason } = searched('start')
    expect([reason, deadline.overrun?.what]).toEqual(['timeout', 'start'])
    expect([search.initial.memo.bodyRuns, search.distinct, search.generated]).toEqual([1, 0, 0])
  })

  it('a body that has two thousand choices', () => {
    const { search, deadline, reason } = searched('step')
    expect([reason, deadline.overrun?.what]).toEqual(['timeout', 'pick'])
    expect([search.rules.bodyRuns, search.distinct, search.frontier.size]).toEqual([1, 3, 3])
  })

  it('a predicate', () => {
    const { search, deadline, reason } = searched('property')
    expect([reason, deadline.overrun?.what]).toEqual(['timeout', 'property small'])
    expect([search.properties.predicateRuns, search.distinct, search.frontier.size]).toEqual([1, 1, 1])
  })
})

it('time is up amid a batch of values that no run tells of', () => {
  const model = protocol({ name: 'logs', shared: { log: z.array(z.int()).default([]) } }, () => ({
    actions: {
      environment: {
        add({ shared, choose }) {
          shared.log.push(choose('entry', [1, 2, 3]))
        },
      },
    },
    properties: { ends: deadlockFree('it goes on', () => false) },
  })).instantiate()
  // 1, 3, 9 and 27 logs; then 81 more, of as many updates, in one batch that runs no body
  const deadline = new Deadline({ at: 60, timeoutMs: 60, now: () => valuesKnown() })
  const search = new Search(model, new Queue(), [], { maxDepth: 9, stopsAtViolation: true, deadline })
  const valuesKnown = (): number => search?.values.tables[0]?.size ?? 0
  expect(() => {
    while (search.advance() === 'more');
  }).toThrow(new Stopped('timeout'))
  expect([valuesKnown(), search.distinct, deadline.overrun]).toEqual([60, 40, undefined])
})

it('what is run when the search is over is not stopped any more', () => {
  const deadline = new Deadline({ at: 0, timeoutMs: 0 })
  expect(() => deadline.afterRun('it', 0)).toThrow(Stopped)
  deadline.end()
  expect(() => deadline.afterRun('it', 0)).not.toThrow()
})

it('an interrupt is heard after each run', () => {
  const deadline = new Deadline({ signal: { aborted: true } })
  expect(() => deadline.afterRun('it', 0)).toThrow('the search stops: interrupted')
})
