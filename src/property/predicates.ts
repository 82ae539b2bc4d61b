/** The predicates of a property, of whatever kind it is: what it asks of states and of steps. */
import type { Atom, Property } from '../model.ts'
import { atomsOf, formulaOf, partsOf } from './formula.ts'

/** Those of a formula from left to right. A refinement has none: whoever judges it runs another protocol (trace/refinement.ts). */
export function predicatesOf(property: Property): readonly Atom[] {
  switch (property.kind) {
    case 'refines':
      return []
    case 'step':
      return [{ of: 'step', judge: property.judge }]
    case 'always':
    case 'never':
    case 'sometimes':
    case 'deadlock':
    case 'canAlways':
      return [{ of: 'state', judge: property.judge }]
    default:
      return partsOf(property).flatMap(({ asked }) => atomsOf(formulaOf(asked)))
  }
}
