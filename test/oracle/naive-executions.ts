/**
 * The oracle of questions about executions, on a plain graph: what an execution is, taken literally.
 *
 * An execution that goes on for ever in a finite graph takes, from some point on, a set of transitions again and again;
 * whether it is fair depends on that set alone. So every set of transitions that some closed walk takes is tried: a
 * search over pairs of a state and the set taken so far. Exponential in the transitions, which is what makes it worth
 * believing: there are no components in it, and no fixpoints. A dozen transitions are as much as it can take.
 *
 * A transition that leads back to where it begins changes nothing. It counts for no fairness, as TLA+'s <A>_vars has it,
 * and an execution that takes only such ones has stopped.
 */
import type { Fairness, Rule, Step } from '../../src/model.ts'

export interface PlainGraph {
  /** States are 0 .. states - 1. */
  readonly states: number
  readonly initial: readonly number[]
  readonly edges: readonly PlainEdge[]
}

export interface PlainEdge {
  readonly from: number
  readonly to: number
  readonly rule: Rule
  /** What the step had open: its choices, and the message of a delivery. */
  readonly given?: Step['arguments']
}

/** A question as a set of states it may begin in, and one that it must not leave. */
export interface Search {
  readonly starts: ReadonlySet<number>
  readonly region: ReadonlySet<number>
  readonly fairness: readonly Fairness[]
  /** Whether executions may stop wherever fairness lets them. */
  readonly stutters?: boolean | undefined
  /** What is to happen again and again besides. */
  readonly goals?: readonly ((edge: PlainEdge) => boolean)[]
  /** Where it may stop for ever, as far as the question goes. */
  readonly mayEnd?: (state: number) => boolean
}

/** Whether a transition is a step that anybody could see. */
export const changes = ({ from, to }: PlainEdge): boolean => from !== to

/** The steps of the shortest stem and loop together that violate the question; undefined where nothing does. */
export function shortestViolation(graph: PlainGraph, search: Search): number | undefined {
  const lengths = [...stems(graph, search)].flatMap(([state, distance]) => {
    const stop = mayStopIn(graph, state, search) ? [distance] : []
    const loop = shortestFairLoop(graph, state, search)
    return loop === undefined ? stop : [...stop, distance + loop]
  })
  return lengths.length === 0 ? undefined : Math.min(...lengths)
}

/** How far the states are in which a violating execution may be, going through a start and on within the region. */
function stems({ edges, initial }: PlainGraph, { starts, region }: Search): Map<number, number> {
  const anyhow = distances(new Map(initial.map((state) => [state, 0])), edges)
  const begins = [...anyhow].filter(([state]) => starts.has(state) && region.has(state))
  return distances(
    new Map(begins),
    edges.filter(({ to }) => region.has(to)),
  )
}

/** Relaxes every edge until nothing gets nearer. */
function distances(from: ReadonlyMap<number, number>, edges: readonly PlainEdge[]): Map<number, number> {
  const nearest = new Map(from)
  for (let changed = true; changed; ) {
    changed = false
    for (const { from, to } of edges) {
      const distance = (nearest.get(from) ?? Number.POSITIVE_INFINITY) + 1
      if (distance >= (nearest.get(to) ?? Number.POSITIVE_INFINITY)) continue
      nearest.set(to, distance)
      changed = true
    }
  }
  return nearest
}

export function mayStopIn(
  { edges }: PlainGraph,
  state: number,
  { fairness, stutters = false }: Pick<Search, 'fairness' | 'stutters'>,
): boolean {
  const possible = edges.filter((edge) => edge.from === state && changes(edge))
  const isDue = ({ kind, optional }: Rule) => (kind === 'action' || kind === 'receive') && optional !== true
  if (!stutters && possible.some(({ rule }) => isDue(rule))) return false
  return !possible.some((edge) => fairness.some((each) => unitOf(each, edge) !== undefined))
}

/** The length of the shortest closed walk from a state whose set of transitions is fair. */
function shortestFairLoop(graph: PlainGraph, anchor: number, { region, fairness }: Search): number | undefined {
  const inside = graph.edges
    .map((edge, i) => ({ ...edge, bit: 1 << i }))
    .filter((edge) => changes(edge) && region.has(edge.from) && region.has(edge.to))
  const seen = new Set<string>()
  let level = [{ at: anchor, taken: 0 }]
  for (let length = 1; level.length > 0; length++) {
    const next: typeof level = []
    for (const { at, taken } of level) {
      for (const { from, to, bit } of inside) {
        const key = `${to} ${taken | bit}`
        if (from !== at || seen.has(key)) continue
        seen.add(key)
        next.push({ at: to, taken: taken | bit })
      }
    }
    const closed = next.filter(({ at }) => at === anchor)
    if (
      closed.some(({ taken }) =>
        isFair(
          graph,
          fairness,
          graph.edges.filter((_, i) => (taken & (1 << i)) !== 0),
        ),
      )
    )
      return length
    level = next
  }
  return undefined
}

/** The unit of a fairness that a transition counts for. */
export const unitOf = (fairness: Fairness, { rule, given = {} }: PlainEdge): string | undefined =>
  fairness.unitOf(rule, given)

/** Whether an execution that takes exactly these transitions for ever is fair. */
export function isFair({ edges }: PlainGraph, fairness: readonly Fairness[], loop: readonly PlainEdge[]): boolean {
  const visited = [...new Set(loop.flatMap(({ from, to }) => [from, to]))]
  return fairness.every((each) => {
    const { strength } = each
    const units = new Set(edges.map((edge) => unitOf(each, edge)).filter((unit) => unit !== undefined))
    return [...units].every((unit) => {
      const isOfUnit = (edge: PlainEdge) => changes(edge) && unitOf(each, edge) === unit
      const isEnabledIn = (state: number) => edges.some((edge) => edge.from === state && isOfUnit(edge))
      const isTaken = loop.some(isOfUnit)
      const mustHappen = strength === 'weak' ? visited.every(isEnabledIn) : visited.some(isEnabledIn)
      return isTaken || !mustHappen
    })
  })
}

/**
 * The states from which no state of `goal` can be reached without a fault, nearest first: the steps to each, and how
 * many states can be reached from it instead.
 */
export function waysToBlocked(graph: PlainGraph, goal: ReadonlySet<number>): { steps: number; states: number }[] {
  const reached = distances(new Map(graph.initial.map((state) => [state, 0])), graph.edges)
  const harmless = graph.edges.filter(({ rule }) => rule.kind !== 'fault')
  const blocked = [...reached].flatMap(([state, steps]) => {
    const onward = [...distances(new Map([[state, 0]]), harmless).keys()]
    return onward.some((other) => goal.has(other)) ? [] : [{ steps, states: onward.length }]
  })
  return blocked.sort((a, b) => a.steps - b.steps)
}
