/**
 * The closing sentence: the verdict, and exactly what it rests on. A search that did not see every state is never said
 * to have verified anything.
 */

import { isExecution } from '../engine/liveness/marks.ts'
import type { ComponentResult, PropertyResult, SearchResult, Stop } from '../engine/result.ts'
import type { Budget } from '../engine/search-options.ts'
import { allHold } from './all-hold.ts'
import { collisionsText, missedText } from './collisions.ts'
import { courseText } from './course-text.ts'
import { curesText } from './fairness-text.ts'
import { bytes, count, duration, plural } from './quantities.ts'
import { swollenText } from './swollen.ts'

const MOST_NAMED = 3

export function conclusion(result: SearchResult, budget: Budget): string {
  return [verdictText(result, budget), ...unrepeated(result)].join(' ')
}

/** What is caught only by running it again may have gone unnoticed, whatever the verdict. */
function unrepeated({ stop }: SearchResult): string[] {
  if (stop.unrepeated === undefined) return []
  const runs = `${plural(stop.unrepeated, 'run')} of the protocol's code ${stop.unrepeated === 1 ? 'was' : 'were'}`
  return [`There was no time to repeat every run: ${runs} not confirmed to be pure by a second one at the end.`]
}

function verdictText(result: SearchResult, budget: Budget): string {
  if (result.simulation !== undefined) return simulationText(result, result.simulation, budget)
  switch (result.verdict) {
    case 'holds':
      return whole(result)
    case 'violated':
      return [
        [violated(result), ...(wasCutShort(result) ? [`The search ${stopped(result, budget)}`] : [])].join(' '),
        ...result.properties.flatMap(({ property, cures }) =>
          cures === undefined ? [] : [curesText(property.name, cures)],
        ),
      ].join('\n')
    case 'unknown':
      return unknown(result, budget)
  }
}

function unknown(result: SearchResult, budget: Budget): string {
  const { compact, stop } = result
  if (stop.reason === 'exhausted') return whole(result)
  if (compact !== undefined && stop.reason === 'collisions') return collisionsText(result, compact)
  const missed = compact === undefined ? [] : [missedText(compact)]
  return [`Unknown: the search ${stopped(result, budget, proven(result))}`, ...missed, ...growing(result)].join(' ')
}

/** Every state was seen. It is unknown all the same where questions about whole executions were left open. */
function whole(result: SearchResult): string {
  const { verdict, properties, within, viewed } = result
  const { hold, open } = allHold(properties)
  const word = verdict === 'holds' ? 'Holds' : 'Unknown'
  if (within === undefined && viewed === undefined) {
    return `${word}: ${hold} in ${seenText(result)}, every one that can be reached at these parameters${open}.`
  }
  const beyond = [
    ...(within ? ['States beyond it were checked, and nothing that could happen in them.'] : []),
    ...(viewed ? ['Of states that the view does not tell apart, one was checked, and what could happen in it.'] : []),
  ]
  const held = verdict === 'holds' || within === undefined ? hold : 'no violation'
  return `${word}${boundsText(result)}: ${held} in ${seenText(result)}${open}. ${beyond.join(' ')}`
}

const AS_FAR = ' as far as the view tells states apart'

/** A way through a state beyond it was not looked for. */
const INSIDE = ' within the constraint'

/** What an answer rests on besides the protocol and its parameters, to be put behind its first words. */
export const boundsText = ({ within, viewed }: Pick<SearchResult, 'within' | 'viewed'>): string =>
  [...(within ? [`${INSIDE} (${within.join('; ')})`] : []), ...(viewed ? [AS_FAR] : [])].join(',')

/** How many states were seen, in one orbit each or one by one. */
const seenText = ({ distinct, orbits }: Pick<SearchResult, 'distinct' | 'orbits'>): string =>
  orbits === undefined
    ? plural(distinct, 'distinct state')
    : `${plural(orbits.distinct, 'distinct state')} (${plural(distinct, 'orbit')}; names of ${orbits.roles.join(' and ')} do not matter)`

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

function violated(result: SearchResult): string {
  const { properties } = result
  const broken = properties.filter(({ verdict }) => verdict === 'violated')
  const each = broken.map(({ property, path }) =>
    path === undefined
      ? `${property.name} (none of the ${seenText(result)} is a witness${result.viewed ? `,${AS_FAR}` : ''})`
      : `${property.name} ${courseText(path)}`,
  )
  return `Violated: ${each.join(', ')}.${traceQuality(broken, result)}`
}

const BY_ANOTHER = 'a shorter way may lead through a state that the view takes for another'

/** Of the way to a state that a search breadth first found. */
export const noShorterWay = ({ viewed, within }: SearchResult): string =>
  viewed ? BY_ANOTHER : `no shorter way exists${within ? INSIDE : ''}`

function traceQuality(broken: readonly PropertyResult[], { order, compact, viewed, within }: SearchResult): string {
  const traces = broken.filter(({ path }) => path !== undefined).length
  if (order === 'random' || traces === 0) return ''
  if (broken.some(({ path }) => path?.loop !== undefined)) return ' A shorter one may exist.' // they are short, no more
  if (order === 'dfs') return ` Depth first: a shorter way may exist, and --bfs finds it.`
  if (compact !== undefined) return ' A shorter way may lead through a state that --compact missed.'
  if (viewed) return ` ${BY_ANOTHER[0]!.toUpperCase()}${BY_ANOTHER.slice(1)}.`
  return ` ${traces === 1 ? 'No shorter way exists' : 'No shorter ways exist'}${within ? INSIDE : ''}.`
}

/**
 * Breadth first, the levels before the last are whole, and the last one where a depth was given. A deadlock is seen a step
 * later, as a state is left. Whole executions are another matter.
 */
function proven({ order, compact, depth, stop, properties, viewed, within }: SearchResult): string {
  if (order !== 'bfs' || compact !== undefined) return ''
  const asksDeadlock = properties.some(({ property }) => property.kind === 'deadlock')
  const steps = depth - (stop.reason === 'max-depth' ? 0 : 1) - (asksDeadlock ? 1 : 0)
  if (steps < 1) return ''
  const but = properties.some(({ property }) => isExecution(property)) ? '; of whole executions nothing is known' : ''
  const bounds = `${within ? `,${INSIDE}` : ''}${viewed ? `,${AS_FAR}` : ''}`
  return ` No violation within ${plural(steps, 'step')}${bounds}${but}.`
}

const wasCutShort = ({ stop }: SearchResult) => stop.reason !== 'exhausted' && stop.reason !== 'violation'

function stopped({ stop, distinct, frontier }: SearchResult, budget: Budget, known = ''): string {
  const left =
    frontier === 0
      ? ''
      : ` ${plural(frontier, 'distinct state')} ${frontier === 1 ? 'was' : 'were'} found and not explored further.`
  return `stopped ${whyStopped({ stop, distinct }, budget)}.${left}${known} What lies beyond is not known.`
}

/** Why a search ended early, to go on after `the search stopped`. */
export function whyStopped({ stop, distinct }: Pick<SearchResult, 'stop' | 'distinct'>, budget: Budget): string {
  const { reason, elapsedMs, shortage } = stop
  switch (reason) {
    case 'max-states':
      return `at ${count(distinct)} distinct states (--max-states)`
    case 'max-depth':
      return `at depth ${count(budget.maxDepth ?? 0)} (--max-depth)`
    case 'timeout':
      return `after ${duration(elapsedMs)} (--timeout${overrunText(stop.overrun)})`
    case 'max-memory':
      return memoryText(shortage, budget)
    case 'interrupted':
      return `by an interrupt after ${duration(elapsedMs)}`
    case 'collisions':
      return 'with nothing left to explore, but for what hash collisions hid (--compact)'
    case 'walks':
    case 'exhausted':
    case 'violation':
    case 'broken':
      return `early (${reason})`
  }
}

const overrunText = (overrun: Stop['overrun']): string =>
  overrun === undefined ? '' : `; one run of ${overrun.what} took ${duration(overrun.ms)}`

function memoryText(shortage: Stop['shortage'], { maxMemoryBytes = 0 }: Budget): string {
  switch (shortage?.of) {
    case 'heap': {
      const more = Math.ceil((2 * shortage.limitBytes) / 2 ** 20)
      return (
        `when nine tenths of the ${bytes(shortage.limitBytes)} that Node gives to values were used ` +
        `(NODE_OPTIONS=--max-old-space-size=${more} gives twice as much)`
      )
    }
    case 'system':
      return 'where the system had no memory left for a larger table'
    default:
      return `at ${bytes(maxMemoryBytes)} of memory (--max-memory)`
  }
}

/**
 * Names what makes the space explode, if something still grew when the search stopped: what went on taking new values, as
 * the progress line does, and otherwise what took larger ones in the end. That may be a component without bounds, or one
 * that had not come to its bounds yet: from inside the search the two look alike.
 */
function growing({ components, swelling = [] }: SearchResult): string[] {
  const suspects = swelling.length > 0 ? swelling : growingLate(components)
  if (suspects.length === 0) return []
  const named = suspects.slice(0, MOST_NAMED).map(swollenText)
  const more = suspects.length > MOST_NAMED ? [`${count(suspects.length - MOST_NAMED)} more`] : []
  const values = swelling.length > 0 ? 'New values kept turning up' : 'Larger values turned up until the end'
  return [
    `${values}: ${[...named, ...more].join(', ')}. ` +
      'If the protocol bounds them, a larger budget may see them all; if nothing does, none will.',
  ]
}

const growingLate = (components: readonly ComponentResult[]) =>
  components
    .filter(({ stillGrowing }) => stillGrowing)
    .sort((a, b) => b.largestText - a.largestText || b.distinctValues - a.distinctValues)
