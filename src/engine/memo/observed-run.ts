/**
 * One run of a body on a state, written down: what it asked of which component, which choices it met, what it changed.
 *
 * What it asked (observations.ts) determines the run: on any state that answers the same, the body does the same. The
 * memo (rule-memo.ts) rests on that and on nothing else.
 */
import { type Body, disabled, type Message, type Reader, type Run, type Stage, type Value } from '../../model.ts'
import { canonical } from '../../value/canonical.ts'
import { ordinals, whichOf } from '../../value/option-groups.ts'
import { deepFreeze, frozenCopy } from '../../value/plain.ts'
import { SplitbrainError } from '../../value/splitbrain-error.ts'
import type { KnownOffers } from '../values/known-offers.ts'
import { type Cells, Observations, type Segment } from '../values/observations.ts'
import { Offer } from '../values/offer.ts'
import type { Asked, Spot } from '../values/spot.ts'
import type { Values } from '../values/values.ts'
import type { Decoys } from './decoys.ts'
import type { Observer } from './draft.ts'
import { observe, writesOf } from './observed-draft.ts'
import { plain } from './plain.ts'
import { writeOf } from './reuse.ts'
import type { Change, Traffic } from './updates.ts'

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

/** What a run looks at: a state, as the value ids of its components, and the cells in which it stands. */
export interface Sight {
  readonly values: Values
  readonly idOf: (component: number) => number
  readonly cells: Cells
  readonly decoys: Decoys
  /** Whether drafts are made of decoys, which shows whether anybody looks past them. */
  readonly isVeiled: boolean
}

/**
 * Runs a body. `forced` decides its first choices: the position of an option, or the id of a message; later choices
 * take their first option. `known` is what it will be offered. Throws what the body throws.
 */
export function transcribe(sight: Sight, body: Body, forced: readonly number[], known: KnownOffers = []): Transcript {
  const run = new ObservedRun(sight, forced, known)
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
  readonly values: Values
  readonly #observations: Observations
  readonly #touched = new Map<number, unknown>()
  /** What was read without a draft: the same object at every look, as in a plain run, or `===` would tell them apart. */
  readonly #seen = new Map<number, unknown>()
  readonly #replaced = new Set<number>()
  /** By component: who watches over its drafts, by which they are known. */
  readonly #observers = new Map<number, Observer>()
  readonly #traffic = new Map<number, Traffic[]>()
  readonly #choices: Record<string, Value> = {}
  #made = 0
  #isAtEmptyChannel = false

  constructor(
    readonly sight: Sight,
    readonly forced: readonly number[],
    readonly known: KnownOffers,
    observations = new Observations(sight.cells),
  ) {
    this.values = sight.values
    this.#observations = observations
  }

  read(component: number): unknown {
    this.#observations.assertOpen()
    if (!this.#seen.has(component)) this.#seen.set(component, this.#open(component, this.#observer(refuseWriteToRead)))
    return this.#seen.get(component)
  }

  draft(component: number): unknown {
    this.#observations.assertOpen()
    if (!this.#touched.has(component)) {
      const observer = this.#observer(() => this.#observations.assertOpen())
      this.#observers.set(component, observer)
      this.#touched.set(component, this.#open(component, observer))
    }
    return this.#touched.get(component)
  }

  #observer(admitWrite: () => void): Observer {
    const { decoys, isVeiled } = this.sight
    return { ask: (asked) => this.#observations.ask(asked), admitWrite, decoys, isVeiled }
  }

  #open(component: number, observer: Observer): unknown {
    const value = this.values.valueOf(component, this.sight.idOf(component))
    const spot = this.sight.cells.rootOf(component, component)
    return opened(value, this.values.components[component]!.kind, spot, observer)
  }

  replace(component: number, value: unknown): void {
    this.#observations.assertOpen()
    this.#touched.set(component, value)
    this.#replaced.add(component)
  }

  choose<T>(name: string, options: readonly T[]): T {
    this.#observations.assertOpen()
    const known = this.known[this.#made]
    const { asked } = this.#observations
    const taken = this.forced[this.#made] ?? 0
    const offer = known?.isOf(name, options, taken) ? known : new Offer(name, options, plain)
    const isOfState = this.#observations.asked > asked // to look at an option is to look at the state: so does each run
    if (offer.options.length === 0) throw disabled
    this.#record(name, offer.options[taken]!)
    const { options: values } = offer
    this.#observations.cut({ kind: 'choose', name, options: values, taken, offer: isOfState ? undefined : offer })
    const places = offer.placesOf(taken)
    const which = places.length === 1 ? 1 : this.choose(whichOf(name), ordinals(places))
    return options[places[which - 1]!]!
  }

  receive(channel: number, keep = false): Message {
    if (this.#traffic.has(channel)) {
      throw new SplitbrainError('bad-step', 'a body may receive once, before it sends on the same channel')
    }
    const messages = this.values.receivable(channel, this.sight.idOf(channel))
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
    return frozenCopy(message) as Message
  }

  send(to: number | readonly number[], message: unknown): void {
    this.#observations.assertOpen()
    for (const channel of [to].flat()) this.#put(channel, message)
  }

  #put(channel: number, message: unknown): void {
    const name = this.values.components[channel]!.name
    const put = this.values.messages.intern(canonical(plain(message), `a message ${name}`))
    const traffic = this.#traffic.get(channel)
    if (traffic === undefined) this.#traffic.set(channel, [{ put }])
    else traffic.push({ put })
  }

  rehearse<T>(scene: (stage: Stage) => T): T {
    return scene(new ObservedRun(this.sight, [], [], this.#observations))
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
      const write = writeOf([], value, this.#observers.get(component), name)
      deepFreeze(value)
      return write.reuses === undefined ? { kind: 'replace', value: write.value } : { kind: 'write', writes: [write] }
    }
    if (typeof value !== 'object' || value === null) return undefined
    const writes = writesOf(value)
    const whole = writes.find(({ write, place }) => write === 'set' && place.length === 0)
    if (whole !== undefined && 'value' in whole) return { kind: 'replace', value: whole.value }
    return writes.length === 0 ? undefined : { kind: 'write', writes }
  }
}

/** A component's value for a body to look at. A process is always an object: that needs no question. */
function opened(value: Value, kind: string, spot: Spot, observer: Observer): unknown {
  if (kind === 'history') {
    observer.ask(spot.whole) // whoever judges a history looks at all of it, and may know it by identity
    return value
  }
  if (kind !== 'process') observer.ask(spot.at)
  return typeof value === 'object' && value !== null ? observe(value, spot, observer) : value
}

const refuse = (what: string) => (): never => {
  throw new TypeError(what)
}
const refuseReadersWrite = refuse('a property must not change the state')
const refuseWriteToRead = refuse('what is only read cannot be changed')

/** A reader for properties that writes down what it is asked. `cellOf` tells apart the states a property compares. */
export class ObservingReader implements Reader, Observer {
  readonly #open = new Map<number, unknown>()

  constructor(
    readonly sight: Sight,
    readonly observations: Observations,
    readonly cellOf: (component: number) => number,
  ) {}

  read(component: number): unknown {
    this.observations.assertOpen()
    const known = this.#open.get(component)
    if (known !== undefined) return known
    const { values, idOf, cells } = this.sight
    const value = values.valueOf(component, idOf(component))
    const spot = cells.rootOf(this.cellOf(component), component)
    const shown = opened(value, values.components[component]!.kind, spot, this)
    this.#open.set(component, shown)
    return shown
  }

  ask(asked: Asked): void {
    this.observations.ask(asked)
  }

  get decoys(): Decoys {
    return this.sight.decoys
  }

  get isVeiled(): boolean {
    return this.sight.isVeiled
  }

  admitWrite(): never {
    return refuseReadersWrite()
  }
}
