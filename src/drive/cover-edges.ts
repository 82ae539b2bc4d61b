/**
 * Walks from the starts of a graph that take every edge, as short as they can be together.
 *
 * Every edge must be taken once at least. Where more edges lead into a node than out of it, walks must end there or go on
 * along edges that were taken before; where more lead out, walks must come there again. What that costs least is a flow
 * (min-cost-flow.ts). With it every node is left as often as it is entered, if each end of a walk counts as an edge to
 * the start of the next: then one round takes all (Euler; Hierholzer 1873), and is cut where a walk ends. This is the
 * Chinese postman (Kwan 1960) with a fee for beginning anew.
 */
import { cheapestFlow } from './min-cost-flow.ts'

/** Edges by their two ends. Nodes are numbered from 0; every edge can be reached from a start. */
export interface Roads {
  readonly size: number
  readonly starts: readonly number[]
  readonly edges: readonly { readonly from: number; readonly to: number }[]
}

/** Each walk as the numbers of its edges. As few as there are where all together are not much longer than need be. */
export function coverEdges(roads: Roads): number[][] {
  const shortest = walksAt(roads, 0)
  const most = MOST * lengthOf(shortest)
  for (const setup of FEES) {
    const walks = walksAt(roads, setup)
    if (lengthOf(walks) <= most) return walks
  }
  return shortest
}

/** What the sum may be longer than the least. */
const MOST = 1.25
/** What a new walk may be worth in steps, to be tried in this order. */
const FEES = [8, 4, 2, 1]

export const lengthOf = (walks: readonly (readonly number[])[]): number =>
  walks.reduce((sum, walk) => sum + walk.length, 0)

/** @param setup what a walk that begins costs, in steps; with 0, the sum is the least that there is */
export function walksAt({ size, starts, edges }: Roads, setup: number): number[][] {
  const home = size
  const arcs = [
    ...edges.map(({ from, to }) => ({ from, to, cost: 1 })),
    ...Array.from({ length: size }, (_, node) => ({ from: node, to: home, cost: setup })),
    ...starts.map((start) => ({ from: home, to: start, cost: 0 })),
  ]
  const surplus = new Array<number>(size + 1).fill(0)
  for (const { from, to } of edges) {
    surplus[from]!--
    surplus[to]!++
  }
  const flow = cheapestFlow(surplus, arcs)
  const leaving: number[][] = Array.from({ length: size + 1 }, () => [])
  for (const [arc, { from }] of arcs.entries()) {
    const times = flow[arc]! + (arc < edges.length ? 1 : 0)
    for (let i = 0; i < times; i++) leaving[from]!.push(arc)
  }
  const ends = { leaving, headOf: (arc: number) => arcs[arc]!.to }
  const rounds = [home, ...starts].map((node) => roundFrom(node, ends))
  return rounds.flatMap((round) => cutAt(round, (arc) => arc >= edges.length))
}

interface Ends {
  /** The arcs that are still to be taken, by the node they leave. */
  readonly leaving: readonly number[][]
  readonly headOf: (arc: number) => number
}

/** A round that takes every arc that can be come to; empty where none leaves the node. */
function roundFrom(node: number, { leaving, headOf }: Ends): number[] {
  const round: number[] = []
  const way: { readonly node: number; readonly by: number | undefined }[] = [{ node, by: undefined }]
  for (let last = way.at(-1); last !== undefined; last = way.at(-1)) {
    const arc = leaving[last.node]!.pop()
    if (arc !== undefined) way.push({ node: headOf(arc), by: arc })
    else {
      way.pop()
      if (last.by !== undefined) round.push(last.by)
    }
  }
  return round.reverse()
}

function cutAt(round: readonly number[], isCut: (arc: number) => boolean): number[][] {
  const walks: number[][] = [[]]
  for (const arc of round) {
    if (isCut(arc)) walks.push([])
    else walks.at(-1)!.push(arc)
  }
  return walks.filter((walk) => walk.length > 0)
}
