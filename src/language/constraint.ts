/**
 * Constraints bound a search where no parameter does. A state beyond one is judged like any other, and nothing happens in
 * it: every rule is disabled there. A step beyond one does not happen at all. So what holds, holds within the constraint,
 * and whoever words a verdict says so (`Model.within`).
 *
 * TLC's CONSTRAINT is the first. Its ACTION_CONSTRAINT is the second, but that TLC still judges where the step leads to.
 */
import { disabled, type Model, type Property, type Reader, type Rule, type Run } from '../model.ts'
import { judgementOf } from '../property/quantifiers.ts'
import type { Check } from '../property/question.ts'
import { SplitbrainError } from '../value/splitbrain-error.ts'
import { thrownText } from '../value/visible.ts'
import type { Scene } from './surroundings.ts'
import { viewer } from './view.ts'

/** By what they say: `{ 'no term beyond 3': ({ server }) => ... }`. */
export interface Constraints {
  readonly constraint?: Readonly<Record<string, (state: object) => Check>>
  readonly stepConstraint?: Readonly<Record<string, (before: object, after: object) => Check>>
}

/** The model within its constraints. */
export function constrained(model: Model, scene: Scene, { constraint = {}, stepConstraint = {} }: Constraints): Model {
  const within = [...Object.keys(constraint), ...Object.keys(stepConstraint)]
  if (within.length === 0) return model
  const view = viewer(scene)
  const admitsState = (state: Reader) => {
    const seen = view(state)
    return Object.entries(constraint).every(([name, test]) => answer(name, () => test(seen)))
  }
  const admitsStep = (before: Reader, after: Reader) => {
    const [was, is] = [view(before), view(after)]
    return Object.entries(stepConstraint).every(([name, test]) => answer(name, () => test(was, is)))
  }
  const body =
    (rule: Rule): Rule['body'] =>
    (run) => {
      if (!admitsState(beforeStep(run)) || rule.body(run) === disabled) return disabled
      return admitsStep(beforeStep(run), afterStep(model, run)) ? undefined : disabled
    }
  return {
    ...model,
    within,
    rules: model.rules.map((rule) => ({ ...rule, body: body(rule) })),
    properties: model.properties.map((property) => withinReach(property, admitsState)),
  }
}

function answer(name: string, ask: () => Check): boolean {
  try {
    return judgementOf(ask()).holds
  } catch (thrown) {
    const cause = thrown instanceof Error ? { cause: thrown } : {}
    throw new SplitbrainError('bad-property', `the constraint ${name}: ${thrownText(thrown)}`, cause)
  }
}

const beforeStep = (run: Run): Reader => ({ read: (component) => run.read(component) })

/** What the body has made of the state. What it has sent or recorded, no run tells. */
const afterStep = ({ components }: Model, run: Run): Reader => ({
  read(component) {
    const { kind } = components[component]!
    if (kind !== 'channel' && kind !== 'history') return run.draft(component)
    throw new SplitbrainError(
      'bad-property',
      `a constraint on steps cannot look at ${kind === 'channel' ? 'the messages' : 'the history'} after the step; constrain states instead`,
    )
  },
})

/** Where nothing happens because of a constraint, there is no deadlock. */
function withinReach(property: Property, admitsState: (state: Reader) => boolean): Property {
  if (property.kind !== 'deadlock') return property
  const { judge } = property
  return {
    ...property,
    judge: (state: Reader) => (admitsState(state) ? judge(state) : { holds: true, exercised: false }),
  }
}
