/** The explanations of an event in a state: each way in which its steps can be taken in a row, with what it shows. */
import type { Model, State, Step } from '../model.ts'
import type { Way } from './event.ts'
import { takenFrom } from './match.ts'
import { contradictions } from './shown.ts'

/** Steps in a row, and the state after each. */
export interface Taking {
  readonly steps: readonly Step[]
  readonly states: readonly State[]
}

const NOTHING: Taking = { steps: [], states: [] }

export function* explanations(
  model: Model,
  state: State,
  { steps, before, after }: Way,
  taken = NOTHING,
): Generator<Taking> {
  if (contradictions(model, state, before).length > 0) return
  const [first, ...rest] = steps
  if (first === undefined) {
    if (contradictions(model, state, after).length === 0) yield taken
    return
  }
  for (const { step, state: next } of takenFrom(model, state, first)) {
    const further = { steps: [...taken.steps, step], states: [...taken.states, next] }
    yield* explanations(model, next, { steps: rest, before: {}, after }, further)
  }
}
