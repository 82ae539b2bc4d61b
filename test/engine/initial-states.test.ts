/** Initial states: each setup runs once for what it looks at, and every budget holds while they are made. */
import { always, disabled, protocol, z } from 'splitbrain'
import { describe, expect, it } from 'vitest'
import { explore } from '../../src/engine/explore.ts'
import type { SearchOptions } from '../../src/engine/search-options.ts'
import { initialOutcomes } from '../../src/judge/plain-run.ts'
import { textOf } from '../../src/value/canonical.ts'
import { agree, exhausted } from './agree.ts'

const upTo = (end: number) => Array.from({ length: end }, (_, i) => i)

/** So many processes, each of which starts with one of so many numbers. */
const dice = (nodes: number, faces: number, most = Number.POSITIVE_INFINITY) =>
  protocol({ name: 'dice', roles: { node: { prefix: 'n', volatile: { face: z.int().default(0) } } } }, () => ({
    population: { node: nodes },
    start: {
      node(me, { choose }) {
        me.face = choose('face', upTo(faces))
      },
    },
    properties: {
      low: always('the sum is low', ({ node }) => node.reduce((sum, { face }) => sum + face, 0) <= most),
    },
  })).instantiate()

describe('a setup runs once for what it looks at, and once more to see that it is pure', () => {
  it.each([
    [3, 7],
    [7, 4],
  ])('%i processes with %i choices each', async (nodes, faces) => {
    const search = exhausted(dice(nodes, faces))
    expect([search.distinct, search.generated]).toEqual([faces ** nodes, faces ** nodes])
    expect(search.initial.memo.bodyRuns).toBe(2 * nodes * faces)
  })

  it('one that looks at what others chose runs once for each of these', () => {
    const search = exhausted(
      protocol(
        {
          name: 'chain',
          roles: { node: { prefix: 'n', volatile: { face: z.int().default(0) } } },
          shared: { sum: z.int().default(0) },
        },
        () => ({
          population: { node: 3 },
          start: {
            node(me, { choose, shared }) {
              me.face = choose('face', [0, 1])
              shared.sum += me.face
            },
          },
          properties: {},
        }),
      ).instantiate(),
    )
    expect([search.distinct, search.generated]).toEqual([8, 8])
    expect(search.initial.memo.bodyRuns).toBe(2 * 2 * (1 + 2 + 3)) // sums before: 0; 0, 1; 0, 1, 2
  })
})

it('they are those of the judge, in its order and with its choices', () => {
  const model = protocol(
    {
      name: 'mixed',
      roles: { node: { prefix: 'n', volatile: { face: z.int().default(0) } } },
      shared: { left: z.set(z.int()).default(new Set()) },
    },
    () => ({
      population: { node: 2 },
      start: {
        node(me, { choose }) {
          me.face = choose('face', [2, 0, 1, 2])
        },
        environment({ node, shared, choose }) {
          if (node[0]!.face > node[1]!.face) return disabled
          if (node[0]!.face === 0) shared.left = new Set([choose('first', [5, 6]), choose('second', [6, 5])])
          return undefined
        },
      },
      properties: {},
    }),
  ).instantiate()
  const outcomes = [...initialOutcomes(model)]
  const texts = outcomes.map(({ state }) => textOf(state))
  const firsts = outcomes.filter((_, i) => texts.indexOf(texts[i]!) === i)
  const search = exhausted(model)
  expect([outcomes.length, search.generated, firsts.length]).toEqual([15, 15, 12])
  expect(Array.from(search.store.states(), (id) => search.initial.choicesOf(id))).toEqual(
    firsts.map(({ choices }) => choices),
  )
})

it('a violation in one is told by its choices', async () => {
  const { verdict, distinct, properties } = await explore(dice(3, 3, 5))
  expect([verdict, distinct]).toEqual(['violated', 27])
  expect(properties.find(({ property }) => property.name === 'low')?.path).toEqual({
    initial: { 'n1.face': 2, 'n2.face': 2, 'n3.face': 2 },
    steps: [],
  })
  await agree(dice(3, 3, 4))
})

it.each<SearchOptions>([{}, { order: 'dfs' }, { compactBytes: 2 ** 20 }])('max-states holds: %o', async (options) => {
  const { stop, distinct, generated } = await explore(dice(3, 30), { ...options, budget: { maxStates: 100 } })
  expect([stop.reason, distinct, generated]).toEqual(['max-states', 100, 100])
})

describe('a setup that is broken', () => {
  const broken = (body: (face: number) => void) =>
    protocol({ name: 'broken', roles: { node: { prefix: 'n', volatile: { face: z.int().default(0) } } } }, () => ({
      population: { node: 2 },
      start: {
        node(me, { choose }) {
          me.face = choose('face', [0, 1, 2])
          body(me.face)
        },
      },
      properties: {},
    })).instantiate()

  it('is named', async () => {
    const result = await explore(
      broken((face) => {
        if (face === 2) throw new Error('no two')
      }),
    )
    expect(result.stop.reason).toBe('broken')
    expect(result.broken?.error.message).toBe('n2 start threw Error: no two')
    expect(result.broken?.path).toEqual({ initial: {}, steps: [] })
  })

  it('is named where it is impure', async () => {
    let runs = 0
    const result = await explore(broken(() => void (runs++ % 2 === 0 || Math.random())))
    expect(result.broken?.error.code).toBe('impure')
    expect(result.broken?.error.message).toMatch(/^n1 start/)
  })

  it('two that call a choice alike are refused', async () => {
    const model = protocol({ name: 'alike', roles: { node: { prefix: 'n', volatile: {} } } }, () => ({
      population: { node: 1 },
      start: {
        node(_, { choose }) {
          choose('c', [0, 1])
        },
        environment({ choose }) {
          choose('n1.c', [0, 1])
        },
      },
      properties: {},
    })).instantiate()
    const { broken } = await explore(model)
    expect(broken?.error.message).toBe('start: two choices are called n1.c; give each its own name')
  })
})

it('where there is none, the search ends with that, and tells no path', async () => {
  const { stop, broken } = await explore(dice(2, 0))
  expect([stop.reason, broken?.error.code, broken?.path]).toEqual([
    'broken',
    'bad-protocol',
    { initial: {}, steps: [] },
  ])
})
