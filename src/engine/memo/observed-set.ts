/**
 * A draft of a set (see observed-draft.ts): asks about single elements where single elements are looked at, and about the
 * whole where it is gone through. Elements that the run added or removed itself are known without looking. Elements are
 * values (value/value-set.ts), so nobody looks into them but by looking at the whole.
 *
 * What a body gets is a plain `Set`, which every library takes for one, with methods of its own that cannot be seen in
 * it otherwise. What it holds itself is what it shows, or in a run with decoys something else (decoys.ts).
 */
import type { Value } from '../../model.ts'
import { canonical, setMembers } from '../../value/canonical.ts'
import { frozenCopy, PLAIN } from '../../value/plain.ts'
import { SplitbrainError } from '../../value/splitbrain-error.ts'
import { isContainer, type Members, NATIVES, native, OF_TWO_SETS, unlikeJson } from '../../value/value-set.ts'
import type { Spot } from '../values/spot.ts'
import { DRAFT, type Draft, type Observer, type Write } from './draft.ts'
import { plain } from './plain.ts'

export function draftOfSet(base: ReadonlySet<Value>, spot: Spot, observer: Observer): Set<Value> {
  const { shown } = new SetDraft(base, spot, observer)
  return shown
}

class SetDraft implements Draft {
  /** What the body gets. */
  readonly shown: Set<Value>
  /** What it is to hold: `shown` itself, but for decoys. */
  readonly #held: Set<Value>
  readonly #members: Members
  /** What the run has added or removed. */
  readonly #known = setMembers(new Set())
  #cleared = false

  constructor(
    readonly base: ReadonlySet<Value>,
    readonly spot: Spot,
    readonly observer: Observer,
  ) {
    const { decoys, isVeiled } = observer
    this.#held = new Set([...base].map(frozenCopy))
    this.#members = setMembers(this.#held)
    this.shown = isVeiled ? decoys.insteadOf(base) : this.#held
    Object.defineProperties(unlikeJson(this.shown), METHODS)
    Object.defineProperty(this.shown, DRAFT, { value: this })
  }

  has(given: unknown): boolean {
    const element = plain(given)
    this.#look(element)
    return this.#members.has(element)
  }

  add(given: unknown): Set<Value> {
    const element = plain(given)
    this.#write(element)
    this.#members.add(element)
    return this.shown
  }

  delete(given: unknown): boolean {
    const element = plain(given)
    this.#look(element)
    this.#write(element)
    return this.#members.delete(element)
  }

  clear(): void {
    this.observer.admitWrite()
    this.#cleared = true
    this.#members.clear()
  }

  get size(): number {
    if (!this.#cleared) {
      this.observer.ask(this.spot.length)
      // Whether an added element was there before decides how much it counts.
      for (const element of native.values(this.#known.set)) this.observer.ask(this.spot.has(element))
    }
    return native.size(this.#held)
  }

  forEach(callback: (value: Value, again: Value, set: Set<Value>) => void, self?: unknown): void {
    for (const element of this.values()) callback.call(self, element, element, this.shown)
  }

  values(): SetIterator<Value> {
    this.#lookAtAll()
    return native.values(this.#held)
  }

  entries(): SetIterator<[Value, Value]> {
    this.#lookAtAll()
    return native.entries(this.#held)
  }

  /** What a method gives that looks at two sets. */
  compare(method: string, args: Any): unknown {
    this.#lookAtAll()
    return this.#members.compare(method, args)
  }

  plain(): unknown {
    return new Set(this.values())
  }

  writes(): Write[] {
    const { place } = this.spot
    this.#admitState()
    const { values } = native
    if (this.#cleared) return [{ write: 'set', place, value: canonical(new Set(values(this.#held)), place.join('.')) }]
    const known = [...values(this.#known.set)]
    if (known.length === 0) return []
    const added = known.filter((element) => this.#members.has(element))
    for (const element of added) canonical(new Set([element]), place.join('.'))
    // What is no value is in no set of a state; its text would be that of `null`.
    const removed = known.filter((element) => !this.#members.has(element) && isElement(element))
    return [{ write: 'elements', place, added, removed }]
  }

  get isChanged(): boolean {
    this.#admitState()
    return this.#cleared || native.size(this.#known.set) > 0
  }

  /** A native method called on the set changes what it holds, and nothing here knows of it. */
  #admitState(): void {
    if (this.#cleared) return
    const isKnown = (element: Value) => this.#known.has(element)
    const before = [...this.base].filter((element) => !isKnown(element))
    const now = [...native.values(this.#held)].filter((element) => !isKnown(element))
    if (now.length === before.length && now.every((element) => this.base.has(element))) return
    const where = this.spot.place.join('.')
    throw new SplitbrainError(
      'bad-step',
      `${where} was changed past its own methods; call set.add(...), set.delete(...)`,
    )
  }

  #look(element: unknown): void {
    if (this.#cleared || this.#known.has(element as Value) || !isElement(element)) return
    this.observer.ask(this.spot.has(canonical(element, this.spot.place.join('.'))))
  }

  #lookAtAll(): void {
    if (!this.#cleared) this.observer.ask(this.spot.whole)
  }

  #write(element: unknown): void {
    this.observer.admitWrite()
    this.#known.add(element as Value)
  }
}

/** Whether a set of the state can hold it at all. What cannot, such as `undefined`, is no question either. */
function isElement(element: unknown): boolean {
  if (typeof element === 'number') return Number.isFinite(element)
  return typeof element === 'string' || typeof element === 'boolean' || element === null || isContainer(element)
}

type Shown = Set<Value> & { readonly [DRAFT]?: SetDraft }
type Any = readonly unknown[]

/** A method of a set's own. Called on another set than a draft, it is the native one. */
function method(name: string, own: (draft: SetDraft, args: Any) => unknown) {
  return function (this: Shown, ...args: unknown[]): unknown {
    const draft = this?.[DRAFT]
    return draft === undefined ? Reflect.apply(NATIVES[name]!, this, args as never) : own(draft, args)
  }
}

const VALUES: PropertyDescriptor = { value: method('values', (draft) => draft.values()) }

const METHODS: PropertyDescriptorMap = {
  has: { value: method('has', (draft, [element]) => draft.has(element)) },
  add: { value: method('add', (draft, [element]) => draft.add(element)) },
  delete: { value: method('delete', (draft, [element]) => draft.delete(element)) },
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
    OF_TWO_SETS.map((name) => [name, { value: method(name, (draft, args) => draft.compare(name, args)) }]),
  ),
}
