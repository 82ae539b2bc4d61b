/** Which properties a search is asked, of those that its model has. */
import type { Model, Property } from '../model.ts'
import { propertiesOf, TYPES } from '../property/types.ts'
import { SplitbrainError } from '../value/splitbrain-error.ts'
import type { SearchOptions } from './search-options.ts'

/** Those that the options name, or all but the optional ones. @throws SplitbrainError `bad-option` where there are none */
export function askedProperties(model: Model, options: SearchOptions): Property[] {
  const asked = namedProperties(model, options)
  if (asked.length > 0) return asked
  throw new SplitbrainError('bad-option', 'without types there is no property left to check; leave out --no-types')
}

function namedProperties(model: Model, { properties, leavesOutTypes = false }: SearchOptions): Property[] {
  const all = propertiesOf(model).filter(({ name }) => name !== TYPES || !leavesOutTypes)
  if (properties === undefined) return all.filter(({ optional }) => !optional)
  const unknown = properties.find((name) => name !== TYPES && !all.some((property) => property.name === name))
  if (unknown !== undefined) {
    const known = propertiesOf(model)
      .map(({ name }) => name)
      .join(', ')
    throw new SplitbrainError(
      'bad-option',
      `${model.protocol} has no property ${unknown}; its properties are: ${known}`,
    )
  }
  return all.filter(({ name }) => name === TYPES || properties.includes(name))
}
