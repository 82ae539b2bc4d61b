/** Objects that most histories are about. Operations, arguments and results are as Jepsen and Porcupine name them. */
import { z } from 'zod'
import type { Primitive, Value } from '../model.ts'
import { fieldOf, hasElement, isSameValue, keyText, recorded } from './recorded.ts'
import { type SequentialObject, sequentialObject } from './sequential-object.ts'
import { sum } from './sum.ts'

interface Start<S> {
  readonly initial?: S
}

const anything = z.unknown()
const pairOf = (names: string, second: z.ZodType = anything) => z.tuple([anything, second], `a pair ${names}`)
const number = z.union([z.number(), z.bigint()], 'a number')

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
        isSameValue(value, from) ? { state: to, result: true } : { state: value, result: false },
    },
    arguments: { cas: pairOf('[from, to]') },
    readResult: (_, result, argument) => (isEchoOfCas(result, argument) ? true : result),
  })

/** Jepsen records of a compare-and-set that succeeded what it was asked to do. */
const isEchoOfCas = (result: Value, argument: Value): boolean => Array.isArray(result) && isSameValue(result, argument)

/** A number: `add(n)` and `increment()` give nothing, `addAndGet(n)` the sum, `read()` the number. */
export const counter = ({ initial = 0 }: Start<number> = {}): SequentialObject =>
  sequentialObject<number>({
    name: 'counter',
    initial,
    queries: { read: (count) => count },
    updates: {
      add: (count, n: number) => ({ state: sum(count, n) }),
      increment: (count) => ({ state: sum(count, 1) }),
      decrement: (count) => ({ state: sum(count, -1) }),
      addAndGet: (count, n: number) => ({ state: sum(count, n), result: sum(count, n) }),
    },
    arguments: { add: number, addAndGet: number },
  })

/** `read()` gives the elements, as a set or as a list in any order. */
export const set = ({ initial = [] }: Start<Iterable<Primitive>> = {}): SequentialObject =>
  sequentialObject<ReadonlySet<Primitive>>({
    name: 'set',
    initial: new Set(initial),
    queries: {
      read: (elements) => elements,
      contains: (elements, element: Primitive) => hasElement(elements, element),
    },
    updates: {
      add: (elements, element: Primitive) => ({ state: new Set([...elements, element]) }),
      remove: (elements, element: Primitive) => ({
        state: new Set([...elements].filter((e) => !isSameValue(e, element))),
      }),
    },
    readResult: (operation, result) => (operation === 'read' ? asSet(result) : result),
    matches: (expected, result) => isSameValue(expected, asSet(result)),
  })

const asSet = (result: Value): Value => (Array.isArray(result) ? recorded(new Set(result), 'a set') : result)

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

const byKeyText = (entries: readonly (readonly [string, Value])[]): Entries =>
  Object.fromEntries(entries.map(([key, value]) => [keyText(key), value]))

const without = (entries: Entries, key: string): Entries =>
  Object.fromEntries(Object.entries(entries).filter(([other]) => other !== key))

/**
 * A map: `get(key)` gives null where there is nothing, or "" where `absent` says so; `put([key, value])`,
 * `append([key, text])`, `delete(key)`. Keys are told apart by value: `1` and `"1"` are two.
 */
export const kv = ({
  initial = {},
  absent = null,
}: Start<Entries> & { readonly absent?: Absent } = {}): SequentialObject =>
  sequentialObject<Entries>({
    name: 'kv',
    initial: byKeyText(Object.entries(initial)),
    queries: { get: (entries, key: Value) => fieldOf(entries, keyText(key)) ?? absent },
    updates: {
      put: (entries, [key, value]: readonly [Value, Value]) => ({ state: { ...entries, [keyText(key)]: value } }),
      append: (entries, [key, text]: readonly [Value, string]) => ({
        state: { ...entries, [keyText(key)]: `${fieldOf(entries, keyText(key)) ?? ''}${text}` },
      }),
      delete: (entries, key: Value) => ({ state: without(entries, keyText(key)) }),
    },
    overwriting: ['put', 'delete'],
    arguments: { put: pairOf('[key, value]'), append: pairOf('[key, text]', z.string()) },
    alone: (key) => cell((typeof key === 'string' ? fieldOf(initial, key) : undefined) ?? absent, absent),
    initialOf: (key) => byKeyText(Object.entries(initial).filter(([other]) => other === key)),
    part: (operation: string, argument: Value) =>
      operation === 'put' || operation === 'append' ? (argument as readonly Value[])[0]! : argument,
  })

/** What a get returns where there is nothing. Text is appended to either as to nothing. */
type Absent = null | ''

/** What a map has under one key. */
const cell = (initial: Value, absent: Absent): SequentialObject =>
  sequentialObject<Value>({
    name: 'kv',
    initial,
    queries: { get: (value) => value },
    updates: {
      put: (_, [, value]: readonly [Value, Value]) => ({ state: value }),
      append: (value, [, text]: readonly [Value, string]) => ({ state: `${value ?? ''}${text}` }),
      delete: () => ({ state: absent }),
    },
  })
