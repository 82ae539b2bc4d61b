/**
 * A draft of a set of primitives (see observed-draft.ts): asks about single elements where single elements are looked at,
 * and about the whole where it is gone through. Elements that the run added or removed itself are known without looking.
 *
 * What a body gets is a plain `Set`, which every library takes for one, with methods of its own that cannot be seen in
 * it otherwise. What it holds itself is what it shows, or in a run with decoys something else (decoys.ts).
 */
import type { Primitive } from '../../model.ts'
import { canonical } from '../../value/canonical.ts'
import { PLAIN, unlikeJson } from '../../value/plain.ts'
import { SplitbrainError } from '../../value/splitbrain-error.ts'
import type { Spot } from '../values/spot.ts'
import { DRAFT, type Draft, type Observer, type Write } from './draft.ts'

export function draftOfSet(base: ReadonlySet<Primitive>, spot: Spot, observer: Observer): Set<Primitive> {
  const { shown } = new SetDraft(base, spot, observer)
  return shown
}

class SetDraft implements Draft {
  /** What the body gets. */
  readonly shown: Set<Primitive>
  /** What it is to hold: `shown` itself, but for decoys. */
  readonly #held: Set<Primitive>
  readonly #known = new Set<Primitive>()
  #cleared = false

  constructor(
    readonly base: ReadonlySet<Primitive>,
    readonly spot: Spot,
    readonly observer: Observer,
  ) {
    const { decoys, isVeiled } = observer
    this.#held = new Set(base)
    this.shown = isVeiled ? decoys.insteadOf(base) : this.#held
    Object.defineProperties(unlikeJson(this.shown), METHODS)
    Object.defineProperty(this.shown, DRAFT, { value: this })
  }

  has(element: Primitive): boolean {
    this.#look(element)
    return native.has(this.#held, element)
  }

  add(element: Primitive): Set<Primitive> {
    this.#write(element)
    native.add(this.#held, element)
    return this.shown
  }

  delete(element: Primitive): boolean {
    this.#look(element)
    this.#write(element)
    return native.delete(this.#held, element)
  }

  clear(): void {
    this.observer.admitWrite()
    this.#cleared = true
    native.clear(this.#held)
  }

  get size(): number {
    if (!this.#cleared) {
      this.observer.ask(this.spot.length)
      // Whether an added element was there before decides how much it counts.
      for (const element of this.#known) this.observer.ask(this.spot.has(element))
    }
    return native.size(this.#held)
  }

  forEach(callback: (value: Primitive, again: Primitive, set: Set<Primitive>) => void, self?: unknown): void {
    this.#lookAtAll()
    native.forEach(this.#held, (element) => {
      callback.call(self, element, element, this.shown)
    })
  }

  values(): SetIterator<Primitive> {
    this.#lookAtAll()
    return native.values(this.#held)
  }

  entries(): SetIterator<[Primitive, Primitive]> {
    this.#lookAtAll()
    return native.entries(this.#held)
  }

  /** What it holds, as a set without methods of its own. */
  copy(): Set<Primitive> {
    return new Set(this.values())
  }

  plain(): unknown {
    return this.copy()
  }

  writes(): Write[] {
    const { place } = this.spot
    this.#admitState()
    const { has, values } = native
    if (this.#cleared) return [{ write: 'set', place, value: canonical(new Set(values(this.#held)), place.join('.')) }]
    if (this.#known.size === 0) return []
    const known = [...this.#known]
    const added = known.filter((element) => has(this.#held, element))
    for (const element of added) canonical(new Set([element]), place.join('.'))
    return [{ write: 'elements', place, added, removed: known.filter((element) => !has(this.#held, element)) }]
  }

  /** A native method called on the set changes what it holds, and nothing here knows of it. */
  #admitState(): void {
    if (this.#cleared) return
    const isKnown = (element: Primitive) => this.#known.has(element)
    const before = [...this.base].filter((element) => !isKnown(element))
    const now = [...native.values(this.#held)].filter((element) => !isKnown(element))
    if (now.length === before.length && now.every((element) => this.base.has(element))) return
    const where = this.spot.place.join('.')
    throw new SplitbrainError(
      'bad-step',
      `${where} was changed past its own methods; call set.add(...), set.delete(...)`,
    )
  }

  #look(element: Primitive): void {
    if (this.#cleared || this.#known.has(element) || !isElement(element)) return
    this.observer.ask(this.spot.has(element))
  }

  #lookAtAll(): void {
    if (!this.#cleared) this.observer.ask(this.spot.whole)
  }

  #write(element: Primitive): void {
    this.observer.admitWrite()
    this.#known.add(element)
  }
}

/** Whether a set of the state can hold it at all. What cannot, such as `undefined`, is no question either. */
function isElement(element: unknown): boolean {
  if (typeof element === 'number') return Number.isFinite(element)
  return element === null || typeof element === 'string' || typeof element === 'boolean'
}

type Shown = Set<Primitive> & { readonly [DRAFT]?: SetDraft }
type Any = readonly unknown[]

/** A native method of sets, as a function of the set. */
const nativeMethod =
  <Result>(name: string) =>
  (set: Set<Primitive>, ...args: Any): Result =>
    Reflect.apply(NATIVES[name]!, set, args as never) as Result

const NATIVES = Object.fromEntries(
  Object.entries(Object.getOwnPropertyDescriptors(Set.prototype)).map(([name, { value, get }]) => [name, value ?? get]),
) as Readonly<Record<string, (...args: never) => unknown>>

const native = {
  has: nativeMethod<boolean>('has'),
  add: nativeMethod<Set<Primitive>>('add'),
  delete: nativeMethod<boolean>('delete'),
  clear: nativeMethod<void>('clear'),
  size: nativeMethod<number>('size'),
  values: nativeMethod<SetIterator<Primitive>>('values'),
  entries: nativeMethod<SetIterator<[Primitive, Primitive]>>('entries'),
  forEach: (set: Set<Primitive>, callback: (element: Primitive) => void) => {
    for (const element of native.values(set)) callback(element)
  },
}

/** A method of a set's own. Called on another set than a draft, it is the native one. */
function method(name: string, own: (draft: SetDraft, args: Any) => unknown) {
  return function (this: Shown, ...args: unknown[]): unknown {
    const draft = this?.[DRAFT]
    return draft === undefined ? Reflect.apply(NATIVES[name]!, this, args as never) : own(draft, args)
  }
}

/** The methods that some engines have besides (`union`, `isSubsetOf`, ...) look at all of the set. */
const NEWER = Object.keys(NATIVES).filter(
  (name) =>
    !['constructor', 'has', 'add', 'delete', 'clear', 'size', 'forEach', 'values', 'keys', 'entries'].includes(name),
)

const VALUES: PropertyDescriptor = { value: method('values', (draft) => draft.values()) }

const METHODS: PropertyDescriptorMap = {
  has: { value: method('has', (draft, [element]) => draft.has(element as Primitive)) },
  add: { value: method('add', (draft, [element]) => draft.add(element as Primitive)) },
  delete: { value: method('delete', (draft, [element]) => draft.delete(element as Primitive)) },
  clear: { value: method('clear', (draft) => draft.clear()) },
  size: { get: method('size', (draft) => draft.size) },
  forEach: { value: method('forEach', (draft, [callback, self]) => draft.forEach(callback as never, self)) },
  values: VALUES,
  keys: VALUES,
  [Symbol.iterator]: VALUES,
  entries: { value: method('entries', (draft) => draft.entries()) },
  [PLAIN]: {
    get(this: Shown) {
      const draft = this[DRAFT]
      return draft && (() => draft.plain())
    },
  },
  ...Object.fromEntries(
    NEWER.map((name) => [
      name,
      { value: method(name, (draft, args) => Reflect.apply(NATIVES[name]!, draft.copy(), args as never)) },
    ]),
  ),
}
