/**
 * Bottlenecks, exactly: how many states are reached only through a state. (Immediate dominators by the algorithm of
 * Cooper, Harvey and Kennedy, "A Simple, Fast Dominance Algorithm", 2001; a few rounds over all edges.)
 */
import type { Adjacency } from './adjacency.ts'

/**
 * By node: the number of other nodes to which every path from a root leads through it.
 * @param roots the initial states; every node is reached from one of them
 */
export function dominatedBy(
  { size, successors, predecessors }: Adjacency,
  roots: readonly number[],
): readonly number[] {
  const root = size // above all roots
  const order = postOrder(size, successors, roots)
  const rank = new Array<number>(size + 1).fill(size) // the root comes last
  for (const [at, node] of order.entries()) rank[node] = at
  const above = new Array<number>(size + 1).fill(-1)
  above[root] = root
  const isRoot = new Set(roots)
  const common = (a: number, b: number): number => {
    let [x, y] = [a, b]
    while (x !== y) {
      while (rank[x]! < rank[y]!) x = above[x]!
      while (rank[y]! < rank[x]!) y = above[y]!
    }
    return x
  }
  const immediate = (node: number): number => {
    const known = predecessors[node]!.filter((from) => above[from]! >= 0)
    return (isRoot.has(node) ? [root, ...known] : known).reduce(common)
  }
  for (let isStable = false; !isStable; ) {
    isStable = true
    for (const node of order.toReversed()) {
      const found = immediate(node)
      if (above[node] !== found) isStable = false
      above[node] = found
    }
  }
  const below = new Array<number>(size + 1).fill(0)
  for (const node of order) below[above[node]!]! += below[node]! + 1
  return below.slice(0, size)
}

/** Nodes after those that follow them, as far as possible. */
function postOrder(size: number, successors: Adjacency['successors'], roots: readonly number[]): number[] {
  const order: number[] = []
  const seen = new Array<boolean>(size).fill(false)
  for (const root of roots) {
    if (seen[root]) continue
    seen[root] = true
    const path = [{ node: root, next: 0 }]
    for (let at = path.at(-1); at !== undefined; at = path.at(-1)) {
      const next = successors[at.node]![at.next++]
      if (next === undefined) order.push(path.pop()!.node)
      else if (!seen[next]) {
        seen[next] = true
        path.push({ node: next, next: 0 })
      }
    }
  }
  return order
}
