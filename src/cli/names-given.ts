/** Names given on a command line - bugs, properties - found among the known ones, in kebab or camel case. */
import { InvalidArgumentError } from 'commander'
import type { Model } from '../model.ts'
import { camelCase, kebabCase } from '../report/kebab-case.ts'
import { nearestName } from '../value/nearest-name.ts'
import { SplitbrainError } from '../value/splitbrain-error.ts'

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

/**
 * The known names that were meant, each once. @throws SplitbrainError `bad-option`
 * @param kind what they name, in the plural made by an s: `bug`
 */
export function findNames(given: readonly string[], known: readonly string[], kind: string, owner: string): string[] {
  const found = given.map((name) => {
    const meant = known.find((candidate) => candidate === name || candidate === camelCase(name))
    if (meant === undefined) throw unknownName(name, known, kind, owner)
    return meant
  })
  return [...new Set(found)]
}

/** The processes that are to have lanes. @throws SplitbrainError `bad-option` */
export const lanesAsked = (names: readonly string[] | undefined, { components, protocol }: Model) =>
  names &&
  findNames(
    names,
    components.flatMap(({ name, kind }) => (kind === 'process' ? [name] : [])),
    'process',
    protocol,
  )

function unknownName(name: string, known: readonly string[], kind: string, owner: string): SplitbrainError {
  const near = nearestName(name, known)
  const hint = near === undefined ? '' : `; did you mean ${kebabCase(near)}?`
  const plural = kind.replace(/y$/, 'ie').replace(/s$/, 'se')
  const all = known.length === 0 ? 'There are none.' : `The ${plural}s are: ${known.map(kebabCase).join(', ')}`
  return new SplitbrainError('bad-option', `${owner} has no ${kind} ${name}${hint}\n${all}`)
}
