/** What is said of a state graph, against the plainest way to find it out, on random small graphs. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Adjacency } from '../../src/graph/adjacency.ts'
import { betweennessOf } from '../../src/graph/betweenness.ts'
import { componentsOf } from '../../src/graph/components.ts'
import { dominatedBy } from '../../src/graph/dominators.ts'

const SIZE = 7

const graphs = fc
  .uniqueArray(fc.tuple(fc.nat(SIZE - 1), fc.nat(SIZE - 1)), { maxLength: 24, selector: ([a, b]) => a * SIZE + b })
  .map((edges) => graphWith(edges.filter(([from, to]) => from !== to)))

function graphWith(edges: readonly (readonly [from: number, to: number])[], size = SIZE): Adjacency {
  const of = (end: 0 | 1, other: 0 | 1) =>
    Array.from({ length: size }, (_, node) => edges.filter((edge) => edge[end] === node).map((edge) => edge[other]))
  return { size, successors: of(0, 1), predecessors: of(1, 0) }
}

/** Everything that can be reached from some nodes, without passing through `barred`. */
function reach({ successors }: Adjacency, from: readonly number[], barred = -1): Set<number> {
  const seen = new Set(from.filter((node) => node !== barred))
  for (const node of seen) for (const next of successors[node]!) if (next !== barred) seen.add(next)
  return seen
}

describe('components', () => {
  it('hold what can reach each other, and nothing else', () => {
    fc.assert(
      fc.property(graphs, (graph) => {
        const component = componentsOf(graph)
        const reached = component.map((_, node) => reach(graph, [node]))
        for (let a = 0; a < SIZE; a++) {
          for (let b = 0; b < SIZE; b++) {
            expect(component[a] === component[b]).toBe(reached[a]!.has(b) && reached[b]!.has(a))
          }
          for (const next of graph.successors[a]!) expect(component[next]).toBeLessThanOrEqual(component[a]!)
        }
      }),
      { numRuns: 500 },
    )
  })

  it('are found in a chain deeper than any stack, and in a ring', () => {
    const chain = Array.from({ length: 200_000 }, (_, i) => (i < 199_999 ? [i + 1] : []))
    expect(new Set(componentsOf({ size: 200_000, successors: chain, predecessors: [] })).size).toBe(200_000)
    chain[199_999] = [0]
    expect(new Set(componentsOf({ size: 200_000, successors: chain, predecessors: [] })).size).toBe(1)
  })
})

describe('bottlenecks', () => {
  it('cut off, taken away, as many others as is said', () => {
    fc.assert(
      fc.property(graphs, fc.uniqueArray(fc.nat(SIZE - 1), { minLength: 1, maxLength: 3 }), (graph, roots) => {
        const all = reach(graph, roots)
        const whole = graphWith(
          graph.successors.flatMap((next, from) => (all.has(from) ? next.map((to) => [from, to] as const) : [])),
        )
        const dominated = dominatedBy(whole, roots)
        for (const node of all) {
          expect(dominated[node], `node ${node}`).toBe(all.size - reach(whole, roots, node).size - 1)
        }
      }),
      { numRuns: 500 },
    )
  })

  it('are found in a long chain: each state is the only way to those after it', () => {
    const size = 50_000
    const edges = Array.from({ length: size }, (_, i) => i)
    const successors = edges.map((i) => (i + 1 < size ? [i + 1] : []))
    const predecessors = edges.map((i) => (i > 0 ? [i - 1] : []))
    const dominated = dominatedBy({ size, successors, predecessors }, [0])
    expect([dominated[0], dominated[1], dominated[size - 1]]).toEqual([size - 1, size - 2, 0])
  })
})

describe('betweenness', () => {
  it('is the share of all shortest paths', () => {
    fc.assert(
      fc.property(graphs, (graph) => {
        const score = betweennessOf(graph)
        const expected = new Array<number>(SIZE).fill(0)
        for (let from = 0; from < SIZE; from++) {
          for (let to = 0; to < SIZE; to++) {
            const paths = from === to ? [] : shortestPaths(graph, from, to)
            for (const path of paths) for (const node of path.slice(1, -1)) expected[node]! += 1 / paths.length
          }
        }
        for (const [node, value] of expected.entries()) expect(score[node]).toBeCloseTo(value, 9)
      }),
      { numRuns: 200 },
    )
  })
})

/** All of them, by listing all paths of a length. */
function shortestPaths({ successors }: Adjacency, from: number, to: number): number[][] {
  let paths = [[from]]
  for (let length = 0; length < SIZE; length++) {
    const arrived = paths.filter((path) => path.at(-1) === to)
    if (arrived.length > 0) return arrived
    paths = paths.flatMap((path) => successors[path.at(-1)!]!.map((next) => [...path, next]))
  }
  return []
}
