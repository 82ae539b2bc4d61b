/**
 * Methods of arrays that look at less than the native ones do: who asks where an element is does not look at those before
 * it, and who takes the first of a queue does not look at those that move up.
 */
import type { Value } from '../../model.ts'

/** A draft of an array. */
export interface ListDraft {
  /** What the body has. */
  readonly proxy: object
  /** What it was before the run. */
  readonly base: object
  readonly isWritten: boolean
  askWhereIs(element: Value): void
  /** Takes out so many elements from a place on, puts others in, and gives those that it took. */
  splice(from: number, count: number, added: readonly unknown[]): unknown[]
}

/** Undefined where the native one will do. */
export function methodOf(list: ListDraft, name: string | symbol): unknown {
  switch (name) {
    case 'indexOf':
    case 'includes':
      return (...given: [unknown]) => search(list, name, given)
    case 'shift':
      return () => list.splice(0, 1, [])[0]
    case 'splice':
      return (...given: Splicing) => splice(list, given)
    default:
      return undefined
  }
}

function search(list: ListDraft, method: 'indexOf' | 'includes', given: [unknown]): unknown {
  const [element] = given
  if (given.length !== 1 || list.isWritten || !isPrimitive(element)) {
    return Reflect.apply(Array.prototype[method], list.proxy, given)
  }
  list.askWhereIs(element)
  return Reflect.apply(Array.prototype[method], list.base, given)
}

const isPrimitive = (value: unknown): value is string | number | boolean | null =>
  value === null || typeof value === 'string' || typeof value === 'boolean' || Number.isFinite(value)

type Splicing = [start: number, count: number, ...added: unknown[]]

/** As ECMA-262 reads the arguments of `Array.prototype.splice`. */
function splice(list: ListDraft, given: Splicing): unknown[] {
  const { length } = list.proxy as unknown[]
  const [start, count, ...added] = given
  const from = whole(start) < 0 ? Math.max(length + whole(start), 0) : Math.min(whole(start), length)
  const most = length - from
  if (given.length === 0) return list.splice(from, 0, [])
  return list.splice(from, given.length === 1 ? most : Math.min(Math.max(whole(count), 0), most), added)
}

const whole = (given: unknown): number => {
  const number = Number(given)
  return Number.isNaN(number) ? 0 : Math.trunc(number)
}
