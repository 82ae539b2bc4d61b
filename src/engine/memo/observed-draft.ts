/**
 * Drafts that tell what is looked at. A body gets one in place of each container of the state; whatever it reads is
 * reported as a question about the value the component had before the run, and whatever it writes stays in the draft,
 * to be collected as writes by place.
 *
 * A draft holds a shallow copy of the container, so plain reflection does the reading and writing and every array method
 * works through the traps. Only what the run did not write itself is an observation. Children are drafted when they are
 * reached. An assigned draft keeps its identity until the end of the run, as any object would: after `me.a = me.b` a
 * change through either name shows in both. The proxy's target is that copy, or in a run with decoys something else
 * (decoys.ts): only who looks past the traps sees it.
 *
 * Cost: one shallow copy per container reached - paid only when a body really runs, which is rare.
 */
import type { Value } from '../../model.ts'
import { deepFreeze, PLAIN } from '../../value/plain.ts'
import { SplitbrainError } from '../../value/splitbrain-error.ts'
import type { Spot } from '../values/spot.ts'
import { type ListDraft, methodOf } from './array-methods.ts'
import { NOT_OBSERVED } from './decoys.ts'
import { DRAFT, type Draft, draftBehind, type Observer, type Write } from './draft.ts'
import { draftOfSet } from './observed-set.ts'
import { plain } from './plain.ts'
import { writeOf } from './reuse.ts'

/** A draft of a container. */
export function observe(value: object, spot: Spot, observer: Observer): object {
  if (value instanceof Set) return draftOfSet(value, spot, observer)
  return new ContainerDraft(value, spot, observer).proxy
}

/** The changes made to a draft, in place. */
export function writesOf(draft: object): Write[] {
  return draftBehind(draft)!.writes()
}

type Container = Record<string, unknown>

/** Each of them is noted, and what fills them may come right after. */
const MOST_HOLES = 1_000_000

const NINE = '9'.charCodeAt(0)

/** Which step a property key is: an index of an array, a field of an object, or neither (a symbol). */
function stepOf(target: object, key: string | symbol): string | number | undefined {
  if (typeof key === 'symbol') return undefined
  if (!Array.isArray(target)) return key
  return key.charCodeAt(0) <= NINE && /^(0|[1-9][0-9]*)$/.test(key) ? Number(key) : undefined
}

class ContainerDraft implements Draft, ListDraft, ProxyHandler<Container> {
  readonly proxy: object
  readonly #held: Container
  #written: Set<string> | undefined
  /** Of what is written: where an element stood before that has only changed its place. */
  #origins: Map<string, string> | undefined
  #children: Map<string, object> | undefined
  #isBeingRead = false

  constructor(
    readonly base: object,
    readonly spot: Spot,
    readonly observer: Observer,
  ) {
    this.#held = (Array.isArray(base) ? base.slice() : { ...base }) as Container
    this.proxy = new Proxy(observer.isVeiled ? this.#decoy() : this.#held, this)
  }

  #decoy(): Container {
    return (Array.isArray(this.#held) ? [NOT_OBSERVED] : { [NOT_OBSERVED]: true }) as Container
  }

  get(_: Container, key: string | symbol): unknown {
    if (key === DRAFT) return this
    if (key === PLAIN) return () => this.plain()
    const target = this.#held
    const step = stepOf(target, key)
    if (step === undefined) {
      if (key === 'length') this.#observeLength()
      return (Array.isArray(target) ? methodOf(this, key) : undefined) ?? Reflect.get(target, key)
    }
    const name = String(key)
    if (!this.#written?.has(name)) return this.#before(name, step)
    const origin = this.#origins?.get(name)
    if (origin !== undefined) return this.#before(origin, Number(origin))
    this.observer.admitWrite() // no question, but nobody else's after the run either
    return target[name]
  }

  /** What was at a step before the run. */
  #before(name: string, step: string | number): unknown {
    const spot = this.spot.child(step)
    this.observer.ask(spot.at)
    const { base } = this
    const value = (base as Container)[name]
    if (typeof value !== 'object' || value === null || !Object.hasOwn(base, name)) return value
    return this.#children?.get(name) ?? this.#draft(name, value, spot)
  }

  get isWritten(): boolean {
    return this.#written !== undefined
  }

  askWhereIs(element: Value): void {
    this.observer.ask(this.spot.indexOf(element))
  }

  /** Takes elements out and puts others in; does not look at those that only change their place. */
  splice(from: number, count: number, added: readonly unknown[]): unknown[] {
    this.observer.admitWrite()
    this.#observeLength()
    const held = this.#held as unknown as unknown[]
    const taken = Math.min(count, held.length - from)
    const removed = Array.from({ length: taken }, (_, i) => (this.proxy as unknown[])[from + i])
    const origins = held.map((_, at) => (this.#written?.has(`${at}`) ? this.#origins?.get(`${at}`) : `${at}`))
    origins.splice(from, taken, ...added.map(() => undefined))
    const most = taken === added.length ? from + taken : Math.max(held.length, origins.length)
    held.splice(from, taken, ...added)
    for (let at = from; at < most; at++) {
      this.#write(`${at}`)
      const origin = origins[at]
      if (origin !== undefined) this.#setOrigin(`${at}`, origin)
    }
    return removed
  }

  #setOrigin(name: string, origin: string): void {
    this.#origins ??= new Map()
    this.#origins.set(name, origin)
  }

  get isChanged(): boolean {
    return (
      this.#written !== undefined ||
      [...(this.#children?.values() ?? [])].some((child) => draftBehind(child)!.isChanged)
    )
  }

  has(_: Container, key: string | symbol): boolean {
    const target = this.#held
    const step = stepOf(target, key)
    if (typeof step === 'number') this.#observeLength()
    else if (step !== undefined && !this.#written?.has(step)) this.observer.ask(this.spot.in(step))
    return Reflect.has(target, key)
  }

  ownKeys(): (string | symbol)[] {
    const target = this.#held
    if (Array.isArray(target)) this.#observeLength()
    else this.observer.ask(this.spot.keys)
    return Reflect.ownKeys(target)
  }

  getOwnPropertyDescriptor(_: Container, key: string | symbol): PropertyDescriptor | undefined {
    const target = this.#held
    this.has(target, key)
    const descriptor = Reflect.getOwnPropertyDescriptor(target, key)
    return descriptor && { ...descriptor, value: this.get(target, key) }
  }

  set(_: Container, key: string | symbol, value: unknown): boolean {
    this.observer.admitWrite()
    if (typeof key === 'symbol') throw this.#notAValue(String(key), 'this key')
    const target = this.#held
    if (value !== undefined && value === this.#children?.get(key) && !this.#written?.has(key)) return true
    if (Array.isArray(target)) this.#admitElement(target, key, value)
    else if (key === '__proto__') throw this.#notAValue(key, 'this key')
    this.#write(key)
    return Reflect.set(target, key, value)
  }

  deleteProperty(_: Container, key: string | symbol): boolean {
    this.observer.admitWrite()
    if (typeof key === 'symbol') return false
    const target = this.#held
    if (Array.isArray(target)) this.#observeLength()
    this.#write(key)
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

  /** A draft never says that it cannot be changed, which a copy for looking at only would. */
  isExtensible(): never {
    throw new SplitbrainError('bad-step', 'it asks whether a part of the state can be changed, which no state tells')
  }

  plain(): unknown {
    if (this.#isBeingRead) {
      throw new SplitbrainError('not-a-value', 'a value that contains itself cannot be part of a state')
    }
    this.observer.ask(this.spot.whole)
    this.#isBeingRead = true
    const value = Array.isArray(this.#held)
      ? Array.from(this.#held, (_, index) => this.#plainField(String(index)))
      : Object.fromEntries(Object.keys(this.#held).map((key) => [key, this.#plainField(key)]))
    this.#isBeingRead = false
    return value
  }

  writes(): Write[] {
    const writes: Write[] = []
    const { place } = this.spot
    if (Array.isArray(this.#held) && this.#written !== undefined) {
      writes.push({ write: 'resize', place, length: this.#held.length })
    }
    for (const key of this.#written ?? []) writes.push(...this.#writeOf(key))
    for (const [key, child] of this.#children ?? []) if (!this.#written?.has(key)) writes.push(...writesOf(child))
    return writes
  }

  #writeOf(key: string): Write[] {
    const isArray = Array.isArray(this.#held)
    if (isArray && (key === 'length' || Number(key) >= (this.#held.length as unknown as number))) return []
    const place = [...this.spot.place, isArray ? Number(key) : key]
    if (!Object.hasOwn(this.#held, key)) {
      if (isArray) throw this.#notAValue(key, 'a hole in an array', '; use splice')
      return [{ write: 'delete', place }]
    }
    const origin = this.#origins?.get(key)
    if (origin !== undefined && this.#children?.get(origin) === undefined) {
      return [{ write: 'set', place, value: null, reuses: [{ at: [], from: [...this.spot.place, Number(origin)] }] }]
    }
    const write = writeOf(place, this.#now(key), this.observer, place.join('.'))
    deepFreeze(this.#held[key])
    return [write]
  }

  /** The elements that a shorter or longer length takes away or leaves open are written, too. */
  #admitElement(array: readonly unknown[], key: string, value: unknown): void {
    this.#observeLength()
    const index = stepOf(array, key)
    if (key !== 'length' && index === undefined) throw this.#notAValue(key, 'a key of an array that is no index')
    const length = key === 'length' ? Number(value) : Math.max(array.length, Number(index))
    if (length - array.length > MOST_HOLES) throw this.#notAValue(key, `${length - array.length} holes in an array`)
    for (let i = Math.min(length, array.length); i < Math.max(length, array.length); i++) this.#write(String(i))
  }

  #notAValue(key: string, what: string, fix = ''): SplitbrainError {
    const where = [...this.spot.place, key].join('.')
    return new SplitbrainError('not-a-value', `${where}: ${what} cannot be part of a state${fix}`)
  }

  #plainField(key: string): unknown {
    return plain(this.#now(key))
  }

  /** What is there now: a draft, where the body was given one. */
  #now(key: string): unknown {
    const origin = this.#written?.has(key) ? this.#origins?.get(key) : key
    return origin === undefined ? this.#held[key] : (this.#children?.get(origin) ?? (this.base as Container)[origin])
  }

  #draft(name: string, value: object, spot: Spot): object {
    const child = observe(value, spot, this.observer)
    this.#children ??= new Map()
    this.#children.set(name, child)
    return child
  }

  #write(name: string): void {
    this.#written ??= new Set()
    this.#written.add(name)
    this.#origins?.delete(name)
  }

  #observeLength(): void {
    this.observer.ask(this.spot.length)
  }
}
