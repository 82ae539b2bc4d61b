/** Whether a question about executions is violated in the graph of a model: by fixpoints, and of formulas by a tableau. */

import type { Execution } from '../../src/engine/liveness/marks.ts'
import { plainReader } from '../../src/judge/plain-run.ts'
import type { Judgement, Reader, Temporal } from '../../src/model.ts'
import { formulaOf, partsOf } from '../../src/property/formula.ts'
import { hasViolation } from './fixpoint-executions.ts'
import { type Search, waysToBlocked } from './naive-executions.ts'
import type { ModelGraph } from './plain-graph.ts'
import { violatesFormula } from './tableau.ts'

/** No two states have an object in common, as in the judge. */
export const readerOf = ({ model, values }: ModelGraph, state: number): Reader => plainReader(model, values[state]!)

export function satisfying(graph: ModelGraph, judge: (state: Reader) => Judgement): ReadonlySet<number> {
  const states = graph.values.flatMap((_, state) => (judge(readerOf(graph, state)).holds ? [state] : []))
  return new Set(states)
}

/** Undefined where the oracle cannot tell. */
export function isViolated(graph: ModelGraph, property: Execution): boolean | undefined {
  if (property.kind === 'canAlways') return waysToBlocked(graph, satisfying(graph, property.judge)).length > 0
  const parts = partsOf(property).map(({ asked }) => isViolatedBy(graph, asked, property))
  return parts.includes(true) ? true : parts.includes(undefined) ? undefined : false
}

function isViolatedBy(
  graph: ModelGraph,
  asked: Temporal,
  { fairness, stutters }: Pick<Search, 'fairness' | 'stutters'>,
): boolean | undefined {
  switch (asked.kind) {
    case 'eventually':
    case 'alwaysEventually':
    case 'leadsTo': {
      const all = [...graph.values.keys()]
      const goal = satisfying(graph, asked.judge)
      const region = new Set(all.filter((state) => !goal.has(state)))
      const starts =
        asked.kind === 'leadsTo'
          ? satisfying(graph, asked.trigger)
          : new Set(asked.kind === 'eventually' ? graph.initial : all)
      return hasViolation(graph, { starts, region, fairness, stutters })
    }
    default:
      return violatesFormula(graph, formulaOf(asked), (state) => readerOf(graph, state), { fairness, stutters })
  }
}
