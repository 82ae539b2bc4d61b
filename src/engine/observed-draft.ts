/**
 * Drafts that tell what is looked at. A body gets one in place of each container of the state; whatever it reads is
 * reported as a question about the value the component had before the run, and whatever it writes stays in the draft,
 * to be collected as writes by place.
 *
 * A draft's target is a shallow copy of the container, so plain reflection does the reading and writing and every array
 * method works through the traps. Only what the run did not write itself is an observation. Children are drafted when
 * they are reached. An assigned draft keeps its identity until the end of the run, as any object would: after
 * `me.a = me.b` a change through either name shows in both.
 *
 * Cost: one shallow copy per container reached - paid only when a body really runs, which is rare.
 */
import type { Primitive, Value } from '../model.ts'
import { canonical } from '../value/canonical.ts'
import { SplitbrainError } from '../value/splitbrain-error.ts'
import type { Place, Question } from './probes.ts'

/** Is told every question that a body asked, in order, repetitions included. */
export type Observer = (question: Question) => void

/** A change at a place. `resize` comes before the elements of its array; places are distinct. */
export type Write =
  | { readonly write: 'set'; readonly place: Place; readonly value: Value }
  | { readonly write: 'delete'; readonly place: Place }
  | { readonly write: 'resize'; readonly place: Place; readonly length: number }
  | {
      readonly write: 'elements'
      readonly place: Place
      readonly added: readonly Primitive[]
      readonly removed: readonly Primitive[]
    }

interface Draft {
  /** Its value now as plain data; observes the whole of what it was before. */
  plain(): unknown
  /** Changes made in place, by place. */
  writes(): Write[]
}

const drafts = new WeakMap<object, Draft>()

/** A draft of a container. With `readOnly`, a write throws a TypeError. */
export function observe(value: object, place: Place, observer: Observer, readOnly: boolean): object {
  if (value instanceof Set) {
    const set = new ObservedSet(value, place, observer, readOnly)
    drafts.set(set, set.asDraft())
    return set
  }
  const draft = new ContainerDraft(value, place, observer, readOnly)
  drafts.set(draft.proxy, draft)
  return draft.proxy
}

/** The changes made to a draft, in place. */
export function writesOf(draft: object): Write[] {
  return drafts.get(draft)!.writes()
}

/** A value as plain data: drafts anywhere in it are replaced by what they hold now. */
export function plain(value: unknown, above: readonly object[] = []): unknown {
  if (typeof value !== 'object' || value === null) return value
  if (above.includes(value))
    throw new SplitbrainError('not-a-value', 'a value that contains itself cannot be part of a state')
  const draft = drafts.get(value)
  if (draft !== undefined) return draft.plain()
  if (Array.isArray(value)) return value.map((element) => plain(element, [...above, value]))
  const prototype = Object.getPrototypeOf(value)
  if (prototype !== Object.prototype && prototype !== null) return value // a set, or what `canonical` will refuse
  return Object.fromEntries(Object.entries(value).map(([key, field]) => [key, plain(field, [...above, value])]))
}

const readOnlyError = () => new TypeError('a property must not change the state')

type Container = Record<string, unknown>

/** Which step a property key is: an index of an array, a field of an object, or neither (a symbol). */
function stepOf(target: object, key: string | symbol): string | number | undefined {
  if (typeof key === 'symbol') return undefined
  if (!Array.isArray(target)) return key
  return /^(0|[1-9][0-9]*)$/.test(key) ? Number(key) : undefined
}

class ContainerDraft implements Draft, ProxyHandler<Container> {
  readonly proxy: object
  readonly #target: Container
  readonly #written = new Set<string>()
  readonly #children = new Map<string, object>()
  #isBeingRead = false

  constructor(
    readonly base: object,
    readonly place: Place,
    readonly observer: Observer,
    readonly readOnly: boolean,
  ) {
    this.#target = (Array.isArray(base) ? [...base] : { ...base }) as Container
    this.proxy = new Proxy(this.#target, this)
  }

  get(target: Container, key: string | symbol): unknown {
    const step = stepOf(target, key)
    if (step === undefined) {
      if (key === 'length') this.#observeLength()
      return Reflect.get(target, key)
    }
    const name = String(key)
    if (this.#written.has(name)) return target[name]
    this.observer({ ask: 'at', place: [...this.place, step] })
    const value = target[name]
    if (typeof value !== 'object' || value === null || !Object.hasOwn(target, name)) return value
    let child = this.#children.get(name)
    if (child === undefined) {
      child = observe(value, [...this.place, step], this.observer, this.readOnly)
      this.#children.set(name, child)
    }
    return child
  }

  has(target: Container, key: string | symbol): boolean {
    const step = stepOf(target, key)
    if (typeof step === 'number') this.#observeLength()
    else if (step !== undefined && !this.#written.has(step)) this.observer({ ask: 'in', place: this.place, key: step })
    return Reflect.has(target, key)
  }

  ownKeys(target: Container): (string | symbol)[] {
    if (Array.isArray(target)) this.#observeLength()
    else this.observer({ ask: 'keys', place: this.place })
    return Reflect.ownKeys(target)
  }

  getOwnPropertyDescriptor(target: Container, key: string | symbol): PropertyDescriptor | undefined {
    this.has(target, key)
    const descriptor = Reflect.getOwnPropertyDescriptor(target, key)
    return descriptor && { ...descriptor, value: this.get(target, key) }
  }

  set(target: Container, key: string | symbol, value: unknown): boolean {
    if (this.readOnly) throw readOnlyError()
    if (typeof key === 'symbol') return false
    if (value !== undefined && value === this.#children.get(key) && !this.#written.has(key)) return true
    if (Array.isArray(target)) this.#observeLength()
    if (Array.isArray(target) && key === 'length') this.#cutOff(target, Number(value))
    this.#written.add(key)
    return Reflect.set(target, key, value)
  }

  deleteProperty(target: Container, key: string | symbol): boolean {
    if (this.readOnly) throw readOnlyError()
    if (typeof key === 'symbol') return false
    if (Array.isArray(target)) this.#observeLength()
    this.#written.add(key)
    return Reflect.deleteProperty(target, key)
  }

  defineProperty(): boolean {
    return false
  }

  preventExtensions(): boolean {
    return false
  }

  setPrototypeOf(): boolean {
    return false
  }

  plain(): unknown {
    if (this.#isBeingRead) {
      throw new SplitbrainError('not-a-value', 'a value that contains itself cannot be part of a state')
    }
    this.observer({ ask: 'whole', place: this.place })
    this.#isBeingRead = true
    const value = Array.isArray(this.#target)
      ? Array.from(this.#target, (_, index) => this.#plainField(String(index)))
      : Object.fromEntries(Object.keys(this.#target).map((key) => [key, this.#plainField(key)]))
    this.#isBeingRead = false
    return value
  }

  writes(): Write[] {
    const writes: Write[] = []
    if (Array.isArray(this.#target) && this.#written.size > 0) {
      writes.push({ write: 'resize', place: this.place, length: this.#target.length })
    }
    for (const key of this.#written) writes.push(...this.#writeOf(key))
    for (const [key, child] of this.#children) if (!this.#written.has(key)) writes.push(...writesOf(child))
    return writes
  }

  #writeOf(key: string): Write[] {
    const isArray = Array.isArray(this.#target)
    if (isArray && (key === 'length' || Number(key) >= (this.#target.length as unknown as number))) return []
    const place = [...this.place, isArray ? Number(key) : key]
    if (!Object.hasOwn(this.#target, key)) return isArray ? [this.#hole(key)] : [{ write: 'delete', place }]
    return [{ write: 'set', place, value: canonical(this.#plainField(key), place.join('.')) }]
  }

  #hole(key: string): never {
    throw new SplitbrainError(
      'not-a-value',
      `${[...this.place, key].join('.')}: a hole in an array cannot be part of a state; use splice`,
    )
  }

  #plainField(key: string): unknown {
    return plain(this.#written.has(key) ? this.#target[key] : (this.#children.get(key) ?? this.#target[key]))
  }

  /** Elements beyond the new length are gone: what was changed in them, too, and though the array grow again. */
  #cutOff(target: readonly unknown[], length: number): void {
    for (let index = length; index < target.length; index++) this.#written.add(String(index))
  }

  #observeLength(): void {
    this.observer({ ask: 'length', place: this.place })
  }
}

/** A set of primitives. Elements that the run added or removed itself are known without looking. */
class ObservedSet extends Set<Primitive> {
  readonly #place: Place
  readonly #observer: Observer
  readonly #readOnly: boolean
  readonly #known = new Set<Primitive>()
  #cleared = false

  constructor(base: ReadonlySet<Primitive>, place: Place, observer: Observer, readOnly: boolean) {
    super()
    for (const element of base) super.add(element)
    this.#place = place
    this.#observer = observer
    this.#readOnly = readOnly
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
    this.#refuseIfReadOnly()
    this.#cleared = true
    super.clear()
  }

  override get size(): number {
    if (!this.#cleared) {
      this.#observer({ ask: 'length', place: this.#place })
      // Whether an added element was there before decides how much it counts.
      for (const element of this.#known) this.#observer({ ask: 'has', place: this.#place, element })
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

  asDraft(): Draft {
    return {
      plain: () => new Set(this.values()),
      writes: () => this.#writes(),
    }
  }

  #writes(): Write[] {
    const place = this.#place
    if (this.#cleared) return [{ write: 'set', place, value: canonical(new Set(super.values()), place.join('.')) }]
    if (this.#known.size === 0) return []
    const known = [...this.#known]
    const added = known.filter((element) => super.has(element))
    for (const element of added) canonical(new Set([element]), place.join('.'))
    return [{ write: 'elements', place, added, removed: known.filter((element) => !super.has(element)) }]
  }

  #look(element: Primitive): void {
    if (this.#cleared || this.#known.has(element)) return
    this.#observer({ ask: 'has', place: this.#place, element })
  }

  #lookAtAll(): void {
    if (!this.#cleared) this.#observer({ ask: 'whole', place: this.#place })
  }

  #write(element: Primitive): void {
    this.#refuseIfReadOnly()
    this.#known.add(element)
  }

  #refuseIfReadOnly(): void {
    if (this.#readOnly) throw readOnlyError()
  }
}
