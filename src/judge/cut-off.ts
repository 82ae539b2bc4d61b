/**
 * The judge of `canAlways`: from a state in which the goal is false, everything that can happen without a fault is
 * explored plainly. If that comes to an end without the goal, it is a proof, and owes nothing to the search. If it does
 * not come to an end within the judge's bound, the judge says so.
 */
import type { Model, Property, State, Step } from '../model.ts'
import { describeStep } from '../trace/describe-step.ts'
import type { Diligence, Ending } from './answer.ts'
import { askOf } from './asking.ts'
import { tellReasons } from './explain.ts'
import { movesFrom } from './moves.ts'
import { stateKeys } from './state-keys.ts'

/** Some seconds of work. */
export const MOST_STATES = 20_000

/** @throws SplitbrainError `body-threw` where the predicate or a rule does */
export function cutOffEnding(
  model: Model,
  { name, judge }: Extract<Property, { kind: 'canAlways' }>,
  state: State,
  { mostStates = MOST_STATES }: Diligence,
): Ending {
  const isGoal = (one: State) => askOf(model, name, one, judge).holds
  const { way, ...beyond } = explored(model, state, isGoal, mostStates)
  if (way !== undefined) return { verdict: undefined, because: goalReached(way), beyond }
  const { reasons } = askOf(model, name, state, judge)
  return { verdict: 'violated', because: tellReasons(reasons), beyond }
}

const MOST_STEPS_TOLD = 4

function goalReached(way: readonly Step[]): string {
  if (way.length === 0) return 'the goal is true at the end'
  const told = way.slice(0, MOST_STEPS_TOLD).map((step) => describeStep(step))
  return `the goal can be reached from the end: ${[...told, ...(way.length > told.length ? ['...'] : [])].join(', then ')}`
}

interface Explored {
  readonly states: number
  readonly isAll: boolean
  /** The steps to the first goal met, where one was. */
  readonly way?: readonly Step[]
}

/** Breadth first, without faults, until a goal is met, or more than `most` states are. */
function explored(model: Model, start: State, isGoal: (state: State) => boolean, most: number): Explored {
  const keyOf = stateKeys()
  const seen = new Set([keyOf(start)])
  const queue: { readonly state: State; readonly step?: Step; readonly from: number }[] = [{ state: start, from: -1 }]
  const wayTo = (at: number): Step[] => {
    const steps: Step[] = []
    for (let i = at; queue[i]!.from >= 0; i = queue[i]!.from) steps.unshift(queue[i]!.step!)
    return steps
  }
  if (isGoal(start)) return { states: 1, isAll: false, way: [] }
  for (let i = 0; i < queue.length; i++) {
    for (const { step, state } of movesFrom(model, queue[i]!.state)) {
      const key = keyOf(state)
      if (seen.has(key)) continue
      if (seen.size >= most) return { states: seen.size, isAll: false }
      seen.add(key)
      queue.push({ state, step, from: i })
      if (isGoal(state)) return { states: seen.size, isAll: false, way: wayTo(queue.length - 1) }
    }
  }
  return { states: seen.size, isAll: true }
}
