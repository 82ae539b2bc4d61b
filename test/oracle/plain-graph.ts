/** The state graph of a model, built step by plain step. */

import { initialOutcomes, stepsFrom } from '../../src/judge/plain-run.ts'
import type { Model, State } from '../../src/model.ts'
import { textOf } from '../../src/value/canonical.ts'
import type { PlainEdge, PlainGraph } from './naive-executions.ts'

export interface ModelGraph extends PlainGraph {
  readonly model: Model
  /** By number. */
  readonly values: readonly State[]
}

/** Undefined where there are more than `cap` states. Throws what the model's bodies throw. */
export function graphOfModel(model: Model, cap: number): ModelGraph | undefined {
  const numbers = new Map<string, number>()
  const values: State[] = []
  const edges: PlainEdge[] = []
  const numberOf = (state: State): number => {
    const text = textOf(state)
    const number = numbers.get(text) ?? values.push(state) - 1
    numbers.set(text, number)
    return number
  }
  const initial = [...new Set(Array.from(initialOutcomes(model), ({ state }) => numberOf(state)))]
  for (let from = 0; from < values.length; from++) {
    if (values.length > cap) return undefined
    for (const { rule, step, state } of stepsFrom(model, values[from]!)) {
      edges.push({ from, to: numberOf(state), rule, given: step.arguments })
    }
  }
  return { model, states: values.length, initial, edges, values }
}
