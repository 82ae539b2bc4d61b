/**
 * The options of a choice, equal ones together. Two records of a list may be equal and are still two: to change the
 * second is not to change the first. Equal primitives are one option, and so is one object that is given twice.
 */
import type { Value } from '../model.ts'
import { textOf } from './canonical.ts'

/** Where options that are equal stand among those given, in order: different objects, or the first of what is no object. */
export type OptionGroup = readonly [number, ...number[]]

/** @param values what `given` are as values; in the order of their first */
export function optionGroups(given: readonly unknown[], values: readonly Value[]): readonly OptionGroup[] {
  const groups = new Map<string, [number, ...number[]]>()
  const members = new Set<unknown>()
  for (const [i, value] of values.entries()) {
    const text = textOf(value)
    const group = groups.get(text)
    if (group === undefined) groups.set(text, [i])
    else if (isObject(given[i]) && !members.has(given[i])) group.push(i)
    if (isObject(given[i])) members.add(given[i])
  }
  return [...groups.values()]
}

const isObject = (option: unknown): boolean => typeof option === 'object' && option !== null

/** What the choice among equal ones is called, and its options: the first of them, the second, ... */
export const whichOf = (name: string): string => `${name}.which`
export const ordinals = (group: OptionGroup): readonly number[] => group.map((_, i) => i + 1)
