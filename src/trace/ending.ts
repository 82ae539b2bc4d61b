/**
 * What the end of a walk shows: the judge's answer about one property. It runs the predicate, and where the property
 * asks what can happen next, the rules; it knows nothing of how the path was found.
 */
import type { Judgement, Model, Property, State } from '../model.ts'
import { propertiesOf } from '../property/types.ts'
import { SplitbrainError } from '../value/splitbrain-error.ts'
import { describeStep } from './describe-step.ts'
import { type ReadLog, Reads, readerOf } from './explain.ts'
import { stepOf, stepsFrom } from './plain-run.ts'
import { RUNS, type Trace } from './trace.ts'
import { messageOf } from './walk.ts'

/** The verdict that the last state (or step) makes, or undefined where it shows nothing; `because` says of whom. */
export interface Ending {
  readonly verdict: Trace['verdict'] | undefined
  readonly because: string
}

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
 * What the end of `states` shows about `property`.
 * @throws SplitbrainError `body-threw` where the predicate throws
 */
export function endingOf(model: Model, property: Property, states: readonly State[]): Ending {
  const reads = new Reads()
  const { holds, because = reads.tell() } = ask(model, property, states, reads.log)
  switch (property.kind) {
    case 'sometimes':
      return { verdict: holds ? 'witnessed' : undefined, because: reads.tell() }
    case 'deadlock': {
      if (holds || canMove(model, states.at(-1)!)) return { verdict: undefined, because: '' }
      return {
        verdict: 'violated',
        because: `nothing but faults can happen${because === '' ? '' : `, and ${because}`}`,
      }
    }
    default:
      return { verdict: holds ? undefined : 'violated', because }
  }
}

function ask(model: Model, property: Property, states: readonly State[], log: ReadLog): Judgement {
  try {
    return judge(model, property, states, log)
  } catch (thrown) {
    const cause = thrown instanceof Error ? { cause: thrown } : {}
    throw new SplitbrainError('body-threw', `the property ${property.name} fails: ${messageOf(thrown)}`, cause)
  }
}

function judge(model: Model, property: Property, states: readonly State[], log: ReadLog): Judgement {
  const names = model.components.map((component) => component.name)
  const last = states.at(-1)!
  if (property.kind !== 'step') return property.judge(readerOf(last, names, log))
  const before = states.at(-2)
  if (before === undefined) return { holds: true, exercised: false } // a property of steps says nothing of no step
  const logBefore: ReadLog = (place, value) => log(`${place} (before)`, value)
  return property.judge(readerOf(before, names, logBefore), readerOf(last, names, log))
}

/** Whether anything but a fault can happen. */
function canMove(model: Model, state: State): boolean {
  for (const { rule } of stepsFrom({ ...model, rules: model.rules.filter(({ kind }) => kind !== 'fault') }, state)) {
    if (rule !== undefined) return true
  }
  return false
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
      yield `${describeStep(stepOf(rule, {}))} fails: ${messageOf(thrown)}`
    }
  }
}

function* brokenPredicates(model: Model, states: readonly State[]): Generator<string> {
  for (const property of propertiesOf(model)) {
    try {
      endingOf(model, property, states)
    } catch (thrown) {
      yield messageOf(thrown)
    }
  }
}

/** The ending that a trace speaks of, asked of these states. */
export function endingFor(model: Model, trace: Pick<Trace, 'property'>, states: readonly State[]): Ending {
  return trace.property.name === RUNS.name
    ? breakdownAfter(model, states)
    : endingOf(model, propertyNamed(model, trace.property.name), states)
}
