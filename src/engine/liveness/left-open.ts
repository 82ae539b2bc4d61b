/**
 * Questions about whole executions are decided on the graph of a breadth-first search on one thread. A search that keeps
 * none checks the rest and leaves them open, so that its verdict is `unknown` at best. Where one of them is asked by name,
 * or where there is no rest, nobody is served by that: it is refused.
 */
import type { Model, Property } from '../../model.ts'
import { TYPES } from '../../property/types.ts'
import { SplitbrainError } from '../../value/splitbrain-error.ts'
import type { PropertyResult, SearchResult, Unasked } from '../result.ts'
import type { SearchOptions } from '../search-options.ts'
import { isExecution } from './marks.ts'

const WHY: Readonly<Record<Unasked, string>> = {
  simulate: 'a random walk ends',
  dfs: 'a depth-first search keeps no graph',
  compact: 'a compact store keeps no graph',
  workers: 'several workers keep no graph',
  constraint: 'a constraint cuts executions off',
  view: 'by a view there is no graph of all states',
  symmetry: 'up to symmetry there is no graph of its states',
}

const REMEDY: Readonly<Record<Exclude<Unasked, 'constraint' | 'view'>, string>> = {
  simulate: 'without --simulate',
  dfs: 'without --dfs',
  compact: 'without --compact',
  workers: 'with --workers 1',
  symmetry: 'without --symmetry',
}

const remedy = (unasked: Unasked): string =>
  unasked === 'constraint' || unasked === 'view'
    ? 'bound the protocol by its parameters instead'
    : `search breadth first on one thread (${REMEDY[unasked]})`

/** What keeps a search from deciding questions about whole executions; undefined where it decides them. */
export function whyUnasked(
  { within, view }: Model,
  { order, compactBytes, parallel }: SearchOptions,
): Unasked | undefined {
  if (within !== undefined) return 'constraint'
  if (view !== undefined) return 'view'
  if (order === 'dfs') return 'dfs'
  if (compactBytes !== undefined) return 'compact'
  return typeof parallel?.workers === 'number' && parallel.workers > 1 ? 'workers' : undefined
}

/**
 * Those of the properties asked that the search is to check.
 * @throws SplitbrainError `bad-option` where one that it does not decide is asked by name, or no other is there but `types`
 */
export function withoutOpenQuestions(
  asked: readonly Property[],
  { properties: named }: Pick<SearchOptions, 'properties'>,
  unasked: Unasked | undefined,
  { within }: Pick<Model, 'within'>,
): readonly Property[] {
  const isOpen = (property: Property) =>
    unasked !== 'symmetry'
      ? isExecution(property)
      : isOpenUpToSymmetry(property) || (within !== undefined && isExecution(property))
  const execution = asked.find(isOpen)
  if (unasked === undefined || execution === undefined) return asked
  const checked = asked.filter((property) => !isOpen(property))
  if (named === undefined && checked.some(({ name }) => name !== TYPES)) return checked
  throw new SplitbrainError(
    'bad-option',
    `the property ${execution.name} is about whole executions (${execution.kind}), and ${WHY[unasked]}; ` +
      `${remedy(unasked)}, or ask for other properties by name`,
  )
}

/** What is fair is so to processes by name; whether a goal can be reached is the same for all states of an orbit. */
export const isOpenUpToSymmetry = (property: Property): boolean =>
  property.kind === 'refines' || (isExecution(property) && property.kind !== 'canAlways')

/** The result with all properties asked, in their order; those that were not checked are unknown. */
export function withOpenQuestions(
  result: SearchResult,
  asked: readonly Property[],
  unasked: Unasked | undefined,
): SearchResult {
  if (unasked === undefined) return result
  const answers = new Map(result.properties.map((answer) => [answer.property, answer]))
  const properties = asked.map(
    (property): PropertyResult => answers.get(property) ?? { property, verdict: 'unknown', exercised: false, unasked },
  )
  const isOpen = properties.length > answers.size
  return { ...result, properties, verdict: isOpen && result.verdict === 'holds' ? 'unknown' : result.verdict }
}

/** What there is to say of questions that were left open, and how to have them answered. */
export function leftOpenText(names: readonly string[], unasked: Unasked): string {
  if (unasked === 'symmetry') return `not asked up to symmetry: ${names.join(', ')}; search ${REMEDY.symmetry}`
  return `not asked about whole executions, since ${WHY[unasked]}: ${names.join(', ')}; ${remedy(unasked)}`
}
