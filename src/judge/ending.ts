/**
 * What the end of a walk shows: the judge's answer about one property. It runs the predicate, and where the property
 * asks what can happen next, the rules; it knows nothing of how the path was found.
 */
import type { Model, Property, State } from '../model.ts'
import { predicatesOf } from '../property/predicates.ts'
import { stuttering } from '../property/stuttering.ts'
import { propertiesOf } from '../property/types.ts'
import { describeStep } from '../trace/describe-step.ts'
import type { Course } from '../trace/path.ts'
import { EXPLAINS, RUNS, type Trace } from '../trace/trace.ts'
import { SplitbrainError } from '../value/splitbrain-error.ts'
import { thrownText } from '../value/visible.ts'
import type { Diligence, Ending } from './answer.ts'
import { askAtEnd, askOf, askOfStep } from './asking.ts'
import { cutOffEnding } from './cut-off.ts'
import { tellReasons } from './explain.ts'
import { executionEnding } from './lasso.ts'
import { movesFrom } from './moves.ts'
import { stepOf, stepsFrom } from './plain-run.ts'
import { inFlightIn } from './waiting.ts'

/** @throws SplitbrainError `bad-trace` where the model has no such property */
export function propertyNamed(model: Model, name: string): Property {
  const properties = propertiesOf(model)
  const found = properties.find((property) => property.name === name)
  if (found !== undefined) return found
  throw new SplitbrainError(
    'bad-trace',
    `the trace is about the property ${name}, which ${model.protocol} does not have; ` +
      `its properties are: ${properties.map((property) => property.name).join(', ')}. ` +
      'If the property was renamed, check the protocol again and save a new trace.',
  )
}

/**
 * What the end of `states`, reached by the steps of `course`, shows about `property`.
 * @throws SplitbrainError `body-threw` where the predicate, or a rule that is tried there, throws
 */
export function endingOf(
  model: Model,
  property: Property,
  states: readonly State[],
  course: Course = { steps: [] },
  diligence: Diligence = {},
): Ending {
  const last = states.at(-1)!
  switch (property.kind) {
    case 'canAlways':
      return cutOffEnding(model, property, last, diligence)
    case 'deadlock': {
      const { holds, reasons } = askOf(model, property.name, last, property.judge)
      return holds || canMove(model, last)
        ? NOTHING
        : { verdict: 'violated', because: deadlocked(model, last, reasons) }
    }
    case 'sometimes': {
      const { holds, reasons } = askOf(model, property.name, last, property.judge)
      return { verdict: holds ? 'witnessed' : undefined, because: holds ? tellReasons(reasons) : '' }
    }
    case 'step':
    case 'refines': {
      const { holds = true, reasons = [] } = askAtEnd(model, property, states) ?? {}
      return holds ? NOTHING : { verdict: 'violated', because: tellReasons(reasons) }
    }
    case 'always':
    case 'never': {
      const { holds, reasons } = askOf(model, property.name, last, property.judge)
      return holds ? NOTHING : { verdict: 'violated', because: tellReasons(reasons) }
    }
    default:
      return executionEnding(model, property, states, course)
  }
}

const NOTHING: Ending = { verdict: undefined, because: '' }

/** Whether anything but a fault can happen. */
const canMove = (model: Model, state: State): boolean => movesFrom(model, state).next().done !== true

function deadlocked(model: Model, state: State, reasons: readonly string[]): string {
  const inFlight = inFlightIn(model, state)
  const told = tellReasons([
    'nothing but faults can happen',
    ...(reasons.length === 0 ? [] : [`and ${tellReasons(reasons)}`]),
  ])
  return inFlight === '' ? told : `${told}; in flight: ${inFlight}`
}

/** What goes wrong in the last of `states` when every rule and every predicate runs there; `RUNS` is the property. */
export function breakdownAfter(model: Model, states: readonly State[]): Ending {
  const problems = [...brokenRules(model, states.at(-1)!), ...brokenPredicates(model, states)]
  return { verdict: problems.length > 0 ? 'violated' : undefined, because: problems[0] ?? '' }
}

function* brokenRules(model: Model, state: State): Generator<string> {
  for (const rule of model.rules) {
    try {
      for (const _ of stepsFrom({ ...model, rules: [rule] }, state));
    } catch (thrown) {
      yield `${describeStep(stepOf(rule, {}))} fails: ${thrownText(thrown)}`
    }
  }
}

function* brokenPredicates(model: Model, states: readonly State[]): Generator<string> {
  for (const property of propertiesOf(model)) {
    try {
      askAllAtEnd(model, property, states)
    } catch (thrown) {
      yield thrownText(thrown)
    }
  }
}

/** Runs a property's predicates at the end, for what they throw. */
function askAllAtEnd(model: Model, property: Property, states: readonly State[]): void {
  if (property.kind === 'refines') askAtEnd(model, property, states)
  const last = states.at(-1)!
  const before = states.at(-2)
  for (const predicate of predicatesOf(property)) {
    if (predicate.of === 'state') askOf(model, property.name, last, predicate.judge)
    else if (before !== undefined) askOfStep(model, property.name, [before, last], predicate.judge)
  }
}

/** The ending that a trace speaks of, asked of these states. */
export function endingFor(
  model: Model,
  trace: Pick<Trace, 'property' | 'stutters'> & Course,
  states: readonly State[],
  diligence: Diligence,
): Ending {
  if (trace.property.name === RUNS.name) return breakdownAfter(model, states)
  if (trace.property.name === EXPLAINS.name) return { verdict: 'witnessed', because: EXPLAINS.claim }
  const property = propertyNamed(model, trace.property.name)
  return endingOf(model, trace.stutters ? stuttering(property) : property, states, trace, diligence)
}
