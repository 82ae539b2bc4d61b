/** A search's result as scenarios tell outcomes, so that what was found can be compared with what is documented. */
import type { SearchResult } from '../engine/result.ts'
import type { Budget } from '../engine/search-options.ts'
import type { Found } from '../report/claims.ts'
import { boundsText, whyStopped } from '../report/conclusion.ts'
import type { Path } from '../trace/path.ts'
import type { Trace } from '../trace/trace.ts'

/** Of the first violation, where there are several. */
export function outcomeOf(result: SearchResult, budget: Budget = {}): Found {
  const { verdict, broken, distinct, generated, depth } = result
  if (broken !== undefined) return { verdict: 'broken', why: broken.error.message }
  if (verdict === 'unknown') return { verdict, why: whyUnknown(result, budget) }
  if (verdict === 'holds') {
    const bounds = boundsText(result).trimStart()
    return { verdict, distinct, generated, depth, ...(bounds !== '' && { bounds }) }
  }
  const { property, path } = result.properties.find((checked) => checked.verdict === 'violated')!
  if (path === undefined) return { verdict: 'unwitnessed', property: property.name }
  return violation(property.name, path)
}

const whyUnknown = (result: SearchResult, budget: Budget): string =>
  result.stop.reason === 'exhausted'
    ? 'what is asked of whole executions was left out'
    : `the search stopped ${whyStopped(result, budget)}`

/** What a saved counterexample shows. */
export const outcomeOfTrace = (trace: Trace): Found => violation(trace.property.name, trace)

function violation(property: string, { steps, loop: stem }: Pick<Path, 'steps' | 'loop'>): Found {
  const loop = stem === undefined ? {} : { loop: steps.length - stem }
  return { verdict: 'violated', property, steps: steps.length, ...loop }
}
