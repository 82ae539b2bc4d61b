/**
 * A third opinion on depths and on the lengths of counterexamples: the state graph, built step by plain step, in
 * graphology, and its own shortest paths. Engine and oracle both search breadth first; a library that knows nothing of
 * either must find the same distances.
 */
import { DirectedGraph } from 'graphology'
import { singleSourceLength } from 'graphology-shortest-path/unweighted.js'
import { expect } from 'vitest'
import { corpus } from '../../specs/index.ts'
import { explore } from '../../src/engine/explore.ts'
import { isExecution } from '../../src/engine/liveness/marks.ts'
import { initialOutcomes, plainReader, stepsFrom } from '../../src/judge/plain-run.ts'
import type { Model, State } from '../../src/model.ts'
import { propertiesOf } from '../../src/property/types.ts'
import { textOf } from '../../src/value/canonical.ts'

/** Distances from a node before all initial states; so they are one too many. */
function distances(model: Model): Map<string, { state: State; depth: number }> {
  const graph = new DirectedGraph()
  const waiting: State[] = []
  const link = (from: string, state: State) => {
    const to = textOf(state)
    if (!graph.hasNode(to)) {
      graph.addNode(to, { state })
      waiting.push(state)
    }
    graph.mergeDirectedEdge(from, to)
  }
  graph.addNode('start')
  for (const { state } of initialOutcomes(model)) link('start', state)
  for (let state = waiting.pop(); state !== undefined; state = waiting.pop()) {
    for (const step of stepsFrom(model, state)) link(textOf(state), step.state)
  }
  const found = Object.entries(singleSourceLength(graph, 'start')).filter(([node]) => node !== 'start')
  return new Map(
    found.map(([node, length]) => [node, { state: graph.getNodeAttribute(node, 'state') as State, depth: length - 1 }]),
  )
}

export async function assertShortest(
  name: string,
  parameters: Readonly<Record<string, unknown>>,
  bugs: readonly string[],
): Promise<void> {
  const model = (await corpus[name]!.protocol()).instantiate(parameters, bugs)
  const states = [...distances(model).values()]
  const result = await explore(model, { keepGoing: true })
  expect(result.distinct).toBe(states.length)
  expect(result.depth).toBe(Math.max(...states.map(({ depth }) => depth)))

  for (const property of propertiesOf(model)) {
    if (property.kind === 'step' || property.kind === 'refines' || property.kind === 'deadlock') continue
    if (property.optional || isExecution(property)) continue
    const wanted = property.kind === 'sometimes'
    const hits = states.filter(({ state }) => property.judge(plainReader(model, state)).holds === wanted)
    const nearest = hits.length === 0 ? undefined : Math.min(...hits.map(({ depth }) => depth))
    const found = result.properties.find((checked) => checked.property.name === property.name)
    expect([property.name, found?.path?.steps.length]).toEqual([property.name, nearest])
  }
}
