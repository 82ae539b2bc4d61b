/** What a drive without a disagreement has covered, and what not. */

import { count, plural } from '../report/quantities.ts'
import { describeStep } from '../trace/describe-step.ts'
import type { DrivenGraph } from './driven-graph.ts'
import type { Plan } from './plan.ts'

export interface Driven {
  /** Runs that were made, and the steps of all of them together. */
  readonly runs: number
  readonly steps: number
  /** How much of what was asked was covered; absent for random walks. */
  readonly covered?: { readonly count: number; readonly of: number; readonly noun: 'step' | 'state' | 'path' }
  /** Of the steps to be covered, those that the system never took, in words. */
  readonly neverTaken: readonly string[]
  /** Kinds of steps that nobody drives, and how many steps of the kind there are from the states that were reached. */
  readonly notDriven: Readonly<Record<string, number>>
  /** Kinds that are driven, and of which there was no step: none can happen, or only after steps that are not driven. */
  readonly neverDone: readonly string[]
  /** All of that in words. */
  readonly text: string
}

export interface Done {
  readonly runs: number
  readonly steps: number
  readonly reached: Set<number>
}

export function drivenFrom(graph: DrivenGraph, { goals }: Plan, { runs, steps, reached }: Done): Driven {
  const { noun } = goals
  const missed = noun === 'step' ? [...goals.all].filter((goal) => !reached.has(goal)) : []
  const neverTaken = missed.map((goal) => describeStep(graph.moves[goal]!.step))
  const kinds = new Set(graph.moves.map(({ kind }) => kind))
  const driven = {
    runs,
    steps,
    ...(noun && { covered: { count: reached.size, of: goals.all.size, noun } }),
    neverTaken: [...new Set(neverTaken)],
    notDriven: Object.fromEntries(graph.left),
    neverDone: graph.model.groups.filter((kind) => graph.isDriven(kind) && !kinds.has(kind)),
  }
  return { ...driven, text: textOf(graph, driven) }
}

function textOf(
  { model }: DrivenGraph,
  { runs, steps, covered, neverTaken, notDriven, neverDone }: Omit<Driven, 'text'>,
): string {
  const left = Object.entries(notDriven).map(([kind, times]) => `${kind} (${plural(times, 'step')})`)
  return [
    `${model.protocol}: ${plural(runs, 'run')} of ${plural(steps, 'step')} together`,
    ...(covered ? [`covered: ${count(covered.count)} of ${plural(covered.of, covered.noun)}`] : []),
    ...(neverTaken.length > 0 ? [`never taken by the system: ${neverTaken.join(', ')}`] : []),
    ...(neverDone.length > 0 ? [`no run comes to ${neverDone.join(', ')}`] : []),
    ...(left.length > 0 ? [`not driven: ${left.join(', ')}`] : []),
  ].join('\n')
}
