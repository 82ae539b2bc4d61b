/** What a search keeps for the questions about executions: the graph, and which states satisfy their predicates. */
import type { Model, Property } from '../../model.ts'
import type { StateStore } from '../store/state-store.ts'
import type { Probes } from '../values/probes.ts'
import type { Values } from '../values/values.ts'
import { type Execution, isExecution, Marks } from './marks.ts'
import { StateGraph } from './state-graph.ts'

export interface Executions {
  readonly properties: readonly Execution[]
  readonly graph: StateGraph
  readonly marks: Marks
}

/** The parts of a search that its predicates are asked through. */
interface Asking {
  readonly model: Model
  readonly values: Values
  readonly probes: Probes
  readonly store: StateStore
}

/** Undefined where no property is about executions. */
export function executionsOf(asking: Asking, checked: readonly Property[]): Executions | undefined {
  const properties = checked.filter(isExecution)
  if (properties.length === 0) return undefined
  const fairness = properties.flatMap((property) => ('fairness' in property ? property.fairness : []))
  const choices = fairness.flatMap((each) => each.choices ?? [])
  const { model, values, probes, store } = asking
  return { properties, graph: new StateGraph(choices), marks: new Marks(model, properties, values, probes, store) }
}
