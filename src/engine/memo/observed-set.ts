/**
 * A draft of a set of primitives (see observed-draft.ts): asks about single elements where single elements are looked at,
 * and about the whole where it is gone through. Elements that the run added or removed itself are known without looking.
 */
import type { Primitive } from '../../model.ts'
import { canonical } from '../../value/canonical.ts'
import type { Spot } from '../values/spot.ts'
import { DRAFT, type Draft, type Observer, type Write } from './draft.ts'

export class ObservedSet extends Set<Primitive> {
  readonly #spot: Spot
  readonly #observer: Observer
  readonly #known = new Set<Primitive>()
  #cleared = false

  constructor(base: ReadonlySet<Primitive>, spot: Spot, observer: Observer) {
    super()
    for (const element of base) super.add(element)
    this.#spot = spot
    this.#observer = observer
  }

  override has(element: Primitive): boolean {
    this.#look(element)
    return super.has(element)
  }

  override add(element: Primitive): this {
    this.#write(element)
    return super.add(element)
  }

  override delete(element: Primitive): boolean {
    this.#look(element)
    this.#write(element)
    return super.delete(element)
  }

  override clear(): void {
    this.#observer.admitWrite()
    this.#cleared = true
    super.clear()
  }

  override get size(): number {
    if (!this.#cleared) {
      this.#observer.ask(this.#spot.length)
      // Whether an added element was there before decides how much it counts.
      for (const element of this.#known) this.#observer.ask(this.#spot.has(element))
    }
    return super.size
  }

  override forEach(callback: (value: Primitive, again: Primitive, set: Set<Primitive>) => void, self?: unknown): void {
    this.#lookAtAll()
    super.forEach((element) => {
      callback.call(self, element, element, this)
    })
  }

  override values(): SetIterator<Primitive> {
    this.#lookAtAll()
    return super.values()
  }

  override keys(): SetIterator<Primitive> {
    return this.values()
  }

  override entries(): SetIterator<[Primitive, Primitive]> {
    this.#lookAtAll()
    return super.entries()
  }

  override [Symbol.iterator](): SetIterator<Primitive> {
    return this.values()
  }

  /** What it is to the engine; see `draftBehind`. */
  get [DRAFT](): Draft {
    return {
      plain: () => new Set(this.values()),
      writes: () => this.#writes(),
    }
  }

  #writes(): Write[] {
    const { place } = this.#spot
    if (this.#cleared) return [{ write: 'set', place, value: canonical(new Set(super.values()), place.join('.')) }]
    if (this.#known.size === 0) return []
    const known = [...this.#known]
    const added = known.filter((element) => super.has(element))
    for (const element of added) canonical(new Set([element]), place.join('.'))
    return [{ write: 'elements', place, added, removed: known.filter((element) => !super.has(element)) }]
  }

  #look(element: Primitive): void {
    if (this.#cleared || this.#known.has(element) || !isElement(element)) return
    this.#observer.ask(this.#spot.has(element))
  }

  #lookAtAll(): void {
    if (!this.#cleared) this.#observer.ask(this.#spot.whole)
  }

  #write(element: Primitive): void {
    this.#observer.admitWrite()
    this.#known.add(element)
  }
}

/** Whether a set of the state can hold it at all. What cannot, such as `undefined`, is no question either. */
function isElement(element: unknown): boolean {
  if (typeof element === 'number') return Number.isFinite(element)
  return element === null || typeof element === 'string' || typeof element === 'boolean'
}

/** The methods that some engines have besides (`union`, `isSubsetOf`, ...) would look past those above. */
for (const [name, { value: method }] of Object.entries(Object.getOwnPropertyDescriptors(Set.prototype))) {
  if (typeof method !== 'function' || Object.hasOwn(ObservedSet.prototype, name)) continue
  Object.defineProperty(ObservedSet.prototype, name, {
    value(this: ObservedSet, ...others: unknown[]) {
      return Reflect.apply(method, new Set(this), others) as unknown
    },
  })
}
