/** Components against their definition, on random graphs; and what the pieces below them promise. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Bits } from '../../../src/engine/liveness/bits.ts'
import { Components, type Part } from '../../../src/engine/liveness/components.ts'
import { LongList } from '../../../src/engine/liveness/long-list.ts'
import { StateGraph } from '../../../src/engine/liveness/state-graph.ts'
import type { Leaf } from '../../../src/engine/memo/leaves.ts'

type Arrow = readonly [from: number, to: number, label: number]

/** A graph without rules: labels are given. */
function graphOf(states: number, arrows: readonly Arrow[]): StateGraph {
  const graph = new StateGraph()
  for (let state = 0; state < states; state++) {
    graph.leave()
    for (const [from, to, label] of arrows) if (from === state) graph.add({ label } as Leaf, to)
  }
  return graph
}

function found(components: Components, part: Part, endAfter = Number.POSITIVE_INFINITY): number[][] {
  const all: number[][] = []
  const search = components.find(part, (states) => all.push([...states].sort((a, b) => a - b)) >= endAfter)
  while (search.next().done !== true);
  return all
}

const bitsOf = (states: Iterable<number>): Bits => {
  const bits = new Bits()
  for (const state of states) bits.add(state)
  return bits
}

const someArrows = fc.integer({ min: 1, max: 9 }).chain((states) => {
  const state = fc.nat(states - 1)
  const subset = fc.subarray([...Array(states).keys()])
  return fc.record({
    states: fc.constant(states),
    arrows: fc.array(fc.tuple(state, state, fc.nat(1)), { maxLength: 20 }),
    roots: fc.option(subset, { nil: undefined }),
    within: fc.option(subset, { nil: undefined }),
    admitsAll: fc.boolean(),
    endAfter: fc.integer({ min: 1, max: 4 }),
  })
})

it('finds the components that can be reached, each after all it leads to; a search that was ended leaves nothing behind', () => {
  const agree = fc.property(someArrows, ({ states, arrows, roots, within, admitsAll, endAfter }) => {
    const all = [...Array(states).keys()]
    const isInside = (state: number) => within?.includes(state) ?? true
    const inside = arrows.filter(([from, to, label]) => isInside(from) && isInside(to) && (admitsAll || label === 0))
    const reach = (from: number) => {
      const reached = new Set([from])
      for (const at of reached) for (const [a, b] of inside) if (a === at) reached.add(b)
      return reached
    }
    const visited = all.filter((state) => (roots ?? all).filter(isInside).some((root) => reach(root).has(state)))
    const together = (a: number, b: number) => reach(a).has(b) && reach(b).has(a)
    const expected = new Set(visited.map((state) => String(visited.filter((other) => together(state, other)))))

    const components = new Components(graphOf(states, arrows))
    const part = {
      ...(roots && { roots: bitsOf(roots) }),
      ...(within && { within: bitsOf(within) }),
      ...(admitsAll ? {} : { admits: Uint8Array.of(1, 0) }),
    }
    expect(found(components, part, endAfter)).toHaveLength(Math.min(endAfter, expected.size))
    const order = found(components, part)
    expect(new Set(order.map(String))).toEqual(expected)
    expect(order).toHaveLength(expected.size)
    const place = (state: number) => order.findIndex((component) => component.includes(state))
    for (const [from, to] of inside) if (visited.includes(from)) expect(place(to)).toBeLessThanOrEqual(place(from))
  })
  fc.assert(agree, { numRuns: 500, seed: 1 })
})

it('a chain of 300,000 states is as deep as it likes; 8 bytes a transition, 17 a state', () => {
  const states = 300_000
  const graph = new StateGraph()
  for (let state = 0; state < states; state++) {
    graph.leave()
    if (state + 1 < states) graph.add({ label: 0 } as Leaf, state + 1)
  }
  const components = new Components(graph)
  expect(found(components, {})).toHaveLength(states)
  const slack = 3 * 65_536
  expect(graph.bytes).toBeLessThanOrEqual(8 * graph.edges + 4 * states + slack)
  expect(components.bytes).toBe(13 * states)
  graph.add({ label: 0 } as Leaf, 0)
  expect(found(new Components(graph), {})).toHaveLength(1)
})

describe('a graph in rows', () => {
  it('knows where a transition begins, whatever rows are empty', () => {
    const arrows: Arrow[] = [
      [1, 0, 0],
      [1, 4, 0],
      [4, 3, 1],
    ]
    const graph = graphOf(6, [...arrows, [5, 5, 0]]) // which changes nothing, and is no transition
    expect([0, 1, 2].map((edge) => graph.edge(edge))).toEqual(arrows.map(([from, to, label]) => ({ from, to, label })))
    expect([0, 1, 2, 3, 4, 5].map((state) => graph.end(state) - graph.begin(state))).toEqual([0, 2, 0, 0, 1, 0])
  })
})

describe('bits', () => {
  it('are a set of numbers', () => {
    const numbers = fc.uniqueArray(fc.nat(200), { maxLength: 40 })
    const agree = fc.property(numbers, fc.integer({ min: 1, max: 210 }), (members, size) => {
      const bits = bitsOf(members)
      const sorted = [...members].sort((a, b) => a - b)
      expect([...bits]).toEqual(sorted)
      expect(bits.isEmpty).toBe(members.length === 0)
      expect([0, 31, 32, 63, 200, 5000].map((n) => bits.has(n))).toEqual(
        [0, 31, 32, 63, 200, 5000].map((n) => members.includes(n)),
      )
      expect([...bits.complement(size)]).toEqual([...Array(size).keys()].filter((n) => !members.includes(n)))
    })
    fc.assert(agree, { numRuns: 200, seed: 1 })
  })
})

it('a long list keeps what is pushed, up to 2^32 - 1, over the ends of its pieces', () => {
  const list = new LongList()
  for (let i = 0; i < 40_000; i++) list.push(4_294_967_295 - i)
  expect([0, 16_383, 16_384, 32_768, 39_999].map((i) => list.at(i))).toEqual(
    [0, 16_383, 16_384, 32_768, 39_999].map((i) => 4_294_967_295 - i),
  )
  expect([list.size, list.bytes]).toEqual([40_000, 3 * 65_536])
})
