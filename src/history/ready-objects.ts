/** Objects that most histories are about. Operations, arguments and results are as Jepsen and Porcupine name them. */
import type { Primitive, Value } from '../model.ts'
import { equal } from '../value/canonical.ts'
import { type SequentialObject, sequentialObject } from './sequential-object.ts'

interface Start<S> {
  readonly initial?: S
}

/** A cell: `read()` gives what was written last. */
export const register = ({ initial = null }: Start<Value> = {}): SequentialObject =>
  sequentialObject<Value>({
    name: 'register',
    initial,
    queries: { read: (value) => value },
    updates: { write: (_, value: Value) => ({ state: value }) },
    overwriting: ['write'],
  })

/** A register with `cas([from, to])`, which gives whether it found `from`. */
export const casRegister = ({ initial = null }: Start<Value> = {}): SequentialObject =>
  sequentialObject<Value>({
    name: 'cas-register',
    initial,
    queries: { read: (value) => value },
    updates: {
      write: (_, value: Value) => ({ state: value }),
      cas: (value, [from, to]: readonly [Value, Value]) =>
        equal(value, from) ? { state: to, result: true } : { state: value, result: false },
    },
  })

/** A number: `add(n)` and `increment()` give nothing, `addAndGet(n)` the sum, `read()` the number. */
export const counter = ({ initial = 0 }: Start<number> = {}): SequentialObject =>
  sequentialObject<number>({
    name: 'counter',
    initial,
    queries: { read: (count) => count },
    updates: {
      add: (count, n: number) => ({ state: count + n }),
      increment: (count) => ({ state: count + 1 }),
      decrement: (count) => ({ state: count - 1 }),
      addAndGet: (count, n: number) => ({ state: count + n, result: count + n }),
    },
  })

/** `read()` gives the elements, as a set or as a list in any order. */
export const set = ({ initial = [] }: Start<Iterable<Primitive>> = {}): SequentialObject =>
  sequentialObject<ReadonlySet<Primitive>>({
    name: 'set',
    initial: new Set(initial),
    queries: {
      read: (elements) => elements,
      contains: (elements, element: Primitive) => elements.has(element),
    },
    updates: {
      add: (elements, element: Primitive) => ({ state: new Set([...elements, element]) }),
      remove: (elements, element: Primitive) => ({ state: new Set([...elements].filter((e) => e !== element)) }),
    },
    matches: (expected, recorded) => equal(asSet(expected), asSet(recorded)),
  })

const asSet = (result: Value): Value => (Array.isArray(result) ? new Set<Primitive>(result) : result)

/** First in, first out: `dequeue()` gives null where the queue is empty. */
export const queue = ({ initial = [] }: Start<readonly Value[]> = {}): SequentialObject =>
  sequentialObject<readonly Value[]>({
    name: 'queue',
    initial,
    queries: { peek: ([first = null]) => first },
    updates: {
      enqueue: (items, item: Value) => ({ state: [...items, item] }),
      dequeue: ([first = null, ...rest]) => ({ state: rest, result: first }),
    },
  })

/** Last in, first out: `pop()` gives null where the stack is empty. */
export const stack = ({ initial = [] }: Start<readonly Value[]> = {}): SequentialObject =>
  sequentialObject<readonly Value[]>({
    name: 'stack',
    initial,
    queries: { peek: (items) => items.at(-1) ?? null },
    updates: {
      push: (items, item: Value) => ({ state: [...items, item] }),
      pop: (items) => ({ state: items.slice(0, -1), result: items.at(-1) ?? null }),
    },
  })

/** `acquire()` cannot happen while it is held, nor `release()` while it is not. Who holds it, it does not know. */
export const mutex = ({ initial = false }: Start<boolean> = {}): SequentialObject =>
  sequentialObject<boolean>({
    name: 'mutex',
    initial,
    updates: {
      acquire: (isHeld) => (isHeld ? undefined : { state: true }),
      release: (isHeld) => (isHeld ? { state: false } : undefined),
    },
  })

type Entries = { readonly [key: string]: Value }

/** A map: `get(key)` gives null where there is nothing; `put([key, value])`, `append([key, text])`, `delete(key)`. */
export const kv = ({ initial = {} }: Start<Entries> = {}): SequentialObject =>
  sequentialObject<Entries>({
    name: 'kv',
    initial,
    queries: { get: (entries, key: Value) => entries[String(key)] ?? null },
    updates: {
      put: (entries, [key, value]: readonly [Value, Value]) => ({ state: { ...entries, [String(key)]: value } }),
      append: (entries, [key, text]: readonly [Value, string]) => ({
        state: { ...entries, [String(key)]: `${entries[String(key)] ?? ''}${text}` },
      }),
      delete: (entries, key: Value) => ({
        state: Object.fromEntries(Object.entries(entries).filter(([other]) => other !== String(key))),
      }),
    },
    overwriting: ['put', 'delete'],
    part: (_, argument: Value) => String(Array.isArray(argument) ? argument[0]! : argument),
  })
