/** What is said of a question at the end: whether such a state can be reached, and how many of them there are. */
import type { SearchResult } from '../../engine/result.ts'
import type { Budget } from '../../engine/search-options.ts'
import { boundsText, noShorterWay, whyStopped } from '../../report/conclusion.ts'
import { count, plural } from '../../report/quantities.ts'

/** `unreachable` where every state was looked at, as far as a view tells them apart; a constraint leaves that open. */
export type Reached = 'reached' | 'unreachable' | 'unknown'

/** @param steps of the way to such a state; undefined where none was found */
export function reachedIn({ verdict, within }: SearchResult, steps: number | undefined): Reached {
  if (steps !== undefined) return 'reached'
  return verdict === 'unknown' || within !== undefined ? 'unknown' : 'unreachable'
}

/** @param from where the search began, if not at the protocol's start: `step 3 of x.json` */
export function reachText(
  result: SearchResult,
  expression: string,
  {
    steps,
    from,
    budget,
  }: { readonly steps: number | undefined; readonly from: string | undefined; readonly budget: Budget },
): readonly string[] {
  const beginning = from === undefined ? '' : `, from ${from}`
  const states = plural(result.distinct, 'state')
  const isWhole = result.stop.reason === 'exhausted'
  switch (reachedIn(result, steps)) {
    case 'reached':
      return [
        `Reached after ${plural(steps!, 'step')}${beginning}; ${noShorterWay(result)}: ${expression}`,
        ...(result.counted === undefined ? [] : [countText(result.counted, result, isWhole)]),
      ]
    case 'unreachable':
      return [
        `✗ Not reached${beginning}${boundsText(result)}: in none of the ${states} that ${result.viewed ? 'were met' : 'can be'} is it true: ${expression}`,
      ]
    case 'unknown':
      return [
        isWhole
          ? `Unknown${beginning}${boundsText(result)}: in none of the ${states} is it true, and what lies beyond is not known: ${expression}`
          : `Unknown: the search stopped ${whyStopped(result, budget)}; in none of the ${states} until then is it true: ${expression}`,
      ]
  }
}

function countText(counted: number, result: SearchResult, isWhole: boolean): string {
  const bounds = boundsText(result)
  const cut = isWhole ? (bounds === '' ? '' : ` that were met${bounds}`) : ' that were met; the search was cut short'
  return `It is true of ${count(counted)} of the ${plural(result.distinct, 'distinct state')}${cut}.`
}
