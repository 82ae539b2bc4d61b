/** The graph that is drawn: all states, or each strongly connected component of several as one, named by its size. */
import { MultiDirectedGraph } from 'graphology'
import type { GraphData } from '../graph-data.ts'

export interface Dot {
  x: number
  y: number
  size: number
  color: string
  label: string
  forceLabel: boolean
}

export interface Line {
  size: number
  color: string
  label: string
  isOnPath: boolean
}

export type Picture = MultiDirectedGraph<Dot, Line>

export const PATH = '#d53f8c'
const EDGE = '#9aa4b2'

/** Nodes are called `s12` for a state, `c3` for a component. */
export function pictureOf(data: GraphData, isCollapsed: boolean): Picture {
  const picture = new MultiDirectedGraph<Dot, Line>()
  const members = membersOf(data)
  const nameOf = (node: number): string => {
    const { component } = data.nodes[node]!
    return isCollapsed && members.get(component)!.length > 1 ? `c${component}` : `s${node}`
  }
  const stepTo = new Map(
    data.edges.flatMap(({ to, step, onPath }) =>
      onPath ? [[to, `${data.nodes[to]!.onPath} ${data.steps[step]}`]] : [],
    ),
  )
  for (const [node, { x, y, color, label, onPath, depth }] of data.nodes.entries()) {
    const name = nameOf(node)
    if (picture.hasNode(name)) continue
    const isOnPath = onPath !== undefined
    const size = isOnPath ? 8 : depth === 0 ? 7 : 4
    const count = members.get(data.nodes[node]!.component)!.length
    if (name.startsWith('c')) {
      const text = `${count} states that lead to each other`
      picture.addNode(name, { x, y, color, size: 6 + Math.sqrt(count), label: text, forceLabel: true })
    } else {
      picture.addNode(name, {
        x,
        y,
        color,
        size,
        label: stepTo.get(node) ?? label,
        forceLabel: isOnPath,
      })
    }
  }
  for (const { from, to, step, onPath } of data.edges) {
    const [source, target] = [nameOf(from), nameOf(to)]
    if (source === target) continue
    const look = onPath ? { size: 4, color: PATH } : { size: 1.2, color: EDGE }
    picture.addDirectedEdge(source, target, { ...look, label: data.steps[step]!, isOnPath: onPath })
  }
  return picture
}

/** The states of each component. */
export function membersOf({ nodes }: GraphData): ReadonlyMap<number, readonly number[]> {
  const members = new Map<number, number[]>()
  for (const [node, { component }] of nodes.entries()) members.set(component, [...(members.get(component) ?? []), node])
  return members
}
