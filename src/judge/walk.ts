/**
 * Walking a path: each step is looked up by its names, its choices are decided by the arguments on record, and the body
 * runs plainly. Nothing is searched; where a step cannot be taken, the walk stops and says exactly why.
 */
import { disabled, type Model, type Rule, type State, type Step, type Value } from '../model.ts'
import { describeStep } from '../trace/describe-step.ts'
import type { Path } from '../trace/path.ts'
import { MESSAGE } from '../trace/trace.ts'
import { canonical, textOf } from '../value/canonical.ts'
import { show } from '../value/show.ts'
import { thrownText } from '../value/visible.ts'
import { type Decide, followed, type Outcome, runPlainly, startState, stepOf } from './plain-run.ts'

export interface Walk {
  /** The initial state, and the state after each step that was taken. */
  readonly states: readonly State[]
  /** Where the walk stopped short: the number of the step that failed, 0 for the initial state. */
  readonly stop?: { readonly step: number } & Refusal
}

/**
 * Why a step cannot be taken. `disabled`: not in this state, though the rule and its choices exist. `misfit`: the model
 * has no such rule or choice. `threw`: the body failed.
 */
export interface Refusal {
  readonly kind: 'disabled' | 'misfit' | 'threw'
  readonly reason: string
}

/** Steps through `path` as far as it goes. Never throws what a body throws. */
export function walk(model: Model, path: Path): Walk {
  const start = takeInitial(model, path.initial)
  if ('reason' in start) return { states: [], stop: { step: 0, ...start } }
  const states = [start.state]
  for (const [i, step] of path.steps.entries()) {
    const taken = takeStep(model, states[i]!, step)
    if ('reason' in taken) return { states, stop: { step: i + 1, ...taken } }
    states.push(taken.state)
  }
  return { states }
}

/** The initial state with these choices. */
export function takeInitial(model: Model, choices: Path['initial']): Outcome | Refusal {
  return take(canonicalArguments(choices), {}, 'the initial state', (decide) => setUp(model, decide))
}

function setUp(model: Model, decide: Decide): Outcome | typeof disabled {
  let outcome: Outcome = { state: startState(model), choices: {} }
  for (const { body } of model.initial) {
    const next = runPlainly(model, body, outcome.state, decide)
    if (next === disabled) return disabled
    outcome = followed(outcome, next)
  }
  return outcome
}

/** The state after `step`. */
export function takeStep(model: Model, state: State, told: Step): Outcome | Refusal {
  const step = { ...told, arguments: canonicalArguments(told.arguments) }
  const rule = ruleOf(model, step)
  if (rule === undefined) return { kind: 'misfit', reason: unknownRule(model, step, rulesNamed(model, step)) }
  const run = (decide: Decide) => runPlainly(model, rule.body, state, decide)
  const taken = take(step.arguments, rule.fixed, describeStep(step), run)
  if (!('reason' in taken) || taken.kind !== 'disabled') return taken
  return { ...taken, reason: `${taken.reason}${whatChannelHolds(model, state, step)}` }
}

const rulesNamed = ({ rules }: Model, { action, process }: Step): readonly Rule[] =>
  rules.filter((rule) => rule.action === action && rule.process === process)

/**
 * The rule that a step is of; undefined where the model has none such. A crash amid an action has the name of a crash
 * and says more, so the rule whose fixed arguments say most is meant.
 */
export const ruleOf = (model: Model, step: Step): Rule | undefined =>
  rulesNamed(model, step)
    .filter(({ fixed }) => Object.entries(fixed).every(([name, value]) => has(step.arguments, name, value)))
    .sort((a, b) => Object.keys(b.fixed).length - Object.keys(a.fixed).length)[0]

/** Arguments are compared by canonical text; a path need not have been made by a search. */
export const canonicalArguments = (args: Step['arguments']): Step['arguments'] =>
  Object.fromEntries(Object.entries(args).map(([name, value]) => [name, canonical(value, `the argument ${name}`)]))

/** Equal for steps that are the same one. */
export const textOfStep = ({ action, process, arguments: args }: Step): string =>
  textOf(canonical({ action, process, arguments: args }, 'a step'))

const has = (args: Step['arguments'], name: string, value: Value): boolean =>
  args[name] !== undefined && textOf(args[name]) === textOf(value)

/** Runs something with its choices decided by `args`; `asked` says in words what should happen. */
function take(
  args: Step['arguments'],
  fixed: Rule['fixed'],
  asked: string,
  run: (decide: Decide) => Outcome | typeof disabled,
): Outcome | Refusal {
  let refusal: Refusal | undefined
  const decide = (name: string, options: readonly Value[]): number => {
    const wanted = args[name]
    const at = wanted === undefined ? -1 : options.findIndex((option) => textOf(option) === textOf(wanted))
    if (at < 0) refusal ??= notOffered(asked, name, wanted, options)
    return at
  }
  try {
    const outcome = run(decide)
    if (outcome === disabled)
      return refusal ?? { kind: 'disabled', reason: `${asked}: it is disabled, its guard fails` }
    const unused = Object.keys(args).find((name) => !(name in fixed) && !(name in outcome.choices))
    return unused === undefined
      ? outcome
      : { kind: 'misfit', reason: `${asked}: there is no choice of ${unused} any more` }
  } catch (thrown) {
    return { kind: 'threw', reason: `${asked}: ${thrownText(thrown)}` }
  }
}

function notOffered(asked: string, name: string, wanted: Value | undefined, options: readonly Value[]): Refusal {
  if (name === MESSAGE && wanted !== undefined) {
    return { kind: 'disabled', reason: `${asked}: no such message can be received` }
  }
  const offered =
    options.length === 0 ? 'there is nothing to choose from' : `the options are ${options.map(show).join(', ')}`
  if (wanted !== undefined) {
    return { kind: 'disabled', reason: `${asked}: ${name} cannot be ${show(wanted)}; ${offered}` }
  }
  return { kind: 'misfit', reason: `${asked}: the path says nothing of the choice of ${name}; ${offered}` }
}

function unknownRule({ rules }: Model, step: Step, named: readonly Rule[]): string {
  const asked = describeStep(step)
  if (named.length > 0) {
    const ends = named.map((rule) => describeStep(stepOf(rule, {}))).join(', ')
    return `${asked}: there is no such rule; there are: ${ends}`
  }
  const who = step.process ?? 'the environment'
  const actions = [...new Set(rules.filter((rule) => rule.process === step.process).map((rule) => rule.action))]
  return `${asked}: ${who} has no action ${step.action}; its actions are: ${actions.join(', ') || 'none'}`
}

/** For a delivery or a fault of the network: what its channel holds instead. */
function whatChannelHolds(model: Model, state: State, { process, arguments: args }: Step): string {
  const { from, to = process } = args
  const at = model.components.findIndex((c) => c.kind === 'channel' && c.from === from && c.to === to)
  if (at < 0) return ''
  const held = (state[at] as readonly Value[]).map(show)
  return `; the channel ${model.components[at]!.name} holds ${held.length === 0 ? 'nothing' : held.join(', ')}`
}
