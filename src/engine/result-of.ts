/** What is known when a search ends, as its result. */
import type { Property } from '../model.ts'
import { TYPES } from '../property/types.ts'
import { digestOf } from './digest.ts'
import type { Decision } from './liveness/decide.ts'
import { type Execution, isExecution } from './liveness/marks.ts'
import type { PropertyMemo } from './memo/property-memo.ts'
import { componentResults } from './profile/growth.ts'
import type { Phases } from './profile/phases.ts'
import { profileOf, protocolMsOf } from './profile/profile-of.ts'
import type { PropertyResult, SearchResult, Stats, Verdict } from './result.ts'
import type { Search } from './search.ts'

export interface Ended extends Pick<SearchResult, 'order' | 'stop'> {
  /** Whether every state was visited, whatever ended it after that. */
  readonly isWhole: boolean
  /** Those of the questions about executions, by name. */
  readonly decisions?: ReadonlyMap<string, Decision>
  readonly broken: SearchResult['broken'] | undefined
  /** Where a profile is wanted: the phases so far. */
  readonly profiled: Phases | undefined
  /** Whether a hash of the states is wanted. */
  readonly digested?: boolean | undefined
  /** The property whose states are to be counted. */
  readonly counted?: string | undefined
}

export function resultOf(search: Search, ended: Ended): SearchResult {
  const { order, stop, isWhole, decisions, broken, profiled, digested, counted } = ended
  profiled?.begin('profile')
  const profile = profiled && profileOf(search)
  const digest = digested ? digestOf(search) : undefined
  const met = counted === undefined ? undefined : countOf(search, counted)
  const counts = countsOf(search) // before paths are worked out, which stores states that a random walk left aside
  profiled?.begin('paths')
  const properties = search.properties.properties.map((property, i) =>
    isExecution(property)
      ? executionResult(search, property, decisions?.get(property.name))
      : propertyResult(search, property, i, isWhole),
  )
  return {
    ...(search.model.within && { within: search.model.within }),
    ...(search.views && { viewed: true }),
    verdict: verdictOf(properties.map(({ verdict }) => verdict)),
    stop,
    order,
    ...counts,
    properties,
    ...(profile && { profile: { ...profile, phases: profiled.end(), protocolMs: protocolMsOf(search) } }),
    ...(digest !== undefined && { digest }),
    ...(met !== undefined && { counted: met }),
    ...(search.store.compact && { compact: search.store.compact.compactness }),
    ...(broken === undefined ? {} : { broken }),
  }
}

/** In how many states a property does not hold. Each is looked at once more; what was judged is remembered. */
function countOf({ store, properties }: Search, name: string): number {
  const index = properties.properties.findIndex((property) => property.name === name)
  let met = 0
  for (const state of store.states()) {
    store.load(state)
    if (!properties.judgement(index).holds) met++
  }
  return met
}

function countsOf(search: Search) {
  return {
    distinct: search.distinct,
    generated: search.generated,
    depth: search.depth,
    frontier: search.frontier.size,
    groups: groupResults(search),
    components: componentResults(search),
    stats: statsOf(search),
  }
}

function propertyResult(search: Search, property: Property, index: number, isWhole: boolean): PropertyResult {
  const finding = search.watch.findings.get(property.name)
  const exercised = property.name === TYPES || search.properties.exercised[index]!
  if (finding !== undefined) {
    const path = search.pathTo(finding.state, finding.leaf)
    return { property, verdict: property.kind === 'sometimes' ? 'holds' : 'violated', exercised: true, path }
  }
  const isOpen = property.kind === 'sometimes' && search.model.within !== undefined // a witness may lie beyond
  if (!isWhole || isOpen) return { property, verdict: 'unknown', exercised }
  return { property, verdict: property.kind === 'sometimes' ? 'violated' : 'holds', exercised }
}

function executionResult({ executions }: Search, property: Execution, decision: Decision = {}): PropertyResult {
  const { marks } = executions!
  const { verdict = 'unknown' } = decision
  const isTriggered = marks.isTriggered(property)
  const exercised = verdict === 'violated' || (isTriggered && marks.isExercised(property))
  return { property, exercised, ...decision, verdict, ...(isTriggered ? {} : { neverTriggered: true }) }
}

/** One violation violates; one unknown leaves the rest unknown. */
function verdictOf(verdicts: readonly Verdict[]): Verdict {
  if (verdicts.includes('violated')) return 'violated'
  return verdicts.includes('unknown') ? 'unknown' : 'holds'
}

function groupResults(search: Search) {
  const counts = search.counts()
  return search.model.groups.map((group) => ({ group, ...(counts.get(group) ?? { fired: 0, discovered: 0 }) }))
}

function statsOf({ initial, rules, properties, executions, views, values, store, origins, elsewhere }: Search): Stats {
  const tables = new Set([...values.tables, values.messages])
  const memos = [properties, ...(executions ? [executions.marks.memo] : []), ...(views ? [views.memo] : [])]
  const sum = (of: (memo: PropertyMemo) => number) => memos.reduce((total, memo) => total + of(memo), 0)
  return {
    bodyRuns: rules.bodyRuns,
    predicateRuns: sum(({ predicateRuns }) => predicateRuns),
    values: [...tables].reduce((sum, table) => sum + table.size, 0),
    trieNodes: elsewhere.trieNodes + rules.tries.nodes + sum(({ tries }) => tries.nodes),
    trieLeaves: elsewhere.trieLeaves + rules.leaves.all.length - 1,
    storeBytes: store.bytes + origins.bytes + initial.bytes + (executions?.graph.bytes ?? 0),
  }
}
