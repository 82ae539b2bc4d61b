/** Names given on a command line. */
import { InvalidArgumentError } from 'commander'
import { findNames } from '../load/find-names.ts'
import type { Model } from '../model.ts'

/**
 * For commander: collects `--bug a,b --bug c` as ['a', 'b', 'c'].
 * @throws InvalidArgumentError where a name is empty, as from a variable that is not set: to check nothing, or without
 *   the bug, is not what was meant
 */
export function collectNames(text: string, before: readonly string[] = []): readonly string[] {
  const names = text.split(',').map((name) => name.trim())
  if (names.includes('')) {
    throw new InvalidArgumentError(`Expected names, separated by commas${names.length > 1 ? '; one is empty' : ''}.`)
  }
  return [...before, ...names]
}

/** Roles, or all of which that is true: `auto`. */
export const parseRoles = (text: string): 'auto' | 'off' | readonly string[] =>
  text === 'auto' || text === 'off' ? text : collectNames(text)

/** The processes that are to have lanes. @throws SplitbrainError `bad-option` */
export const lanesAsked = (names: readonly string[] | undefined, { components, protocol }: Model) =>
  names &&
  findNames(
    names,
    components.flatMap(({ name, kind }) => (kind === 'process' ? [name] : [])),
    'process',
    protocol,
  )
