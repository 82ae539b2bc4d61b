/**
 * What a step looked at: its body is run once more on a copy of the state that notes every place that is read. A place
 * that the body has written before is not one of them.
 */
import type { Message, Model, Rule, Run, Stage, State, Step, Value } from '../model.ts'
import { MESSAGE } from '../trace/trace.ts'
import { canonical, textOf } from '../value/canonical.ts'
import { optionGroups, whichOf } from '../value/option-groups.ts'
import { frozenCopy, mutableCopy } from '../value/plain.ts'
import { pathTo } from '../value/show.ts'
import { Reads } from './explain.ts'
import { canonicalArguments, ruleOf } from './walk.ts'

/** The places, such as `n1.term`; channels are left out, since a step names the message that it received. */
export function readsOfStep(model: Model, state: State, step: Step): readonly string[] {
  const found = ruleOf(model, step)
  if (found === undefined) return []
  const run = new WatchedRun(model, state, canonicalArguments(step.arguments))
  try {
    found.body(run)
    return run.reads.places()
  } catch {
    return run.touched() // a body that cannot be watched, or ends by throwing: all that it may have read
  }
}

/** What a rule looks at in a state, with these choices, as far as it comes: `n1.role = leader`. */
export function lookedAtBy(model: Model, state: State, rule: Rule, choices: Step['arguments']): readonly string[] {
  const run = new WatchedRun(model, state, choices)
  try {
    rule.body(run)
  } catch {
    // it ends where it is disabled, or at a choice that nobody has made
  }
  return run.reads.told()
}

class WatchedRun implements Run {
  readonly #written = new Set<string>()
  readonly #values = new Map<number, unknown>()
  readonly #views = new WeakMap<object, object>()

  constructor(
    readonly model: Model,
    readonly state: State,
    readonly choices: Step['arguments'],
    readonly reads = new Reads(),
  ) {}

  read(component: number): unknown {
    const place = this.#placeOf(component)
    if (!this.#values.has(component)) this.#values.set(component, mutableCopy(this.state[component]!))
    return this.#seen(this.#values.get(component), place)
  }

  draft(component: number): unknown {
    return this.read(component)
  }

  replace(component: number, value: unknown): void {
    this.#written.add(this.#placeOf(component))
    this.#values.set(component, value)
  }

  choose<T>(name: string, options: readonly T[]): T {
    const wanted = this.choices[name]
    const values = options.map((option) => canonical(option, name))
    const isWanted = (value: Value) => wanted !== undefined && textOf(value) === textOf(wanted)
    const places = optionGroups(options, values).find(([first]) => isWanted(values[first]!)) ?? []
    return options[places[Number(this.choices[whichOf(name)] ?? 1) - 1] ?? -1]!
  }

  receive(): Message {
    return frozenCopy(this.choices[MESSAGE]!) as Message
  }

  send(_: unknown, message: unknown): void {
    canonical(message, 'a message') // reads all of it
  }

  rehearse<T>(scene: (stage: Stage) => T): T {
    return scene(new WatchedRun(this.model, this.state, this.choices, this.reads))
  }

  /** All components that were looked at. */
  touched(): string[] {
    return [...this.#values.keys()].map((component) => this.#placeOf(component))
  }

  #placeOf(component: number): string {
    return this.model.components[component]!.name
  }

  /** A value on its way to the body, noted. */
  #seen(value: unknown, place: string): unknown {
    if (!this.#isWritten(place)) this.reads.log(place, value as Value)
    if (typeof value !== 'object' || value === null || value instanceof Set) return value
    const known = this.#views.get(value)
    if (known !== undefined) return known
    const view = this.#viewOf(value, place)
    this.#views.set(value, view)
    return view
  }

  #isWritten(place: string): boolean {
    return this.#written.has(place) || [...this.#written].some((written) => isWithin(place, written))
  }

  #viewOf(value: object, place: string): object {
    const at = (key: string) => pathTo(place, Array.isArray(value) && /^\d+$/.test(key) ? Number(key) : key)
    return new Proxy(value, {
      get: (target, key, receiver) =>
        typeof key === 'string' && Object.hasOwn(target, key)
          ? this.#seen(Reflect.get(target, key), at(key))
          : Reflect.get(target, key, receiver),
      set: (target, key, written) => {
        if (typeof key === 'string') this.#written.add(at(key))
        return Reflect.set(target, key, written)
      },
    })
  }
}

const isWithin = (place: string, outer: string): boolean =>
  place.startsWith(outer) && (place[outer.length] === '.' || place[outer.length] === '[')
