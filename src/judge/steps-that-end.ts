/**
 * Steps from a state that nobody may ever come to. A body may break off there: it reads what is not there, or writes what is
 * no value. That is no defect of a protocol which never gets there; there is no such step, it is told, and the others are
 * taken.
 */
import { disabled, type Model, type Rule, type State, type Step, type Value } from '../model.ts'
import { type Decide, everyOption, outcomes, runPlainly, stepOf, type stepsFrom } from './plain-run.ts'

/** Takes what was thrown, by which rule, and the step as far as it was chosen. */
export type TakeBreak = (thrown: unknown, rule: Rule, step: Step) => void

/** As `stepsFrom`. @throws what `take` throws */
export function* stepsThatEnd(model: Model, state: State, take: TakeBreak): ReturnType<typeof stepsFrom> {
  for (const rule of model.rules) {
    const attempt: typeof runPlainly = (_, body, __, decide) => {
      const chosen: Record<string, Value> = {}
      try {
        return runPlainly(model, body, state, noting(decide, chosen))
      } catch (thrown) {
        take(thrown, rule, stepOf(rule, chosen))
        return disabled
      }
    }
    for (const { choices, state: after } of outcomes(model, rule.body, state, everyOption, attempt)) {
      yield { step: stepOf(rule, choices), rule, state: after }
    }
  }
}

const noting =
  (decide: Decide, chosen: Record<string, Value>): Decide =>
  (name, options) => {
    const at = decide(name, options)
    if (at >= 0) chosen[name] = options[at]!
    return at
  }
