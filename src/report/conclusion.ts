/**
 * The closing sentence: the verdict, and exactly what it rests on. A search that did not see every state is never said
 * to have verified anything.
 */
import type { Budget, ComponentResult, PropertyResult, SearchResult } from '../engine/result.ts'
import { courseText } from './course-text.ts'
import { curesText } from './fairness-text.ts'
import { bytes, count, duration, plural } from './quantities.ts'

const MOST_NAMED = 3

export function conclusion(result: SearchResult, budget: Budget): string {
  if (result.simulation !== undefined) return simulationText(result, result.simulation, budget)
  switch (result.verdict) {
    case 'holds':
      return holds(result)
    case 'violated':
      return [
        [violated(result), ...(wasCutShort(result) ? [`The search ${stopped(result, budget)}`] : [])].join(' '),
        ...result.properties.flatMap(({ property, cures }) =>
          cures === undefined ? [] : [curesText(property.name, cures)],
        ),
      ].join('\n')
    case 'unknown':
      return [`Unknown: the search ${stopped(result, budget)}`, ...growing(result)].join(' ')
  }
}

function holds({ properties, distinct }: SearchResult): string {
  const all = properties.length === 1 ? 'the property holds' : `all ${properties.length} properties hold`
  return `Holds: ${all} in ${plural(distinct, 'distinct state')}, every one that can be reached at these parameters.`
}

/** Random walks prove nothing but what they met. */
function simulationText(result: SearchResult, { seed, walks, maxDepth }: Simulation, budget: Budget): string {
  const walked = `${plural(walks, 'random walk')} of at most ${plural(maxDepth, 'step')} (seed ${seed})`
  if (result.verdict === 'violated') {
    return `${violated(result)} Met within ${walked}: a shorter way may exist, and a search without --simulate finds it.`
  }
  const early = result.stop.reason === 'walks' ? '' : `the simulation stopped ${whyStopped(result, budget)}; `
  return (
    `Unknown: ${early}no violation was met in ${walked}. What they did not meet is not known; a search without ` +
    '--simulate may find it, or prove that there is nothing.'
  )
}

type Simulation = NonNullable<SearchResult['simulation']>

function violated({ properties, order, distinct }: SearchResult): string {
  const broken = properties.filter(({ verdict }) => verdict === 'violated')
  const each = broken.map(({ property, path }) =>
    path === undefined
      ? `${property.name} (none of the ${plural(distinct, 'distinct state')} is a witness)`
      : `${property.name} ${courseText(path)}`,
  )
  return `Violated: ${each.join(', ')}.${traceQuality(broken, order)}`
}

function traceQuality(broken: readonly PropertyResult[], order: SearchResult['order']): string {
  const traces = broken.filter(({ path }) => path !== undefined).length
  if (order === 'random' || traces === 0 || broken.some(({ path }) => path?.loop !== undefined)) return '' // lassos are short, no more
  if (order === 'dfs') return ` Depth first: a shorter way may exist, and --bfs finds it.`
  return traces === 1 ? ' No shorter way exists.' : ' No shorter ways exist.'
}

const wasCutShort = ({ stop }: SearchResult) => stop.reason !== 'exhausted' && stop.reason !== 'violation'

function stopped({ stop, distinct, frontier }: SearchResult, budget: Budget): string {
  const left =
    frontier === 0
      ? ''
      : ` ${plural(frontier, 'distinct state')} ${frontier === 1 ? 'was' : 'were'} found and not explored further.`
  return `stopped ${whyStopped({ stop, distinct }, budget)}.${left} What lies beyond is not known.`
}

/** Why a search ended early, to go on after `the search stopped`. */
export function whyStopped({ stop, distinct }: Pick<SearchResult, 'stop' | 'distinct'>, budget: Budget): string {
  const { reason, elapsedMs } = stop
  switch (reason) {
    case 'max-states':
      return `at ${count(distinct)} distinct states (--max-states)`
    case 'max-depth':
      return `at depth ${count(budget.maxDepth ?? 0)} (--max-depth)`
    case 'timeout':
      return `after ${duration(elapsedMs)} (--timeout)`
    case 'max-memory':
      return `at ${bytes(budget.maxMemoryBytes ?? 0)} of memory (--max-memory)`
    case 'interrupted':
      return `by an interrupt after ${duration(elapsedMs)}`
    case 'walks':
    case 'exhausted':
    case 'violation':
    case 'broken':
      return `early (${reason})`
  }
}

/**
 * Names what makes the space explode, if something still grew when the search stopped. That may be a component without
 * bounds, or one that had not come to its bounds yet: from inside the search the two look alike.
 */
function growing({ components }: SearchResult): string[] {
  const suspects = components
    .filter(({ stillGrowing }) => stillGrowing)
    .sort((a, b) => b.largestText - a.largestText || b.distinctValues - a.distinctValues)
  if (suspects.length === 0) return []
  const named = suspects.slice(0, MOST_NAMED).map(growth)
  const more = suspects.length > MOST_NAMED ? [`${count(suspects.length - MOST_NAMED)} more`] : []
  return [
    `Larger values turned up until the end: ${[...named, ...more].join(', ')}. ` +
      'If the protocol bounds them, a larger budget may see them all; if nothing does, none will.',
  ]
}

const growth = ({ name, distinctValues, largestText }: ComponentResult) =>
  `${name} (${plural(distinctValues, 'value')}, the largest ${plural(largestText, 'character')})`
