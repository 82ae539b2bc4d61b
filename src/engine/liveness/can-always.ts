/**
 * AG EF: can the goal still be reached from every state, without a further fault?
 *
 * Usually this is asked backwards from the goal. Here components come out after all that they lead to, so one pass over
 * the rows as they are settles each: its states can reach the goal if one of them satisfies it, or one of their steps
 * leads to a state that can. No reverse rows are needed. Linear in states and transitions; a bit per state.
 */
import { Bits } from './bits.ts'
import type { Components } from './components.ts'
import type { StateGraph } from './state-graph.ts'

/** By label: 1, but 0 for faults. */
export const withoutFaults = ({ labels }: StateGraph): Uint8Array =>
  Uint8Array.from(labels, ({ rule }) => (rule.kind === 'fault' ? 0 : 1))

/**
 * The first state, in the order of discovery, from which no state of `goal` can be reached; -1 where there is none. A
 * state that was not left may lead anywhere.
 */
export function* findBlocked(components: Components, goal: Bits): Generator<undefined, number> {
  const { graph } = components
  const admits = withoutFaults(graph)
  const able = new Bits(graph.states)
  const within = new Bits().complement(graph.states)
  yield* components.find({ admits, within }, (states) => {
    const isAble = states.some((state) => goal.has(state) || leadsInto(graph, admits, state, able))
    if (isAble) for (const state of states) able.add(state)
    return false
  })
  for (let state = 0; state < graph.states; state++) if (!able.has(state)) return state
  return -1
}

function leadsInto(graph: StateGraph, admits: Uint8Array, state: number, able: Bits): boolean {
  for (let edge = graph.begin(state); edge < graph.end(state); edge++) {
    const target = graph.target(edge)
    if (admits[graph.label(edge)] === 1 && (target >= graph.states || able.has(target))) return true
  }
  return false
}

/** How many states can be reached from one without a fault, itself included. */
export function* countReachable(graph: StateGraph, from: number): Generator<undefined, number> {
  const admits = withoutFaults(graph)
  const seen = new Bits(graph.states)
  const waiting = [from]
  seen.add(from)
  let count = 0
  for (let state = waiting.pop(); state !== undefined; state = waiting.pop()) {
    if ((++count & 0xfff) === 0) yield
    for (let edge = graph.begin(state); edge < graph.end(state); edge++) {
      const target = graph.target(edge)
      if (admits[graph.label(edge)] === 0 || seen.has(target)) continue
      seen.add(target)
      waiting.push(target)
    }
  }
  return count
}
