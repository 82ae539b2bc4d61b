/** The state graph: as many states and steps as the naive explorer finds, samples that say so, and what stands out. */
import { describe, expect, it } from 'vitest'
import { corpus } from '../../specs/index.ts'
import { findingsOf } from '../../src/graph/findings.ts'
import { sizeText, standingTexts } from '../../src/graph/findings-text.ts'
import { type Colouring, FALSE, portraitOf, TRUE } from '../../src/graph/portrait.ts'
import { stateGraphOf } from '../../src/graph/state-graph.ts'
import { walk } from '../../src/judge/walk.ts'
import { naiveExplore } from '../oracle/naive-explore.ts'
import { eventfulModel, eventfulTrace } from '../report/eventful-trace.ts'

const plain = (await corpus['two-phase-commit-plain']!.protocol()).instantiate({ rms: 2 }, [])
const lock = (await corpus['redis-lock']!.protocol()).instantiate({ lock: 'setnx', clients: 2 }, [])

const pictured = (model: typeof plain, most: number, colouring: Colouring = { by: 'depth' }, path: never[] = []) => {
  const graph = stateGraphOf(model, most, path)
  const findings = findingsOf(graph)
  return { graph, findings, portrait: portraitOf(model, graph, findings, { colouring, path }) }
}

describe('the state graph', () => {
  it.each([plain, lock])('has the states and steps that the naive explorer finds', (model) => {
    const { graph, portrait } = pictured(model, 5000)
    const { distinct, generated, depth } = naiveExplore(model)
    expect(graph.isWhole).toBe(true)
    expect(graph.nodes).toHaveLength(distinct)
    expect(graph.edges.length + graph.nodes.filter((node) => node.depth === 0).length).toBe(generated)
    expect(Math.max(...graph.nodes.map((node) => node.depth))).toBe(depth)
    expect([portrait.order, portrait.size]).toEqual([distinct, graph.edges.length])
  })

  it('finds every state from one that is a step away and a step less deep', () => {
    const { nodes, edges } = stateGraphOf(plain, 5000)
    for (const [node, { parent, depth }] of nodes.entries()) {
      if (parent === undefined) expect(depth).toBe(0)
      else {
        expect(nodes[parent]!.depth).toBe(depth - 1)
        expect(edges.some(({ from, to }) => from === parent && to === node)).toBe(true)
      }
    }
  })

  it('is a sample where there are more states than asked for, and says so', () => {
    const whole = stateGraphOf(plain, 5000)
    const { graph, findings } = pictured(plain, 10)
    expect(graph.nodes).toHaveLength(10)
    expect(graph.isWhole).toBe(false)
    expect(graph.edges).toEqual(whole.edges.filter(({ from, to }) => from < 10 && to < 10))
    const out = whole.nodes.map((_, node) => whole.edges.some(({ from, to }) => from === node && to >= 10))
    expect(graph.nodes.map(({ leadsOut }) => leadsOut)).toEqual(out.slice(0, 10))
    expect(sizeText(graph, findings).slice(0, 2)).toEqual([
      `a sample: 10 states, ${graph.edges.length} steps, depth ${graph.nodes.at(-1)!.depth}`,
      `the first states found breadth first; from ${out.slice(0, 10).filter(Boolean).length} of them steps lead to states that are left out, so what is said of cycles, hubs and bottlenecks is of the sample only`,
    ])
  })

  it('has the path of a trace in any sample, marked', () => {
    const model = eventfulModel()
    const trace = eventfulTrace(model)
    const { states } = walk(model, { initial: trace.initial.choices, steps: trace.steps })
    const graph = stateGraphOf(model, 5, states)
    const portrait = portraitOf(model, graph, findingsOf(graph), { colouring: { by: 'depth' }, path: states })
    const onPath = portrait.mapNodes((_, { onPath: number }) => number).filter((number) => number !== undefined)
    expect(onPath.sort((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12])
    expect(portrait.filterEdges((_, { onPath: isOnPath }) => isOnPath).length).toBeGreaterThanOrEqual(12)
  })
})

describe('what is said of it', () => {
  it('names cycles, hubs, bottlenecks and ends', () => {
    const { graph, findings } = pictured(plain, 5000)
    expect(sizeText(graph, findings)).toEqual([
      '56 states, 153 steps, depth 7: all that can be reached',
      'no cycles: no state is reached again once it was left',
      'something can happen in every state, without a fault',
    ])
    expect(standingTexts(findings).map(({ title, nodes }) => [title, nodes[0]!.told])).toEqual([
      ['Hubs: the most neighbours', '5 neighbours'],
      ['Bottlenecks: others are reached only through them', 'the only way to 8 others'],
      ['Between: on the most shortest paths (betweenness)', 'betweenness 64'],
    ])
  })

  it('colours by depth, or by whether a property is true', () => {
    const { portrait } = pictured(lock, 5000, { by: 'property', property: 'notHeldForEver' })
    const coloured = portrait.mapNodes((_, { holds, color }) => [holds, color])
    for (const [holds, color] of coloured) expect(color).toBe(holds ? TRUE : FALSE)
    expect(new Set(coloured.map(([holds]) => holds))).toEqual(new Set([true, false]))
    expect(() => pictured(lock, 10, { by: 'property', property: 'onlyOwnDeleted' })).toThrow(
      '--colour-by onlyOwnDeleted: this property is about steps, and has no answer about a state; choose another',
    )
  })

  it('calls states by what differs from the first', () => {
    const { portrait } = pictured(lock, 5000)
    expect([0, 1, 2, 3].map((node) => portrait.getNodeAttribute(String(node), 'label'))).toEqual([
      'initial state',
      'c1.at holding, c1.grant 1, master.key {owner c1, ttl none}, grants 1',
      'c2.at holding, c2.grant 1, master.key {owner c2, ttl none}, grants 1',
      'c1.health down, crashes 0',
    ])
  })
})
