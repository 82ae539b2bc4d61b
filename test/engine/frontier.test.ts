import { describe, expect, it } from 'vitest'
import { type Frontier, Queue, Stack } from '../../src/engine/frontier.ts'

const add = (frontier: Frontier, ...states: readonly (readonly [state: number, depth: number])[]) => {
  for (const [state, depth] of states) frontier.add(state, depth)
}

/** Expands one state: its id, its depth, and how many states are waiting then. */
function expand(frontier: Frontier) {
  const state = frontier.next()
  if (state >= 0) frontier.expanded(1)
  return [state, frontier.depth, frontier.size]
}

describe('Queue', () => {
  it('gives states in the order found, knows the depth of each, and how levels grow', () => {
    const queue = new Queue()
    expect(expand(queue)).toEqual([-1, 0, 0])
    add(queue, [0, 0], [1, 0])
    expect(expand(queue)).toEqual([0, 0, 1])
    expect([queue.ready, queue.isAtEndOfLevel]).toEqual([1, false])
    add(queue, [2, 1], [3, 1], [4, 1])
    expect(queue.widths).toEqual([2, 3])
    expect(expand(queue)).toEqual([1, 0, 3])
    expect([queue.ready, queue.isAtEndOfLevel]).toEqual([0, true])
    expect(queue.growth).toBe(undefined)
    expect(queue.next()).toBe(2)
    expect(queue.ready).toBe(3)
    expect(expand(queue)).toEqual([2, 1, 2])
    expect(queue.growth).toBe(1.5)
    expect(queue.widths).toEqual([2, 3])
    add(queue, [5, 2])
    expect([expand(queue), expand(queue), expand(queue)]).toEqual([
      [3, 1, 2],
      [4, 1, 1],
      [5, 2, 0],
    ])
    expect(queue.growth).toBe(1 / 3)
    expect(queue.next()).toBe(-1)
    expect(queue.widths).toEqual([2, 3, 1])
  })
})

describe('Stack', () => {
  it('gives the state found last, with its depth, until it was expanded', () => {
    const stack = new Stack()
    add(stack, [0, 0], [1, 0])
    expect([stack.next(), stack.next(), stack.size]).toEqual([1, 1, 2])
    expect(expand(stack)).toEqual([1, 0, 1])
    add(stack, [2, 1], [3, 1])
    expect([expand(stack), expand(stack), expand(stack), expand(stack)]).toEqual([
      [3, 1, 2],
      [2, 1, 1],
      [0, 0, 0],
      [-1, 0, 0],
    ])
  })

  it('grows', () => {
    const stack = new Stack()
    for (let i = 0; i < 100_000; i++) stack.add(i, i >> 1)
    expect(stack.size).toBe(100_000)
    for (let i = 99_999; i >= 0; i--) {
      if (stack.next() !== i || stack.depth !== i >> 1) expect.unreachable(`state ${i}`)
      stack.expanded()
    }
    expect(stack.size).toBe(0)
  })
})
