/** What there is to say of a state graph, in words. */
import { count, plural } from '../report/quantities.ts'
import type { Findings, Standing } from './findings.ts'
import type { StateGraph } from './state-graph.ts'

/** How large it is, and what it leaves out. */
export function sizeText({ nodes, edges, isWhole }: StateGraph, { cycles, ends }: Findings): string[] {
  const depth = Math.max(...nodes.map(({ depth }) => depth))
  const size = `${plural(nodes.length, 'state')}, ${plural(edges.length, 'step')}, depth ${depth}`
  return [
    isWhole ? `${size}: all that can be reached` : `a sample: ${size}`,
    ...(isWhole ? [] : [sampleText(nodes)]),
    cycles.length === 0
      ? 'no cycles: no state is reached again once it was left'
      : `${plural(cycles.length, 'strongly connected component')} of more than one state, the largest of ${count(cycles[0]!)}`,
    ends.length === 0
      ? 'something can happen in every state, without a fault'
      : `${plural(ends.length, 'state')} in which nothing but faults can happen`,
  ]
}

function sampleText(nodes: StateGraph['nodes']): string {
  const out = nodes.filter(({ leadsOut }) => leadsOut).length
  return `the first states found breadth first; from ${count(out)} of them steps lead to states that are left out, so what is said of cycles, hubs and bottlenecks is of the sample only`
}

export interface StandingText {
  readonly title: string
  readonly nodes: readonly (Standing & { readonly told: string })[]
}

/** Which states stand out, and in what; what no state stands out in is left out. */
export function standingTexts({ hubs, bottlenecks, between, ends }: Findings): StandingText[] {
  const told = (standings: readonly Standing[], words: (value: number) => string) =>
    standings.map((standing) => ({ ...standing, told: words(standing.value) }))
  const all: StandingText[] = [
    { title: 'Hubs: the most neighbours', nodes: told(hubs, (value) => plural(value, 'neighbour')) },
    {
      title: 'Bottlenecks: others are reached only through them',
      nodes: told(bottlenecks, (value) => `the only way to ${plural(value, 'other')}`),
    },
    {
      title: 'Between: on the most shortest paths (betweenness)',
      nodes: told(between ?? [], (value) => `betweenness ${count(Math.round(value))}`),
    },
    {
      title: 'Ends: nothing but faults can happen',
      nodes: ends.slice(0, MOST_ENDS).map((node) => ({ node, value: 0, told: 'an end' })),
    },
  ]
  return all.filter(({ nodes }) => nodes.length > 0)
}

const MOST_ENDS = 20
