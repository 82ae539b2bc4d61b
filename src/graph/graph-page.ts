/** A state graph as one HTML file that needs nothing else (page/graph/ draws it). */
import type { Model, State } from '../model.ts'
import type { GraphData, NodeData } from '../page/graph-data.ts'
import { htmlPage } from '../report/html-page.ts'
import { textOf, toJson } from '../value/canonical.ts'
import { show } from '../value/show.ts'
import type { Findings } from './findings.ts'
import { sizeText, standingTexts } from './findings-text.ts'
import { type Colouring, colourOfDepth, FALSE, type NodeAttributes, type Portrait, TRUE } from './portrait.ts'
import type { StateGraph } from './state-graph.ts'

export interface Pictured {
  readonly model: Model
  readonly graph: StateGraph
  readonly findings: Findings
  readonly portrait: Portrait
  readonly colouring: Colouring
}

/** @param parameters their names in the protocol's order */
export function graphPage(pictured: Pictured, parameters: readonly string[]): Promise<string> {
  const data = graphData(pictured, parameters)
  return htmlPage('graph', {
    title: `${data.protocol}: state graph`,
    description: data.told.join('; '),
    data,
    withoutScript: [data.settings.join(' · '), ...data.told].join('\n'),
  })
}

export function graphData(pictured: Pictured, parameters: readonly string[]): GraphData {
  const { model, graph, findings, portrait } = pictured
  const values = new Interned()
  const steps = new Interned()
  return {
    protocol: model.protocol,
    settings: [model.protocol, ...parameters.map((name) => `${name} ${show(model.parameters[name] ?? null)}`)],
    bugs: model.bugs,
    told: sizeText(graph, findings),
    isWhole: graph.isWhole,
    legend: legendOf(pictured),
    components: model.components.map(({ name, kind }) => ({ name, kind })),
    nodes: graph.nodes.map(({ state, parent }, node) => {
      const attributes = portrait.getNodeAttributes(String(node))
      return nodeData(attributes, parent, idsOf(state, values))
    }),
    edges: portrait.mapEdges((_, { label, onPath }, from, to) => ({
      from: Number(from),
      to: Number(to),
      step: steps.idOf(label, label),
      onPath,
    })),
    values: values.all,
    steps: steps.all as string[],
    standings: standingTexts(findings),
  }
}

const idsOf = (state: State, values: Interned): number[] =>
  state.map((value) => values.idOf(textOf(value), toJson(value)))

function nodeData(attributes: NodeAttributes, parent: number | undefined, state: number[]): NodeData {
  const { label, depth, component, onPath, color, x, y } = attributes
  return {
    label,
    facts: factsOf(attributes),
    depth,
    ...(parent === undefined ? {} : { parent }),
    state,
    component,
    ...(onPath === undefined ? {} : { onPath }),
    color,
    x,
    y,
  }
}

function factsOf({ depth, initial, end, leadsOut, holds, onPath }: NodeAttributes): string[] {
  return [
    initial ? 'initial state' : `depth ${depth}`,
    ...(end ? ['nothing but faults can happen'] : []),
    ...(leadsOut ? ['some steps lead out of the sample'] : []),
    ...(holds === undefined ? [] : [holds ? 'the property holds' : 'the property does not hold']),
    ...(onPath === undefined ? [] : [`step ${onPath} of the trace`]),
  ]
}

const SHARES = [0, 0.25, 0.5, 0.75, 1]

function legendOf({ graph, colouring }: Pictured): GraphData['legend'] {
  if (colouring.by === 'property') {
    return [
      { color: TRUE, text: `${colouring.property} holds` },
      { color: FALSE, text: `${colouring.property} does not hold` },
    ]
  }
  const deepest = Math.max(...graph.nodes.map(({ depth }) => depth))
  const depths = [...new Set(SHARES.map((share) => Math.round(share * deepest)))]
  return depths.map((depth) => ({ color: colourOfDepth(depth / Math.max(1, deepest)), text: `depth ${depth}` }))
}

/** Things by number, each once. */
class Interned {
  readonly all: unknown[] = []
  readonly #known = new Map<string, number>()

  idOf(key: string, thing: unknown): number {
    const known = this.#known.get(key) ?? this.all.push(thing) - 1
    this.#known.set(key, known)
    return known
  }
}
