/**
 * What a trace is to the abstract protocol that its property refines, beside what it is itself: the abstract state at the
 * start, what each step does there, and before a step that is none of the abstract protocol, what would have been one.
 */

import { type AbstractStep, abstractSteps, imageIn } from '../judge/abstract-steps.ts'
import { type Mapping, mappingOf } from '../judge/refinement.ts'
import { waitingIn } from '../judge/waiting.ts'
import { walk } from '../judge/walk.ts'
import type { Model, State } from '../model.ts'
import { propertiesOf } from '../property/types.ts'
import type { Trace } from '../trace/trace.ts'
import { show } from '../value/show.ts'
import { SplitbrainError } from '../value/splitbrain-error.ts'
import { Line } from './canvas.ts'
import { bare } from './fields.ts'
import { entryOf, table } from './inspect-waiting.ts'
import { wrap } from './text-width.ts'

/** What there is to tell, in words. */
export interface AbstractStory {
  readonly protocol: string
  /** The abstract state at the start, and after each step. */
  readonly states: readonly string[]
  /** By step; undefined where it changes nothing of the abstract state. */
  readonly steps: readonly (AbstractStep | undefined)[]
  /** The abstract state before the last step, and what can happen in it, by name; absent where the last step is one. */
  readonly instead?: readonly (readonly [name: string, told: readonly string[]])[]
}

/** Undefined where the property is no refinement, or the protocol of today does not get to the end of the trace. */
export function abstractStory(model: Model, trace: Trace): AbstractStory | undefined {
  const property = propertiesOf(model).find(({ name }) => name === trace.property.name)
  const mapping = property && mappingOf(property)
  if (mapping === undefined) return undefined
  const { states, stop } = walk(model, { initial: trace.initial.choices, steps: trace.steps })
  if (stop !== undefined) return undefined
  try {
    return told(model, mapping, states)
  } catch (thrown) {
    if (thrown instanceof SplitbrainError) return undefined // replay says what throws
    throw thrown
  }
}

function told(model: Model, mapping: Mapping, states: readonly State[]): AbstractStory {
  const steps = abstractSteps(model, mapping, states)
  const instead = steps.at(-1)?.isOne === false ? insteadOf(model, mapping, states.at(-2)!) : undefined
  return {
    protocol: mapping.abstract.protocol,
    states: states.map((state) => stateText(model, mapping, state)),
    steps,
    ...(instead === undefined ? {} : { instead }),
  }
}

function stateText(model: Model, mapping: Mapping, state: State): string {
  const image = imageIn(model, mapping, state)
  if ('misfit' in image) return `no state of it: ${image.misfit}`
  const values = mapping.abstract.components.map(({ name, kind }, i) => {
    const text = show(image.state[i]!)
    return `${name} ${kind === 'process' ? bare(text) : text}`
  })
  return values.join(' · ')
}

function insteadOf(model: Model, mapping: Mapping, before: State): AbstractStory['instead'] {
  const image = imageIn(model, mapping, before)
  if ('misfit' in image) return undefined
  const { components } = mapping.abstract
  const shared = components.flatMap(({ name, kind }, i) =>
    kind === 'process' ? [] : [[name, [show(image.state[i]!)]] as const],
  )
  return [...waitingIn(mapping.abstract, image.state).map(entryOf), ...shared]
}

/** What could have been instead of a last step that is none of the abstract protocol. */
export function drawInstead({ protocol, steps, instead }: AbstractStory, width: number): readonly Line[] {
  if (instead === undefined) return []
  const title = `In ${protocol}, before step ${steps.length}:`
  return [...wrap(title, width, 2).map((line) => new Line().put(0, line, 'strong')), ...table(instead, width)]
}
