/**
 * Strongly connected components (Tarjan 1972), without recursion: a state graph is deeper than the stack.
 * Linear in the number of edges.
 */
import type { Adjacency } from './adjacency.ts'

/** By node: the number of its component. Components are numbered so that steps lead to equal or smaller numbers. */
export function componentsOf({ size, successors }: Adjacency): readonly number[] {
  const component = new Array<number>(size).fill(-1)
  const index = new Array<number>(size).fill(-1)
  const low = new Array<number>(size).fill(0)
  const open: number[] = []
  let visited = 0
  let found = 0

  const enter = (node: number) => {
    index[node] = low[node] = visited++
    open.push(node)
    return { node, next: 0 }
  }
  const close = (node: number) => {
    if (low[node] !== index[node]) return
    let member: number
    do {
      member = open.pop()!
      component[member] = found
    } while (member !== node)
    found++
  }

  for (let root = 0; root < size; root++) {
    if (index[root]! >= 0) continue
    const path = [enter(root)]
    for (let at = path.at(-1); at !== undefined; at = path.at(-1)) {
      const { node } = at
      const next = successors[node]![at.next++]
      if (next === undefined) {
        path.pop()
        close(node)
        const above = path.at(-1)?.node
        if (above !== undefined) low[above] = Math.min(low[above]!, low[node]!)
      } else if (index[next]! < 0) path.push(enter(next))
      else if (component[next]! < 0) low[node] = Math.min(low[node]!, index[next]!)
    }
  }
  return component
}
