/**
 * Decides the questions about executions on the state graph of a search.
 *
 * `canAlways`: is there a state from which the goal cannot be reached (can-always.ts)? The others: is there a fair
 * execution that violates the question (fair-part.ts)? For most it is one that begins somewhere and never satisfies the
 * goal from there on: in an initial state (`eventually`), in any (`alwaysEventually`), or in one that satisfies the trigger
 * (`leadsTo`). That is looked for in the state graph itself; every other formula needs its product with an automaton
 * (product.ts), which is a few times as large.
 *
 * Where the search did not see every state, what it saw may still hold a violation: an execution that stays among the
 * states that were left, a state from which nothing else can be reached. It is one whatever lies beyond. That there is
 * none, and what would cure it, cannot be said then.
 *
 * Everything is a generator that yields many times a second, so that budgets and interrupts are heard.
 *
 * Its place among the rooms of the engine: docs/architecture.md.
 */
import type { Fairness, Model, Temporal } from '../../model.ts'
import { lassoOver } from '../path-finder.ts'
import type { Cure, PropertyResult } from '../result.ts'
import type { Search } from '../search.ts'
import type { Parents } from '../store/origins.ts'
import { violationsOf } from './automaton.ts'
import { Bits } from './bits.ts'
import { findBlocked } from './can-always.ts'
import { Components } from './components.ts'
import { findCures } from './cures.ts'
import type { Executions } from './executions.ts'
import { type FairPart, findFairPart, type Where } from './fair-part.ts'
import { type Lasso, shortLasso } from './lasso.ts'
import { type Execution, type Mark, numbered } from './marks.ts'
import { Product } from './product.ts'
import type { StateGraph } from './state-graph.ts'
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
        : decideParts(search, executions, components, property)
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
  const decision = { verdict: 'violated', path: search.pathTo(blocked) } as const
  yield decision
  yield { ...decision, proof: { states: yield* search.countBeyond(components.graph, blocked) } }
}

type Question = Exclude<Execution, { kind: 'canAlways' }>

/** Decides a question part by part. It is as violated as any of them; the shortest violation is told. */
function* decideParts(
  search: Search,
  executions: Executions,
  components: Components,
  property: Question,
): Generator<Decision | undefined, void> {
  const { fairness, stutters } = property
  const { idle } = new Units(executions.graph, fairness, stutters)
  const told = idle.length === 0 ? {} : { idleFairness: idle }
  const violated: Violated[] = []
  let restsOnProgress = false
  for (const { asked, marks } of executions.marks.parts(property)) {
    const where = whereOf(search, executions.graph.states, asked, marks)
    const ground =
      where === undefined
        ? yield* productFor(search, executions.graph, asked, marks)
        : { where, components, found: (search.origins as Parents).array, onGraph: (lasso: Lasso) => lasso }
    const units = new Units(ground.components.graph, fairness, stutters)
    const part = yield* findFairPart(ground.components, ground.where, units)
    restsOnProgress ||= part.restsOnProgress
    if (part.isEmpty) continue
    const lasso = yield* shortLasso(ground.components.graph, ground.where, units, part, ground.found)
    violated.push({ part, components: ground.components, lasso: ground.onGraph(lasso) })
  }
  if (violated.length === 0) {
    yield { ...told, verdict: 'holds', ...(restsOnProgress && { restsOnProgress: true as const }) }
    return
  }
  const { stem, loop } = violated.map(({ lasso }) => lasso).reduce((a, b) => (lengthOf(b) < lengthOf(a) ? b : a))
  const decision = { ...told, verdict: 'violated', path: lassoOver(search, stem, loop) } as const
  yield decision
  yield { ...decision, cures: yield* curesOfAll(violated, search.model, fairness) }
}

interface Violated {
  readonly part: FairPart
  readonly components: Components
  readonly lasso: Lasso
}

const lengthOf = ({ stem, loop }: Lasso): number => stem.length + loop.length

/** What cures each part. */
function* curesOfAll(
  violated: readonly Violated[],
  { rules, groups }: Model,
  fairness: readonly Fairness[],
): Generator<undefined, Cure[]> {
  let common: Cure[] | undefined
  for (const { part, components } of violated) {
    const cures = yield* findCures(components, part, fairness, rules, groups)
    common = common === undefined ? cures : inCommon(common, cures)
  }
  return common!
}

function inCommon(some: readonly Cure[], others: readonly Cure[]): Cure[] {
  const both = some.flatMap((cure) => {
    const other = others.find(({ of }) => of === cure.of)
    return other === undefined ? [] : [cure.strength === 'weak' ? other : cure]
  })
  return both.sort((a, b) => Number(a.strength === 'strong') - Number(b.strength === 'strong'))
}

/** Where an execution that violates the question is looked for. */
interface Ground {
  readonly components: Components
  readonly where: Where
  readonly found: Int32Array
  onGraph(lasso: Lasso): Lasso
}

function* productFor(
  search: Search,
  graph: StateGraph,
  asked: Temporal,
  marks: readonly Mark[],
): Generator<undefined, Ground> {
  const automaton = yield* violationsOf(numbered(asked))
  const product = new Product(graph, automaton, marks, search.initial.size)
  yield* product.build()
  const { where, found } = product
  return { components: new Components(product.graph), where, found, onGraph: (lasso) => product.onGraph(lasso) }
}

/** Where an execution that violates a question runs; undefined where that takes a product. */
function whereOf(search: Search, states: number, { kind }: Temporal, marks: readonly Mark[]): Where | undefined {
  const [first, second] = marks.map(({ places }) => places)
  switch (kind) {
    case 'eventually': {
      const starts = new Bits(states)
      for (let state = 0; state < search.initial.size; state++) starts.add(state)
      return { starts, region: first!.complement(states) }
    }
    case 'alwaysEventually': {
      const region = first!.complement(states)
      return { starts: region, region }
    }
    case 'leadsTo':
      return { starts: first!, region: second!.complement(states) }
    default:
      return undefined
  }
}
