/** Histories that the field knows, with the verdicts that it gives them, and the reasons that are told. */
import { counter, kv, queue, register, type SequentialObject, set } from 'splitbrain'
import { describe, expect, it } from 'vitest'
import { CONSISTENCIES, type Consistency } from '../../src/history/consistencies.ts'
import { operations, type Written } from './operations.ts'

const HOLDS = 'holds'

/** `holds`, or why not. */
function answer(consistency: Consistency, object: SequentialObject, history: readonly Written[]): string {
  const outcome = CONSISTENCIES[consistency](object, operations(...history))
  return outcome.verdict === 'violated' ? outcome.evidence.because : outcome.verdict
}

/** Herlihy & Wing 1990, Figure 1: A, B and C are processes; E enqueues, D dequeues. */
describe('queues of Herlihy & Wing', () => {
  it.each<[string, readonly Written[], string]>([
    [
      'H1: concurrent enqueues are dequeued in either order',
      [
        ['A', 'enqueue("x")', 0, 4],
        ['B', 'enqueue("y")', 1, 3],
        ['B', 'dequeue() "x"', 5, 8],
        ['A', 'dequeue() "y"', 6, 9],
        ['A', 'enqueue("z")', 10, 11],
      ],
      HOLDS,
    ],
    [
      'H2: y cannot be dequeued first, since x was enqueued before it was',
      [
        ['A', 'enqueue("x")', 0, 1],
        ['B', 'enqueue("y")', 2, 3],
        ['A', 'dequeue() "y"', 4, 5],
      ],
      "A's dequeue returned y, which no order of the operations explains",
    ],
    [
      'H3: x is dequeued while its enqueue is pending',
      [
        ['A', 'enqueue("x")', 0],
        ['B', 'dequeue() "x"', 1, 2],
      ],
      HOLDS,
    ],
    [
      'H4: one y is enqueued, and dequeued twice',
      [
        ['A', 'enqueue("x")', 0, 3],
        ['B', 'enqueue("y")', 1, 2],
        ['A', 'dequeue() "y"', 4, 7],
        ['C', 'dequeue() "y"', 5, 8],
      ],
      "C's dequeue returned y, which no order of the operations explains: in the longest, A's dequeue() comes before it",
    ],
  ])('%s', (_, history, expected) => expect(answer('linearizable', queue(), history)).toBe(expected))

  it('H2 is sequentially consistent, which is not a local property: two such queues together may not be', () => {
    expect(
      answer('sequentiallyConsistent', queue(), [
        ['A', 'enqueue("x")', 0, 1],
        ['B', 'enqueue("y")', 2, 3],
        ['A', 'dequeue() "y"', 4, 5],
      ]),
    ).toBe(HOLDS)
  })
})

/** porcupine_test.go, TestRegisterModel: a put, and gets that overlap with it. */
describe('registers of Porcupine', () => {
  const get = (process: string, value: number, from: number, to: number): Written => [
    process,
    `read() ${value}`,
    from,
    to,
  ]

  it('holds where the gets that see the put are over last', () => {
    const history: Written[] = [['0', 'write(100)', 0, 100], get('1', 100, 25, 75), get('2', 0, 30, 60)]
    expect(answer('linearizable', register({ initial: 0 }), history)).toBe(HOLDS)
  })

  it('is violated where one that sees the put is over before one that does not begins', () => {
    const history: Written[] = [['0', 'write(200)', 0, 100], get('1', 200, 10, 30), get('2', 0, 40, 90)]
    expect(answer('linearizable', register({ initial: 0 }), history)).toBe(
      "2's read returned 0 after 1's read() had returned 200",
    )
  })
})

describe('what is told of each consistency', () => {
  const stale: Written[] = [
    ['c1', 'write(1)', 0, 1],
    ['c2', 'read() 0', 2, 3],
  ]
  const forgetful: Written[] = [
    ['c1', 'write(1)', 0, 1],
    ['c1', 'read() 0', 2, 3],
  ]
  const backwards: Written[] = [
    ['c1', 'write(1)', 0, 1],
    ['c1', 'write(2)', 2, 3],
    ['c2', 'read() 2', 4, 5],
    ['c2', 'read() 1', 6, 7],
  ]
  const gap: Written[] = [
    ['c1', 'add(1)', 0, 1],
    ['c1', 'add(2)', 2, 3],
    ['c2', 'read() [2]', 4, 5],
  ]
  const cell = register({ initial: 0 })

  it.each<[Consistency, SequentialObject, readonly Written[], string]>([
    ['linearizable', cell, stale, "c2's read returned 0 after c1's write(1) had returned"],
    ['sequentiallyConsistent', cell, stale, HOLDS],
    ['sequentiallyConsistent', cell, forgetful, "c1's read returned 0 after its own write(1)"],
    ['readYourWrites', cell, stale, HOLDS],
    ['readYourWrites', cell, forgetful, "c1's read returned 0 after its own write(1)"],
    ['monotonicReads', cell, forgetful, HOLDS],
    ['monotonicReads', cell, backwards, "c2's read returned 1 after its read returned 2"],
    ['readYourWrites', cell, backwards, HOLDS],
    [
      'monotonicReads',
      cell,
      [['c1', 'read() 7', 0, 1]],
      "c1's read returned 7, which no updates made until then explain",
    ],
    [
      'monotonicWrites',
      set(),
      gap,
      "c2's read returned [2], which shows an update of some process without an earlier one of that process",
    ],
    ['monotonicReads', set(), gap, HOLDS],
    [
      'linearizable',
      counter(),
      [['c1', 'read() 1', 0, 1]],
      "c1's read returned 1, which no order of the operations explains",
    ],
    [
      'linearizable',
      kv(),
      [
        ['c1', 'put(["a", 1])', 0, 1],
        ['c1', 'put(["b", 2])', 2, 3],
        ['c2', 'get("a") 1', 4, 5],
        ['c2', 'get("b")', 6, 7],
      ],
      "c2's get(b) returned null after c1's put([b, 2]) had returned",
    ],
  ])('%s %#', (consistency, object, history, expected) => {
    expect(answer(consistency, object, history)).toBe(expected)
  })
})

/** Each of two queues is sequentially consistent, and both together are not (Herlihy & Wing 1990, §3.3). */
it('sequential consistency is asked of the whole, not part by part', () => {
  const queues = kv()
  const history: Written[] = [
    ['A', 'put(["p", "x"])', 0, 1],
    ['B', 'put(["q", "y"])', 2, 3],
    ['A', 'get("q")', 4, 5],
    ['B', 'get("p")', 6, 7],
  ]
  const of = (key: string) => history.filter(([, call]) => call.includes(`"${key}"`))
  expect(answer('sequentiallyConsistent', queues, of('p'))).toBe(HOLDS)
  expect(answer('sequentiallyConsistent', queues, of('q'))).toBe(HOLDS)
  expect(answer('sequentiallyConsistent', queues, history)).toBe("B's get(p) returned null after its own put([q, y])")
})
