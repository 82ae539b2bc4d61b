import { describe, expect, it } from 'vitest'
import { type Frontier, Queue, Stack } from '../../src/engine/frontier.ts'

const add = (frontier: Frontier, ...entries: readonly (readonly [state: number, depth: number])[]) => {
  for (const [state, depth] of entries) frontier.add(state, depth)
}
const take = (frontier: Frontier) => [frontier.take(), frontier.depth, frontier.size]

describe('Queue', () => {
  it('gives states in the order found, knows the depth of each, and how levels grow', () => {
    const queue = new Queue()
    expect(take(queue)).toEqual([-1, 0, 0])
    add(queue, [0, 0], [1, 0])
    expect(take(queue)).toEqual([0, 0, 1])
    add(queue, [2, 1], [3, 1], [4, 1])
    expect(queue.widths).toEqual([2, 3])
    expect(take(queue)).toEqual([1, 0, 3])
    expect(queue.growth).toBe(undefined)
    expect(take(queue)).toEqual([2, 1, 2])
    expect(queue.growth).toBe(1.5)
    expect(queue.widths).toEqual([2, 3])
    add(queue, [5, 2])
    expect([take(queue), take(queue), take(queue)]).toEqual([
      [3, 1, 2],
      [4, 1, 1],
      [5, 2, 0],
    ])
    expect(queue.growth).toBe(1 / 3)
    expect(queue.take()).toBe(-1)
    expect(queue.widths).toEqual([2, 3, 1])
  })
})

describe('Stack', () => {
  it('gives the state found last, with its depth', () => {
    const stack = new Stack()
    add(stack, [0, 0], [1, 0])
    expect(take(stack)).toEqual([1, 0, 1])
    add(stack, [2, 1], [3, 1])
    expect([take(stack), take(stack), take(stack), take(stack)]).toEqual([
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
      if (stack.take() !== i || stack.depth !== i >> 1) expect.unreachable(`state ${i}`)
    }
    expect(stack.size).toBe(0)
  })
})
