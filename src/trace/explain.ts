/**
 * What a predicate looked at, for a property that only said `false`: `n1.status = leader, n2.status = leader`.
 *
 * The reader hands out proxies over plain values, fresh ones on every access: an object has no identity in a state, so
 * `===` on two reads is false here, always, as it is in the engine. Reads are logged where they reach something that
 * is read as a whole: a primitive, a set, an empty list or record.
 */
import type { Reader, State, Value } from '../model.ts'
import { pathTo, show } from '../value/show.ts'
import { SplitbrainError } from '../value/splitbrain-error.ts'

/** Told of every value read, and where it was read: `n1.status`. */
export type ReadLog = (place: string, value: Value) => void

const MOST_READS = 8

/** A read-only reader of `state`. Components are called by `names` in the log. */
export function readerOf(state: State, names: readonly string[], log: ReadLog = () => {}): Reader {
  return { read: (component) => readable(state[component]!, names[component]!, log) }
}

/** Logs reads, to be told at the end. A place that was read twice is told once, where it was read last. */
export class Reads {
  readonly #last = new Map<string, Value>()

  readonly log: ReadLog = (place, value) => {
    this.#last.delete(place)
    this.#last.set(place, value)
  }

  /** Where something was read. */
  places(): string[] {
    return [...this.#last.keys()]
  }

  /** What was read, in order: `n1.status = leader`. */
  told(): string[] {
    const places = this.places()
    const isIdle = (
      place: string, // a length that was only asked for to look at the items
    ) => place.endsWith('.length') && places.some((other) => other.startsWith(`${place.slice(0, -'.length'.length)}[`))
    const told = [...this.#last].filter(([place]) => !isIdle(place))
    return told.map(([place, value]) => `${place} = ${show(value)}`)
  }
}

/** Reasons in one line. The last reads decide an answer, so the first ones are left out where there are many. */
export function tellReasons(reasons: readonly string[]): string {
  const left = reasons.length - MOST_READS
  return left > 0 ? `… (${left} more), ${reasons.slice(left).join(', ')}` : reasons.join(', ')
}

function readable(value: Value, place: string, log: ReadLog): unknown {
  if (typeof value !== 'object' || value === null || value instanceof Set || Object.keys(value).length === 0) {
    log(place, value)
    return value instanceof Set ? new Set(value) : copyOf(value)
  }
  return new Proxy(copyOf(value) as object, {
    get: (target, key, receiver) => {
      if (key === 'length' && Array.isArray(target)) log(`${place}.length`, target.length)
      return typeof key === 'string' && Object.hasOwn(target, key) && key !== 'length'
        ? readable(Reflect.get(target, key), pathTo(place, Array.isArray(target) ? Number(key) : key), log)
        : Reflect.get(target, key, receiver)
    },
    set: () => refuse(place),
    deleteProperty: () => refuse(place),
    defineProperty: () => refuse(place),
  })
}

/** Not frozen, unlike the value: a proxy may not hand out its own objects for a frozen target's fields. */
const copyOf = (value: Value): unknown =>
  Array.isArray(value) ? [...value] : typeof value === 'object' && value !== null ? { ...value } : value

function refuse(place: string): never {
  throw new SplitbrainError('impure', `a property changes ${place}; properties may only look at the state`)
}
