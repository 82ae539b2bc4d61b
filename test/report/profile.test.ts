import { describe, expect, it } from 'vitest'
import type { Profile } from '../../src/engine/profile/profile.ts'
import type { SearchResult } from '../../src/engine/result.ts'
import { profileText } from '../../src/report/profile.ts'
import { levelChart } from '../../src/report/profile-levels.ts'
import { actionTable, componentTable, fieldTables } from '../../src/report/profile-space.ts'
import { progressLine } from '../../src/report/progress-line.ts'
import { golden } from './golden.ts'
import { resultOf } from './search-result.ts'

/** A queue that nothing bounds, filled by two clients, and a budget. */
const CUT_SHORT: SearchResult = resultOf({
  verdict: 'unknown',
  stop: { reason: 'max-states', elapsedMs: 2_000 },
  frontier: 3_000,
  depth: 14,
  stats: { bodyRuns: 1_267, predicateRuns: 33, values: 30, trieNodes: 1_002, trieLeaves: 10, storeBytes: 35_014_072 },
  groups: [
    { group: 'client.ask', fired: 3_000_000, discovered: 1_234_000 },
    { group: 'server.Ask', fired: 2_678_900, discovered: 566 },
    { group: 'client.rest', fired: 1, discovered: 0 },
    { group: 'client.sleep', fired: 0, discovered: 0 },
  ],
  components: [
    { name: 'server1', distinctValues: 12, largestText: 80, stillGrowing: false },
    { name: 'client1', distinctValues: 400, largestText: 9, stillGrowing: false },
    { name: 'client1→server1', distinctValues: 300, largestText: 4_000, stillGrowing: true },
    { name: 'client2→server1', distinctValues: 300, largestText: 4_000, stillGrowing: true },
    { name: 'server1→client1', distinctValues: 1, largestText: 2, stillGrowing: false },
    { name: 'crashes', distinctValues: 2, largestText: 1, stillGrowing: false },
  ],
})

const asks = { name: 'Ask', distinctValues: 2, mostAtOnce: 99, stillGrowing: true }
const gone = { name: 'Gone', distinctValues: 3, mostAtOnce: 1, stillGrowing: false }

const PROFILE: Profile = {
  levels: [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1_024, 2_048, 4_096, 8_192, 100],
  components: [
    { name: 'server1', kind: 'process', sort: 'server', fields: [] },
    {
      name: 'client1',
      kind: 'process',
      sort: 'client',
      fields: [
        { name: 'asked', distinctValues: 200, range: { least: -1, most: 1_198 }, stillGrowing: true },
        { name: 'lock', distinctValues: 3, stillGrowing: false },
        { name: 'seen', distinctValues: 2, mostAtOnce: 4, stillGrowing: false },
      ],
    },
    { name: 'client1→server1', kind: 'channel', sort: 'channel', fields: [gone, asks] },
    { name: 'client2→server1', kind: 'channel', sort: 'channel', fields: [gone, asks] },
    { name: 'server1→client1', kind: 'channel', sort: 'channel', fields: [] },
    {
      name: 'crashes',
      kind: 'budget',
      sort: 'budget',
      fields: [{ name: '', distinctValues: 2, range: { least: 0, most: 1 }, stillGrowing: false }],
    },
  ],
  bodyRuns: [
    { name: 'client.ask', runs: 6 },
    { name: 'server.Ask', runs: 1_234 },
    { name: 'client.rest', runs: 3 },
    { name: 'client.sleep', runs: 0 },
  ],
  emptyRuns: 24,
  predicateRuns: [
    { name: 'fair', runs: 3, looksAt: ['client1', 'crashes'] },
    { name: 'safety', runs: 30, looksAt: ['client1'] },
  ],
  tries: [
    { of: 'client.ask', nodes: 2, leaves: 1, bytes: 60 },
    {
      of: 'server.receive',
      nodes: 1_000,
      leaves: 900,
      bytes: 30_000,
      widest: { component: 'client1→server1', asks: 'messages in client1→server1', answers: 20 },
    },
  ],
  tables: [
    { name: 'visited states', entries: 1_234_567, bytes: 30_000_000, load: 0.6 },
    { name: 'server1 client1', entries: 900, bytes: 11_000, load: 0.004 },
    { name: 'a b', entries: 1, bytes: 768, load: 0.01 },
    { name: 'c d', entries: 1, bytes: 768, load: 0.01 },
    { name: 'a b c d', entries: 1, bytes: 768, load: 0.01 },
    { name: 'e f', entries: 1, bytes: 768, load: 0.01 },
    { name: 'parents', entries: 1_234_567, bytes: 5_000_000 },
  ],
  residentBytes: 150_000_000,
  phases: [
    { phase: 'search', ms: 1_900 },
    { phase: 'audit', ms: 60 },
    { phase: 'questions', ms: 40 },
    { phase: 'profile', ms: 20 },
    { phase: 'paths', ms: 0 },
  ],
  protocolMs: 300,
}

describe('the profile', () => {
  it('says where the space comes from, and what the search cost', () => {
    expect(`${profileText(CUT_SHORT, PROFILE, { width: 100, startUpMs: 800 })}\n`).toBe(golden('profile'))
  })

  it('calls nothing growing once everything was seen, and says which actions the states do not need', () => {
    const whole = { ...CUT_SHORT, stop: { reason: 'exhausted', elapsedMs: 1 } } as const
    expect(componentTable(whole, PROFILE)).toBe(`\
values  largest  component
   400        9  client1
   300    4,000  client1→server1, client2→server1
    12       80  server1
     2        1  crashes: 0 to 1`)
    expect(fieldTables(whole, PROFILE).join('\n')).not.toContain('grew')
    expect(actionTable(whole, PROFILE, 100)).toMatch(
      /\nOnly ever led to known states, which are all reached without: client.rest\.$/,
    )
  })

  it('leaves out what nobody would read: the many components and fields of few values', () => {
    const each = Array.from({ length: 14 }, (_, i) => i)
    const fields = each.map((i) => ({ name: `f${i}`, distinctValues: 20 - i, stillGrowing: false }))
    const components = each.map((i) => {
      return { name: `p${i}`, distinctValues: 40 - i, largestText: 3, stillGrowing: false }
    })
    const result = resultOf({ components })
    const profile = {
      ...PROFILE,
      components: components.map(({ name }) => ({ name, kind: 'process' as const, sort: 'p', fields })),
    }
    expect(componentTable(result, profile).split('\n').slice(-2)).toEqual([
      '    31        3  p9',
      'and 4 rows of fewer values',
    ])
    expect(fieldTables(result, profile).map((text) => text.split('\n'))).toEqual([
      expect.arrayContaining(['values  field of p0', '    20  f0', '    13  f7', 'and 6 more fields']),
    ])
  })
})

describe('the chart of levels', () => {
  const chart = (levels: readonly number[], differences: Partial<SearchResult> = {}) =>
    levelChart(resultOf(differences), { ...PROFILE, levels })

  it('shows a space that bends', () => {
    expect(chart([1, 4, 6, 4, 1])).toBe(`\
depth  distinct
    0         1  ██████▊
    1         4  ██████████████████████████▊
    2         6  ████████████████████████████████████████
    3         4  ██████████████████████████▊
    4         1  ██████▊
Widest at depth 2 of 4.`)
  })

  it('says of a search that was cut short how its whole levels grew', () => {
    const cut = { stop: { reason: 'timeout', elapsedMs: 9 }, frontier: 5 } as const
    const last = (levels: readonly number[], differences: Partial<SearchResult>) =>
      chart(levels, differences).split('\n').at(-1)
    expect(last([1, 4, 6, 9, 2], cut)).toBe(
      'Still widening: 9 states at depth 3, 1.50 times the 6 before. Depth 4 was not finished.',
    )
    expect(last([1, 4, 6, 3, 2], cut)).toBe(
      'Widest at depth 2, narrowing since: 3 states at depth 3, 0.50 times the 6 before. Depth 4 was not finished.',
    )
    expect(last([1, 1, 1, 1], cut)).toBe(
      'Not narrowing: 1 state at depth 2, 1.00 times the 1 before. Depth 3 was not finished.',
    )
    expect(last([1, 7], cut)).toBe('Depth 1 was not finished.')
    expect(last([1, 4, 6], { stop: { reason: 'max-depth', elapsedMs: 9 }, frontier: 6 })).toBe(
      'Still widening: 6 states at depth 2, 1.50 times the 4 before.',
    )
  })

  it('joins depths to at most twelve rows, and is left out where there is nothing to see', () => {
    const rows = chart(Array.from({ length: 101 }, (_, i) => i + 1)).split('\n')
    expect(rows).toHaveLength(14)
    expect(rows[1]).toMatch(/^ {3}0-8 +45 {2}██$/)
    expect(rows[12]).toMatch(/^99-100 +201 {2}█{40}$/)
    expect(chart([7])).toBe('')
  })
})

describe('the line while it works', () => {
  const progress = { distinct: 1_234, generated: 5_678, depth: 9, frontier: 321, growth: 1.324, elapsedMs: 2_000 }

  it('tells the counts, the rate, the depth and how the frontier grows', () => {
    expect(progressLine(progress, 99)).toBe(
      '1,234 distinct · 5,678 generated · 2,839/s · depth 9 · frontier 321 ×1.32 · 2.0 s',
    )
  })

  it('tells no growth where there are no levels, and fits any terminal', () => {
    expect(progressLine({ ...progress, growth: undefined }, 99)).toContain('frontier 321 · 2.0 s')
    expect(progressLine(progress, 33)).toBe('1,234 distinct · 5,678 generated')
    expect(progressLine(progress, 31)).toBe('1,234 distinct')
    expect(progressLine(progress, 3)).toBe('')
  })
})
