/** What stands out in a state graph: cycles, hubs, bottlenecks, states from which nothing can happen. */
import { type Adjacency, adjacencyOf } from './adjacency.ts'
import { betweennessOf } from './betweenness.ts'
import { componentsOf } from './components.ts'
import { dominatedBy } from './dominators.ts'
import type { StateGraph } from './state-graph.ts'

/** A state, and the number that makes it stand out. */
export interface Standing {
  readonly node: number
  readonly value: number
}

export interface Findings {
  /** By node. */
  readonly component: readonly number[]
  /** The sizes of components with more than one state, largest first. */
  readonly cycles: readonly number[]
  /** The states with the most neighbours. */
  readonly hubs: readonly Standing[]
  /** The states that most others are reached only through; initial ones are not told. */
  readonly bottlenecks: readonly Standing[]
  /** The states that lie on most shortest paths; undefined where there are too many states to find out. */
  readonly between: readonly Standing[] | undefined
  /** States with no step but faults, in a part of the graph that is known. */
  readonly ends: readonly number[]
}

const MOST_TOLD = 5
const MOST_FOR_BETWEENNESS = 1000

export function findingsOf(graph: StateGraph): Findings {
  const adjacency = adjacencyOf(graph)
  const roots = graph.nodes.flatMap(({ depth }, node) => (depth === 0 ? [node] : []))
  const component = componentsOf(adjacency)
  const isRoot = new Set(roots)
  const dominated = dominatedBy(adjacency, roots).map((count, node) => (isRoot.has(node) ? 0 : count))
  return {
    component,
    cycles: sizesOf(component).filter((size) => size > 1),
    hubs: greatest(degreesOf(adjacency)),
    bottlenecks: greatest(dominated),
    between: graph.nodes.length > MOST_FOR_BETWEENNESS ? undefined : greatest(betweennessOf(adjacency)),
    ends: endsOf(graph),
  }
}

const degreesOf = ({ successors, predecessors }: Adjacency): number[] =>
  successors.map((next, node) => next.length + predecessors[node]!.length)

function sizesOf(component: readonly number[]): number[] {
  const sizes: number[] = []
  for (const one of component) sizes[one] = (sizes[one] ?? 0) + 1
  return sizes.sort((a, b) => b - a)
}

/** The few greatest values above 0; the state found first goes first among equals. */
const greatest = (values: readonly number[]): Standing[] =>
  values
    .map((value, node) => ({ node, value }))
    .filter(({ value }) => value > 0)
    .sort((a, b) => b.value - a.value || a.node - b.node)
    .slice(0, MOST_TOLD)

function endsOf({ nodes, edges }: StateGraph): number[] {
  const goesOn = new Set(edges.flatMap(({ from, kind }) => (kind === 'fault' ? [] : [from])))
  return nodes.flatMap(({ leadsOut }, node) => (leadsOut || goesOn.has(node) ? [] : [node]))
}
