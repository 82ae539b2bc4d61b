/**
 * Which states lie on many shortest paths (Brandes, "A Faster Algorithm for Betweenness Centrality", 2001).
 * The time is that of as many breadth-first searches as there are states: for small graphs only.
 */
import type { Adjacency } from './adjacency.ts'

/** By node: over all pairs of other nodes, the share of shortest paths between them that lead through it. */
export function betweennessOf({ size, successors }: Adjacency): readonly number[] {
  const score = new Array<number>(size).fill(0)
  for (let source = 0; source < size; source++) {
    const { order, before, paths } = shortestPathsFrom(source, size, successors)
    const share = new Array<number>(size).fill(0)
    for (const node of order.toReversed()) {
      for (const from of before[node]!) share[from]! += (paths[from]! / paths[node]!) * (1 + share[node]!)
      if (node !== source) score[node]! += share[node]!
    }
  }
  return score
}

/** In the order of distance: who comes before whom on shortest paths, and how many of these there are. */
function shortestPathsFrom(source: number, size: number, successors: Adjacency['successors']) {
  const distance = new Array<number>(size).fill(-1)
  const paths = new Array<number>(size).fill(0)
  const before: number[][] = Array.from({ length: size }, () => [])
  const order = [source]
  distance[source] = 0
  paths[source] = 1
  for (const node of order) {
    for (const next of successors[node]!) {
      if (distance[next]! < 0) {
        distance[next] = distance[node]! + 1
        order.push(next)
      }
      if (distance[next] !== distance[node]! + 1) continue
      paths[next]! += paths[node]!
      before[next]!.push(node)
    }
  }
  return { order, before, paths }
}
