/** What can happen next in a state, worked out by running rules plainly. */
import type { Message, Model, Rule, State, Step } from '../model.ts'
import { describeStep } from '../trace/describe-step.ts'
import { MESSAGE } from '../trace/trace.ts'
import { textOf } from '../value/canonical.ts'
import { SplitbrainError } from '../value/splitbrain-error.ts'
import { thrownText } from '../value/visible.ts'
import { stepOf, stepsFrom } from './plain-run.ts'

export interface Move {
  readonly rule: Rule
  readonly step: Step
  /** The state after it. */
  readonly state: State
}

/**
 * Every step from `state` that is no fault, in the order of the rules.
 * @throws SplitbrainError `body-threw`
 */
export const movesFrom = (model: Model, state: State): Generator<Move> =>
  movesBy(
    model,
    state,
    model.rules.filter(({ kind }) => kind !== 'fault'),
  )

/** Every step from `state` by these rules, in their order. @throws SplitbrainError `body-threw` */
export function* movesBy(model: Model, state: State, rules: readonly Rule[]): Generator<Move> {
  for (const rule of rules) {
    try {
      yield* stepsFrom({ ...model, rules: [rule] }, state)
    } catch (thrown) {
      const problem = `${describeStep(stepOf(rule, {}))} fails: ${thrownText(thrown)}`
      throw new SplitbrainError('body-threw', problem, thrown instanceof Error ? { cause: thrown } : {})
    }
  }
}

/** Those of them that change something; the others are none to an execution. @throws SplitbrainError `body-threw` */
export const changesFrom = (model: Model, state: State): Move[] =>
  [...movesFrom(model, state)].filter((move) => !isSame(state, move.state))

/** Whether two states are one. */
export const isSame = (one: State, other: State): boolean =>
  one.every((value, i) => value === other[i] || textOf(value) === textOf(other[i]!))

/** The message that a step receives. */
export const receivedBy = ({ arguments: args }: Step): Message | undefined => args[MESSAGE] as Message | undefined
