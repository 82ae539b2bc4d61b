import { describe, expect, it } from 'vitest'
import { type Frontier, Queue, Stack } from '../../src/engine/frontier.ts'

/** Entries of two states each. */
const add = (frontier: Frontier, ...entries: readonly (readonly [entry: number, depth: number])[]) => {
  for (const [entry, depth] of entries) frontier.add(entry, 2, depth)
}

/** Leaves one entry: its number, its depth, and how many states are waiting then. */
function leave(frontier: Frontier) {
  const entry = frontier.next()
  if (entry >= 0) frontier.leave(1, 2)
  return [entry, frontier.depth, frontier.size]
}

describe('Queue', () => {
  it('gives entries in the order found, knows the depth of each, and how levels grow', () => {
    const queue = new Queue()
    expect(leave(queue)).toEqual([-1, 0, 0])
    add(queue, [0, 0], [1, 0])
    expect(leave(queue)).toEqual([0, 0, 2])
    expect([queue.ready, queue.isAtEndOfLevel]).toEqual([1, false])
    add(queue, [2, 1], [3, 1], [4, 1])
    expect(queue.widths).toEqual([4, 6])
    expect(leave(queue)).toEqual([1, 0, 6])
    expect([queue.ready, queue.isAtEndOfLevel]).toEqual([0, true])
    expect(queue.growth).toBe(undefined)
    expect(queue.next()).toBe(2)
    expect(queue.ready).toBe(3)
    expect(leave(queue)).toEqual([2, 1, 4])
    expect(queue.growth).toBe(1.5)
    expect(queue.widths).toEqual([4, 6])
    add(queue, [5, 2])
    expect([leave(queue), leave(queue), leave(queue)]).toEqual([
      [3, 1, 4],
      [4, 1, 2],
      [5, 2, 0],
    ])
    expect(queue.growth).toBe(1 / 3)
    expect(queue.next()).toBe(-1)
    expect(queue.widths).toEqual([4, 6, 2])
  })
})

describe('Stack', () => {
  it('gives the entry found last, with its depth, until it was left', () => {
    const stack = new Stack()
    add(stack, [0, 0], [1, 0])
    expect([stack.next(), stack.next(), stack.size]).toEqual([1, 1, 4])
    expect(leave(stack)).toEqual([1, 0, 2])
    add(stack, [2, 1], [3, 1])
    expect([leave(stack), leave(stack), leave(stack), leave(stack)]).toEqual([
      [3, 1, 4],
      [2, 1, 2],
      [0, 0, 0],
      [-1, 0, 0],
    ])
  })

  it('grows', () => {
    const stack = new Stack()
    for (let i = 0; i < 100_000; i++) stack.add(i, 1, i >> 1)
    expect(stack.size).toBe(100_000)
    for (let i = 99_999; i >= 0; i--) {
      if (stack.next() !== i || stack.depth !== i >> 1) expect.unreachable(`entry ${i}`)
      stack.leave(1, 1)
    }
    expect(stack.size).toBe(0)
  })
})
