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
import { canonical } from '../value/canonical.ts'
import { SplitbrainError } from '../value/splitbrain-error.ts'
import type { Draft, Observer, Write } from './draft.ts'
import { ObservedSet } from './observed-set.ts'
import type { Place } from './probes.ts'

const drafts = new WeakMap<object, Draft>()

/** A draft of a container. */
export function observe(value: object, place: Place, observer: Observer): object {
  if (value instanceof Set) {
    const set = new ObservedSet(value, place, observer)
    drafts.set(set, set.asDraft())
    return set
  }
  const draft = new ContainerDraft(value, place, observer)
  drafts.set(draft.proxy, draft)
  return draft.proxy
}

/** The changes made to a draft, in place. */
export function writesOf(draft: object): Write[] {
  return drafts.get(draft)!.writes()
}

/** Whether a value is a draft, or has one somewhere inside. Observes nothing. */
export function holdsDraft(value: unknown, above: readonly object[] = []): boolean {
  if (typeof value !== 'object' || value === null || above.includes(value)) return false
  return drafts.has(value) || Object.values(value).some((part) => holdsDraft(part, [...above, value]))
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
    if (this.#written.has(name)) {
      this.observer.admitWrite() // no question, but nobody else's after the run either
      return target[name]
    }
    this.observer.ask({ ask: 'at', place: [...this.place, step] })
    const value = target[name]
    if (typeof value !== 'object' || value === null || !Object.hasOwn(target, name)) return value
    let child = this.#children.get(name)
    if (child === undefined) {
      child = observe(value, [...this.place, step], this.observer)
      this.#children.set(name, child)
    }
    return child
  }

  has(target: Container, key: string | symbol): boolean {
    const step = stepOf(target, key)
    if (typeof step === 'number') this.#observeLength()
    else if (step !== undefined && !this.#written.has(step))
      this.observer.ask({ ask: 'in', place: this.place, key: step })
    return Reflect.has(target, key)
  }

  ownKeys(target: Container): (string | symbol)[] {
    if (Array.isArray(target)) this.#observeLength()
    else this.observer.ask({ ask: 'keys', place: this.place })
    return Reflect.ownKeys(target)
  }

  getOwnPropertyDescriptor(target: Container, key: string | symbol): PropertyDescriptor | undefined {
    this.has(target, key)
    const descriptor = Reflect.getOwnPropertyDescriptor(target, key)
    return descriptor && { ...descriptor, value: this.get(target, key) }
  }

  set(target: Container, key: string | symbol, value: unknown): boolean {
    this.observer.admitWrite()
    if (typeof key === 'symbol') return false
    if (value !== undefined && value === this.#children.get(key) && !this.#written.has(key)) return true
    if (Array.isArray(target)) this.#admitElement(target, key, value)
    else if (key === '__proto__') throw this.#notAValue(key, 'this key')
    this.#written.add(key)
    return Reflect.set(target, key, value)
  }

  deleteProperty(target: Container, key: string | symbol): boolean {
    this.observer.admitWrite()
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
    this.observer.ask({ ask: 'whole', place: this.place })
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
    if (!Object.hasOwn(this.#target, key)) {
      if (isArray) throw this.#notAValue(key, 'a hole in an array', '; use splice')
      return [{ write: 'delete', place }]
    }
    return [{ write: 'set', place, value: canonical(this.#plainField(key), place.join('.')) }]
  }

  /** The elements that a shorter or longer length takes away or leaves open are written, too. */
  #admitElement(array: readonly unknown[], key: string, value: unknown): void {
    this.#observeLength()
    const index = stepOf(array, key)
    if (key !== 'length' && index === undefined) throw this.#notAValue(key, 'a key of an array that is no index')
    const length = key === 'length' ? Number(value) : Math.max(array.length, Number(index))
    for (let i = Math.min(length, array.length); i < Math.max(length, array.length); i++) this.#written.add(String(i))
  }

  #notAValue(key: string, what: string, fix = ''): SplitbrainError {
    const where = [...this.place, key].join('.')
    return new SplitbrainError('not-a-value', `${where}: ${what} cannot be part of a state${fix}`)
  }

  #plainField(key: string): unknown {
    return plain(this.#written.has(key) ? this.#target[key] : (this.#children.get(key) ?? this.#target[key]))
  }

  #observeLength(): void {
    this.observer.ask({ ask: 'length', place: this.place })
  }
}
