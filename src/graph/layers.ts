/**
 * Where the states stand when they are drawn: a layer per depth, from top to bottom, and in a layer beside the states
 * that they were found from, so that few edges cross (the barycentre method of Sugiyama et al. 1981, one sweep down).
 */
import type { Node } from './state-graph.ts'

export interface Place {
  readonly x: number
  readonly y: number
}

/** Of the whole drawing: height by width, where there are few wide layers. */
const SHAPE = 0.6

/** By node; y falls with the depth from 0, x is centred on 0. */
export function layersOf(nodes: readonly Node[], predecessors: readonly (readonly number[])[]): readonly Place[] {
  const layers: number[][] = []
  for (const [node, { depth }] of nodes.entries()) {
    layers[depth] ??= []
    layers[depth].push(node)
  }
  const x = new Array<number>(nodes.length).fill(0)
  for (const [depth, layer] of layers.entries()) {
    const wish = new Map(layer.map((node) => [node, meanOf(x, above(node, depth, nodes, predecessors))]))
    layer.sort((a, b) => wish.get(a)! - wish.get(b)! || a - b)
    for (const [i, node] of layer.entries()) x[node] = i - (layer.length - 1) / 2
  }
  const widest = Math.max(...layers.map((layer) => layer.length))
  const height = Math.max(1, (widest * SHAPE) / layers.length)
  return nodes.map(({ depth }, node) => ({ x: x[node]!, y: depth === 0 ? 0 : -depth * height }))
}

const above = (
  node: number,
  depth: number,
  nodes: readonly Node[],
  predecessors: readonly (readonly number[])[],
): readonly number[] => predecessors[node]!.filter((from) => nodes[from]!.depth === depth - 1)

const meanOf = (x: readonly number[], nodes: readonly number[]): number =>
  nodes.length === 0 ? 0 : nodes.reduce((sum, node) => sum + x[node]!, 0) / nodes.length
