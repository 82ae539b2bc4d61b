/**
 * Constraints bound a search where no parameter does. A state beyond one is judged like any other, and nothing happens in
 * it: every rule is disabled there, as with TLC's CONSTRAINT. So what holds, holds within the constraint, and whoever words
 * a verdict says so (`Model.within`).
 */
import { disabled, type Model, type Property, type Reader, type Rule, type Run } from '../model.ts'
import type { Check } from '../property/check.ts'
import { judgementOf } from '../property/quantifiers.ts'
import { SplitbrainError } from '../value/splitbrain-error.ts'
import { thrownText } from '../value/visible.ts'
import type { Scene } from './scene.ts'
import { viewer } from './view.ts'

/** By what they say: `{ 'no term beyond 3': ({ server }) => ... }`. */
export interface Constraints {
  readonly constraint?: Readonly<Record<string, (state: object) => Check>>
}

/** The model within its constraints. */
export function constrained(model: Model, scene: Scene, { constraint = {} }: Constraints): Model {
  const within = Object.keys(constraint)
  if (within.length === 0) return model
  const view = viewer(scene)
  const admits = (state: Reader) => {
    const seen = view(state)
    return Object.entries(constraint).every(([name, test]) => answer(name, () => test(seen)))
  }
  const body =
    (rule: Rule): Rule['body'] =>
    (run) =>
      admits(beforeStep(run)) ? rule.body(run) : disabled
  return {
    ...model,
    within,
    rules: model.rules.map((rule) => ({ ...rule, body: body(rule) })),
    properties: model.properties.map((property) => withinReach(property, admits)),
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

/** Where nothing happens because of a constraint, there is no deadlock. */
function withinReach(property: Property, admits: (state: Reader) => boolean): Property {
  if (property.kind !== 'deadlock') return property
  const { judge } = property
  return {
    ...property,
    judge: (state: Reader) => (admits(state) ? judge(state) : { holds: true, exercised: false }),
  }
}
