/** An object under every key: operations take `[key, argument]` and give `[key, result]`, as Jepsen's `independent` does. */
import type { Value } from '../model.ts'
import { show } from '../value/show.ts'
import { badHistory } from './operation.ts'
import { fieldOf, isSameValue, keyText } from './recorded.ts'
import type { SequentialObject } from './sequential-object.ts'

type Objects = { readonly [key: string]: Value }
type Pair = readonly [key: Value, inner: Value]

const isPair = (value: Value): value is Pair => Array.isArray(value) && value.length === 2

export function keyed(object: SequentialObject): SequentialObject {
  return {
    ...object,
    name: `${object.name} by key`,
    initial: Object.freeze({}),
    alone: undefined,
    initialOf: () => Object.freeze({}),
    partOf: (operation, argument) => pairOf(operation, argument)[0],
    misfit: (operation, argument) =>
      isPair(argument) ? object.misfit(operation, argument[1]) : '[key, argument] where the model is keyed',
    readResult(operation, recorded, argument) {
      const [key, inner] = pairOf(operation, argument)
      return object.readResult(operation, recorded === null ? null : under(operation, key, recorded), inner)
    },
    apply(state, operation, argument) {
      const [key, inner] = pairOf(operation, argument)
      const states = state as Objects
      const update = object.apply(fieldOf(states, keyText(key)) ?? object.initial, operation, inner)
      return update === undefined ? undefined : { ...update, state: { ...states, [keyText(key)]: update.state } }
    },
  }
}

function pairOf(operation: string, argument: Value): Pair {
  if (isPair(argument)) return argument
  throw badHistory(`${operation}(${show(argument)})`, 'it names no key', '[key, argument] where the model is keyed')
}

function under(operation: string, key: Value, recorded: Value): Value {
  if (isPair(recorded) && isSameValue(recorded[0], key)) return recorded[1]
  throw badHistory(
    `${operation} of the key ${show(key)} gives ${show(recorded)}`,
    'it is not of that key',
    '[key, result] where the model is keyed',
  )
}
