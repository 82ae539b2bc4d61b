/**
 * The state graph under the budgets of a search, and its protocol checked as by one. The graph is found by plain runs, which
 * remember nothing and so notice nothing; a search of the states that it was found from repeats every run, also in a
 * fresh instance.
 */
import { explore } from '../engine/explore.ts'
import { Deadline } from '../engine/memo/deadline.ts'
import type { StopReason } from '../engine/result.ts'
import type { Budget, SearchOptions } from '../engine/search-options.ts'
import { Memory } from '../engine/store/memory.ts'
import { withoutView } from '../engine/views.ts'
import { type StateGraph, stateGraphOf } from '../graph/state-graph.ts'
import { withinTraps } from '../load/within-traps.ts'
import type { Model, State } from '../model.ts'
import { whyStopped } from '../report/conclusion.ts'

/** Of the time-out, the share that is for finding the graph; the rest is for checking the protocol. */
const TO_FIND = 0.6

export interface GraphSearch extends Pick<SearchOptions, 'signal' | 'onProgress' | 'fresh'> {
  readonly budget: Budget
  readonly mostNodes: number
  /** States that are to be in it. */
  readonly path: readonly State[]
  /** The properties that are asked of its states. */
  readonly properties: readonly string[]
}

export interface SearchedGraph {
  readonly graph: StateGraph
  /** What a budget or an interrupt kept from being done. */
  readonly undone: readonly string[]
}

/** @throws SplitbrainError where the protocol is broken or impure */
export async function searchedGraph(model: Model, search: GraphSearch): Promise<SearchedGraph> {
  const startedAt = performance.now()
  const { budget, mostNodes, path, signal } = search
  const { timeoutMs = Number.POSITIVE_INFINITY, maxStates = Number.POSITIVE_INFINITY } = budget
  const deadline = new Deadline({ at: startedAt + TO_FIND * timeoutMs, timeoutMs, memory: new Memory(budget), signal })
  const graph = withinTraps(() => stateGraphOf(model, Math.min(mostNodes, maxStates), path, () => deadline.reason()))
  const reason = graph.cutShort ?? (!graph.isWhole && maxStates <= mostNodes ? 'max-states' : undefined)
  const why = (stopped: StopReason) =>
    whyStopped(
      { stop: { reason: stopped, elapsedMs: performance.now() - startedAt }, distinct: graph.nodes.length },
      budget,
    )
  const found = reason === undefined ? [] : [`the search for states stopped ${why(reason)}: this is a sample`]
  const checked = await stopOfCheck(model, graph, search, Math.max(0, startedAt + timeoutMs - performance.now()))
  const open =
    checked === undefined ? [] : [`whether the protocol is pure was not checked to the end: it stopped ${why(checked)}`]
  return { graph, undone: [...found, ...open] }
}

/** Leaves every state of the graph once more, as a search does. Why it was cut short, if it was. */
async function stopOfCheck(
  model: Model,
  { generated }: StateGraph,
  { budget, properties, signal, onProgress, fresh }: GraphSearch,
  timeoutMs: number,
): Promise<StopReason | undefined> {
  const { maxMemoryBytes } = budget
  const { stop, broken } = await explore(withoutView(model), {
    properties,
    keepGoing: true,
    budget: {
      maxStates: generated + 1, // not before all that were drawn have been left
      ...(Number.isFinite(timeoutMs) && { timeoutMs }),
      ...(maxMemoryBytes !== undefined && { maxMemoryBytes }),
    },
    ...(signal && { signal }),
    ...(onProgress && { onProgress }),
    ...(fresh && { fresh }),
  })
  if (broken !== undefined) throw broken.error
  if (stop.reason !== 'exhausted' && stop.reason !== 'max-states') return stop.reason
  return stop.unrepeated === undefined ? undefined : 'timeout'
}
