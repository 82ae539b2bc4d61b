/**
 * What a predicate looked at, for a property that only said `false`: `n1.status = leader, n2.status = leader`.
 *
 * The reader hands out proxies over plain values, the same one for a place at every access, as a plain copy would be.
 * Reads are told where they end: at a primitive, a set, or an object that nothing more was asked of (`key === null`).
 */
import type { Reader, State, Value } from '../model.ts'
import { frozenCopy, PLAIN } from '../value/plain.ts'
import { pathTo, show } from '../value/show.ts'
import { SplitbrainError } from '../value/splitbrain-error.ts'

/** Told of every value read, and where it was read: `n1.status`. */
export type ReadLog = (place: string, value: Value) => void

const MOST_READS = 8

/** A read-only reader of `state`. Components are called by `names` in the log. */
export function readerOf(state: State, names: readonly string[], log: ReadLog): Reader {
  const opened = new Map<number, () => unknown>()
  return {
    read(component) {
      const place = names[component]!
      const read = opened.get(component)
      if (read !== undefined) return read()
      const open = readable(state[component]!, place, (where, value) => {
        if (where !== place || !isObject(value)) log(where, value) // of a component, what it is asked for
      })
      opened.set(component, open)
      return open()
    },
  }
}

/** Logs reads, to be told at the end. A place that was read twice is told once, where it was read last. */
export class Reads {
  readonly #last = new Map<string, Value>()

  readonly log: ReadLog = (place, value) => {
    this.#last.delete(place)
    this.#last.set(place, value)
  }

  /** Where something was read. Of an object that was looked into, the places inside only. */
  places(): string[] {
    const all = [...this.#last.keys()]
    return all.filter((place) => !all.some((other) => isInside(other, place)))
  }

  /** What was read, in order: `n1.status = leader`. */
  told(): string[] {
    const places = this.places()
    const isIdle = (
      place: string, // a length that was only asked for to look at the items
    ) => place.endsWith('.length') && places.some((other) => other.startsWith(`${place.slice(0, -'.length'.length)}[`))
    return places.filter((place) => !isIdle(place)).map((place) => `${place} = ${show(this.#last.get(place)!)}`)
  }
}

/** Ends the place of what a property of steps read in the state before. */
export const BEFORE = ' (before)'

/** Whether one place is a part of another: `n1.log[0]` of `n1.log`. */
function isInside(part: string, whole: string): boolean {
  if (whole.endsWith(BEFORE)) {
    return part.endsWith(BEFORE) && isInside(part.slice(0, -BEFORE.length), whole.slice(0, -BEFORE.length))
  }
  return !part.endsWith(BEFORE) && (part.startsWith(`${whole}.`) || part.startsWith(`${whole}[`))
}

/** Reasons in one line. The last reads decide an answer, so the first ones are left out where there are many. */
export function tellReasons(reasons: readonly string[]): string {
  const left = reasons.length - MOST_READS
  return left > 0 ? `… (${left} more), ${reasons.slice(left).join(', ')}` : reasons.join(', ')
}

/** What can be looked into. */
const isObject = (value: Value): boolean =>
  typeof value === 'object' && value !== null && !(value instanceof Set) && Object.keys(value).length > 0

/** Reads a place, as often as it is called. */
function readable(value: Value, place: string, log: ReadLog): () => unknown {
  const shown = isObject(value) ? lookedInto(copyOf(value) as object, place, log) : frozenCopy(value)
  return () => {
    log(place, value)
    return shown
  }
}

function lookedInto(copy: object, place: string, log: ReadLog): object {
  const parts = new Map<string, () => unknown>()
  const partAt = (key: string) => {
    const read = parts.get(key)
    if (read !== undefined) return read()
    const inside = pathTo(place, Array.isArray(copy) ? Number(key) : key)
    const open = readable(Reflect.get(copy, key), inside, log)
    parts.set(key, open)
    return open()
  }
  return new Proxy(copy, {
    get: (target, key, receiver) => {
      if (key === PLAIN) return () => (Array.isArray(target) ? [...target] : { ...target })
      if (key === 'length' && Array.isArray(target)) log(`${place}.length`, target.length)
      return typeof key === 'string' && Object.hasOwn(target, key) && key !== 'length'
        ? partAt(key)
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
