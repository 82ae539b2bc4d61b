/**
 * What a trace is to the abstract protocol that its property refines, beside what it is itself: the abstract state at the
 * start, what each step does there, and before a step that is none of the abstract protocol, what would have been one.
 */
import type { Model, State } from '../model.ts'
import { propertiesOf } from '../property/types.ts'
import { abstractSteps, imageIn } from '../trace/abstract-steps.ts'
import type { Refinement } from '../trace/refinement.ts'
import type { Trace } from '../trace/trace.ts'
import { waitingIn } from '../trace/waiting.ts'
import { walk } from '../trace/walk.ts'
import { show } from '../value/show.ts'
import { SplitbrainError } from '../value/splitbrain-error.ts'
import { Line } from './canvas.ts'
import { bare } from './fields.ts'
import { entryOf, table } from './inspect-waiting.ts'
import { wrap } from './text-width.ts'

/** What there is to tell, in words. */
export interface AbstractStory {
  readonly start: string
  /** By step; undefined where it changes nothing of the abstract state. */
  readonly steps: readonly (string | undefined)[]
  /** The abstract state before the last step, and what can happen in it; empty where the last step is one. */
  readonly end: readonly Line[]
}

/** Undefined where the property is no refinement, or the protocol of today does not get to the end of the trace. */
export function abstractStory(model: Model, trace: Trace, width: number): AbstractStory | undefined {
  const property = propertiesOf(model).find(({ name }) => name === trace.property.name)
  if (property?.kind !== 'refines') return undefined
  const { states, stop } = walk(model, { initial: trace.initial.choices, steps: trace.steps })
  if (stop !== undefined) return undefined
  try {
    return told(model, property, states, width)
  } catch (thrown) {
    if (thrown instanceof SplitbrainError) return undefined // replay says what throws
    throw thrown
  }
}

function told(model: Model, refinement: Refinement, states: readonly State[], width: number): AbstractStory {
  const { abstract } = refinement
  const steps = abstractSteps(model, refinement, states)
  return {
    start: `≙ ${abstract.protocol}: ${stateText(model, refinement, states[0]!)}`,
    steps: steps.map((step) => step && `≙ ${step.told}`),
    end: steps.at(-1)?.isOne === false ? endOf(model, refinement, states, width) : [],
  }
}

function stateText(model: Model, refinement: Refinement, state: State): string {
  const image = imageIn(model, refinement, state)
  if ('misfit' in image) return `no state of it: ${image.misfit}`
  const { components } = refinement.abstract
  const values = components.map(({ name, kind }, i) => [
    name,
    kind === 'process' ? bare(show(image.state[i]!)) : show(image.state[i]!),
  ])
  return values.map(([name, text]) => `${name} ${text}`).join(' · ')
}

function endOf(model: Model, refinement: Refinement, states: readonly State[], width: number): readonly Line[] {
  const before = imageIn(model, refinement, states.at(-2)!)
  if ('misfit' in before) return []
  const { abstract } = refinement
  const title = `In ${abstract.protocol}, before step ${states.length - 1}:`
  const entries = waitingIn(abstract, before.state).map(entryOf)
  return [
    ...wrap(title, width, 2).map((line) => new Line().put(0, line, 'strong')),
    ...table([...entries, ...sharedEntries(abstract, before.state)], width),
  ]
}

const sharedEntries = ({ components }: Model, state: State) =>
  components.flatMap(({ name, kind }, i) => (kind === 'process' ? [] : [[name, [show(state[i]!)]] as const]))
