/**
 * A sequential specification: what an object does when operations come one after the other. Consistency asks whether a
 * history, in which they overlap, can be told as if they had.
 *
 * Pure, like everything in a model: equal states and arguments give equal results, and nothing is changed in place.
 */
import type { z } from 'zod'
import type { Value } from '../model.ts'
import { found } from '../value/found.ts'
import { show } from '../value/show.ts'
import { SplitbrainError } from '../value/splitbrain-error.ts'
import { thrownText } from '../value/visible.ts'
import { isSameValue, recorded } from './recorded.ts'

/** What an update does. Without a result it says nothing of what it returns, and whatever was recorded is right. */
export interface Update<S> {
  readonly state: S
  readonly result?: Value
}

// A parameter of type `never` lets an author say the type of the argument, whichever it is.
type Query<S> = (state: S, argument: never) => Value
type Change<S> = (state: S, argument: never) => Update<S> | undefined

export interface ObjectText<S extends Value> {
  readonly name: string
  readonly initial: S
  /** Operations that change nothing, and their results. */
  readonly queries?: Readonly<Record<string, Query<S>>>
  /** Operations that change the state. Undefined: it cannot happen in this state (a lock that is taken). */
  readonly updates?: Readonly<Record<string, Change<S>>>
  /**
   * The part of the object that an operation is about, where parts are independent of each other (the keys of a map):
   * linearizability is then checked part by part.
   */
  readonly part?: (operation: string, argument: never) => Value
  /** What the object is at first as far as a part of it goes: the less there is in a state, the quicker is the check. */
  readonly initialOf?: (part: Value) => S
  /** Updates that replace their part of the object whole, whatever it was. Session guarantees are quicker to ask then. */
  readonly overwriting?: readonly string[]
  /** An object with the same operations that answers as this part does, and whose states hold less: quicker to search. */
  readonly alone?: (part: Value) => SequentialObject
  /** What the arguments of an operation must be, for a history from elsewhere. Default: anything. */
  readonly arguments?: Readonly<Record<string, z.ZodType>>
  /** What a recorded result means, where histories write it in another way. Default: what is written. */
  readonly readResult?: (operation: string, recorded: Value, argument: Value) => Value
  /** Whether a recorded result is the expected one. Default: they are equal. */
  readonly matches?: (expected: Value, recorded: Value) => boolean
}

export interface SequentialObject {
  readonly name: string
  readonly initial: Value
  readonly operations: readonly string[]
  readonly isQuery: (operation: string) => boolean
  readonly isOverwriting: (operation: string) => boolean
  /** Undefined where the operation cannot happen in this state. `argument` is null where the operation takes none. */
  readonly apply: (state: Value, operation: string, argument: Value) => Update<Value> | undefined
  /** What is wrong with an argument; undefined where nothing is. */
  readonly misfit: (operation: string, argument: Value) => string | undefined
  readonly readResult: (operation: string, recorded: Value, argument: Value) => Value
  readonly matches: (expected: Value, recorded: Value) => boolean
  readonly partOf: ((operation: string, argument: Value) => Value) | undefined
  readonly initialOf: (part: Value) => Value
  readonly alone: ((part: Value) => SequentialObject) | undefined
}

type Applied = (state: Value, argument: Value) => unknown

/** An operation, and how errors call it and what it gives. */
interface Entry {
  readonly body: Applied
  readonly asks: boolean
  readonly told: { readonly where: string; readonly result: string; readonly state: string }
}

/** @throws SplitbrainError `bad-protocol` where a part of the text is not what it should be */
export function sequentialObject<S extends Value>(text: ObjectText<S>): SequentialObject {
  const { name, initial, queries = {}, updates = {}, part, overwriting = [], matches = isSameValue } = text
  const { arguments: shapes = {}, readResult = asWritten, initialOf = () => initial } = text
  const table = new Map<string, Entry>()
  for (const [operation, body] of [...Object.entries(queries), ...Object.entries(updates)]) {
    if (typeof body !== 'function' || table.has(operation)) throw badBody(name, operation, body)
    const where = `${name}.${operation}`
    const asks = Object.hasOwn(queries, operation)
    const told = { where, result: `the result of ${where}`, state: `the state after ${where}` }
    table.set(operation, { body: body as Applied, asks, told }) // the author's types end here: values come from a history
  }
  const start = recorded(initial, `the initial state of ${name}`)
  const misfit = (operation: string, argument: Value) =>
    Object.hasOwn(shapes, operation) ? shapes[operation]!.safeParse(argument).error?.issues[0]?.message : undefined
  return {
    name,
    initial: start,
    operations: [...table.keys()],
    isQuery: (operation) => Object.hasOwn(queries, operation),
    isOverwriting: (operation) => overwriting.includes(operation),
    partOf: part as SequentialObject['partOf'],
    alone: text.alone,
    initialOf: (part) => recorded(initialOf(part), `the initial state of ${name}`),
    misfit,
    readResult,
    matches,
    apply(state, operation, argument) {
      const { body, asks, told } = table.get(operation)!
      const wrong = misfit(operation, argument)
      if (wrong !== undefined) throw wrongArgument(told.where, argument, wrong)
      const answer = ask(body, state, argument, told.where)
      if (asks) return { state, result: recorded(answer, told.result) }
      return answer === undefined ? undefined : updated(answer, told)
    },
  }
}

/** An object that cannot make anything of an argument throws, most likely: the argument is named. */
function ask(body: Applied, state: Value, argument: Value, where: string): unknown {
  try {
    return body(state, argument)
  } catch (thrown) {
    if (thrown instanceof SplitbrainError) throw thrown
    throw new SplitbrainError(
      'bad-history',
      `${where}(${show(argument)}) threw ${thrownText(thrown)}; expected an argument that the object can be asked with`,
      { cause: thrown },
    )
  }
}

const asWritten = (_: string, written: Value): Value => written

const wrongArgument = (where: string, argument: Value, expected: string): SplitbrainError =>
  new SplitbrainError('bad-history', `${where}(${show(argument)}); expected ${expected}`)

function updated(answer: unknown, told: Entry['told']): Update<Value> {
  if (typeof answer !== 'object' || answer === null || !('state' in answer)) {
    throw new SplitbrainError(
      'bad-property',
      `the update ${told.where} answered ${found(answer)}; expected { state, result }, or undefined where it cannot happen`,
    )
  }
  const { state, result } = answer as Update<unknown>
  const after = { state: recorded(state, told.state) }
  return result === undefined ? after : { ...after, result: recorded(result, told.result) }
}

function badBody(name: string, operation: string, body: unknown): SplitbrainError {
  const what = typeof body === 'function' ? 'a query as well as an update' : found(body)
  return new SplitbrainError(
    'bad-protocol',
    `the operation ${operation} of the object ${name} is ${what}; expected a function, under queries or under updates`,
  )
}
