/** Who follows whom, without the steps: what graph algorithms ask for. Several steps between two states count once. */
import type { StateGraph } from './state-graph.ts'

export interface Adjacency {
  readonly size: number
  readonly successors: readonly (readonly number[])[]
  readonly predecessors: readonly (readonly number[])[]
}

/** A step that leads back to its own state connects nothing, and is left out. */
export function adjacencyOf({ nodes, edges }: StateGraph): Adjacency {
  const successors = nodes.map(() => new Set<number>())
  const predecessors = nodes.map(() => new Set<number>())
  for (const { from, to } of edges) {
    if (from === to) continue
    successors[from]!.add(to)
    predecessors[to]!.add(from)
  }
  return {
    size: nodes.length,
    successors: successors.map((set) => [...set]),
    predecessors: predecessors.map((set) => [...set]),
  }
}
