/** Names that somebody gave - bugs, properties, scenarios - found among the known ones, in kebab or camel case. */
import { camelCase, kebabCase } from '../report/kebab-case.ts'
import { nearestName } from '../value/nearest-name.ts'
import { SplitbrainError } from '../value/splitbrain-error.ts'

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

function unknownName(name: string, known: readonly string[], kind: string, owner: string): SplitbrainError {
  const near = nearestName(name, known)
  const hint = near === undefined ? '' : `; did you mean ${kebabCase(near)}?`
  const plural = kind.replace(/y$/, 'ie').replace(/s$/, 'se')
  const all = known.length === 0 ? 'There are none.' : `The ${plural}s are: ${known.map(kebabCase).join(', ')}`
  return new SplitbrainError('bad-option', `${owner} has no ${kind} ${name}${hint}\n${all}`)
}
