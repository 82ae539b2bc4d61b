/**
 * Decides the questions about executions on the state graph of a search.
 *
 * What the four kinds ask comes to two questions about the graph. `canAlways`: is there a state from which the goal
 * cannot be reached (can-always.ts)? The others: is there a fair execution that begins somewhere and never satisfies
 * the goal from there on (fair-part.ts)? It begins in an initial state (`eventually`), in any (`alwaysEventually`), or
 * in one that satisfies the trigger (`leadsTo`). No product with an automaton is needed.
 *
 * Where the search did not see every state, what it saw may still hold a violation: an execution that stays among the
 * states that were left, a state from which nothing else can be reached. It is one whatever lies beyond. That there is
 * none, and what would cure it, cannot be said then.
 *
 * Everything is a generator that yields many times a second, so that budgets and interrupts are heard.
 */
import { lassoOver, pathTo } from '../path-finder.ts'
import type { PropertyResult } from '../result.ts'
import type { Search } from '../search.ts'
import type { Parents } from '../store/origins.ts'
import { Bits } from './bits.ts'
import { countReachable, findBlocked } from './can-always.ts'
import { Components } from './components.ts'
import { findCures } from './cures.ts'
import type { Executions } from './executions.ts'
import { findFairPart, type Where } from './fair-part.ts'
import { shortLasso } from './lasso.ts'
import type { Execution } from './marks.ts'
import { Units } from './units.ts'

/** What is known of a question so far; `verdict` is absent until it is decided. */
export type Decision = Partial<
  Pick<PropertyResult, 'verdict' | 'path' | 'proof' | 'cures' | 'idleFairness' | 'restsOnProgress'>
>

/** Decides one question after the other, and tells what it finds as soon as it finds it; first of all that it begins. */
export function* decideAll(
  search: Search,
  executions: Executions,
  tell: (property: Execution, decision: Decision) => void,
): Generator<undefined, void> {
  const { graph } = executions
  const components = new Components(graph)
  const isWhole = graph.states === search.distinct
  for (const property of executions.properties) {
    tell(property, {})
    const decisions =
      property.kind === 'canAlways'
        ? decideReachable(search, components, executions.marks.goal(property))
        : decideFair(search, components, whereOf(search, executions, property), property)
    for (const decision of decisions) {
      if (decision !== undefined) tell(property, isWhole ? decision : inPart(decision))
      yield
    }
  }
}

/** What a decision about a part of the state space says of the whole. */
function inPart({ verdict, path, proof }: Decision): Decision {
  if (verdict !== 'violated') return {}
  return { verdict, ...(path && { path }), ...(proof && { proof }) }
}

function* decideReachable(search: Search, components: Components, goal: Bits): Generator<Decision | undefined, void> {
  const blocked = yield* findBlocked(components, goal)
  if (blocked < 0) {
    yield { verdict: 'holds' }
    return
  }
  const decision = { verdict: 'violated', path: pathTo(search, blocked) } as const
  yield decision
  yield { ...decision, proof: { states: yield* countReachable(components.graph, blocked) } }
}

function* decideFair(
  search: Search,
  components: Components,
  where: Where,
  { fairness, stutters }: Pick<Exclude<Execution, { kind: 'canAlways' }>, 'fairness' | 'stutters'>,
): Generator<Decision | undefined, void> {
  const { graph } = components
  const units = new Units(graph, fairness, stutters)
  const idle = units.idle.length === 0 ? {} : { idleFairness: units.idle }
  const part = yield* findFairPart(components, where, units)
  if (part.isEmpty) {
    yield { ...idle, verdict: 'holds', ...(part.restsOnProgress && { restsOnProgress: true as const }) }
    return
  }
  const { stem, loop } = yield* shortLasso(graph, where, units, part, (search.origins as Parents).array)
  const decision = { ...idle, verdict: 'violated', path: lassoOver(search, stem, loop) } as const
  yield decision
  const { rules, groups } = search.model
  yield { ...decision, cures: yield* findCures(components, part, fairness, rules, groups) }
}

/** Where an execution that violates a question runs. */
function whereOf(
  search: Search,
  { graph, marks }: Executions,
  property: Exclude<Execution, { kind: 'canAlways' }>,
): Where {
  const region = marks.goal(property).complement(graph.states)
  switch (property.kind) {
    case 'eventually': {
      const starts = new Bits(graph.states)
      for (let state = 0; state < search.initial.size; state++) starts.add(state) // ids count up where they are kept
      return { starts, region }
    }
    case 'alwaysEventually':
      return { starts: region, region }
    case 'leadsTo':
      return { starts: marks.trigger(property), region }
  }
}
