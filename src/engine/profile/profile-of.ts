/** Reads the profile of a search off what it holds when it is over. */
import type { Model } from '../../model.ts'
import type { DecisionTries } from '../memo/decision-tries.ts'
import type { PropertyMemo } from '../memo/property-memo.ts'
import type { Search } from '../search.ts'
import type { TableLoad } from '../store/table-load.ts'
import { fieldProfiles } from './fields.ts'
import { valuesSeen } from './growth.ts'
import type { Profile, TrieProfile } from './profile.ts'
import { trieProfile } from './trie-profile.ts'

/** All but the phases, which are not over yet. Leaves the search as it is. */
export function profileOf(search: Search): Omit<Profile, 'phases' | 'protocolMs'> {
  const { model, rules, frontier } = search
  const { widths } = frontier
  const runs = rules.calls.counts
  return {
    ...(widths && { levels: [...widths] }),
    components: model.components.map(({ name, kind, sort }, component) => {
      return { name, kind, sort, fields: fieldProfiles(kind, valuesSeen(search, component)) }
    }),
    bodyRuns: model.groups.map((name) => ({ name, runs: runs.get(name) ?? 0 })),
    emptyRuns: [...runs].reduce((sum, [name, count]) => sum + (model.groups.includes(name) ? 0 : count), 0),
    predicateRuns: memosOf(search).flatMap((memo) => predicateRuns(model, memo)),
    tries: [...ruleTries(search), ...memosOf(search).flatMap((memo) => propertyTries(search, memo))],
    tables: tablesOf(search),
    residentBytes: process.memoryUsage.rss(),
  }
}

/** The time spent in the protocol's own code so far. */
export function protocolMsOf(search: Search): number {
  return memosOf(search).reduce((sum, { calls }) => sum + calls.ms, search.rules.calls.ms)
}

const memosOf = ({ properties, executions }: Search): PropertyMemo[] =>
  executions === undefined ? [properties] : [properties, executions.marks.memo]

/** By name, the indices of what has it: a group has several rules, a `leadsTo` two predicates. */
function indicesByName(names: readonly string[]): [name: string, indices: readonly number[]][] {
  return [...new Set(names)].map((name) => [name, [...names.keys()].filter((i) => names[i] === name)])
}

/** Properties that were never asked here have no entry: they are the other memo's. */
const predicatesOf = ({ properties, calls }: PropertyMemo) =>
  indicesByName(properties.map(({ name }) => name)).filter(([name]) => calls.counts.has(name))

const predicateRuns = ({ components }: Model, memo: PropertyMemo) =>
  predicatesOf(memo).map(([name, predicates]) => {
    const seen = new Set(predicates.flatMap((i) => [...memo.looksAt[i]!]))
    const looksAt = components.filter((_, i) => seen.has(i)).map((component) => component.name)
    return { name, runs: memo.calls.counts.get(name)!, looksAt }
  })

function ruleTries(search: Search): TrieProfile[] {
  const { tries, roots } = search.rules
  const names = search.model.rules.map(({ group, kind }) => (kind === 'receive' ? `${group}.receive` : group))
  return indicesByName(names).map(([group, rules]) => {
    return trieProfile(
      group,
      tries,
      roots.filter((_, rule) => rules.includes(rule)),
      search,
    )
  })
}

const propertyTries = (search: Search, memo: PropertyMemo): TrieProfile[] =>
  predicatesOf(memo).map(([name, predicates]) => {
    return trieProfile(
      name,
      memo.tries,
      memo.roots.filter((_, i) => predicates.includes(i)),
      search,
    )
  })

function tablesOf(search: Search): TableLoad[] {
  const { model, store, executions, probes, updates, rules } = search
  const tries: DecisionTries[] = [rules.tries, ...memosOf(search).map((memo) => memo.tries)]
  return [
    ...store.loads(model.components.map(({ name }) => name)),
    { name: 'parents', entries: store.size, bytes: search.origins.bytes },
    ...(executions ? [{ name: 'transitions', entries: executions.graph.edges, bytes: executions.graph.bytes }] : []),
    { name: 'step lists', entries: search.lists.size, bytes: search.lists.bytes },
    {
      name: 'tries',
      entries: tries.reduce((sum, { nodes }) => sum + nodes, 0),
      bytes: tries.reduce((sum, { pool }) => sum + pool.byteLength, 0),
    },
    { name: 'answers of values', entries: probes.answers.of.length, bytes: probes.answers.bytes },
    { name: 'updates of values', entries: updates.results.of.length, bytes: updates.results.bytes },
  ]
}
