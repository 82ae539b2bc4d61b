/**
 * From stored states back to a path: the chain of parents gives the states, and going through the steps of each once
 * more finds the one that led to the next.
 */

import { stepOf } from '../judge/plain-run.ts'
import type { Step } from '../model.ts'
import type { Path } from '../trace/path.ts'
import { SplitbrainError } from '../value/splitbrain-error.ts'
import type { InitialStates } from './initial/initial-states.ts'
import type { Executions } from './liveness/executions.ts'
import type { Edge } from './liveness/state-graph.ts'
import type { LastStep } from './memo/leaves.ts'
import type { Successors } from './steps/successors.ts'
import { type Ground, leadsTo } from './steps/target-of.ts'
import type { Origins } from './store/origins.ts'

/** What a search knows of the way to its states. */
export interface Trail extends Ground {
  readonly initial: InitialStates
  readonly origins: Origins
  readonly successors: Successors
  readonly executions: Executions | undefined
}

/** The path to a state, and on by one more step where `leaf` is given. Moves the store's current state. */
export function pathTo(search: Trail, state: number, leaf?: LastStep): Path {
  const states = [state]
  for (let at = state; !search.initial.has(at); states.push(at)) at = parentOf(search, at)
  const path = pathOver(search, states.reverse())
  return leaf === undefined ? path : { ...path, steps: [...path.steps, stepOf(leaf.rule, leaf.choices)] }
}

/** The lasso over the states of its stem and the transitions of its loop. Moves the store's current state. */
export function lassoOver(search: Trail, stem: readonly number[], loop: readonly Edge[]): Path {
  const { initial, steps } = pathOver(search, stem)
  const round = loop.map(({ from, label, to }) => stepBetween(search, from, to, label))
  return { initial, steps: [...steps, ...round], loop: steps.length }
}

/** The path over some states, the first of which is initial. */
function pathOver(search: Trail, states: readonly number[]): Path {
  return {
    initial: search.initial.choicesOf(states[0]!),
    steps: states.slice(1).map((state, i) => stepBetween(search, states[i]!, state)),
  }
}

/** The state that another was found from. */
function parentOf(search: Trail, state: number): number {
  for (const parent of search.origins.of(state)) if (firstStep(search, parent, state) !== undefined) return parent
  throw new SplitbrainError('internal', `no step leads to state ${state} from those that it was found from`)
}

/** The first step (with this label) that leads from a state to another. The search took it, so it is met before any unknown state. */
function stepBetween(search: Trail, from: number, to: number, label?: number): Step {
  const step = firstStep(search, from, to, label)
  if (step === undefined) throw new SplitbrainError('internal', `no step leads from state ${from} to its child ${to}`)
  return step
}

function firstStep(search: Trail, from: number, to: number, label?: number): Step | undefined {
  const { store, executions } = search
  let step: Step | undefined
  store.load(from)
  search.successors.walk((leaf) => {
    if (label !== undefined && executions!.graph.labelOf(leaf) !== label) return false
    if (!leadsTo(search, leaf, to)) return false
    step = stepOf(leaf.rule, leaf.choices)
    return true
  })
  return step
}
