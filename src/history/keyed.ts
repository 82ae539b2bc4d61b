/** An object under every key: operations take `[key, argument]` and give `[key, result]`, as Jepsen's `independent` does. */
import type { Value } from '../model.ts'
import { show } from '../value/show.ts'
import { badHistory } from './operation.ts'
import type { SequentialObject } from './sequential-object.ts'

type Objects = { readonly [key: string]: Value }

export function keyed(object: SequentialObject): SequentialObject {
  const isPair = (value: Value): value is readonly [Value, Value] => Array.isArray(value) && value.length === 2
  const partOf = (operation: string, argument: Value): Value => {
    if (isPair(argument)) return show(argument[0])
    throw badHistory(`${operation}(${show(argument)})`, 'it names no key', '[key, argument] where the model is keyed')
  }
  return {
    ...object,
    name: `${object.name} by key`,
    initial: {},
    partOf,
    apply(state, operation, argument) {
      const key = partOf(operation, argument) as string
      const [, inner] = argument as readonly [Value, Value]
      const states = state as Objects
      const update = object.apply(states[key] ?? object.initial, operation, inner)
      return update === undefined ? undefined : { ...update, state: { ...states, [key]: update.state } }
    },
    matches: (expected, recorded) => object.matches(expected, isPair(recorded) ? recorded[1] : recorded),
  }
}
