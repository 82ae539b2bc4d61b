/** Every edge is taken, walks are walks, and no longer together than need be. */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import redisLock from '../../specs/redis-lock/redis-lock.ts'
import { coverEdges, lengthOf, type Roads, walksAt } from '../../src/drive/cover-edges.ts'
import { seeded } from '../../src/engine/walks/random.ts'
import { stateGraphOf } from '../../src/graph/state-graph.ts'

function expectCovered({ starts, edges }: Roads, walks: readonly (readonly number[])[]): void {
  for (const walk of walks) {
    expect(starts).toContain(edges[walk[0]!]!.from)
    for (const [i, edge] of walk.slice(1).entries()) expect(edges[edge]!.from).toBe(edges[walk[i]!]!.to)
  }
  expect(new Set(walks.flat()).size).toBe(edges.length)
}

/** Every node can be reached from the first: `chance` draws its way there, and the other edges. */
function randomRoads(size: number, more: number, chance: () => number): Roads {
  const below = (bound: number) => Math.floor(chance() * bound)
  const ways = Array.from({ length: size - 1 }, (_, i) => ({ from: below(i + 1), to: i + 1 }))
  const others = Array.from({ length: more }, () => ({ from: below(size), to: below(size) }))
  return { size, starts: [0], edges: [...ways, ...others] }
}

/** The least length of walks from the starts that take every edge, by trying all, the shortest first. */
function leastLength({ starts, edges }: Roads): number {
  const all = 2 ** edges.length - 1
  let level = new Map(starts.map((start) => [`${start} 0`, { at: start, taken: 0 }]))
  for (let length = 0; ; length++) {
    const next = new Map<string, { at: number; taken: number }>()
    for (const { at, taken } of level.values()) {
      if (taken === all) return length
      for (const from of new Set([at, ...starts])) {
        for (const [i, edge] of edges.entries()) {
          if (edge.from !== from) continue
          const place = { at: edge.to, taken: taken | (1 << i) }
          next.set(`${place.at} ${place.taken}`, place)
        }
      }
    }
    level = next
  }
}

it('takes every edge, and where beginning anew costs nothing, in the least length there is', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 5 }), fc.nat(), (size, more, seed) => {
      const roads = randomRoads(size, more, seeded(seed))
      expectCovered(roads, coverEdges(roads))
      const shortest = walksAt(roads, 0)
      expectCovered(roads, shortest)
      expect(lengthOf(shortest)).toBe(leastLength(roads))
    }),
    { numRuns: 200, seed: 21 },
  )
})

it('covers from several starts, also parts that have nothing to do with each other', () => {
  const roads = {
    size: 4,
    starts: [0, 2],
    edges: [
      { from: 0, to: 1 },
      { from: 1, to: 0 },
      { from: 2, to: 3 },
      { from: 3, to: 2 },
    ],
  }
  expect(coverEdges(roads)).toEqual([
    [0, 1],
    [2, 3],
  ])
})

it('begins anew less often where that costs something', () => {
  const roads = randomRoads(300, 500, seeded(5))
  const [few, many] = [walksAt(roads, 50), walksAt(roads, 0)]
  expect([few.length, many.length]).toEqual([79, 137])
  expect([lengthOf(few), lengthOf(many)]).toEqual([1_490, 1_390])
})

it.each([
  [1_000, 500],
  [1_000, 1_500],
  [1_000, 5_000],
])('covers %i states with %i more steps in at most 1.3 times the lower bound', (size, more) => {
  for (const seed of [1, 2, 3]) {
    const roads = randomRoads(size, more, seeded(seed))
    const walks = coverEdges(roads)
    expectCovered(roads, walks)
    const least = lengthOf(walksAt(roads, 0)) // which the first test has found to be the least
    expect(lengthOf(walks) / least).toBeLessThanOrEqual(1.3)
  }
})

it('covers 1,000 states of a protocol so, too', () => {
  const model = redisLock.instantiate({ lock: 'compare-del', clients: 2, crashes: 0, pauses: 1 })
  const graph = stateGraphOf(model, 5_000)
  expect([graph.nodes.length, graph.edges.length, graph.isWhole]).toEqual([972, 2_544, true])
  const roads = { size: graph.nodes.length, starts: [0], edges: graph.edges }
  const walks = coverEdges(roads)
  expectCovered(roads, walks)
  expect([walks.length, lengthOf(walks), lengthOf(walksAt(roads, 0))]).toEqual([842, 9_022, 9_022])
})
