/**
 * A second oracle of questions about executions, for graphs of some hundred states: the nested fixpoint of Emerson & Lei
 * (1986) instead of components. A set of states is kept from all of which every obligation of the fairness can be met
 * again within the set, and shrunk until it stays the same.
 *
 * Strong fairness is taken by cases: for every set of its units, the executions in which exactly those can happen again
 * and again, and do. So there must be few of them.
 */
import { changes, mayStopIn, type PlainEdge, type PlainGraph, type Search, unitOf } from './naive-executions.ts'

/** The most units under strong fairness that are tried in all combinations. */
export const MOST_STRONG_UNITS = 7

/** Whether something violates the question; undefined where there are too many units under strong fairness. */
export function hasViolation(graph: PlainGraph, search: Search): boolean | undefined {
  const { starts, region, goals = [], mayEnd = () => true } = search
  const reachable = forwards(graph.edges, new Set(graph.initial))
  const begins = [...reachable].filter((state) => starts.has(state) && region.has(state))
  const inside = graph.edges.filter((edge) => changes(edge) && region.has(edge.from) && region.has(edge.to))
  const zone = forwards(inside, new Set(begins))
  if ([...zone].some((state) => mayStopIn(graph, state, search) && mayEnd(state))) return true

  const units = unitsOf(graph, search)
  const strong = units.filter(({ strength }) => strength === 'strong')
  if (strong.length > MOST_STRONG_UNITS) return undefined
  const weak = units.filter(({ strength }) => strength === 'weak')
  for (let choice = 0; choice < 1 << strong.length; choice++) {
    const recurring = strong.filter((_, i) => (choice & (1 << i)) !== 0)
    const absent = strong.filter((_, i) => (choice & (1 << i)) === 0)
    const allowed = new Set([...zone].filter((state) => !absent.some(({ enabledIn }) => enabledIn.has(state))))
    const obligations = [
      ...goals,
      ...weak.map(
        ({ takenBy, enabledIn }) =>
          (edge: PlainEdge) =>
            takenBy(edge) || !enabledIn.has(edge.from),
      ),
      ...recurring.map(({ takenBy }) => takenBy),
    ]
    if (recurrent(inside, allowed, obligations).size > 0) return true
  }
  return false
}

interface Unit {
  readonly strength: 'weak' | 'strong'
  readonly enabledIn: ReadonlySet<number>
  readonly takenBy: (edge: PlainEdge) => boolean
}

function unitsOf({ edges }: PlainGraph, { fairness }: Search): Unit[] {
  return fairness.flatMap((each) => {
    const names = new Set(edges.map((edge) => unitOf(each, edge)).filter((name) => name !== undefined))
    return [...names].map((name): Unit => {
      const takenBy = (edge: PlainEdge) => changes(edge) && unitOf(each, edge) === name
      return { strength: each.strength, takenBy, enabledIn: new Set(edges.filter(takenBy).map(({ from }) => from)) }
    })
  })
}

/** The states from which an execution can stay among `allowed` for ever and meet every obligation again and again. */
function recurrent(
  edges: readonly PlainEdge[],
  allowed: ReadonlySet<number>,
  obligations: readonly ((edge: PlainEdge) => boolean)[],
): ReadonlySet<number> {
  let kept = allowed
  for (;;) {
    const within = edges.filter(({ from, to }) => kept.has(from) && kept.has(to))
    const backwards = within.map((edge) => ({ ...edge, from: edge.to, to: edge.from }))
    const meeting = [() => true, ...obligations].map((meets) =>
      forwards(backwards, new Set(within.filter(meets).map(({ from }) => from))),
    )
    const next = new Set([...kept].filter((state) => meeting.every((states) => states.has(state))))
    if (next.size === kept.size) return kept
    kept = next
  }
}

/** Everything that can be reached along the edges. */
function forwards(edges: readonly PlainEdge[], from: ReadonlySet<number>): ReadonlySet<number> {
  const onward = new Map<number, number[]>()
  for (const { from, to } of edges) onward.set(from, [...(onward.get(from) ?? []), to])
  const reached = new Set(from)
  for (const state of reached) for (const to of onward.get(state) ?? []) reached.add(to) // a set grows as it is walked
  return reached
}
