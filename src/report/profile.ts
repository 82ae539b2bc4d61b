/** `--stats`: what the search cost, and which actions and components made it cost that. */
import type { ComponentResult, GroupResult, SearchResult } from '../engine/result.ts'
import { bytes, count, plural } from './quantities.ts'
import { type Column, table } from './table.ts'

export function profile(result: SearchResult): string {
  return [costs(result), groupTable(result.groups), componentTable(result)].join('\n\n')
}

function costs({ stats, distinct, generated, stop }: SearchResult): string {
  const rate = stop.elapsedMs > 0 ? Math.round((generated / stop.elapsedMs) * 1000) : generated
  return [
    `${plural(stats.bodyRuns, 'call')} into the protocol's own code, ${plural(stats.predicateRuns, 'call')} of predicates`,
    `${count(rate)} transitions per second`,
    `store ${bytes(stats.storeBytes)}, ${(stats.storeBytes / Math.max(1, distinct)).toFixed(1)} bytes per distinct state`,
    `${plural(stats.values, 'value')} interned, tries of ${plural(stats.trieNodes, 'node')} and ${plural(
      stats.trieLeaves,
      'leaf',
      'leaves',
    )}`,
  ].join('\n')
}

const GROUPS: readonly Column<GroupResult>[] = [
  { head: 'transitions', cell: ({ fired }) => count(fired), align: 'right' },
  { head: 'to new states', cell: ({ discovered }) => count(discovered), align: 'right' },
  { head: 'action', cell: ({ group }) => group, align: 'left' },
]

const groupTable = (groups: readonly GroupResult[]) => table(GROUPS, groups)

const COMPONENTS: readonly Column<ComponentResult>[] = [
  { head: 'values', cell: ({ distinctValues }) => count(distinctValues), align: 'right' },
  { head: 'largest', cell: ({ largestText }) => count(largestText), align: 'right' },
  {
    head: 'component',
    cell: ({ name, stillGrowing }) => name + (stillGrowing ? ' (grew until the end)' : ''),
    align: 'left',
  },
]

/** A component that keeps its one value has nothing to tell; in a search that saw everything nothing is growing. */
const componentTable = ({ components, stop }: SearchResult) =>
  table(
    COMPONENTS,
    components
      .filter(({ distinctValues }) => distinctValues > 1)
      .map((component) => ({ ...component, stillGrowing: component.stillGrowing && stop.reason !== 'exhausted' })),
  )
