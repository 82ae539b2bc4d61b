/**
 * One run of a body on a state, written down: what it asked of which component, which choices it met, what it changed.
 *
 * The transcript is cut into segments by the choices. Within a segment, questions whose answers follow from other
 * answers are dropped: whoever has asked for `log.length` knows that `log` is there, and whoever has asked for the whole
 * of `log` knows its length. What remains determines the run: on any state that answers the same, the body does the
 * same. The memo (rule-memo.ts) rests on that and on nothing else.
 */
import { type Body, disabled, type Message, type Reader, type Run, type Value } from '../model.ts'
import { canonical, textOf } from '../value/canonical.ts'
import { SplitbrainError } from '../value/splitbrain-error.ts'
import type { Observer } from './draft.ts'
import { observe, plain, writesOf } from './observed-draft.ts'
import { keyOf, type Place, type Question } from './probes.ts'
import type { Change, Traffic } from './updates.ts'
import type { Values } from './values.ts'

/** A question to one component of one state (of several, where a property compares two). */
export interface Observation {
  readonly cell: number
  readonly component: number
  readonly question: Question
}

export type Choice =
  | { readonly kind: 'choose'; readonly name: string; readonly options: readonly Value[]; readonly taken: number }
  /** `taken`: the id of the message, or undefined where there was none to receive. */
  | { readonly kind: 'receive'; readonly channel: number; readonly taken: number | undefined }

/** Observations in the order of their first asking, then the choice that ended the segment, if one did. */
export interface Segment {
  readonly observations: readonly Observation[]
  readonly choice: Choice | undefined
}

/** What a run looked at. */
export class Observations {
  readonly segments: Segment[] = []
  #current: Observation[] = []
  readonly #seen = new Set<string>()
  /** Per cell, every place at which something was asked so far: their containers need no question of their own. */
  readonly #places = new Map<number, Question[]>()
  #isOver = false

  ask(cell: number, component: number, question: Question): void {
    this.assertOpen()
    const key = `${cell} ${keyOf(question)}`
    if (this.#seen.has(key)) return
    this.#seen.add(key)
    this.#current.push({ cell, component, question })
    const asked = this.#places.get(cell)
    if (asked === undefined) this.#places.set(cell, [question])
    else asked.push(question)
  }

  /** Ends the segment. */
  cut(choice: Choice | undefined): void {
    const observations = this.#current.filter(({ cell, question }) => {
      return !this.#places.get(cell)!.some((other) => other !== question && implies(other, question))
    })
    this.segments.push({ observations, choice })
    this.#current = []
  }

  /** The run is over: whatever still asks after this belongs to something that outlived it. */
  close(): void {
    this.#isOver = true
  }

  /** @throws SplitbrainError `impure` after the end of the run */
  assertOpen(): void {
    if (!this.#isOver) return
    throw new SplitbrainError(
      'impure',
      'a part of the state, or of its surroundings, was kept in a variable and used in a later run; keep it in the state',
    )
  }
}

/** Whether the answer to `known` always gives the answer to `question`. Antisymmetric for different questions. */
function implies(known: Question, question: Question): boolean {
  if (known.ask === 'whole') return startsWith(question.place, known.place)
  if (question.ask === 'in') return known.ask === 'at' && isChild(known.place, question.place, question.key)
  if (question.ask !== 'at' || !startsWith(known.place, question.place)) return false
  return known.place.length > question.place.length || known.ask !== 'at'
}

const startsWith = (place: Place, prefix: Place): boolean => prefix.every((step, i) => place[i] === step)

const isChild = (place: Place, parent: Place, key: string): boolean =>
  place.length === parent.length + 1 && place.at(-1) === key && startsWith(place, parent)

/** What a body did to one component. */
export interface Effect {
  readonly component: number
  readonly change: Change
}

export interface Transcript {
  readonly segments: readonly Segment[]
  readonly effects: readonly Effect[] | typeof disabled
  /** The options chosen, by name, a received message under `message`. */
  readonly choices: Readonly<Record<string, Value>>
}

/** Which components a run looks at by reading `idOf`, the value ids of the state. */
export type StateIds = (component: number) => number

/**
 * Runs a body. `forced` decides its first choices: the position of an option, or the id of a message; later choices
 * take their first option. Throws what the body throws.
 */
export function transcribe(values: Values, idOf: StateIds, body: Body, forced: readonly number[]): Transcript {
  const run = new ObservedRun(values, idOf, forced)
  try {
    return run.finish(body(run))
  } catch (thrown) {
    if (thrown === disabled) return run.finish(disabled)
    throw thrown
  } finally {
    run.close()
  }
}

class ObservedRun implements Run {
  readonly #observations = new Observations()
  readonly #touched = new Map<number, unknown>()
  /** What was read without a draft: the same object at every look, as in a plain run, or `===` would tell them apart. */
  readonly #seen = new Map<number, unknown>()
  readonly #replaced = new Set<number>()
  readonly #traffic = new Map<number, Traffic[]>()
  readonly #choices: Record<string, Value> = {}
  #made = 0
  #isAtEmptyChannel = false

  constructor(
    readonly values: Values,
    readonly idOf: StateIds,
    readonly forced: readonly number[],
  ) {}

  read(component: number): unknown {
    this.#observations.assertOpen()
    if (!this.#seen.has(component)) this.#seen.set(component, this.#open(component, refuseWriteToRead))
    return this.#seen.get(component)
  }

  draft(component: number): unknown {
    this.#observations.assertOpen()
    if (!this.#touched.has(component)) {
      this.#touched.set(
        component,
        this.#open(component, () => this.#observations.assertOpen()),
      )
    }
    return this.#touched.get(component)
  }

  #open(component: number, admitWrite: () => void): unknown {
    const value = this.values.valueOf(component, this.idOf(component))
    const ask = (question: Question) => this.#observations.ask(component, component, question)
    return opened(value, this.values.components[component]!.kind, { ask, admitWrite })
  }

  replace(component: number, value: unknown): void {
    this.#observations.assertOpen()
    this.#touched.set(component, value)
    this.#replaced.add(component)
  }

  choose<T>(name: string, options: readonly T[]): T {
    this.#observations.assertOpen()
    const offered = options.map((option, i) => canonical(plain(option), `option ${i} of ${name}`))
    const texts = offered.map(textOf)
    const distinct = offered.map((_, i) => i).filter((i) => texts.indexOf(texts[i]!) === i)
    if (distinct.length === 0) throw disabled
    const taken = this.forced[this.#made] ?? 0
    this.#record(name, offered[distinct[taken]!]!)
    this.#observations.cut({ kind: 'choose', name, options: distinct.map((i) => offered[i]!), taken })
    return options[distinct[taken]!] as T
  }

  receive(channel: number, keep = false): Message {
    if (this.#traffic.has(channel)) {
      throw new SplitbrainError('bad-step', 'a body may receive once, before it sends on the same channel')
    }
    const messages = this.values.receivable(channel, this.idOf(channel))
    const taken = this.forced[this.#made] ?? messages[0]
    if (taken === undefined) {
      this.#observations.cut({ kind: 'receive', channel, taken })
      this.#isAtEmptyChannel = true
      throw disabled
    }
    const message = this.values.messageOf(taken)
    this.#record('message', message)
    this.#observations.cut({ kind: 'receive', channel, taken })
    if (!keep) this.#traffic.set(channel, [{ take: taken }])
    return message
  }

  send(channel: number, message: unknown): void {
    this.#observations.assertOpen()
    const name = this.values.components[channel]!.name
    const put = this.values.messages.intern(canonical(plain(message), `a message ${name}`))
    const traffic = this.#traffic.get(channel)
    if (traffic === undefined) this.#traffic.set(channel, [{ put }])
    else traffic.push({ put })
  }

  finish(returned: unknown): Transcript {
    const effects = returned === disabled ? disabled : this.#effects()
    if (!this.#isAtEmptyChannel) this.#observations.cut(undefined)
    return { segments: this.#observations.segments, effects, choices: this.#choices }
  }

  close(): void {
    this.#observations.close()
  }

  #record(name: string, value: Value): void {
    if (Object.hasOwn(this.#choices, name)) {
      throw new SplitbrainError('bad-step', `two choices of one step are called ${name}; give each its own name`)
    }
    this.#choices[name] = value
    this.#made++
  }

  #effects(): Effect[] {
    const effects: Effect[] = []
    for (const [component, value] of this.#touched) {
      const change = this.#changeOf(component, value)
      if (change !== undefined) effects.push({ component, change })
    }
    for (const [component, traffic] of this.#traffic) effects.push({ component, change: { kind: 'traffic', traffic } })
    return effects
  }

  #changeOf(component: number, value: unknown): Change | undefined {
    if (this.#replaced.has(component)) {
      const name = this.values.components[component]!.name
      return { kind: 'replace', value: canonical(plain(value), name) }
    }
    if (typeof value !== 'object' || value === null) return undefined
    const writes = writesOf(value)
    const whole = writes.find(({ write, place }) => write === 'set' && place.length === 0)
    if (whole !== undefined && 'value' in whole) return { kind: 'replace', value: whole.value }
    return writes.length === 0 ? undefined : { kind: 'write', writes }
  }
}

/** A component's value for a body to look at. A process is always an object: that needs no question. */
function opened(value: Value, kind: string, observer: Observer): unknown {
  if (kind === 'history') {
    observer.ask({ ask: 'whole', place: [] }) // whoever judges a history looks at all of it, and may know it by identity
    return value
  }
  if (kind !== 'process') observer.ask({ ask: 'at', place: [] })
  return typeof value === 'object' && value !== null ? observe(value, [], observer) : value
}

const refuse = (what: string) => (): never => {
  throw new TypeError(what)
}
const refuseReadersWrite = refuse('a property must not change the state')
const refuseWriteToRead = refuse('a message in flight cannot be changed')

/** A reader for properties that writes down what it is asked. `cellOf` tells apart the states a property compares. */
export function observingReader(
  values: Values,
  idOf: StateIds,
  observations: Observations,
  cellOf: (component: number) => number,
): Reader {
  const open = new Map<number, unknown>()
  return {
    read(component) {
      if (!open.has(component)) {
        const value = values.valueOf(component, idOf(component))
        const ask = (question: Question) => observations.ask(cellOf(component), component, question)
        open.set(component, opened(value, values.components[component]!.kind, { ask, admitWrite: refuseReadersWrite }))
      }
      return open.get(component)
    },
  }
}
