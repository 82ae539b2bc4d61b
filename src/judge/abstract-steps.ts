/** A path as the abstract protocol of a refinement sees it: the judge maps each state, and looks for the step that each is. */
import type { Image, Model, State } from '../model.ts'
import { guarded } from '../purity/guard.ts'
import { describeStep } from '../trace/describe-step.ts'
import { textOf } from '../value/canonical.ts'
import { plainReader, stepsFrom } from './plain-run.ts'
import { changesTold, type Mapping } from './refinement.ts'

/** A step as the abstract protocol sees it; undefined where it changes nothing there. */
export interface AbstractStep {
  /** Whether it is one of the abstract protocol. */
  readonly isOne: boolean
  /** `transaction-commit rm1 prepare: rm1.state working → prepared` */
  readonly told: string
  /** What changes there, or why it is no state of it. */
  readonly changes: string
}

/** The abstract state of a state. */
export const imageIn = (model: Model, { name, image }: Mapping, state: State): Image =>
  guarded(`property ${name}`, () => image(plainReader(model, state)))

/** By step. @throws what the mapping throws */
export function abstractSteps(
  model: Model,
  mapping: Mapping,
  states: readonly State[],
): readonly (AbstractStep | undefined)[] {
  const images = states.map((state) => imageIn(model, mapping, state))
  return images.slice(1).map((after, i) => stepBetween(mapping.abstract, images[i]!, after))
}

function stepBetween(abstract: Model, before: Image, after: Image): AbstractStep | undefined {
  if ('misfit' in before) return undefined
  const { protocol } = abstract
  if ('misfit' in after)
    return { isOne: false, told: `no state of ${protocol}: ${after.misfit}`, changes: after.misfit }
  const text = textOf(after.state)
  if (textOf(before.state) === text) return undefined
  const changes = changesTold(abstract, before.state, after.state)
  for (const { step, state } of stepsFrom(abstract, before.state)) {
    if (textOf(state) === text) return { isOne: true, told: `${protocol} ${describeStep(step)}: ${changes}`, changes }
  }
  return { isOne: false, told: `no step of ${protocol}: ${changes}`, changes }
}
