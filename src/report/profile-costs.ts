/** What a search cost: calls into the protocol's code, what is remembered of them, memory, time. */
import type { Phase, Profile, TrieProfile } from '../engine/profile/profile.ts'
import type { SearchResult } from '../engine/result.ts'
import type { TableLoad } from '../engine/store/table-load.ts'
import { bytes, count, duration, percent, plural } from './quantities.ts'
import { type Column, table } from './table.ts'
import { wrap } from './wrap.ts'

export interface ProfileOptions {
  readonly width: number
  /** What went by before the search began. */
  readonly startUpMs: number
}

const MOST_TRIES = 5
const MOST_TABLES = 6

export function costs(result: SearchResult, profile: Profile, options: ProfileOptions): string[] {
  const sentence = (text: string) => wrap(text, options.width)
  return [
    sentence(callsText(result, profile)),
    predicateTable(profile),
    trieTable(profile.tries),
    `${tableTable(profile.tables)}\n${sentence(memoryText(result, profile))}`,
    sentence(timeText(result, profile, options)),
  ]
}

function callsText({ stats, groups, distinct }: SearchResult, { emptyRuns }: Profile): string {
  const { bodyRuns, predicateRuns } = stats
  const transitions = groups.reduce((sum, { fired }) => sum + fired, 0)
  const empty = emptyRuns === 0 ? '' : ` (${count(emptyRuns)} found nothing to receive)`
  const predicates =
    predicateRuns === 0 ? '' : `, and ${count(predicateRuns)} of predicates for ${plural(distinct, 'distinct state')}`
  const actions = `${plural(bodyRuns, 'call')} of actions${empty} for ${plural(transitions, 'transition')}`
  return `${actions}${predicates}. The rest was looked up.`
}

const PREDICATES: readonly Column<Profile['predicateRuns'][number]>[] = [
  { head: 'calls', cell: ({ runs }) => count(runs), align: 'right' },
  { head: 'looks at', cell: ({ looksAt }) => plural(looksAt.length, 'component'), align: 'right' },
  { head: 'property', cell: ({ name }) => name, align: 'left' },
]

const predicateTable = ({ predicateRuns }: Profile): string =>
  predicateRuns.length === 0
    ? ''
    : table(
        PREDICATES,
        [...predicateRuns].sort((a, b) => b.runs - a.runs),
      )

const TRIES: readonly Column<TrieProfile>[] = [
  { head: 'nodes', cell: ({ nodes }) => count(nodes), align: 'right' },
  { head: 'leaves', cell: ({ leaves }) => count(leaves), align: 'right' },
  { head: 'bytes', cell: (trie) => bytes(trie.bytes), align: 'right' },
  { head: 'remembered of', cell: ({ of }) => of, align: 'left' },
  {
    head: 'most answers',
    cell: ({ widest }) => (widest === undefined ? '' : `${count(widest.answers)} to ${widest.asks}`),
    align: 'left',
  },
]

const trieTable = (tries: readonly TrieProfile[]): string =>
  table(TRIES, [...tries].sort((a, b) => b.bytes - a.bytes).slice(0, MOST_TRIES))

const TABLES: readonly Column<TableLoad>[] = [
  { head: 'entries', cell: ({ entries }) => count(entries), align: 'right' },
  { head: 'bytes', cell: (each) => bytes(each.bytes), align: 'right' },
  { head: 'load', cell: ({ load }) => (load === undefined ? '' : percent(load)), align: 'right' },
  { head: 'table', cell: ({ name }) => shortened(name), align: 'left' },
]

const LONGEST_NAME = 50

const shortened = (name: string): string => (name.length <= LONGEST_NAME ? name : `${name.slice(0, LONGEST_NAME - 1)}…`)

function tableTable(tables: readonly TableLoad[]): string {
  const sorted = [...tables].sort((a, b) => b.bytes - a.bytes)
  const others = sorted.slice(MOST_TABLES)
  const rest = others.reduce((sum, each) => sum + each.bytes, 0)
  const more = others.length === 0 ? [] : [`and ${count(others.length)} more of ${bytes(rest)} together`]
  return [table(TABLES, sorted.slice(0, MOST_TABLES)), ...more].join('\n')
}

function memoryText({ stats, distinct }: SearchResult, { residentBytes }: Profile): string {
  const each = (stats.storeBytes / Math.max(1, distinct)).toFixed(1)
  return (
    `${bytes(stats.storeBytes)} for states, ${each} bytes per distinct state; ${plural(stats.values, 'value')} interned; ` +
    `the process has ${bytes(residentBytes)}.`
  )
}

const PHASES: Readonly<Record<Phase, string>> = {
  search: 'search',
  audit: 'audit',
  questions: 'questions about executions',
  profile: 'this profile',
  paths: 'paths',
}

function timeText({ generated, stop }: SearchResult, { phases, protocolMs }: Profile, { startUpMs }: ProfileOptions) {
  const rate = stop.elapsedMs > 0 ? Math.round((generated / stop.elapsedMs) * 1000) : generated
  const parts = phases.map(({ phase, ms }) => `${PHASES[phase]} ${duration(ms)}`)
  return (
    `${count(rate)} transitions per second. Start-up ${duration(startUpMs)}, ${parts.join(', ')}; ` +
    `${duration(protocolMs)} of it in the protocol's own code.`
  )
}
