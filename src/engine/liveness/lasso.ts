/**
 * The lasso to show: a stem into the fair part and a fair loop there, as few steps in all as practical.
 *
 * Places for a loop to begin are tried nearest first. Each gets the shortest fair loop through it (shortest-loop.ts), as
 * long as the effort allowed lasts; the lasso is then the shortest there is. Where it does not last, it is the best one
 * found, or else any loop at the nearest place (some-loop.ts). Deterministic: effort is counted, not timed.
 */
import type { FairPart, Where } from './fair-part.ts'
import { shortestLoop } from './shortest-loop.ts'
import { someLoop } from './some-loop.ts'
import type { Edge, StateGraph } from './state-graph.ts'
import { Stems } from './stems.ts'
import type { Units } from './units.ts'

/** Pairs of a state and what a loop has done, looked at in all, and for one place. */
const EFFORT = 200_000
const EFFORT_FOR_ONE = 50_000

export interface Lasso {
  /** The states of the stem, the one in which the loop begins included. */
  readonly stem: readonly number[]
  /** Empty: the execution stops where the stem ends. */
  readonly loop: readonly Edge[]
}

/** `found` are the parents that the search found the states by. The part is not empty. */
export function* shortLasso(
  graph: StateGraph,
  where: Where,
  units: Units,
  part: FairPart,
  found: Int32Array,
): Generator<undefined, Lasso> {
  const stems = new Stems(graph, where, found)
  let anchor = -1
  let loop: readonly Edge[] = []
  let length = Number.POSITIVE_INFINITY
  let effort = EFFORT
  const keep = (state: number, distance: number, best: readonly Edge[]) => {
    anchor = state
    loop = best
    length = distance + best.length
  }
  yield* stems.walk((state, distance) => {
    if (distance >= length) return true
    if (part.stops.has(state)) {
      keep(state, distance, [])
      return true
    }
    const home = part.homeOf(state)
    if (home < 0) return false
    const isHome = (other: number) => part.homeOf(other) === home
    const limits = { longest: length - distance - 1, effort: Math.min(effort, EFFORT_FOR_ONE) }
    const result = shortestLoop(graph, units, state, isHome, limits)
    effort -= result.effort
    if (result.loop !== undefined) keep(state, distance, result.loop)
    else if (result.gaveUp && anchor < 0) keep(state, distance, someLoop(graph, units, state, isHome))
    return effort <= 0
  })
  return { stem: stems.to(anchor), loop }
}
