/**
 * `--expect violated`, for regression tests: the seeded bug is still caught. What breaks as easily by a slip of the pen -
 * a value outside its schema, a witness that is missing - is no such catch, unless --property asks for it by name.
 */
import type { PropertyResult, SearchResult } from '../engine/result.ts'
import { TYPES } from '../property/types.ts'

/** Which outcome is the success. */
export type Expected = 'holds' | 'violated'

export interface Expectation {
  readonly verdict: Expected
  /** The properties that --property names. */
  readonly named: readonly string[]
}

type Found = Pick<SearchResult, 'verdict' | 'properties' | 'broken'>

/** Whether the search found what was expected; a broken protocol is neither outcome. */
export function isMet({ verdict, properties, broken }: Found, { verdict: expected, named }: Expectation): boolean {
  if (broken !== undefined || verdict !== expected) return false
  return expected === 'holds' || violated(properties).some((checked) => isCatch(checked, named))
}

/** What there is to say about it: nothing where nothing in particular was expected, or nothing is known. */
export function expectationText(found: Found, expectation: Expectation): string | undefined {
  const { verdict, properties, broken } = found
  if (expectation.verdict === 'holds' || (verdict === 'unknown' && broken === undefined)) return undefined
  if (isMet(found, expectation)) return 'This is what was expected.'
  const slips = broken === undefined ? violated(properties).map(slipOf) : ['a broken protocol']
  const all = slips.length === 0 ? '' : `, and ${slips.join(' and ')} ${slips.length === 1 ? 'is' : 'are'} none`
  const remedy = broken !== undefined || slips.length === 0 ? '' : ' unless --property names it'
  return `A violation was expected (--expect violated)${all}${remedy}.`
}

const violated = (properties: readonly PropertyResult[]) => properties.filter(({ verdict }) => verdict === 'violated')

const isCatch = ({ property }: PropertyResult, named: readonly string[]): boolean =>
  named.includes(property.name) || (property.name !== TYPES && property.kind !== 'sometimes')

const slipOf = ({ property }: PropertyResult): string =>
  property.name === TYPES ? 'a value outside its schema' : `a missing witness (${property.name})`
