/** A search that stops early says what it saw, and never that anything holds. */
import { always, deadlockFree, disabled, protocol, sometimes, z } from 'splitbrain'
import { describe, expect, it } from 'vitest'
import { explore } from '../../src/engine/explore.ts'
import type { SearchOptions } from '../../src/engine/search-options.ts'
import { textOf } from '../../src/value/canonical.ts'
import { naiveExplore } from '../oracle/naive-explore.ts'
import { assertEndsAt } from './fan.ts'

/** Three processes that count to `top`: (top + 1)^3 states, depth 3 top. */
const cube = (top: number) =>
  protocol({ name: 'cube', roles: { node: { prefix: 'n', volatile: { count: z.int().default(0) } } } }, () => ({
    population: { node: 3 },
    actions: {
      node: {
        tick(me) {
          if (me.count === top) return disabled
          me.count += 1
        },
      },
    },
    properties: {
      inside: always('counts stay inside', ({ node }) => node.every(({ count }) => count <= top)),
      two: sometimes('somebody has counted to two', ({ node }) => node.some(({ count }) => count === 2)),
      ends: deadlockFree('it ends at the top', ({ node }) => node.every(({ count }) => count === top)),
    },
  })).instantiate()

async function told(top: number, options: SearchOptions) {
  const { verdict, stop, distinct, generated, depth, frontier, properties } = await explore(cube(top), options)
  const verdicts = Object.fromEntries(properties.map(({ property, verdict }) => [property.name, verdict]))
  return { verdict, reason: stop.reason, counts: [distinct, generated, depth, frontier], verdicts }
}

const OPEN = { types: 'unknown', inside: 'unknown', ends: 'unknown' }

it('the whole cube holds: 64 states, 3 * 48 steps and a start', async () => {
  const verdicts = { types: 'holds', inside: 'holds', two: 'holds', ends: 'holds' }
  expect(await told(3, {})).toEqual({ verdict: 'holds', reason: 'exhausted', counts: [64, 145, 9, 0], verdicts })
})

describe('max-depth', () => {
  it.each<[number, readonly number[], string]>([
    [0, [1, 1, 0, 0], 'unknown'],
    [1, [4, 4, 1, 0], 'unknown'],
    [2, [10, 13, 2, 0], 'holds'],
    [4, [32, 58, 4, 0], 'holds'],
  ])('%i', async (maxDepth, counts, two) => {
    const verdicts = { ...OPEN, two }
    expect(await told(3, { budget: { maxDepth } })).toEqual({
      verdict: 'unknown',
      reason: 'max-depth',
      counts,
      verdicts,
    })
    const inReach = naiveExplore(cube(3)).states.filter((state) => {
      const sum = state.reduce<number>((total, value) => total + (value as { count: number }).count, 0)
      return sum <= maxDepth
    })
    expect(new Set(inReach.map(textOf)).size).toBe(counts[0])
  })

  it('beyond the deepest state is no budget; at it, nobody looked whether there is more', async () => {
    expect((await told(3, { budget: { maxDepth: 10 } })).reason).toBe('exhausted')
    expect(await told(3, { budget: { maxDepth: 9 } })).toMatchObject({ verdict: 'unknown', reason: 'max-depth' })
  })
})

it.each(['bfs', 'dfs'] as const)('max-states, %s', async (order) => {
  const { verdict, reason, counts, verdicts } = await told(3, { order, budget: { maxStates: 20 } })
  expect({ verdict, reason, verdicts }).toEqual({
    verdict: 'unknown',
    reason: 'max-states',
    verdicts: { ...OPEN, two: 'holds' },
  })
  expect(counts[0]).toBeGreaterThanOrEqual(20)
  expect(counts[0]).toBeLessThanOrEqual(22)
  expect(counts[3]).toBeGreaterThan(0)
})

it('max-states: the last state was found, but not left; one more and it is no budget', async () => {
  expect(await told(3, { budget: { maxStates: 64 } })).toMatchObject({ verdict: 'unknown', reason: 'max-states' })
  expect((await told(3, { budget: { maxStates: 65 } })).reason).toBe('exhausted')
})

it.each([
  [301, 301],
  [302, 801],
  [801, 801],
])('max-states %i ends with the first state that brings so many, however many it brings: %i', assertEndsAt)

it('however many a state brings', { tags: 'slow' }, () => assertEndsAt(1_700, 1_801))

it.each<[string, SearchOptions]>([
  ['timeout', { budget: { timeoutMs: 1 } }],
  ['max-memory', { budget: { maxMemoryBytes: 1 } }],
  ['interrupted', { signal: AbortSignal.abort() }],
])('%s', async (reason, options) => {
  const stopped = await told(200, options) // 8 million states: far more than one slice of time visits
  expect(stopped).toMatchObject({ verdict: 'unknown', reason })
  expect(stopped.verdicts).toMatchObject(OPEN)
  expect(stopped.counts[3]).toBeGreaterThan(0)
})
