/**
 * Running a body on a plain state: plain copies of its values, nothing remembered, nothing observed.
 *
 * This is the meaning of a model, written as directly as possible. The judge replays traces with it, and the tests'
 * oracle explores with it; the engine must agree with it and shares none of it. Linear in the size of the components
 * that the body touches.
 */
import {
  type Body,
  disabled,
  type Message,
  type Model,
  type Reader,
  type Rule,
  type Run,
  type Setup,
  type Stage,
  type State,
  type Step,
  type Value,
} from '../model.ts'
import { guarded } from '../purity/guard.ts'
import { MESSAGE } from '../trace/trace.ts'
import { canonical } from '../value/canonical.ts'
import { afterSend, deliverable, withoutMessage } from '../value/channel.ts'
import { optionGroups, ordinals, whichOf } from '../value/option-groups.ts'
import { deepFreeze, frozenCopy, mutableCopy } from '../value/plain.ts'
import { SplitbrainError } from '../value/splitbrain-error.ts'

/** Decides a choice: the index of an option, or -1 for none of them, which disables the rule. */
export type Decide = (name: string, options: readonly Value[]) => number

export interface Outcome {
  readonly state: State
  /** The options chosen, by name, in the order of the choices. */
  readonly choices: Readonly<Record<string, Value>>
}

/** The outcome of `body` in `state` with its choices decided, or `disabled`. Throws what the body throws. */
export function runPlainly(model: Model, body: Body, state: State, decide: Decide): Outcome | typeof disabled {
  const run = new PlainRun(model, state, decide)
  try {
    return guarded('a body', () => (body(run) === disabled ? disabled : run.outcome()))
  } catch (thrown) {
    if (thrown === disabled) return disabled
    throw thrown
  }
}

/** The state before anything is set up: every component at its start. */
export const startState = (model: Model): State => model.components.map((component) => component.start)

/** The initial states, one for each combination of the choices that are made in setting it up. */
export function initialOutcomes(model: Model): Generator<Outcome> {
  return setUp(model, model.initial, { state: startState(model), choices: {} })
}

function* setUp(model: Model, [setup, ...rest]: readonly Setup[], before: Outcome): Generator<Outcome> {
  if (setup === undefined) yield before
  else for (const after of outcomes(model, setup.body, before.state)) yield* setUp(model, rest, followed(before, after))
}

/** What two parts of setting it up come to, one after the other. @throws SplitbrainError where they call a choice alike */
export function followed(before: Outcome, { state, choices }: Outcome): Outcome {
  const twice = Object.keys(choices).find((name) => Object.hasOwn(before.choices, name))
  if (twice !== undefined) throw calledAlike(twice)
  return { state, choices: { ...before.choices, ...choices } }
}

/** Every step from `state`, in the order of the rules and of their options. */
export function* stepsFrom(model: Model, state: State): Generator<{ step: Step; rule: Rule; state: State }> {
  for (const rule of model.rules) {
    for (const outcome of outcomes(model, rule.body, state)) {
      yield { step: stepOf(rule, outcome.choices), rule, state: outcome.state }
    }
  }
}

/** A step as traces tell it. */
export function stepOf(rule: Rule, choices: Readonly<Record<string, Value>>): Step {
  return { action: rule.action, process: rule.process, arguments: { ...rule.fixed, ...choices } }
}

/** Whether an option of a choice is one of those that are asked for. */
export type Admits = (name: string, option: Value) => boolean

export const everyOption: Admits = () => true

/**
 * Every outcome of a body: its choices counted through like an odometer, the last one turning fastest. Of each choice
 * only the options that are admitted; `attempt` runs it, for whoever watches runs that throw.
 */
export function* outcomes(
  model: Model,
  body: Body,
  state: State,
  admits: Admits = everyOption,
  attempt: typeof runPlainly = runPlainly,
): Generator<Outcome> {
  let path: number[] = []
  for (;;) {
    const widths: number[] = []
    const outcome = attempt(model, body, state, (name, options) => {
      const admitted = options.flatMap((option, at) => (admits(name, option) ? [at] : []))
      widths.push(admitted.length)
      return admitted[path[widths.length - 1] ?? 0] ?? -1
    })
    if (outcome !== disabled) yield outcome
    path = widths.map((_, i) => path[i] ?? 0)
    while (path.length > 0 && path[path.length - 1]! + 1 >= widths[path.length - 1]!) path.pop()
    if (path.length === 0) return
    path[path.length - 1]!++
  }
}

/** A state for looking at only: plain copies, of a component the same one at every look. */
export function plainReader({ components }: Model, state: State): Reader {
  const copies = new Map<number, unknown>()
  return {
    read(component) {
      if (copies.has(component)) return copies.get(component)
      const value = state[component]!
      const isHistory = components[component]!.kind === 'history' // whoever judges it may know it by identity
      const copy = isHistory ? value : frozenCopy(value)
      copies.set(component, copy)
      return copy
    },
  }
}

class PlainRun implements Run {
  /** The components that the body may have changed: as they are now. */
  readonly #touched = new Map<number, unknown>()
  readonly #before: Reader
  readonly #choices: Record<string, Value> = {}

  constructor(
    readonly model: Model,
    readonly state: State,
    readonly decide: Decide,
  ) {
    this.#before = plainReader(model, state)
  }

  read(component: number): unknown {
    return this.#before.read(component)
  }

  draft(component: number): unknown {
    if (!this.#touched.has(component)) this.#touched.set(component, mutableCopy(this.state[component]!))
    return this.#touched.get(component)
  }

  replace(component: number, value: unknown): void {
    this.#touched.set(component, value)
  }

  choose<T>(name: string, options: readonly T[]): T {
    const values = options.map((option, i) => canonical(option, `option ${i} of ${name}`))
    const groups = optionGroups(options, values)
    const at = this.#decide(
      name,
      groups.map(([first]) => values[first]!),
    )
    const places = groups[at]!
    const which = places.length === 1 ? 0 : this.#decide(whichOf(name), ordinals(places))
    return options[places[which]!] as T
  }

  receive(channel: number, keep = false): Message {
    const { order } = this.#channel(channel)
    const messages = this.#messages(channel)
    const options = deliverable(messages, order)
    const message = options[this.#decide(MESSAGE, options)]!
    if (!keep) this.replace(channel, withoutMessage(messages, message, order))
    return frozenCopy(message) as Message
  }

  send(to: number | readonly number[], message: unknown): void {
    for (const channel of [to].flat()) {
      const component = this.model.components[channel]!
      const sent = canonical(message, `a message ${component.name}`) as Message
      this.replace(channel, afterSend(component, this.#messages(channel), sent))
    }
  }

  rehearse<T>(scene: (stage: Stage) => T): T {
    return scene(new PlainRun(this.model, this.state, this.decide))
  }

  outcome(): Outcome {
    const state = [...this.state]
    for (const [component, value] of this.#touched) {
      state[component] = canonical(value, this.model.components[component]!.name)
      deepFreeze(value) // what is in it from outside of the body must not change it for the next one
    }
    return { state, choices: this.#choices }
  }

  #decide(name: string, options: readonly Value[]): number {
    if (Object.hasOwn(this.#choices, name)) throw calledAlike(name)
    const at = this.decide(name, options)
    if (at < 0) throw disabled
    this.#choices[name] = options[at]!
    return at
  }

  /** Channels are never changed in place, so they need no draft. */
  #messages(channel: number): readonly Value[] {
    return (this.#touched.has(channel) ? this.#touched.get(channel) : this.state[channel]) as readonly Value[]
  }

  #channel(component: number) {
    const found = this.model.components[component]!
    if (found.kind !== 'channel') throw new SplitbrainError('internal', `${found.name} is not a channel`)
    return found
  }
}

const calledAlike = (name: string): SplitbrainError =>
  new SplitbrainError('bad-step', `two choices of one step are called ${name}; give each its own name`)
