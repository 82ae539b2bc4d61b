/**
 * The reachable state graph, for looking at: every state by name and every step between them, found breadth first by
 * plain runs of the model. That is slow beside the engine, and enough here: nobody looks at more states than this finds.
 *
 * Where there are more states than asked for, the graph is a sample, and knows it: the first ones found, with all steps
 * between them; each state says whether some of its steps lead out.
 */
import type { CutShort } from '../engine/memo/deadline.ts'
import { initialOutcomes, stepsFrom } from '../judge/plain-run.ts'
import type { Model, Rule, State, Step } from '../model.ts'
import { textOf } from '../value/canonical.ts'

export interface Node {
  readonly state: State
  /** The number of steps from an initial state, at least. */
  readonly depth: number
  /** The state it was first found from; absent for an initial one. */
  readonly parent: number | undefined
  /** Whether some of its steps lead to states that are not in the sample. */
  leadsOut: boolean
}

export interface Edge {
  readonly from: number
  readonly to: number
  readonly step: Step
  readonly kind: Rule['kind']
}

export interface StateGraph {
  /** In the order in which they were found. */
  readonly nodes: readonly Node[]
  readonly edges: readonly Edge[]
  /** Whether these are all states that can be reached, and all steps between them. */
  readonly isWhole: boolean
  /** The initial states and all steps from these states, also those that lead out, as often as they came up. */
  readonly generated: number
  /** Why it was not searched to the end, where it was not. */
  readonly cutShort?: CutShort
}

/**
 * @param mostNodes at least 1
 * @param wanted states that belong to any sample, such as those of a path from an initial state
 * @param reasonToStop asked after every step; the first state is found whatever it says
 */
export function stateGraphOf(
  model: Model,
  mostNodes: number,
  wanted: readonly State[] = [],
  reasonToStop: () => CutShort | undefined = () => undefined,
): StateGraph {
  const nodes: Node[] = []
  const edges: Edge[] = []
  const known = new Map<string, number>()
  const wantedKeys = new Set(wanted.map(keyOf))
  /** The number of a state, new or not; undefined where there is no room for it. */
  const enter = (state: State, depth: number, parent: number | undefined): number | undefined => {
    const key = keyOf(state)
    const at = known.get(key)
    if (at !== undefined) return at
    if (nodes.length >= mostNodes && !wantedKeys.has(key)) return undefined
    known.set(key, nodes.length)
    return nodes.push({ state, depth, parent, leadsOut: false }) - 1
  }
  let isWhole = true
  let generated = 0
  let cutShort: CutShort | undefined
  for (const { state } of initialOutcomes(model)) {
    generated++
    if (enter(state, 0, undefined) === undefined) isWhole = false
    cutShort = reasonToStop()
    if (cutShort !== undefined) break
  }
  for (let from = 0; from < nodes.length; from++) {
    const node = nodes[from]!
    cutShort ??= reasonToStop()
    node.leadsOut = cutShort !== undefined
    for (const { step, rule, state } of cutShort === undefined ? stepsFrom(model, node.state) : []) {
      generated++
      cutShort = reasonToStop()
      if (cutShort !== undefined) {
        node.leadsOut = true
        break
      }
      const to = enter(state, node.depth + 1, from)
      if (to === undefined) node.leadsOut = true
      else edges.push({ from, to, step, kind: rule.kind })
    }
    if (node.leadsOut) isWhole = false
  }
  return { nodes, edges, isWhole: isWhole && cutShort === undefined, generated, ...(cutShort && { cutShort }) }
}

/** Equal states have equal keys. */
export const keyOf = (state: State): string => state.map(textOf).join('\n')
