/** Short keys for plain states, so that one that is met again is known. */
import type { State } from '../model.ts'
import { textOf } from '../value/canonical.ts'

/** A key per state: values are numbered by their texts, which are worked out once for each object. */
export function stateKeys(): (state: State) => string {
  const byText = new Map<string, number>()
  const byObject = new WeakMap<object, number>()
  const numberOf = (value: State[number]): number => {
    const isObject = typeof value === 'object' && value !== null
    const known = isObject ? byObject.get(value) : undefined
    if (known !== undefined) return known
    const text = textOf(value)
    const number = byText.get(text) ?? byText.size
    byText.set(text, number)
    if (isObject) byObject.set(value, number)
    return number
  }
  return (state) => state.map(numberOf).join()
}
